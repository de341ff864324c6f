import Mirror
import Store
import Wording

/// Where the messages of a mailbox ended up: sums that add up to what the provider counts.
struct AccountingView: Sendable {
    let total: Phrase
    let parts: [Part]
    let bars: [Bar]
    let folders: [Folder]
    let hasFolders: Bool
    let folderCount: Phrase
    /// The folders that cannot be read.
    let troubles: [MailboxState.Trouble]
    let hasTroubles: Bool
    /// The sums do not meet the provider's count while folders are being read.
    let isSettling: Bool

    struct Part: Sendable {
        let kind: String
        let label: Phrase
        let note: Phrase
        let count: Phrase
        let isZero: Bool
        /// What the count consists of, where there is more to say.
        let details: [Detail]
    }

    /// A share of a count: by which rule, or why.
    struct Detail: Sendable {
        let label: Phrase
        let count: Phrase

        init(_ label: Phrase, _ count: Int) {
            self.label = label
            self.count = Quantity.count(count)
        }
    }

    /// A piece of the bar, in thousandths of its length.
    struct Bar: Sendable {
        let kind: String
        let start: Int
        let length: Int
    }

    struct Folder: Sendable {
        let name: String
        let total: Phrase
        let counts: [Phrase]
        let trouble: Phrase?
    }

    /// How many rules are named; more are counted together.
    private static let namedRules = 10

    /// - Parameters:
    ///   - rules: what the exclusions keep out.
    ///   - waitingForText: how many of the waiting messages were read already.
    init(
        _ folders: [MailboxAccounting.Folder], excluded rules: [MailboxAccounting.RuleCount] = [],
        waitingForText: Int = 0
    ) {
        let sum = folders.reduce(Accounting()) { $0 + $1.accounting }
        total = Quantity.count(sum.listed)
        isSettling = !sum.addsUp
        let waiting = Self.details(waiting: sum.waiting, forText: waitingForText)
        let kinds: [(String, Phrase, Phrase, Int, [Detail])] = [
            ("mirrored", "On the cards", "A contact wrote or received them.", sum.mirrored, []),
            ("no-contact", "No contact on them", "Nothing of them is kept.", sum.noContact, []),
            ("excluded", "Excluded", "A rule of your organisation keeps them out.", sum.excluded, Self.details(rules)),
            ("waiting", "Waiting", "They come by themselves.", sum.waiting, waiting),
            ("set-aside", "Set aside", "They could not be read; they are tried again by themselves.", sum.setAside, []),
        ]
        parts = kinds.map { kind, label, note, count, details in
            Part(
                kind: kind, label: label, note: note, count: Quantity.count(count), isZero: count == 0,
                details: details)
        }
        bars = Self.bars(kinds.map { ($0.0, $0.3) })
        self.folders = folders.map { folder in
            let a = folder.accounting
            return Folder(
                name: folder.name, total: Quantity.count(a.listed),
                counts: [a.mirrored, a.noContact, a.excluded, a.waiting, a.setAside].map(Quantity.count),
                trouble: folder.trouble)
        }
        hasFolders = !folders.isEmpty
        folderCount = .counting(
            folders.count, one: "\(count: folders.count) folder", other: "\(count: folders.count) folders")
        troubles = folders.compactMap { folder in
            folder.trouble.map { MailboxState.Trouble(folder: folder.name, reason: $0) }
        }
        hasTroubles = !troubles.isEmpty
    }

    private static func details(_ rules: [MailboxAccounting.RuleCount]) -> [Detail] {
        let named = rules.prefix(namedRules).map { Detail("The rule “\($0.rule.pattern)”", $0.count) }
        let others = rules.dropFirst(namedRules)
        if others.isEmpty { return named }
        let count = others.reduce(0) { $0 + $1.count }
        return named + [
            Detail(
                .counting(
                    others.count, one: "\(count: others.count) other rule",
                    other: "\(count: others.count) other rules"), count)
        ]
    }

    private static func details(waiting: Int, forText: Int) -> [Detail] {
        let parts: [(Phrase, Int)] = [
            ("Not read yet", max(0, waiting - forText)), ("Their text is being fetched", min(forText, waiting)),
        ]
        return parts.filter { $0.1 > 0 }.map { Detail($0.0, $0.1) }
    }

    /// Each kind that has any gets a visible piece.
    private static func bars(_ counts: [(kind: String, count: Int)]) -> [Bar] {
        let sum = counts.reduce(0) { $0 + max(0, $1.count) }
        guard sum > 0 else { return [] }
        let lengths = counts.map { $0.count <= 0 ? 0 : max(6, $0.count * 1_000 / sum) }
        let total = lengths.reduce(0, +)
        var start = 0
        return zip(counts, lengths).compactMap { part, length in
            guard length > 0 else { return nil }
            defer { start += length * 1_000 / total }
            return Bar(kind: part.kind, start: start, length: length * 1_000 / total)
        }
    }
}
