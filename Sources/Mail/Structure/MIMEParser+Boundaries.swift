extension MIMEParser {
    /// Octets of a boundary that are compared. The standard allows 70, programs write some more.
    private static let boundaryLimit = 256

    func nextBoundary(from start: Int, limit: Int) -> Ending {
        var position = start
        while position < limit {
            let line = lines.line(at: position, limit: limit)
            if let (index, isLast) = match(line) { return .boundary(index, isLast: isLast, line: line) }
            position = line.next
        }
        return .end
    }

    func match(_ line: MIMELines.Line) -> (index: Int, isLast: Bool)? {
        guard isDashed(line) else { return nil }
        var index = boundaries.count - 1
        while index >= 0 {
            if let isLast = matches(line, boundaries[index]) { return (index, isLast) }
            index -= 1
        }
        return nil
    }

    @inline(__always)
    private func isDashed(_ line: MIMELines.Line) -> Bool {
        line.content.count > 2 && lines.bytes[line.content.lowerBound] == UInt8(ascii: "-")
            && lines.bytes[line.content.lowerBound + 1] == UInt8(ascii: "-")
    }

    /// Whether a line with two dashes is the boundary, and if so whether it is the last one. Only blanks may follow,
    /// so that one boundary may begin with another.
    private func matches(_ line: MIMELines.Line, _ boundary: [UInt8]) -> Bool? {
        let text = lines.bytes[line.content].dropFirst(2)
        guard text.count >= boundary.count, text.starts(with: boundary) else { return nil }
        var rest = text.dropFirst(boundary.count)
        let isLast = rest.starts(with: "--".utf8)
        if isLast { rest = rest.dropFirst(2) }
        return rest.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } ? isLast : nil
    }

    /// Whether a body without Content-Type is a multipart all the same: a boundary among its first lines that a
    /// Content field follows at some place. Mail servers have sent delivery reports so.
    func isEncapsulated(from start: Int) -> Bool {
        let limit = lines.bytes.count
        let untyped = PartDescription(section: "", type: "", subtype: "", contentType: .parse([]))
        guard let boundary = boundary(of: untyped, from: start, limit: limit), !boundary.contains(0x20) else {
            return false
        }
        var position = start
        for _ in 0..<10 where position < limit {
            let line = lines.line(at: position, limit: limit)
            if isDashed(line), matches(line, boundary) != nil { return true }
            position = line.next
        }
        return false
    }

    /// The boundary that is in use: the declared one, or, where that does not occur, what stands behind the dashes of
    /// the first line that a Content field follows. `nil` if there is none.
    func boundary(of part: PartDescription, from start: Int, limit: Int) -> [UInt8]? {
        var declared = part.boundary.map { Array($0.utf8.prefix(Self.boundaryLimit)) } ?? []
        while let last = declared.last, last == 0x20 || last == 0x09 { declared.removeLast() }
        var guessed: [UInt8]?
        var position = start
        while position < limit {
            let line = lines.line(at: position, limit: limit)
            position = line.next
            guard isDashed(line) else { continue }
            if !declared.isEmpty, matches(line, declared) != nil { return declared }
            if match(line) != nil { break }
            if guessed == nil, position < limit,
                lines.bytes[position..<limit].prefix(8).map(\.asciiLowercased) == Array("content-".utf8)
            {
                var text = lines.bytes[line.content].dropFirst(2).prefix(Self.boundaryLimit)
                while let last = text.last, last <= 0x20 { text = text.dropLast() }
                guessed = text.isEmpty ? nil : Array(text)
            }
        }
        return guessed
    }
}
