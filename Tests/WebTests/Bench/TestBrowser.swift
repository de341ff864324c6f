import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Synchronization
import Testing
import Wording

@testable import Web

/// What a browser without scripts does: keeps cookies, follows redirections, and sends forms with the hidden fields of
/// their page.
final class TestBrowser: Sendable {
    private let client: any TestClientProtocol
    private let cookies = Mutex<[String: String]>([:])
    /// The token of the page that was shown last.
    private let token = Mutex("")

    private let language: Language
    private let pages: WebBench.Pages

    /// - Parameter language: that it asks for.
    init(_ client: any TestClientProtocol, language: Language = .english, pages: WebBench.Pages = .init()) {
        (self.client, self.language, self.pages) = (client, language, pages)
    }

    struct Answer: Sendable {
        let status: HTTPResponse.Status
        let headers: HTTPFields
        let text: String
        let path: String

        /// The text without tags, entities decoded and blanks run together: what a person reads.
        var words: String {
            let body = text.firstRange(of: "<body").map { text[$0.lowerBound...] } ?? text[...]
            let plain = body.replacing(/<[^>]*>/, with: " ").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
                .replacing("&quot;", with: "\"").replacing("&#39;", with: "'").replacing("&amp;", with: "&")
            return plain.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }

        /// The addresses of all links.
        var links: [String] {
            text.components(separatedBy: "href=\"").dropFirst().map { rest in
                String(rest.prefix { $0 != "\"" }).replacing("&amp;", with: "&")
            }
        }
    }

    var cookieHeader: String {
        cookies.withLock { $0.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ") }
    }

    /// The token of the page that was shown last.
    var csrf: String { token.withLock { $0 } }

    func cookie(_ name: String) -> String? { cookies.withLock { $0[name] } }

    func setCookie(_ name: String, _ value: String?) { cookies.withLock { $0[name] = value } }

    func send(
        _ method: HTTPRequest.Method, _ path: String, body: String? = nil, headers: HTTPFields = [:]
    ) async throws -> Answer {
        try await send(method, path, octets: body.map { Array($0.utf8) }, headers: headers)
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, octets body: [UInt8]?, headers: HTTPFields
    ) async throws -> Answer {
        var fields = headers
        if fields[.acceptLanguage] == nil { fields[.acceptLanguage] = language.rawValue }
        if !cookieHeader.isEmpty { fields[.cookie] = cookieHeader }
        if body != nil && fields[.contentType] == nil { fields[.contentType] = "application/x-www-form-urlencoded" }
        let answer = try await client.execute(
            uri: path, method: method, headers: fields, body: body.map { ByteBuffer(bytes: $0) })
        for line in answer.headers[values: .setCookie] {
            let parts = line.split(separator: ";")[0].split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            cookies.withLock { $0[String(parts[0])] = parts.count > 1 && !parts[1].isEmpty ? String(parts[1]) : nil }
        }
        let text = String(buffer: answer.body)
        if let place = text.range(of: "name=\"csrf\" value=\"") {
            token.withLock { $0 = String(text[place.upperBound...].prefix { $0 != "\"" }) }
        }
        let received = Answer(status: answer.status, headers: answer.headers, text: text, path: path)
        pages.sent(received)
        return received
    }

    /// Fetches a page, redirections followed.
    @discardableResult
    func get(_ path: String) async throws -> Answer { try await follow(send(.get, path)) }

    /// Sends a form, with the token of the page that was shown last; redirections followed.
    @discardableResult
    func post(_ path: String, _ fields: KeyValuePairs<String, String> = [:]) async throws -> Answer {
        try await follow(send(.post, path, body: encoded(fields)))
    }

    func encoded(_ fields: KeyValuePairs<String, String>) -> String {
        (["csrf=" + PathText.escaped(csrf)]
            + fields.map { PathText.escaped($0) + "=" + PathText.escaped($1) }).joined(separator: "&")
    }

    func follow(_ answer: Answer) async throws -> Answer {
        var answer = answer
        for _ in 0..<5 {
            guard answer.status == .seeOther, let place = answer.headers[.location] else { return answer }
            answer = try await send(.get, place)
        }
        return answer
    }

    func signIn(_ email: String, _ password: String) async throws {
        try await get("/sign-in")
        let answer = try await post("/sign-in", ["email": email, "password": password])
        try #require(answer.status == .ok && cookie(Cookies.session) != nil, "signing in as \(email): \(answer.words)")
    }

    /// Goes through the pages of connecting a mailbox with one's own servers.
    @discardableResult
    func connectMailbox(
        _ address: String, password: String = "right", base: String = "/settings/mailbox"
    ) async throws -> Answer {
        try await get(base + "/connect")
        return try await post(
            base + "/connect/with/custom",
            [
                "address": address, "password": password, "user-name": "", "imap-host": "imap.aldermoor.example",
                "imap-port": "993", "imap-security": "tls", "smtp-host": "smtp.aldermoor.example", "smtp-port": "587",
                "smtp-security": "startTLS",
            ])
    }
}
