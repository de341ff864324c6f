/// A value with parameters: Content-Type and Content-Disposition (RFC 2045, section 5.1; RFC 2183; RFC 2231).
public struct ParameterizedValue: Hashable, Sendable {
    /// In octets; what follows is not read.
    public static let octetLimit = 65_536
    /// Parameters that are read, pieces of long ones counted one by one. Enough for any file name.
    public static let parameterLimit = 1000

    /// Such as `text/plain` or `attachment`; in lower case, without blanks and comments. Empty where it is missing.
    public let value: String
    /// Decoded, by name in lower case. What breaks lines or turns the direction of text is removed, so that a file name
    /// cannot disguise itself.
    public let parameters: [String: String]

    /// - Parameters:
    ///   - value: in any case.
    ///   - rawParameters: names and values as IMAP's BODYSTRUCTURE gives them: unquoted, not decoded, long ones
    ///     possibly in the pieces of RFC 2231. Of several with one name the first counts.
    public init(value: String, rawParameters: [([UInt8], [UInt8])]) {
        self.value = String(
            decoding: Array(value.utf8)[...].trimmingHeaderBlanks.map(\.asciiLowercased), as: UTF8.self)
        var assembly = ParameterAssembly()
        for (name, value) in rawParameters.prefix(Self.parameterLimit) { assembly.add(name: name, value: value) }
        parameters = assembly.parameters()
    }

    /// Reads a field's body: also without a semicolon between parameters, with blanks in values that are not quoted,
    /// with encoded words in values, and with quotes that are not closed.
    public static func parse(_ bytes: [UInt8]) -> ParameterizedValue {
        var scanner = ParameterScanner(bytes[...].prefix(octetLimit))
        let value = scanner.readValue()
        return ParameterizedValue(
            value: VisibleText.cleaned(HeaderCharset.text(value, label: nil), trimming: true),
            rawParameters: scanner.readParameters(limit: parameterLimit))
    }

    /// - Parameter name: in any case.
    public subscript(name: String) -> String? {
        parameters[name] ?? parameters[String(decoding: name.utf8.map(\.asciiLowercased), as: UTF8.self)]
    }
}
