/// Where the messages of a folder, or of a whole mailbox, ended up (product, section 1.5). Each message that the
/// provider counts is exactly one of these.
public struct Accounting: Hashable, Sendable {
    /// What the provider counts.
    public var listed: Int
    public var mirrored: Int
    public var noContact: Int
    public var excluded: Int
    /// Not read yet, or matched and its text not fetched yet.
    public var waiting: Int
    public var setAside: Int

    public init(
        listed: Int = 0, mirrored: Int = 0, noContact: Int = 0, excluded: Int = 0, waiting: Int = 0, setAside: Int = 0
    ) {
        self.listed = listed
        self.mirrored = mirrored
        self.noContact = noContact
        self.excluded = excluded
        self.waiting = waiting
        self.setAside = setAside
    }

    /// Whether every message that the provider counts is accounted for.
    public var addsUp: Bool { accounted == listed && noContact >= 0 && waiting >= 0 }

    public var accounted: Int { mirrored + noContact + excluded + waiting + setAside }

    public static func + (a: Accounting, b: Accounting) -> Accounting {
        Accounting(
            listed: a.listed + b.listed, mirrored: a.mirrored + b.mirrored, noContact: a.noContact + b.noContact,
            excluded: a.excluded + b.excluded, waiting: a.waiting + b.waiting, setAside: a.setAside + b.setAside)
    }
}
