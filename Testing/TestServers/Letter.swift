/// A plain message as octets, lines ending with CRLF.
/// - Parameter id: of its Message-ID, without brackets.
public func letter(_ id: String, from: String, to: String, subject: String = "About the offer", text: String? = nil)
    -> [UInt8]
{
    Array(
        """
        Message-ID: <\(id)>\r
        Date: Mon, 02 Nov 2026 10:00:00 +0000\r
        From: \(from)\r
        To: \(to)\r
        Subject: \(subject)\r
        \r
        \(text ?? "Text of \(id)")\r

        """.utf8)
}

extension String {
    /// A Message-ID without its brackets.
    public var trimmingAngles: String { String(drop { $0 == "<" }.prefix { $0 != ">" }) }
}
