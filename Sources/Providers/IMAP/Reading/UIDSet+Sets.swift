import IMAP

extension UIDSet {
    /// The UIDs of this set that are in the other one too.
    func intersection(_ other: UIDSet) -> UIDSet {
        var both: [ClosedRange<UInt32>] = []
        var (mine, theirs) = (ranges[...], other.ranges[...])
        while let own = mine.first, let foreign = theirs.first {
            if own.overlaps(foreign) { both.append(own.clamped(to: foreign)) }
            if own.upperBound <= foreign.upperBound { mine.removeFirst() } else { theirs.removeFirst() }
        }
        return UIDSet(ranges: both)
    }

    /// The UIDs of this set that are not in the other one.
    func subtracting(_ other: UIDSet) -> UIDSet {
        var rest: [ClosedRange<UInt32>] = []
        var theirs = other.ranges[...]
        for own in ranges {
            var low = own.lowerBound
            var isUsedUp = false
            while let foreign = theirs.first, foreign.lowerBound <= own.upperBound {
                if foreign.upperBound >= low {
                    if foreign.lowerBound > low { rest.append(low...(foreign.lowerBound - 1)) }
                    if foreign.upperBound >= own.upperBound {
                        isUsedUp = true
                        break
                    }
                    low = foreign.upperBound + 1
                }
                theirs.removeFirst()
            }
            if !isUsedUp { rest.append(low...own.upperBound) }
        }
        return UIDSet(ranges: rest)
    }
}
