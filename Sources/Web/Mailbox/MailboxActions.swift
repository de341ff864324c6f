import CRM
import Hummingbird
import Store

/// What a person asks of their mailbox's synchronisation.
enum MailboxActions {
    static func sync(_ visit: Visit) async throws -> Response {
        try await act(visit, .mailboxSyncing) { visit.web.engine.syncNow($0.id) }
    }

    static func pause(_ visit: Visit) async throws -> Response {
        try await act(visit, .mailboxPaused) { mailbox in
            try await visit.web.engine.pause(mailbox.id, organization: visit.organization)
            try await visit.audit(.mailboxPaused, mailbox.id, mailbox.address)
        }
    }

    static func resume(_ visit: Visit) async throws -> Response {
        try await act(visit, .mailboxResumed) { mailbox in
            try await visit.web.engine.resume(mailbox.id, organization: visit.organization)
            try await visit.audit(.mailboxResumed, mailbox.id, mailbox.address)
        }
    }

    static func check(_ visit: Visit) async throws -> Response {
        try await act(visit, .mailboxChecking) { visit.web.engine.check($0.id) }
    }

    private static func act(
        _ visit: Visit, _ notice: Notice, _ action: (MailboxRow) async throws -> Void
    ) async throws -> Response {
        guard let mailbox = try await visit.mailbox() else { return visit.redirect(visit.seat.base) }
        try await action(mailbox)
        return visit.redirect(visit.seat.base, notice)
    }
}
