import Foundation

/// A folder as Graph writes it (mailFolder resource type).
struct FolderRepresentation: Sendable {
    let folder: MailboxFolder
    let mailbox: Mailbox
    let context: GraphContext

    static let properties = [
        "displayName", "parentFolderId", "childFolderCount", "unreadItemCount", "totalItemCount", "isHidden",
    ]

    /// Names under which a folder answers whatever it is called (mailFolder resource type, well-known folder names).
    static let wellKnown: [String: MailboxFolder.Role] = [
        "msgfolderroot": .root, "inbox": .inbox, "drafts": .drafts, "sentitems": .sent, "deleteditems": .deleted,
        "junkemail": .junk, "outbox": .outbox, "archive": .archive, "conversationhistory": .conversationHistory,
        "syncissues": .syncIssues, "recoverableitemsdeletions": .recoverable,
    ]

    func json(select: [String]? = nil) throws(GraphError) -> JSONValue {
        var members: [String: JSONValue] = ["id": .string(context.id(of: folder.id))]
        for name in select ?? Self.properties where name != "id" {
            guard let known = Self.properties.first(where: { $0.caseInsensitiveCompare(name) == .orderedSame }) else {
                throw .badRequest(
                    "RequestBroker--ParseUri",
                    "Could not find a property named '\(name)' on type 'Microsoft.OutlookServices.MailFolder'.")
            }
            members[known] = property(known)
        }
        return .object(members)
    }

    private func property(_ name: String) -> JSONValue {
        switch name {
        case "displayName": .string(folder.name)
        // The root's own parent exists and is not reachable.
        case "parentFolderId": .string(context.id(of: folder.parent ?? .init(rawValue: 0)))
        case "childFolderCount": .integer(mailbox.children(of: folder.id).filter { !$0.isHidden }.count)
        case "unreadItemCount": .integer(mailbox.unreadCount(in: folder.id))
        case "totalItemCount": .integer(mailbox.contents[folder.id, default: []].count)
        case "isHidden": .bool(folder.isHidden)
        default: .null
        }
    }

    /// The folder that a path names by id or well-known name.
    static func find(_ name: String, in mailbox: Mailbox, _ context: GraphContext) throws(GraphError) -> MailboxFolder {
        if let role = wellKnown[name.lowercased()] { return mailbox.folder(role) }
        let id = try context.number(name, .folder)
        guard let folder = mailbox.folder(MailboxFolder.ID(rawValue: id.number)) else { throw .itemNotFound }
        return folder
    }
}
