import Foundation

/// The change notifications of one subscription, from the mailbox's log (changeNotification resource type).
struct NotificationWriter: Sendable {
    let subscription: GraphSubscription
    let mailbox: Mailbox
    let number: Int
    let tenant: String

    var changes: [JSONValue] {
        mailbox.log[subscription.told...].compactMap { change in
            guard let (type, kind, item, moves) = told(change), subscription.changeTypes.contains(type) else {
                return nil
            }
            let id = GraphID(kind, mailbox: number, number: item, moves: subscription.wantsImmutableIDs ? nil : moves)
                .text
            let name = kind == .event ? "Events" : "Messages"
            let resource = "Users/\(subscription.account)/\(name)/\(id)"
            return [
                "subscriptionId": .string(subscription.id),
                "subscriptionExpirationDateTime": .string(GraphTime.string(subscription.expires)),
                "changeType": .string(type), "resource": .string(resource), "tenantId": .string(tenant),
                "clientState": .orNull(subscription.clientState),
                "resourceData": [
                    "@odata.type": .string("#Microsoft.Graph.\(name.dropLast())"), "@odata.id": .string(resource),
                    "@odata.etag": "W/\"\(change.sequence)\"", "id": .string(id),
                ],
            ]
        }
    }

    private func told(_ change: MailboxChange) -> (type: String, kind: GraphID.Kind, item: Int, moves: Int)? {
        switch change.item {
        case .folder: return nil
        case .event(let id):
            guard subscription.isOnEvents else { return nil }
            return (change.from == nil ? "created" : change.to == nil ? "deleted" : "updated", .event, id.rawValue, 0)
        case .message(let id):
            guard !subscription.isOnEvents else { return nil }
            let gone = mailbox.folder(.recoverable).id.rawValue
            let moves = mailbox.messages[id]?.moves ?? 0
            func isInside(_ place: Int?) -> Bool {
                guard let place, place != gone else { return false }
                return subscription.folder.map { $0.rawValue == place } ?? true
            }
            switch (isInside(change.from), isInside(change.to)) {
            case (false, false): return nil
            case (false, true): return ("created", .message, id.rawValue, moves)
            case (true, true): return ("updated", .message, id.rawValue, moves)
            case (true, false): return ("deleted", .message, id.rawValue, max(0, moves - 1))
            }
        }
    }
}
