/// What a client knows of its connection: state, capabilities, the selected mailbox. Untagged data may come in answer
/// to any command and unasked (RFC 9051, section 5.2), so all of it passes through here, whatever runs.
public struct Session: Sendable {
    public enum State: Hashable, Sendable {
        case greeting, notAuthenticated, authenticated, selected, loggedOut
    }

    public private(set) var state = State.greeting
    public private(set) var capabilities: Set<Capability> = []
    /// Whether the server has told its capabilities since they were last forgotten.
    public private(set) var knowsCapabilities = false
    public private(set) var enabled: Set<Capability> = []
    public private(set) var selected: SelectedMailbox?
    /// The words of an untagged BYE.
    public private(set) var farewell: String?
    /// Counts news of mailboxes: another number of EXISTS, EXPUNGE, VANISHED, and STATUS that came without being asked
    /// for.
    public private(set) var news = 0
    /// The server gave up sending notifications (RFC 5465, section 5.8).
    public private(set) var notificationsOverflowed = false

    /// What held before the capabilities were forgotten: signing in itself goes by these.
    private(set) var formerCapabilities: Set<Capability> = []
    private var lastTag = 0

    public init() {}

    public func can(_ capability: Capability) -> Bool { capabilities.contains(capability) }

    mutating func makeTag() -> String {
        lastTag += 1
        return "A\(lastTag)"
    }

    /// Takes the greeting (RFC 9051, section 7.1).
    mutating func greetingReceived(_ response: Response) throws(IMAPError) {
        guard case .status(let greeting) = response else { throw .notIMAP(Self.shown(response)) }
        note(greeting)
        switch greeting.status {
        case .ok: state = .notAuthenticated
        case .preauth: state = .authenticated
        case .bye: throw .closed(greeting.text)
        case .no, .bad: throw .notIMAP(greeting.text)
        }
    }

    private static func shown(_ response: Response) -> String {
        switch response {
        case .unparsable(let reason): String(reason.prefix(80))
        case .continuation(let text): String(text.prefix(80))
        default: "an answer before any greeting"
        }
    }

    /// What was told before STARTTLS or signing in does not count afterwards (RFC 9051, section 6.2.1).
    mutating func forgetCapabilities() {
        formerCapabilities = capabilities
        capabilities = []
        enabled = []
        knowsCapabilities = false
    }

    mutating func signedIn() { state = .authenticated }

    /// EXAMINE is about to be sent; what stood selected is so no longer.
    mutating func selecting(_ name: MailboxName) {
        selected = SelectedMailbox(name: name)
        state = .selected
    }

    /// EXAMINE was refused (RFC 9051, section 6.3.2), or the mailbox was closed.
    mutating func deselected() {
        selected = nil
        state = .authenticated
    }

    /// Takes in anything but the greeting.
    /// - Throws: ``IMAPError/protocolViolation(_:)`` for a mailbox larger than any.
    mutating func received(_ response: Response) throws(IMAPError) {
        switch response {
        case .capability(let list):
            capabilities = Set(list)
            knowsCapabilities = true
        case .enabled(let list): enabled.formUnion(list)
        case .status(let status): note(status)
        case .tagged(_, let status): note(status)
        case .exists(let count):
            guard count <= SelectedMailbox.messageLimit else {
                throw .protocolViolation("a mailbox of \(count) messages")
            }
            // Some repeat the number every few minutes, to keep the connection alive.
            if selected == nil || selected?.knowsExists == false || selected?.exists != count { news += 1 }
            selected?.exists = count
            selected?.knowsExists = true
        case .expunge:
            news += 1
            expunged(1)
        case .vanished(let uids, let isEarlier):
            if isEarlier {
                // Nothing was expunged now; EXISTS counts without these already.
                selected?.vanished(uids)
            } else {
                news += 1
                expunged(uids.count)
            }
        case .mailboxStatus: news += 1
        case .continuation, .list, .namespace, .search, .extendedSearch, .fetch, .other, .unparsable: break
        }
    }

    /// Ranges of VANISHED may cover more than there is.
    private mutating func expunged(_ count: Int) {
        guard let exists = selected?.exists else { return }
        let left = min(count, exists)
        selected?.exists = exists - left
        selected?.expungedWhileSelected += left
    }

    private mutating func note(_ status: StatusResponse) {
        if status.status == .bye {
            farewell = status.text
            state = .loggedOut
        }
        guard let code = status.code else { return }
        switch code.name {
        case "CAPABILITY":
            capabilities = Set(Capability.list(code.argument))
            knowsCapabilities = true
        case "CLOSED":
            // RFC 7162, section 3.2.11: what came before belonged to the mailbox selected earlier.
            if let name = selected?.name { selected = SelectedMailbox(name: name) }
        // Nought is what broken servers say for "unknown"; numbers beyond 32 bits are no UIDs.
        case "UIDVALIDITY": selected?.uidValidity = UInt32(code.argument).flatMap { $0 > 0 ? $0 : nil }
        case "UIDNEXT": selected?.uidNext = UInt32(code.argument).flatMap { $0 > 0 ? $0 : nil }
        case "HIGHESTMODSEQ": selected?.highestModSequence = UInt64(code.argument).flatMap { $0 > 0 ? $0 : nil }
        case "NOMODSEQ": selected?.highestModSequence = nil
        case "NOTIFICATIONOVERFLOW": notificationsOverflowed = true
        default: break
        }
    }
}
