/// What a server said that no mail server may say.
public enum ProtocolViolation: Error, Hashable, Sendable {
    /// A line that is not a reply (RFC 5321, section 4.2); its beginning.
    case notAReply(String)
    /// A line of more than ``ReplyParser/maximumLineLength`` octets.
    case lineTooLong
    /// A reply of more than ``ReplyParser/maximumLineCount`` lines.
    case tooManyLines
    /// The lines of one reply bear different codes.
    case mixedCodes(Int, Int)
    /// A well-formed reply that means nothing at this point.
    case unexpectedReply(SMTPStage, code: Int)
    /// More came than the answer that was due. Before a TLS handshake this may be somebody on the way who slips in
    /// plain text that would later count as encrypted (RFC 3207, section 6; CVE-2011-0411), so it is never read.
    case unrequestedBytes(SMTPStage)
}
