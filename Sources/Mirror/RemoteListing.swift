/// The complete set of messages in a folder at one moment.
public enum RemoteListing: Hashable, Sendable {
    /// IMAP UIDs as sorted, disjoint ranges: a mailbox of 100,000 messages is usually a handful of them.
    case uids([ClosedRange<UInt32>])
    case ids(Set<RemoteMessageID>)

    public func contains(_ id: RemoteMessageID) -> Bool {
        switch self {
        case .ids(let ids):
            return ids.contains(id)
        case .uids(let ranges):
            guard let uid = id.uid else { return false }
            var low = 0
            var high = ranges.count
            while low < high {
                let middle = (low + high) / 2
                if ranges[middle].upperBound < uid { low = middle + 1 } else { high = middle }
            }
            return low < ranges.count && ranges[low].contains(uid)
        }
    }

    public var count: Int {
        switch self {
        case .ids(let ids): ids.count
        case .uids(let ranges): ranges.reduce(0) { $0 + $1.count }
        }
    }
}
