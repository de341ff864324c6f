/// A folder of a scripted mailbox.
struct ScriptedFolder: Sendable {
    struct Entry: Hashable, Sendable {
        let uid: UInt32
        var letter: Letter
        var modSequence: UInt64
    }

    let name: String
    var attributes = ""
    var uidValidity: UInt32 = 7
    var uidNext: UInt32 = 1
    var modSequence: UInt64 = 1
    /// By ascending UID.
    var entries: [Entry] = []
    var expunged: [(uid: UInt32, modSequence: UInt64)] = []

    init(_ name: String, _ letters: [Letter] = [], attributes: String = "") {
        self.name = name
        self.attributes = attributes
        for letter in letters { add(letter) }
    }

    @discardableResult
    mutating func add(_ letter: Letter) -> UInt32 {
        modSequence += 1
        entries.append(Entry(uid: uidNext, letter: letter, modSequence: modSequence))
        uidNext += 1
        return uidNext - 1
    }

    /// - Returns: the letters that were removed.
    @discardableResult
    mutating func remove(where isMeant: (Letter) -> Bool) -> [Letter] {
        let leaving = entries.filter { isMeant($0.letter) }
        if leaving.isEmpty { return [] }
        modSequence += 1
        expunged += leaving.map { ($0.uid, modSequence) }
        entries.removeAll { isMeant($0.letter) }
        return leaving.map(\.letter)
    }

    /// Gives all messages new UIDs, as a server that lost its index.
    mutating func renumber(uidValidity: UInt32, from first: UInt32 = 1) {
        self.uidValidity = uidValidity
        expunged = []
        let letters = entries.map(\.letter)
        entries = []
        uidNext = first
        for letter in letters { add(letter) }
    }

    var uids: [UInt32] { entries.map(\.uid) }
}

/// The UIDs of a sequence set in a command (RFC 9051, section 9).
struct AskedUIDs {
    private let ranges: [ClosedRange<UInt32>]

    init(_ text: Substring, highest: UInt32) {
        func number(_ text: Substring) -> UInt32 { text == "*" ? highest : UInt32(text) ?? 0 }
        ranges = text.split(separator: ",").map { part in
            let ends = part.split(separator: ":").map(number)
            let (a, b) = (ends.first ?? 0, ends.last ?? 0)
            return min(a, b)...max(a, b)
        }
    }

    func contains(_ uid: UInt32) -> Bool { ranges.contains { $0.contains(uid) } }
}
