import Foundation

/// Change tracking: `mailFolders/{id}/messages/delta` and `mailFolders/delta` (message: delta, mailFolder: delta).
struct GraphDelta: Sendable {
    let context: GraphContext
    /// What the links lead to, without the query.
    let path: String

    /// What a page holds where the client names no size. Not documented for mail; the samples show ten.
    private static let standardPage = 10
    /// A client may ask for more and gets this many.
    private static let largestPage = 1000
    /// With a filter the service tells no more than this many messages (message: delta, "limitation").
    private static let filteredLimit = 5000

    func messages(
        of folder: MailboxFolder, in mailbox: Mailbox, rounds: inout DeltaRounds
    ) throws(GraphError) -> JSONValue {
        let (number, round, position, isEmpty) = try place(
            subject: .messages(folder.id), mailbox: mailbox, rounds: &rounds
        ) { after, filter throws(GraphError) in try entries(of: folder.id, in: mailbox, after: after, filter: filter) }
        return try page(number, round, position, isEmpty, name: "Collection(message)") {
            entry throws(GraphError) in try message(entry, of: folder.id, in: mailbox, select: round.select)
        }
    }

    func folders(in mailbox: Mailbox, rounds: inout DeltaRounds) throws(GraphError) -> JSONValue {
        let (number, round, position, isEmpty) = try place(subject: .folders, mailbox: mailbox, rounds: &rounds) {
            after, _ in
            guard let after else {
                return mailbox.folders.filter { ![.root, .recoverable].contains($0.role) }.map {
                    .whole($0.id.rawValue)
                }
            }
            return mailbox.folderDifferences(after: after, through: mailbox.sequence).map { difference in
                switch difference {
                case .appeared(let id), .changed(let id, _): .whole(id.rawValue)
                case .left(let id, let forGood): .removed(id.rawValue, forGood: forGood)
                }
            }
        }
        return try page(number, round, position, isEmpty, name: "mailFolders") { entry throws(GraphError) in
            switch entry {
            case .whole(let id), .part(let id, _):
                guard let folder = mailbox.folder(MailboxFolder.ID(rawValue: id)) else { return nil }
                return try FolderRepresentation(folder: folder, mailbox: mailbox, context: context).json(
                    select: round.select)
            case .removed(let id, _):
                return [
                    "id": .string(context.id(of: MailboxFolder.ID(rawValue: id))), "@removed": ["reason": "deleted"],
                ]
            }
        }
    }

    // MARK: Rounds

    /// The round and place that the request's token names, or a new round.
    private func place(
        subject: DeltaRounds.Subject, mailbox: Mailbox, rounds: inout DeltaRounds,
        entries: (_ after: Int?, _ filter: String?) throws(GraphError) -> [DeltaRounds.Entry]
    ) throws(GraphError) -> (number: Int, round: DeltaRounds.Round, position: Int, isEmpty: Bool) {
        var new = DeltaRounds.Round(
            account: context.account.objectID, subject: subject, select: context.query.select,
            pageSize: context.preferences.pageSize, filter: context.query["filter"], entries: [],
            through: mailbox.sequence, generation: 0)
        var after: Int?
        if let text = context.query["skiptoken"] ?? context.query["deltatoken"] {
            guard let token = DeltaToken(text) else {
                throw .badRequest("SyncStateInvalid", "The sync state is invalid; the token was not given out here.")
            }
            let known = try rounds.round(token.round, account: context.account.objectID, subject: subject)
            if let position = token.position { return (token.round, known, position, token.isEmptyPage) }
            (after, new.select, new.filter) = (known.through, known.select, known.filter)
            new.pageSize = context.preferences.pageSize ?? known.pageSize
        }
        new.entries = repeated(try entries(after, new.filter))
        let (number, round) = rounds.begin(new, remembering: context.quirks.remembersRounds)
        return (number, round, 0, false)
    }

    private func repeated(_ entries: [DeltaRounds.Entry]) -> [DeltaRounds.Entry] {
        guard let every = context.quirks.repeatsEvery, every > 0 else { return entries }
        return entries + entries.enumerated().filter { $0.offset % every == every - 1 }.map(\.element)
    }

    private func page(
        _ number: Int, _ round: DeltaRounds.Round, _ position: Int, _ isEmpty: Bool, name: String,
        _ item: (DeltaRounds.Entry) throws(GraphError) -> JSONValue?
    ) throws(GraphError) -> JSONValue {
        let size = max(1, min(context.preferences.pageSize ?? round.pageSize ?? Self.standardPage, Self.largestPage))
        let end = isEmpty ? position : min(position + size, round.entries.count)
        var items: [JSONValue] = []
        for entry in round.entries[min(position, end)..<end] { if let json = try item(entry) { items.append(json) } }
        var body: JSONValue = ["@odata.context": "\(context.root)/$metadata#\(name)", "value": .array(items)]
        if end < round.entries.count {
            let pages = end / size
            let empty = !isEmpty && (context.quirks.emptyPageEvery.map { $0 > 0 && pages % $0 == 0 } ?? false)
            let token = DeltaToken(round: number, position: end, isEmptyPage: empty)
            body["@odata.nextLink"] = "\(context.root)/\(path)?$skiptoken=\(token.text)"
        } else {
            body["@odata.deltaLink"] = "\(context.root)/\(path)?$deltatoken=\(DeltaToken(round: number).text)"
        }
        return body
    }

    // MARK: Messages

    private func entries(
        of folder: MailboxFolder.ID, in mailbox: Mailbox, after: Int?, filter: String?
    ) throws(GraphError) -> [DeltaRounds.Entry] {
        let since = try filter.map { text throws(GraphError) in try oldest(text) }
        func wanted(_ id: MailboxMessage.ID) -> Bool {
            guard let since, let message = mailbox.messages[id] else { return true }
            return since.isInclusive ? message.received >= since.time : message.received > since.time
        }
        guard let after else {
            let all = mailbox.messages(in: folder).filter { wanted($0.id) }.map {
                DeltaRounds.Entry.whole($0.id.rawValue)
            }
            return since == nil ? all : Array(all.prefix(Self.filteredLimit))
        }
        let returned = context.quirks.forgetsReturningMessages ? mailbox.returned(to: folder, after: after) : []
        return mailbox.differences(in: folder, after: after, through: mailbox.sequence).compactMap { difference in
            switch difference {
            case .appeared(let id) where returned.contains(id): .removed(id.rawValue, forGood: false)
            case .appeared(let id): wanted(id) ? .whole(id.rawValue) : nil
            case .changed(let id, let properties): wanted(id) ? .part(id.rawValue, properties) : nil
            case .left(let id, let forGood): .removed(id.rawValue, forGood: forGood)
            }
        }
    }

    /// `receivedDateTime ge …` or `gt`, the only filter that delta takes.
    private func oldest(_ filter: String) throws(GraphError) -> (time: Date, isInclusive: Bool) {
        let words = filter.split(separator: " ")
        guard words.count == 3, words[0].lowercased() == "receiveddatetime", ["ge", "gt"].contains(words[1]),
            let time = GraphTime.date(String(words[2]))
        else {
            throw .badRequest(
                "ErrorInvalidUrlQueryFilter",
                "The query filter contains one or more invalid nodes; delta takes only receivedDateTime ge or gt.")
        }
        return (time, words[1] == "ge")
    }

    private func message(
        _ entry: DeltaRounds.Entry, of folder: MailboxFolder.ID, in mailbox: Mailbox, select: [String]?
    ) throws(GraphError) -> JSONValue? {
        switch entry {
        case .whole(let id):
            // One that left while the pages were read is told by the next round.
            guard let message = mailbox.messages[.init(rawValue: id)], message.folder == folder else { return nil }
            return try MessageRepresentation(message: message, context: context).json(select: select)
        case .part(let id, let properties):
            guard let message = mailbox.messages[.init(rawValue: id)], message.folder == folder else { return nil }
            let wanted = (select ?? MessageRepresentation.standard).filter { name in
                properties.contains { $0.touches(name) }
            }
            return try MessageRepresentation(message: message, context: context).json(select: wanted)
        case .removed(let id, let forGood):
            let gone = mailbox.messages[.init(rawValue: id)]
            // Under changing ids the message that left is the one before its move.
            let moves = max(0, (gone?.moves ?? 1) - 1)
            let text = GraphID(
                .message, mailbox: context.mailbox, number: id,
                moves: context.preferences.wantsImmutableIDs ? nil : moves
            ).text
            let reason = forGood ? MicrosoftQuirks.Reason.deleted : context.quirks.reasonOfMoves
            return ["id": .string(text), "@removed": ["reason": .string(reason.rawValue)]]
        }
    }
}

extension MailboxChange.Property {
    /// Whether a property of Graph's message tells of it.
    fileprivate func touches(_ name: String) -> Bool {
        switch self {
        case .isRead: name == "isRead"
        case .flag: name == "flag"
        case .categories: name == "categories"
        case .letter:
            !["isRead", "flag", "categories", "id", "parentFolderId", "createdDateTime", "receivedDateTime"].contains(
                name)
        }
    }
}

extension Mailbox {
    /// The messages that lay in a folder at a line of the log, left it since and lie there now.
    fileprivate func returned(to folder: MailboxFolder.ID, after: Int) -> Set<MailboxMessage.ID> {
        var left: Set<MailboxMessage.ID> = []
        var entered: Set<MailboxMessage.ID> = []
        for change in log[after...] where change.from != change.to {
            guard case .message(let id) = change.item else { continue }
            if change.from == folder.rawValue, !entered.contains(id) { left.insert(id) }
            if change.to == folder.rawValue, !left.contains(id) { entered.insert(id) }
        }
        return left.filter { messages[$0]?.folder == folder }
    }
}
