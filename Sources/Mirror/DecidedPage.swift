/// A page with what an address book decides about each of its messages. Deciding needs nothing from the database, so it
/// is done before the transaction that writes the page, in which nobody else can write.
public struct DecidedPage: Sendable {
    public let page: ChangePage
    /// In the order of `page.present`.
    public let messages: [DecidedMessage]

    public init(_ page: ChangePage, by addressBook: AddressBook) {
        self.page = page
        messages = page.present.map { DecidedMessage($0, by: addressBook) }
    }
}

/// A message that stands in a folder, and what becomes of it.
public struct DecidedMessage: Sendable {
    public let fact: MessageFact
    public let decision: Decision
    /// For a message that matched, what it is mirrored as.
    public let content: Content?

    public struct Content: Sendable {
        public let identity: MessageIdentity
        public let entry: MessageEntry
    }

    public init(_ fact: MessageFact, by addressBook: AddressBook) {
        self.fact = fact
        decision = addressBook.decide(fact.headers)
        guard case .matched = decision else {
            content = nil
            return
        }
        content = Content(identity: MessageIdentity(of: fact), entry: MessageEntry(fact))
    }
}
