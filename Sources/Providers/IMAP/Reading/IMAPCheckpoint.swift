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

    private enum CodingKeys: String, CodingKey {
        case uidValidity = "v", next = "n", low = "l", count = "c", modSequence = "m"
    }

    init(uidValidity: UInt32, next: UInt32, low: UInt32, count: Int, modSequence: UInt64?) {
        self.uidValidity = uidValidity
        self.next = next
        self.low = low
        self.count = count
        self.modSequence = modSequence
    }

    /// Nil when the bytes are not ours.
    init?(_ checkpoint: Checkpoint) {
        guard let decoded = try? JSONDecoder().decode(IMAPCheckpoint.self, from: Data(checkpoint.bytes)),
            decoded.low >= 1, decoded.next >= decoded.low, decoded.count >= 0
        else { return nil }
        self = decoded
    }

    var checkpoint: Checkpoint {
        // Numbers alone always encode.
        get throws { Checkpoint(bytes: Array(try JSONEncoder().encode(self))) }
    }

    var isComplete: Bool { low == 1 }
}
