/// Anything that a server sends.
public enum Response: Sendable {
    case tagged(String, StatusResponse)
    case continuation(String)
    case status(StatusResponse)
    case capability([Capability])
    case enabled([Capability])
    case list(MailboxListing)
    case mailboxStatus(MailboxName, MailboxStatusData)
    case search([UInt32])
    case extendedSearch(tag: String?, all: UIDSet, count: Int?)
    case namespace(Namespace)
    case exists(Int)
    case expunge(UInt32)
    case vanished(UIDSet, isEarlier: Bool)
    /// Kept apart: it is far larger than the others, of which thousands may wait to be read.
    indirect case fetch(FetchedMessage)
    /// Known to exist, of no use here: RECENT, FLAGS, ID, and what is not known.
    case other(String)
    /// A response that could not be understood. It costs itself and nothing else.
    case unparsable(String)
}
