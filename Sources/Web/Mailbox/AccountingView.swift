import Mirror
import Store

/// Where the messages of a mailbox ended up: sums that add up to what the provider counts.
struct AccountingView: Sendable {
    let total: String
    let parts: [Part]
    let bars: [Bar]
    let folders: [Folder]
    let hasFolders: Bool
    let folderCount: String
    /// The sums do not meet the provider's count while folders are being read.
    let isSettling: Bool

    struct Part: Sendable {
        let kind: String
        let label: String
        let note: String
        let count: String
        let isZero: Bool
    }

    /// A piece of the bar, in thousandths of its length.
    struct Bar: Sendable {
        let kind: String
        let start: Int
        let length: Int
    }

    struct Folder: Sendable {
        let name: String
        let total: String
        let counts: [String]
        let trouble: String?
    }

    init(_ folders: [MailboxAccounting.Folder]) {
        let sum = folders.reduce(Accounting()) { $0 + $1.accounting }
        total = Quantity.count(sum.listed)
        isSettling = !sum.addsUp
        let kinds: [(String, String, String, Int)] = [
            ("mirrored", "On the cards", "A contact wrote or received them.", sum.mirrored),
            ("no-contact", "No contact on them", "Nothing of them is kept.", sum.noContact),
            ("excluded", "Excluded", "An exclusion or your own domains keep them out.", sum.excluded),
            ("waiting", "Waiting", "Not read yet, or their text is being fetched.", sum.waiting),
            ("set-aside", "Set aside", "They could not be read; they are tried again by themselves.", sum.setAside),
        ]
        parts = kinds.map { kind, label, note, count in
            Part(kind: kind, label: label, note: note, count: Quantity.count(count), isZero: count == 0)
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
        folderCount = Quantity.of(folders.count, "folder", "folders")
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
