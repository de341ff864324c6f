import Foundation

/// One authorised call to Graph.
struct GraphContext: Sendable {
    let request: SandboxRequest
    let path: [String]
    let query: ODataQuery
    let preferences: Preferences
    let account: MicrosoftAccount
    let client: String
    let scopes: Set<String>
    /// The number of the account's mailbox in ids.
    let mailbox: Int
    /// `http://127.0.0.1:…/v1.0`.
    let root: String
    let now: Date
    let quirks: MicrosoftQuirks

    /// `users('…')`, for contexts.
    var user: String { "users('\(account.objectID)')" }

    func context(_ name: String) -> JSONValue { "\(root)/$metadata#\(user)/\(name)" }

    /// The body as JSON.
    func json() throws(GraphError) -> JSONValue {
        guard let value = JSONValue(parsing: request.body), value.object != nil else {
            throw .badRequest(
                "BadRequest",
                "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is "
                    + "of valid JSON format."
            )
        }
        return value
    }

    func needs(_ scope: String) throws(GraphError) {
        guard MicrosoftScopes.allow(scopes, scope) else { throw .accessDenied }
    }

    func needs(oneOf scopes: String...) throws(GraphError) {
        guard scopes.contains(where: { MicrosoftScopes.allow(self.scopes, $0) }) else { throw .accessDenied }
    }

    // MARK: Ids

    func id(of message: MailboxMessage) -> String {
        GraphID(
            .message, mailbox: mailbox, number: message.id.rawValue,
            moves: preferences.wantsImmutableIDs ? nil : message.moves
        ).text
    }

    func id(of event: MailboxEvent) -> String {
        GraphID(.event, mailbox: mailbox, number: event.id.rawValue, moves: preferences.wantsImmutableIDs ? nil : 0)
            .text
    }

    func id(of folder: MailboxFolder.ID) -> String {
        GraphID(.folder, mailbox: mailbox, number: folder.rawValue, moves: 0).text
    }

    func id(of calendar: MailboxCalendar.ID) -> String {
        GraphID(.calendar, mailbox: mailbox, number: calendar.rawValue, moves: 0).text
    }

    func number(_ text: String, _ kind: GraphID.Kind) throws(GraphError) -> GraphID {
        guard let id = GraphID(text) else { throw .malformedID }
        guard id.kind == kind, id.mailbox == mailbox else { throw .itemNotFound }
        return id
    }
}
