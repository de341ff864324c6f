import Foundation

/// The sentences of the Swift sources that a person reads: every literal of the rooms that make phrases which reads
/// like words for a person, but for what is technical.
enum SwiftPhrases {
    struct Found: Hashable {
        let key: String
        let place: String
        /// The English text for one beside a number stands with the source.
        let isSingular: Bool
        let isPlural: Bool
    }

    /// Rooms whose phrases reach a page.
    private static let rooms = ["CRM", "Database", "Interchange", "Mirror", "Providers", "Store", "SyncEngine", "Web"]

    /// Files without a word for a page: SQL, names, sample data, tables, the command line.
    private static let technical = [
        "CRM/FreeMailDomains.swift", "Database/Row.swift", "Database/Transaction.swift", "Database/Migrator.swift",
        "Interchange/Contacts/HeaderNames.swift",
        "Providers/IMAP/Reading/SearchTerms.swift", "Providers/IMAP/Texts/TextReading.swift",
        "Providers/Microsoft/Calendars/GraphEvent.swift", "Providers/Microsoft/Graph/",
        "Providers/Microsoft/Reading/FolderScan.swift",
        "Providers/Microsoft/Reading/SearchTerms.swift", "Providers/OAuth/Web/WebResponse.swift", "Store/Schema/",
        "Store/Search/", "Store/Start/SampleCompany",
        "Store/Secrets/Sealer.swift", "Store/Cards/VisibleMailboxes.swift", "Web/Live/EventStream.swift",
        "Web/ListeningError.swift", "Web/Security/", "Web/Requests/Assets.swift", "Web/Requests/MultipartForm.swift",
        "Web/Localization/", "Web/Wording/TimeZones.swift", "Web/Wording/BrowserName.swift",
    ]

    /// What stands before a literal that no page shows: logs, the mistakes of a program, names of providers and
    /// folders of templates, header fields, what a server's words are searched for.
    private static let technicalBefore = [
        "logger.", "level:", "misuse(", "precondition", "name: \"", "static let module = ", "protocolViolation(",
        "connectFailed(", "violation(", "HTTPField.Name(", "reasonPhrase:", "contains(", "hasPrefix(", "Bundle.",
        "timeZone: String = ", "\"retry-in\"",
    ]

    /// Single literals of files that have others for pages.
    private static let names: Set<String> = [
        "activities t", "accounts a", "contacts c", "when asked", "doesn't exist", "does not exist", "no such mailbox",
        "unknown mailbox",
        "not found", "try again", "internal error", "timed out", "rate limit", "too many",
        "public, max-age=31536000, immutable", "<>\"“”«»|\\^`{}", "f.missing_since_pass IS NULL AND f.role {1}",
        "id, name, own_domains, mirrors_received, equals_share_superior",
        // Names of providers, and of the folder that each server has.
        "IONOS (United Kingdom)", "Zoho Mail", "Zoho Mail (Europe)", "Zoho Mail (India)", "Zoho Mail (Australia)",
        "Zoho Mail (Japan)", "Zoho Mail (Canada)", "Inbox", "Microsoft 365",
        // Header fields.
        "Accept", "Content-Type", "Prefer",
        // Scopes.
        "User.Read", "Mail.Read", "Calendars.ReadWrite",
    ]

    static var folder: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources")
    }

    /// Each source of the rooms with its literals.
    static func literals() throws -> [(path: String, literals: [SwiftLiterals.Literal])] {
        try rooms.flatMap { room in
            try FileManager.default.subpathsOfDirectory(atPath: folder.appending(path: room).path).sorted()
                .filter { $0.hasSuffix(".swift") }.map { path in
                    let text = try String(contentsOf: folder.appending(path: "\(room)/\(path)"), encoding: .utf8)
                    return ("\(room)/\(path)", SwiftLiterals.of(text))
                }
        }
    }

    static func all() throws -> [Found] {
        try literals().flatMap { path, literals in
            technical.contains { path.hasPrefix($0) } ? [] : literals.filter(isForPeople).map { found($0, path) }
        }
    }

    private static func found(_ literal: SwiftLiterals.Literal, _ path: String) -> Found {
        let label = literal.before.split(whereSeparator: { "( \n".contains($0) }).last
        return Found(
            key: literal.pattern, place: "\(path):\(literal.line)", isSingular: label == "one:",
            isPlural: label == "other:" && literal.before.contains("one:"))
    }

    private static func isForPeople(_ literal: SwiftLiterals.Literal) -> Bool {
        let text = literal.pattern
        if names.contains(text) || text.contains("\n") { return false }
        let line = literal.before.split(separator: "\n").last.map(String.init) ?? ""
        if technicalBefore.contains(where: { ($0.hasSuffix("\"") ? line + "\"" : literal.before).contains($0) }) {
            return false
        }
        if text.contains(/\b(SELECT|INSERT|UPDATE|DELETE|WHERE|ORDER BY|IN \()|_id\b|_at\b/) { return false }
        let words = text.replacing(/\{\d+\}/, with: "")
        return words.contains(/[a-z’,.] [a-zA-Z{“]/) || words.contains(/^[A-Z][a-z’]+/) || words.contains("“")
            || words.contains(" %")
    }
}
