/// What a server may send: framed and parsed as a connection does.
public enum ServerOctets {
    /// Reads the octets in two pieces, cut anywhere, and at once; what comes of it must be the same.
    /// - Returns: what went wrong, if anything.
    public static func check(_ octets: UnsafeBufferPointer<UInt8>, cut: Int) -> String? {
        let whole = read([octets])
        let pieces = read([
            UnsafeBufferPointer(rebasing: octets[..<min(cut, octets.count)]),
            UnsafeBufferPointer(rebasing: octets[min(cut, octets.count)...]),
        ])
        return whole == pieces ? nil : "cut at \(cut): \(pieces.count) responses instead of \(whole.count)"
    }

    private static func read(_ pieces: [UnsafeBufferPointer<UInt8>]) -> [String] {
        var framer = ResponseFramer(literalLimit: 1 << 16)
        var responses: [String] = []
        for piece in pieces {
            do {
                try framer.read(UnsafeRawBufferPointer(piece)) { responses.append(kind(of: ResponseParser.parse($0))) }
            } catch {
                responses.append("\(error)")
                return responses
            }
        }
        return responses
    }

    /// Touches what a response holds, so that nothing in it can be wrong unseen.
    private static func kind(of response: Response) -> String {
        switch response {
        case .fetch(let message):
            "fetch \(message.uid ?? 0) \(message.size ?? 0) \(message.sections.count) \(message.absentSections.count) \(message.envelope?.subject.count ?? -1) \(depth(message.bodyStructure))"
        case .tagged(let tag, let status): "tagged \(tag) \(status.status) \(status.code?.name ?? "")"
        case .status(let status): "status \(status.status) \(status.code?.name ?? "")"
        case .list(let listing): "list \(listing.name.decoded(isUTF8: false)) \(listing.name.decoded(isUTF8: true))"
        case .search(let uids): "search \(used(UIDSet(uids)))"
        case .extendedSearch(_, let all, let count): "esearch \(used(all)) \(count ?? 0)"
        case .vanished(let uids, let isEarlier): "vanished \(used(uids)) \(isEarlier)"
        default: "\(response)".prefix(200).description
        }
    }

    private static func depth(_ structure: BodyStructure?) -> Int {
        guard let structure else { return 0 }
        return 1 + (structure.children.map { depth($0) }.max() ?? 0)
    }

    /// Does with a set all that is done with sets. None of it may take longer for more members: a few octets name four
    /// thousand million of them.
    private static func used(_ uids: UIDSet) -> String {
        var rest = uids
        let newest = rest.takeHighest(100)
        let window = uids.eachWindow(of: 25).prefix(3).reduce(UIDSet()) { $0.union($1) }
        var collected = UIDCollector()
        collected.add(uids.ranges)
        let left = uids.subtracting(newest)
        let sets = [newest, window, rest, left, left.union(newest), collected.set, uids.intersection(1...1000)]
        let members = Array(uids.uids.prefix(3)).description
        // Told here: what a server sends might say it too.
        if left != rest || left.union(newest) != uids || collected.set != uids { fatalError("no set: \(uids)") }
        return "\(uids.description.prefix(100)) \(uids.count) \(members) \(uids.contains(1000)) \(sets.map(\.count))"
    }
}
