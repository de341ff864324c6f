import Foundation
import Mirror

/// How far a folder was read.
struct IMAPCheckpoint: Codable, Hashable {
    /// UIDVALIDITY; 0 where the server tells none.
    var uidValidity: UInt32
    /// All messages from ``low`` up to, not including, this UID were reported.
    var next: UInt32
    /// 1 when the folder was read completely.
    var low: UInt32
    /// How many messages that is.
    var count: Int
    /// HIGHESTMODSEQ when they were counted, where the server has one.
    var modSequence: UInt64?
    /// Messages that the server counts besides, and neither finds nor fetches.
    var ghosts: Int {
        get { encodedGhosts ?? 0 }
        set { encodedGhosts = newValue == 0 ? nil : newValue }
    }
    /// Absent in checkpoints of earlier versions.
    private var encodedGhosts: Int?

    private enum CodingKeys: String, CodingKey {
        case uidValidity = "v", next = "n", low = "l", count = "c", modSequence = "m", encodedGhosts = "g"
    }

    init(uidValidity: UInt32, next: UInt32, low: UInt32, count: Int, modSequence: UInt64?, ghosts: Int = 0) {
        self.uidValidity = uidValidity
        self.next = next
        self.low = low
        self.count = count
        self.modSequence = modSequence
        self.ghosts = ghosts
    }

    /// Nil when the bytes are not ours.
    init?(_ checkpoint: Checkpoint) {
        guard let decoded = try? JSONDecoder().decode(IMAPCheckpoint.self, from: Data(checkpoint.bytes)),
            decoded.low >= 1, decoded.next >= decoded.low, decoded.count >= 0, decoded.ghosts >= 0
        else { return nil }
        self = decoded
    }

    var checkpoint: Checkpoint {
        // Numbers alone always encode.
        get throws { Checkpoint(bytes: Array(try JSONEncoder().encode(self))) }
    }

    var isComplete: Bool { low == 1 }

    /// What the server counted when nothing has come or gone since.
    func agrees(with snapshot: FolderSnapshot) -> Bool {
        snapshot.messages == count + ghosts && snapshot.uidNext == next
    }
}
