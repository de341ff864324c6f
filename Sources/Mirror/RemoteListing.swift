/// The complete set of messages in a folder at one moment.
public enum RemoteListing: Hashable, Sendable {
    /// IMAP UIDs as sorted, disjoint ranges: a mailbox of 100,000 messages is usually a handful of them.
    case uids([ClosedRange<UInt32>])
    case ids(Set<RemoteMessageID>)
    /// By ``RemoteMessageID/digest``: a tenth of what long ids take. That two of 100,000 messages share one happens
    /// in one of some thousand million mailboxes; one that is gone would stay there.
    case digests(Set<UInt64>)

    public func contains(_ id: RemoteMessageID) -> Bool {
        switch self {
        case .ids(let ids):
            return ids.contains(id)
        case .digests(let digests):
            return digests.contains(id.digest)
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
        case .digests(let digests): digests.count
        case .uids(let ranges): ranges.reduce(0) { $0 + $1.count }
        }
    }
}

extension RemoteMessageID {
    /// 64 bits in place of the id, for sets that are kept in memory while a folder is read.
    public var digest: UInt64 {
        var fingerprint = Fingerprint()
        fingerprint.append(rawValue.utf8)
        return fingerprint.value
    }
}
