import HTTPTypes
import Testing

@testable import Web

/// Fills in every form of the pages that it is shown, and sends it.
struct FormPoisoner {
    let browser: TestBrowser
    let ledger: PoisonLedger
    /// The forms that were met, by what they are called.
    private(set) var forms: Set<String> = []
    private var number = 0
    private let poison: (_ word: String) -> String

    init(
        _ browser: TestBrowser, _ ledger: PoisonLedger, poison: @escaping (_ word: String) -> String = Poison.text
    ) {
        (self.browser, self.ledger, self.poison) = (browser, ledger, poison)
    }

    /// Fills in the forms of a page that no other page had.
    mutating func fillIn(_ path: String) async throws {
        let page = try await browser.get(path)
        for form in try PageForm.all(in: page.text) where !form.isUpload {
            let key = form.name + " " + form.fields.map(\.name).joined(separator: ",")
            guard forms.insert(key).inserted else { continue }
            if form.isPost { try await post(form) } else { try await ask(form) }
        }
    }

    private func word(_ form: PageForm, _ field: PageForm.Field) -> String {
        ledger.word("\(form.name) \(field.name)", isSecret: field.isSecret)
    }

    /// A form that only asks, with poison in each field by itself.
    private func ask(_ form: PageForm) async throws {
        for field in form.fields where field.isTyped || field.isForged {
            let word = field.isTyped ? word(form, field) : Poison.word(0)
            let query = form.fields.compactMap { other -> String? in
                let value = other.name == field.name ? poison(word) : other.value
                return value.map { other.name + "=" + PathText.escaped($0) }
            }
            let answer = try await browser.send(.get, form.path + "?" + query.joined(separator: "&"))
            #expect(answer.status.code < 500, "\(form.name), \(field.name)")
        }
    }

    /// A form that changes something: poison in all fields at once; where that is refused in each by itself, beside
    /// others that are good, until it is taken. And in what nobody types.
    private mutating func post(_ form: PageForm) async throws {
        let typed = form.fields.filter(\.isTyped)
        if !typed.isEmpty {
            let all = Dictionary(typed.map { ($0.name, poison(word(form, $0))) }, uniquingKeysWith: { $1 })
            if try await send(form, all).code >= 400 {
                for field in typed {
                    let word = word(form, field)
                    for value in [
                        poison(word), Poison.quotedAddress(word),
                        Poison.plainAddress(word, at: "aldermoor.example"),
                    ] where try await send(form, [field.name: value]).code < 400 { break }
                }
            }
        }
        for field in form.fields where field.isForged {
            _ = try await send(form, [field.name: poison(Poison.word(0))])
        }
    }

    /// With good values where none are given.
    private mutating func send(_ form: PageForm, _ values: [String: String]) async throws -> HTTPResponse.Status {
        let body = form.fields.compactMap { field -> String? in
            let value =
                field.name == "csrf" ? browser.csrf : values[field.name] ?? (field.isTyped ? good(field) : field.value)
            return value.map { field.name + "=" + PathText.escaped($0) }
        }
        let answer = try await browser.send(.post, form.path, body: body.joined(separator: "&"))
        #expect(answer.status.code < 500 && answer.status != .forbidden, "\(form.name), \(values): \(answer.status)")
        // Who is signed in now has another token.
        _ = try await browser.follow(answer)
        return answer.status
    }

    /// What stands in the field already, or something that is right for its kind.
    private mutating func good(_ field: PageForm.Field) -> String {
        if let value = field.value, !value.isEmpty { return value }
        number += 1
        switch field.type {
        case "email": return "good\(number)@aldermoor.example"
        case "date": return "2026-11-24"
        case "time": return "10:00"
        case "password": return "right"
        case "text": return field.name.hasSuffix("-port") ? "993" : "good\(number).example"
        default: return ""
        }
    }
}
