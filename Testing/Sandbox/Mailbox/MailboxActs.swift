import Foundation

/// What the person does, told in JSON: the same for every emulated service. `act` names it; docs/sandbox.md lists them.
struct MailboxActs {
    let json: JSONValue
    let now: Date

    /// Does it, and answers with what came of it.
    func perform(on mailbox: inout Mailbox) throws(SandboxError) -> JSONValue {
        switch json["act"]?.string {
        case "receive":
            return try deliver(to: "Inbox", on: &mailbox)
        case "send":
            return try deliver(to: "Sent Items", isRead: true, on: &mailbox)
        case "draft":
            return try deliver(to: "Drafts", isRead: true, isDraft: true, on: &mailbox)
        case "move":
            let message = try message(in: mailbox)
            try mailbox.move(message.id, to: try mailbox.folder(named: try text("to")).id, at: now)
        case "delete": try mailbox.delete(try message(in: mailbox).id, at: now)
        case "permanentlyDelete": try mailbox.permanentlyDelete(try message(in: mailbox).id, at: now)
        case "restore":
            let id = try text("messageId")
            guard let message = mailbox.messages.values.filter({ $0.letter.messageID == id }).min(by: { $0.id < $1.id })
            else {
                throw .noMessage(id)
            }
            try mailbox.restore(message.id, at: now)
        case "markRead": try mailbox.setRead(json["isRead"]?.bool ?? true, of: try message(in: mailbox).id, at: now)
        case "createFolder":
            let parent = try json["in"]?.string.map { name throws(SandboxError) in try mailbox.folder(named: name).id }
            mailbox.createFolder(try text("name"), in: parent)
        case "renameFolder": try mailbox.renameFolder(try folder(in: mailbox), to: try text("to"))
        case "moveFolder":
            try mailbox.moveFolder(try folder(in: mailbox), to: try mailbox.folder(named: try text("to")).id)
        case "deleteFolder": try mailbox.deleteFolder(try folder(in: mailbox))
        case "restoreFolder": try mailbox.restoreFolder(try folder(in: mailbox))
        case "permanentlyDeleteFolder": try mailbox.permanentlyDeleteFolder(try folder(in: mailbox), at: now)
        case "createCalendar": mailbox.createCalendar(try text("name"), canEdit: json["canEdit"]?.bool ?? true)
        case "deleteEvent":
            let title = try text("title")
            guard let event = mailbox.events.values.first(where: { $0.content.title == title }) else {
                throw .noEvent(title)
            }
            mailbox.deleteEvent(event.id)
        case let other: throw .malformed("there is no act '\(other ?? "")'; docs/sandbox.md lists them.")
        }
        return ["done": true]
    }

    /// The mailbox as a test wants to look at it.
    static func summary(of mailbox: Mailbox) -> JSONValue {
        let folders = mailbox.folders.filter { ![.root, .recoverable].contains($0.role) }.map { folder -> JSONValue in
            let messages = mailbox.messages(in: folder.id).map { message -> JSONValue in
                [
                    "messageId": .string(message.letter.messageID), "subject": .string(message.letter.subject),
                    "isRead": .bool(message.isRead), "isDraft": .bool(message.isDraft),
                ]
            }
            return [
                "name": .string(folder.name), "role": .string(folder.role.rawValue), "messages": .array(messages),
                "in": .orNull(folder.parent.flatMap { mailbox.folder($0)?.name }),
            ]
        }
        let calendars = mailbox.calendars.map { calendar -> JSONValue in
            let events = mailbox.events(in: calendar.id).map { event -> JSONValue in
                [
                    "title": .string(event.content.title), "start": .string(event.content.start.formatted(.iso8601)),
                    "end": .string(event.content.end.formatted(.iso8601)), "isAllDay": .bool(event.content.isAllDay),
                ]
            }
            return ["name": .string(calendar.name), "canEdit": .bool(calendar.canEdit), "events": .array(events)]
        }
        return [
            "folders": .array(folders), "calendars": .array(calendars),
            "invited": .array(mailbox.invited.map { .string($0.address) }),
        ]
    }

    // MARK: Reading

    private func deliver(
        to standard: String, isRead: Bool = false, isDraft: Bool = false, on mailbox: inout Mailbox
    ) throws(SandboxError) -> JSONValue {
        let folder = try mailbox.folder(named: json["folder"]?.string ?? standard)
        let letter = try letter()
        let received = json["received"]?.string.flatMap { try? Date($0, strategy: .iso8601) } ?? now
        mailbox.deliver(letter, to: folder.id, at: received, isRead: isRead, isDraft: isDraft)
        return ["messageId": .string(letter.messageID)]
    }

    private func letter() throws(SandboxError) -> MailboxLetter {
        guard let from = json["from"].flatMap(person) else { throw .malformed("the letter has no from.") }
        func people(_ name: String) -> [MailboxAddress] { (json[name]?.array ?? []).compactMap(person) }
        let attachments = (json["attachments"]?.array ?? []).compactMap { file -> MailboxAttachment? in
            guard let name = file["name"]?.string else { return nil }
            let octets = file["content"]?.string.flatMap { Data(base64Encoded: $0) } ?? Data()
            return MailboxAttachment(
                name: name, contentType: file["contentType"]?.string ?? "application/octet-stream",
                octets: Array(octets))
        }
        return MailboxLetter(
            messageID: json["messageId"]?.string ?? "<\(UUID().uuidString.lowercased())@sandbox.example>",
            subject: json["subject"]?.string ?? "", from: from, to: people("to"), cc: people("cc"), bcc: people("bcc"),
            replyTo: people("replyTo"),
            sent: json["sent"]?.string.flatMap { try? Date($0, strategy: .iso8601) } ?? now,
            text: json["text"]?.string, html: json["html"]?.string, attachments: attachments,
            conversation: json["conversation"]?.string)
    }

    /// `"anna@example.org"`, or an object with `address` and `name`.
    private func person(_ value: JSONValue) -> MailboxAddress? {
        if let address = value.string { return MailboxAddress(address) }
        return value["address"]?.string.map { MailboxAddress($0, name: value["name"]?.string ?? "") }
    }

    private func text(_ name: String) throws(SandboxError) -> String {
        guard let text = json[name]?.string else { throw .malformed("the act needs '\(name)'.") }
        return text
    }

    private func message(in mailbox: Mailbox) throws(SandboxError) -> MailboxMessage {
        try mailbox.message(withMessageID: try text("messageId"))
    }

    private func folder(in mailbox: Mailbox) throws(SandboxError) -> MailboxFolder.ID {
        try mailbox.folder(named: try text("folder")).id
    }
}
