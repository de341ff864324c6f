import Foundation

/// One event: made, read, changed, deleted.
struct EventDesk: Sendable {
    let context: GraphContext

    func create(in calendar: MailboxCalendar, _ mailbox: inout Mailbox) throws(GraphError) -> SandboxAnswer {
        try context.needs("Calendars.ReadWrite")
        guard calendar.canEdit else { throw .accessDenied }
        let body = try context.json()
        let transaction = body["transactionId"]?.string
        if let transaction, let first = mailbox.events.values.first(where: { $0.transaction == transaction }) {
            switch context.quirks.repeatedTransaction {
            case .conflict:
                throw GraphError(
                    status: 409, code: "ErrorDuplicateTransactionId",
                    message: "Your request can't be completed. The transactionId was used for another event already.")
            case .returnsFirst: return try entity(first, in: mailbox, status: 201)
            }
        }
        let reader = EventReader(json: body)
        let content = try reader.content(over: nil)
        let id = mailbox.createEvent(
            content, in: calendar.id, transaction: transaction, properties: try reader.properties() ?? [:],
            at: context.now)
        invite(content.attendees, over: [], in: &mailbox)
        guard let event = mailbox.events[id] else { throw .itemNotFound }
        return try entity(event, in: mailbox, status: 201)
    }

    func answer(_ text: String, in mailbox: inout Mailbox) throws(GraphError) -> SandboxAnswer {
        let id = try context.number(text, .event)
        guard let event = mailbox.events[.init(rawValue: id.number)], let calendar = mailbox.calendar(event.calendar)
        else {
            throw .itemNotFound
        }
        guard context.request.method != "GET" else { return try entity(event, in: mailbox, status: 200) }
        try context.needs("Calendars.ReadWrite")
        guard calendar.canEdit else { throw .accessDenied }
        let etag = EventRepresentation(event: event, mailbox: mailbox, context: context).etag
        if let match = context.request.header("If-Match"), match != "*", match != etag {
            throw GraphError(
                status: 412, code: "ErrorIrresolvableConflict",
                message:
                    "The send or update operation could not be performed because the change key passed in the "
                    + "request does not match the current change key for the item."
            )
        }
        switch context.request.method {
        case "PATCH":
            let reader = EventReader(json: try context.json())
            if let transaction = reader.json["transactionId"]?.string, transaction != event.transaction {
                throw .badRequest("ErrorInvalidRequest", "transactionId cannot be changed after the event was made.")
            }
            let content = try reader.content(over: event.content)
            let properties = try reader.properties().map { event.properties.merging($0) { _, new in new } }
            do {
                try mailbox.changeEvent(event.id, to: content, properties: properties, at: context.now)
            } catch { throw .itemNotFound }
            invite(content.attendees, over: event.content.attendees, in: &mailbox)
            guard let changed = mailbox.events[event.id] else { throw .itemNotFound }
            return try entity(changed, in: mailbox, status: 200)
        case "DELETE":
            mailbox.deleteEvent(event.id)
            // The organiser's deletion is mailed to those who were invited.
            invite(event.content.attendees, over: [], in: &mailbox)
            return .empty(204)
        default: throw .methodNotAllowed
        }
    }

    /// The service mails attendees of its own accord; nothing turns that off. An update goes to all of them.
    private func invite(_ people: [MailboxAddress], over former: [MailboxAddress], in mailbox: inout Mailbox) {
        mailbox.invited += people + former.filter { !people.contains($0) }
    }

    private func entity(_ event: MailboxEvent, in mailbox: Mailbox, status: Int) throws(GraphError) -> SandboxAnswer {
        var body = try EventRepresentation(event: event, mailbox: mailbox, context: context).json()
        body["@odata.context"] = context.context("events/$entity")
        var answer = SandboxAnswer.json(body, status: status)
        if let applied = context.preferences.applied { answer = answer.adding("Preference-Applied", applied) }
        return answer
    }
}
