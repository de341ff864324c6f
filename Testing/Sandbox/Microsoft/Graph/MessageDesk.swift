import Foundation

/// `messages`, of the whole mailbox or of one folder.
struct MessageDesk: Sendable {
    let context: GraphContext
    /// Nil for all folders.
    let folder: MailboxFolder?

    /// What a page holds where the client does not say (List messages).
    private static let standardPage = 10

    func answer(_ path: [String], in mailbox: inout Mailbox) throws(GraphError) -> SandboxAnswer {
        try context.needs("Mail.ReadBasic")
        guard let first = path.first else { return try collection(in: mailbox) }
        if first == "$count" { return try count(in: mailbox) }
        let message = try find(first, in: mailbox)
        guard path.count > 1 else { return try single(message, in: &mailbox) }
        switch (path[1].lowercased(), context.request.method) {
        case ("$value", "GET"):
            try context.needs("Mail.Read")
            return SandboxAnswer(
                status: 200, headers: [("Content-Type", "text/plain")], body: MIMERendering.octets(of: message.letter))
        case ("move", "POST"): return try move(message, in: &mailbox)
        case ("attachments", "GET"): return try attachments(of: message)
        default: throw .noSegment(path[1])
        }
    }

    func find(_ text: String, in mailbox: Mailbox) throws(GraphError) -> MailboxMessage {
        let id = try context.number(text, .message)
        guard let message = mailbox.messages[.init(rawValue: id.number)],
            mailbox.folder(message.folder)?.role != .recoverable,
            // An id from before a move names nothing any more; the immutable one always does.
            id.moves == nil || id.moves == message.moves, folder == nil || folder?.id == message.folder
        else { throw .itemNotFound }
        return message
    }

    private func single(_ message: MailboxMessage, in mailbox: inout Mailbox) throws(GraphError) -> SandboxAnswer {
        switch context.request.method {
        case "GET": return try entity(message, status: 200)
        case "PATCH":
            try context.needs("Mail.ReadWrite")
            let body = try context.json()
            do {
                if let isRead = body["isRead"]?.bool { try mailbox.setRead(isRead, of: message.id, at: context.now) }
                if let status = body["flag"]?["flagStatus"]?.string {
                    try mailbox.setFlagged(status == "flagged", of: message.id, at: context.now)
                }
                if let categories = body["categories"]?.array {
                    try mailbox.setCategories(categories.compactMap(\.string), of: message.id, at: context.now)
                }
            } catch { throw .itemNotFound }
            return try entity(try find(context.id(of: message), in: mailbox), status: 200)
        case "DELETE":
            try context.needs("Mail.ReadWrite")
            do {
                // Out of Deleted Items a message is deleted for good.
                if mailbox.folder(message.folder)?.role == .deleted {
                    try mailbox.permanentlyDelete(message.id, at: context.now)
                } else {
                    try mailbox.delete(message.id, at: context.now)
                }
            } catch { throw .itemNotFound }
            return .empty(204)
        default: throw .methodNotAllowed
        }
    }

    private func entity(_ message: MailboxMessage, status: Int) throws(GraphError) -> SandboxAnswer {
        var body = try json(message)
        let selected = context.query.select.map { "(\($0.joined(separator: ",")))" } ?? ""
        body["@odata.context"] = context.context("messages\(selected)/$entity")
        var answer = SandboxAnswer.json(body, status: status)
        if let applied = context.preferences.applied { answer = answer.adding("Preference-Applied", applied) }
        return answer
    }

    private func json(_ message: MailboxMessage) throws(GraphError) -> JSONValue {
        // Mail.ReadBasic gives no body and no preview.
        let isBasic = !MicrosoftScopes.allow(context.scopes, "Mail.Read")
        let names = (context.query.select ?? MessageRepresentation.standard).filter {
            !isBasic || !["body", "bodypreview", "uniquebody"].contains($0.lowercased())
        }
        return try MessageRepresentation(message: message, context: context).json(select: names)
    }

    private func move(_ message: MailboxMessage, in mailbox: inout Mailbox) throws(GraphError) -> SandboxAnswer {
        try context.needs("Mail.ReadWrite")
        guard let name = try context.json()["destinationId"]?.string else {
            throw .badRequest("ErrorInvalidRequest", "The move needs a destinationId.")
        }
        let target = try FolderRepresentation.find(name, in: mailbox, context)
        do { try mailbox.move(message.id, to: target.id, at: context.now) } catch { throw .itemNotFound }
        guard let moved = mailbox.messages[message.id] else { throw .itemNotFound }
        return try entity(moved, status: 201)
    }

    private func attachments(of message: MailboxMessage) throws(GraphError) -> SandboxAnswer {
        try context.needs("Mail.Read")
        var files: [JSONValue] = []
        for (index, file) in message.letter.attachments.enumerated() {
            let id = GraphID(.attachment, mailbox: context.mailbox, number: message.id.rawValue << 8 | index, moves: 0)
            let all: [String: JSONValue] = [
                "@odata.type": "#microsoft.graph.fileAttachment", "id": .string(id.text), "name": .string(file.name),
                "contentType": .string(file.contentType), "size": .integer(file.octets.count), "isInline": false,
                "lastModifiedDateTime": .string(GraphTime.string(message.modified)), "contentId": .null,
                "contentLocation": .null, "contentBytes": .string(Data(file.octets).base64EncodedString()),
            ]
            guard let select = context.query.select else {
                files.append(.object(all))
                continue
            }
            var members = try GraphDesk.selected(select, from: all, type: "attachment")
            for name in ["@odata.type", "id"] { members[name] = all[name] }
            files.append(.object(members))
        }
        return .json([
            "@odata.context": context.context("messages('\(context.id(of: message))')/attachments"),
            "value": .array(files),
        ])
    }

    // MARK: Collections

    private func collection(in mailbox: Mailbox) throws(GraphError) -> SandboxAnswer {
        guard context.request.method == "GET" else { throw .methodNotAllowed }
        let found = try matching(in: mailbox)
        let name = folder.map { "mailFolders('\(context.id(of: $0.id))')/messages" } ?? "messages"
        let selected = context.query.select.map { "(\($0.joined(separator: ",")))" } ?? ""
        let page = GraphPage(context: context, name: name + selected, standard: Self.standardPage)
        return try page.answer(count: found.count) { range throws(GraphError) in
            var items: [JSONValue] = []
            for message in found[range] { items.append(try json(message)) }
            return items
        }
    }

    private func count(in mailbox: Mailbox) throws(GraphError) -> SandboxAnswer {
        let count = try matching(in: mailbox).count
        return SandboxAnswer(status: 200, headers: [("Content-Type", "text/plain")], body: Data("\(count)".utf8))
    }

    private func matching(in mailbox: Mailbox) throws(GraphError) -> [MailboxMessage] {
        let all = folder.map { mailbox.messages(in: $0.id) } ?? mailbox.visibleMessages
        return try MessageQuery(context: context).apply(to: all)
    }
}
