/// What a server offers, from its answer to EHLO (RFC 5321, section 4.1.1.1).
public struct ServiceExtensions: Hashable, Sendable {
    /// The parameters of each keyword, both in upper case; a keyword without parameters has none.
    public let parameters: [String: [String]]

    /// What a server offers that knows HELO only.
    public static let none = ServiceExtensions(lines: [])

    /// - Parameter reply: its first line is the server's name and a greeting, each other one is an extension.
    public init(_ reply: SMTPReply) { self.init(lines: reply.lines.dropFirst()) }

    private init(lines: ArraySlice<String>) {
        var parameters: [String: [String]] = [:]
        for line in lines {
            // "AUTH=PLAIN LOGIN" is how drafts before RFC 2554 had it; Exchange and others still send it for old
            // programs.
            let separators: Set<Character> = line.uppercased().hasPrefix("AUTH=") ? [" ", "\t", "="] : [" ", "\t"]
            let words = line.uppercased().split(whereSeparator: separators.contains).map(String.init)
            guard let keyword = words.first else { continue }
            var known = parameters[keyword] ?? []
            for word in words.dropFirst() where !known.contains(word) { known.append(word) }
            parameters[keyword] = known
        }
        self.parameters = parameters
    }

    /// RFC 3207.
    public var offersStartTLS: Bool { parameters["STARTTLS"] != nil }

    /// The names of the SASL mechanisms, in the server's order (RFC 4954); nil where it offers no authentication at
    /// all.
    public var authenticationMechanisms: [String]? { parameters["AUTH"] }
}
