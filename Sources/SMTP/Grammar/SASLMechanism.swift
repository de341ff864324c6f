/// A way to prove who one is (RFC 4422) that this client knows.
public enum SASLMechanism: String, Hashable, Sendable {
    /// RFC 4616.
    case plain = "PLAIN"
    /// Never became an RFC (draft-murchison-sasl-login); some servers of large providers have nothing else.
    case login = "LOGIN"
    /// Google's, spoken by Microsoft and Yahoo too: https://developers.google.com/gmail/imap/xoauth2-protocol
    case xoauth2 = "XOAUTH2"
}
