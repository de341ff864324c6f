import Foundation

/// `mailFolders` and what lies under it.
struct FolderDesk: Sendable {
    let context: GraphContext

    /// What a page of folders holds where the client does not say (List mailFolders).
    private static let standardPage = 10

    func answer(
        _ path: [String], in mailbox: inout Mailbox, deltas: inout DeltaRounds
    ) throws(GraphError) -> SandboxAnswer {
        guard let first = path.first else { return try collection(of: mailbox.folder(.root), in: &mailbox) }
        try context.needs("Mail.ReadBasic")
        if first.lowercased() == "delta", path.count == 1 {
            let delta = GraphDelta(context: context, path: "me/mailFolders/delta")
            return tracked(try delta.folders(in: mailbox, rounds: &deltas))
        }
        let folder = try FolderRepresentation.find(first, in: mailbox, context)
        guard path.count > 1 else { return try single(folder, in: &mailbox) }
        switch path[1].lowercased() {
        case "childfolders" where path.count == 2: return try collection(of: folder, in: &mailbox)
        case "childfolders": return try answer(Array(path.dropFirst(2)), in: &mailbox, deltas: &deltas)
        case "messages" where path.count > 2 && path[2].lowercased() == "delta":
            guard context.request.method == "GET" else { throw .methodNotAllowed }
            let name = FolderRepresentation.wellKnown[first.lowercased()] != nil ? first : context.id(of: folder.id)
            let delta = GraphDelta(context: context, path: "me/mailFolders/\(FormFields.encoded(name))/messages/delta")
            return tracked(try delta.messages(of: folder, in: mailbox, rounds: &deltas))
        case "messages":
            return try MessageDesk(context: context, folder: folder).answer(Array(path.dropFirst(2)), in: &mailbox)
        default: throw .noSegment(path[1])
        }
    }

    private func tracked(_ body: JSONValue) -> SandboxAnswer {
        let applied = ["odata.track-changes", context.preferences.applied].compactMap { $0 }.joined(separator: ", ")
        return .json(body).adding("Preference-Applied", applied)
    }

    private func collection(of parent: MailboxFolder, in mailbox: inout Mailbox) throws(GraphError) -> SandboxAnswer {
        let name = parent.role == .root ? "mailFolders" : "mailFolders('\(context.id(of: parent.id))')/childFolders"
        switch context.request.method {
        case "GET":
            try context.needs("Mail.ReadBasic")
            let hidden = context.query["includehiddenfolders"]?.lowercased() == "true"
            var folders: [JSONValue] = []
            for folder in mailbox.children(of: parent.id) where hidden || !folder.isHidden {
                folders.append(
                    try FolderRepresentation(folder: folder, mailbox: mailbox, context: context)
                        .json(select: context.query.select))
            }
            return try GraphPage(context: context, name: name, standard: Self.standardPage).answer(folders)
        case "POST":
            try context.needs("Mail.ReadWrite")
            let body = try context.json()
            guard let displayName = body["displayName"]?.string, !displayName.isEmpty else {
                throw .badRequest("ErrorInvalidArgument", "The folder needs a displayName.")
            }
            guard !mailbox.children(of: parent.id).contains(where: { $0.name == displayName }) else {
                throw GraphError(
                    status: 409, code: "ErrorFolderExists", message: "A folder with the specified name already exists.")
            }
            let id = mailbox.createFolder(displayName, in: parent.id, isHidden: body["isHidden"]?.bool ?? false)
            return try entity(id, in: mailbox, status: 201)
        default: throw .methodNotAllowed
        }
    }

    private func single(_ folder: MailboxFolder, in mailbox: inout Mailbox) throws(GraphError) -> SandboxAnswer {
        switch context.request.method {
        case "GET": return try entity(folder.id, in: mailbox, status: 200)
        case "PATCH":
            try context.needs("Mail.ReadWrite")
            guard let name = try context.json()["displayName"]?.string else {
                throw .badRequest("ErrorInvalidArgument", "There is nothing to change; displayName can be.")
            }
            do { try mailbox.renameFolder(folder.id, to: name) } catch { throw .itemNotFound }
            return try entity(folder.id, in: mailbox, status: 200)
        case "DELETE":
            try context.needs("Mail.ReadWrite")
            guard folder.role == .other else {
                throw GraphError(
                    status: 400, code: "ErrorDeleteDistinguishedFolder",
                    message: "Distinguished folders cannot be deleted.")
            }
            do { try mailbox.permanentlyDeleteFolder(folder.id, at: context.now) } catch { throw .itemNotFound }
            return .empty(204)
        default: throw .methodNotAllowed
        }
    }

    private func entity(_ id: MailboxFolder.ID, in mailbox: Mailbox, status: Int) throws(GraphError) -> SandboxAnswer {
        guard let folder = mailbox.folder(id) else { throw .itemNotFound }
        var body = try FolderRepresentation(folder: folder, mailbox: mailbox, context: context)
            .json(select: context.query.select)
        body["@odata.context"] = context.context("mailFolders/$entity")
        return .json(body, status: status)
    }
}
