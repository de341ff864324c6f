/// A message with what its reader ought to find in it.
public struct GeneratedMessage: Sendable, Hashable {
    /// Where the owner of the mailbox keeps it.
    public enum Folder: Sendable, Hashable {
        case inbox, sent, archive, drafts, junk, trash
        /// A folder for a client or a project, such as "Clients/Brightwell Pharma".
        case project(String)
    }

    /// RFC 5322, lines ended by CRLF.
    public let bytes: [UInt8]
    /// Seconds since 1970 UTC; the same as in the Date field.
    public let date: Int64
    public let folderHint: Folder
    /// With its angle brackets.
    public let messageID: String
    public let subject: String
    public let from: Person
    public let to: [Person]
    public let cc: [Person]
    public let bcc: [Person]
    /// What the author wrote, without signature and quoted history, one line a paragraph or list item.
    public let text: String
    /// The names of the attached files.
    public let attachments: [String]
}
