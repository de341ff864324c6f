import Foundation
import Mirror

/// How far a folder was read.
struct MicrosoftCheckpoint: Codable, Hashable {
    /// The query of the link to go on with: a page of the first reading, or the changes since. Graph remembers the
    /// last few links of a folder only, so an older one is never gone back to.
    var link: String
    /// All messages were reported once; the link leads to changes.
    var isScanned: Bool
    /// How many messages were reported and have not left since.
    var count: Int
    /// By how much the folder's count differs from its messages: it counts items that are none.
    var ghosts: Int
    /// Messages that left while the folder was read first, and are still counted here.
    var departed: Int
    /// By how much counts and changes disagreed since the folder was read from the start, taken together.
    var unexplained: Int
    /// Readings in a row with something unexplained.
    var doubts: Int
    /// Seconds since 1970 UTC: of the first reading, all messages that came later than this were reported. Nil where
    /// the pages were not in that order.
    var oldest: Int64?
    /// Messages of the mirror that are here by their own word and not by the folder's: its changes may not tell when
    /// they leave.
    var watched: [String]?

    private enum CodingKeys: String, CodingKey {
        case link = "l", isScanned = "s", count = "c", ghosts = "g", departed = "d", unexplained = "u", doubts = "r"
        case oldest = "o", watched = "w"
    }

    static let start = MicrosoftCheckpoint(
        link: "", isScanned: false, count: 0, ghosts: 0, departed: 0, unexplained: 0, doubts: 0, oldest: .max)

    /// Messages that are watched at most, so that a checkpoint stays below some 20 KB; a folder with more is read
    /// from the start, which makes its changes true again.
    static let watchLimit = 100
    /// Octets of a link; Graph's have some hundreds to two thousand.
    static let linkLimit = 32_768

    init(
        link: String, isScanned: Bool, count: Int, ghosts: Int, departed: Int, unexplained: Int, doubts: Int,
        oldest: Int64?
    ) {
        self.link = link
        self.isScanned = isScanned
        self.count = count
        self.ghosts = ghosts
        self.departed = departed
        self.unexplained = unexplained
        self.doubts = doubts
        self.oldest = oldest
    }

    /// Nil when the bytes are not ours.
    init?(_ checkpoint: Checkpoint) {
        guard let decoded = try? JSONDecoder().decode(MicrosoftCheckpoint.self, from: Data(checkpoint.bytes)),
            !decoded.link.isEmpty, decoded.link.utf8.count <= Self.linkLimit
        else { return nil }
        self = decoded
    }

    /// Notes that the folder counts so many more messages than its changes account for, or fewer.
    ///
    /// Fewer is a count that lags behind, or a message that was told of again because something else of it changed;
    /// when nothing makes up for it with the next two readings, it was the latter.
    mutating func note(_ difference: Int) {
        unexplained += difference
        doubts = unexplained == 0 ? 0 : doubts + 1
        if unexplained < 0, doubts > 2 { (unexplained, doubts) = (0, 0) }
    }

    /// - Returns: whether they are not too many.
    @discardableResult
    mutating func watch(_ messages: Set<RemoteMessageID>) -> Bool {
        watched = messages.isEmpty ? nil : messages.map(\.rawValue).sorted().suffix(Self.watchLimit)
        return messages.count <= Self.watchLimit
    }

    var checkpoint: Checkpoint {
        // Numbers and a text always encode.
        get throws { Checkpoint(bytes: Array(try JSONEncoder().encode(self))) }
    }
}
