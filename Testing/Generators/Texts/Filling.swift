/// What the names in braces stand for in one correspondence: the same product, order and serial number from the first
/// letter to the last.
struct Filling: Sendable {
    private var values: [String: String] = [:]
    private let language: Language

    init(language: Language, supplier: Person, customer: Person, random: inout SeededRandom) {
        self.language = language
        let quantity = random.number(2...12)
        let unit = random.number(38...390) * 10
        set("product", random.pick(Self.products(language)))
        set("quantity", "\(quantity)")
        set("amount", Self.amount(quantity * unit, language))
        set("amount2", Self.amount(quantity * unit * random.number(88...95) / 100, language))
        set(
            "percent",
            random.pick(language == .english ? ["1.5", "2", "2.8", "3", "4.5"] : ["1,5", "2", "2,8", "3", "4,5"]))
        set("weeks", "\(random.number(2...7))")
        set("ref", "Q-\(random.number(20_000...29_999))")
        set("order", "PO-\(random.number(70_000...79_999))")
        set("invoice", "INV-\(random.number(10_000...19_999))")
        set("serial", "AM\(random.number(100_000...999_999))")
        set("number", "\(random.number(3...8))")
        set("number2", "\(random.number(9...12))")
        set("city", random.pick(Self.cities(language)))
        set(
            "site",
            random.pick(["pumping station", "north plant", "pilot hall", "new filling line", "waste water basin"]))
        set("firstThem", customer.firstName)
        set("firstUs", supplier.firstName)
    }

    private mutating func set(_ name: String, _ value: String) { values[name] = value }

    /// The text with its names replaced; days and months lie after `date`.
    func fill(_ text: String, date: Int64) -> String {
        var values = values
        let soon = CivilDate(Self.workday(after: date, days: 6), in: language)
        let later = CivilDate(Self.workday(after: date, days: 20), in: language)
        values["day"] = day(soon)
        values["day2"] = day(later)
        values["month"] = CivilDate(date + 35 * 86_400, in: language).monthName(language)
        values["year"] = "\(CivilDate(date + 90 * 86_400, in: language).year)"
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            result += rest[..<open]
            result += values[name] ?? "{\(name)}"
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    private func day(_ date: CivilDate) -> String {
        switch language {
        case .english: "\(date.weekdayName(language)) \(date.dayAndMonth(language))"
        case .french: "\(date.weekdayName(language)) \(date.dayAndMonth(language))"
        case .german: date.dayAndMonth(language)
        case .japanese: date.dayAndMonth(language)
        case .russian: date.dayAndMonth(language)
        }
    }

    private static func workday(after date: Int64, days: Int64) -> Int64 {
        let then = date + days * 86_400
        switch CivilDate(then, zoneMinutes: 0).weekday {
        case 0: return then + 86_400
        case 6: return then + 2 * 86_400
        default: return then
        }
    }

    /// A sum of money as it is written, in pounds or euros, or yen.
    static func amount(_ whole: Int, _ language: Language) -> String {
        func grouped(_ number: Int, _ separator: String) -> String {
            let digits = Array(String(number))
            return digits.enumerated().map { index, digit in
                index > 0 && (digits.count - index) % 3 == 0 ? "\(separator)\(digit)" : "\(digit)"
            }.joined()
        }
        return switch language {
        case .english: "£\(grouped(whole, ",")).00"
        case .french: "\(grouped(whole, "\u{A0}")),00\u{A0}€"
        case .german: "\(grouped(whole, ".")),00 €"
        case .japanese: "\(grouped(whole * 180, ","))円"
        case .russian: "\(grouped(whole * 100, "\u{A0}")) руб."
        }
    }

    private static func products(_ language: Language) -> [String] {
        switch language {
        case .english:
            [
                "PT-200 pH transmitter", "TM-3 turbidity meter", "SX-40 spectrometer", "FM-8 flow meter",
                "R-12 refractometer",
                "DO-5 dissolved oxygen sensor", "LC-30 conductivity meter", "MA-15 moisture analyser",
                "TC-100 carbon analyser",
            ]
        case .french:
            [
                "transmetteur de pH PT-200", "turbidimètre TM-3", "spectromètre SX-40", "débitmètre FM-8",
                "réfractomètre R-12",
                "conductimètre LC-30", "analyseur d’humidité MA-15",
            ]
        case .german:
            [
                "Trübungsmessgerät TM-3", "Spektrometer SX-40", "Durchflussmessgerät FM-8", "Refraktometer R-12",
                "Leitfähigkeitsmessgerät LC-30",
            ]
        case .japanese: ["分光光度計 SX-40", "pH計 PT-200", "濁度計 TM-3", "水分計 MA-15"]
        case .russian: ["спектрометр SX-40", "расходомер FM-8"]
        }
    }

    private static func cities(_ language: Language) -> [String] {
        switch language {
        case .french: ["Rennes", "Lyon", "Grenoble", "Nantes", "Clermont-Ferrand"]
        case .german: ["Jena", "Göttingen", "Nürnberg", "Köln"]
        default: ["Leeds", "Bristol", "Aberdeen", "Rotterdam", "Malmö"]
        }
    }
}
