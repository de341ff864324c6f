import CRM
import Hummingbird
import Store

/// Hiding a conversation of one's own mailboxes from everyone else, and showing it again.
enum ConversationHiding {
    static func hide(_ visit: Visit) async throws -> Response { try await change(visit, isHidden: true) }
    static func show(_ visit: Visit) async throws -> Response { try await change(visit, isHidden: false) }

    private static func change(_ visit: Visit, isHidden: Bool) async throws -> Response {
        let id: StoredMessageID = try visit.id("message")
        let (viewer, now) = (visit.viewer.id, visit.now)
        try await visit.write { tx, organization in
            let visible = try VisibleMailboxes.of(tx, organization, viewer: viewer)
            guard let message = try OpenedMessages.find(tx, organization, id, visible: visible) else {
                throw WebError.notFound(.message)
            }
            let own = message.ownCopies
            guard !own.isEmpty else {
                throw WebError.conflict(
                    "This email stands only in the mailboxes of colleagues. Each of them can hide it from others.")
            }
            for copy in own {
                let action = isHidden ? HiddenConversations.hide : HiddenConversations.show
                _ = try action(tx, organization, copy.message, copy.mailbox, now)
            }
            try AuditTrail.record(
                tx, organization, by: viewer, isHidden ? .conversationHidden : .conversationShown,
                ["message": id.description], now: now)
        }
        let from = visit.query.optional("from")
        return visit.redirect(
            PathText.with("/messages/\(id)", ["from": from]), isHidden ? .conversationHidden : .conversationShown)
    }
}
