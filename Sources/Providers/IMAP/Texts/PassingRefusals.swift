import IMAP

extension FetchedPage {
    /// A refusal that will pass is no message's fault: what was asked for is asked for again later.
    /// - Throws: ``IMAPError/refused(_:)`` where the server refused because it is busy or broken for the moment.
    func demandLasting() throws {
        guard status.status != .ok else { return }
        let refusal = CommandRefusal(
            command: "UID FETCH", status: status.status, code: status.code?.name, text: status.text)
        if refusal.isTemporary { throw IMAPError.refused(refusal) }
    }
}
