import Database
import Store

/// What an open page has to be told. One rule decides, for what happens now and for what the page missed: only a change
/// of its topic counts, and only one that stands in no mailbox which its viewer may not read.
struct LiveNews: Sendable {
    let web: WebServices
    let token: String
    let viewer: Viewer
    let topic: LiveTopic

    enum Answer: Sendable {
        /// The page fetches itself again, and has everything up to the mark then.
        case changed(mark: String)
        case nothing
        /// The session ended, or its user left.
        case ended
    }

    /// What changes mean to the page; without any, whether its session still holds.
    func of(_ changes: Set<Change>) async throws -> Answer {
        let (token, viewer, topic, marks, now) = (token, viewer, topic, web.marks, web.now())
        return try await web.database.read { tx -> Answer in
            guard try Sessions.find(tx, token: token, now: now) != nil else { return .ended }
            if changes.isEmpty { return .nothing }
            let visible = try VisibleMailboxes.of(tx, viewer.organization.id, viewer: viewer.id)
            guard changes.contains(where: { topic.concerns($0) && visible.concerns($0) }) else { return .nothing }
            return .changed(mark: try marks.mark(try Changes.last(tx)))
        }
    }

    /// What changed behind a mark: between the making of the page and the beginning of its stream, or while the page
    /// was not connected. Where that cannot be known, anything may have changed.
    func since(_ mark: String?) async throws -> Answer {
        let (viewer, topic, marks) = (viewer, topic, web.marks)
        return try await web.database.read { tx -> Answer in
            let changed = Answer.changed(mark: try marks.mark(try Changes.last(tx)))
            guard let number = mark.flatMap(marks.number),
                let missed = try Changes.missed(tx, viewer.organization.id, since: number)
            else { return changed }
            if missed.isEmpty { return .nothing }
            let visible = try VisibleMailboxes.of(tx, viewer.organization.id, viewer: viewer.id)
            return missed.contains { topic.concerns($0) && visible.concerns($0) } ? changed : .nothing
        }
    }
}
