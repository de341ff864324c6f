/// Finds the parts of a message in one pass over its lines.
///
/// Every line is read once, by the innermost part; a line that begins with "--" is compared with the boundaries of the
/// open multiparts, of which there are at most ``PartDescription/depthLimit``. Time is therefore proportional to the
/// length, memory to the number of parts, of which there are at most ``PartDescription/partLimit``.
struct MIMEParser {
    let lines: MIMELines
    /// Of the open multiparts, the innermost last.
    var boundaries: [[UInt8]] = []
    private var partCount = 0
    private var embeddedDepth = 0
    /// Where the parts stand, by section.
    private(set) var ranges: [String: Range<Int>] = [:]

    /// Why a part ended.
    enum Ending {
        case end
        /// A line with the boundary of the multipart at this index stands at `line`.
        case boundary(Int, isLast: Bool, line: MIMELines.Line)
    }

    init(_ lines: MIMELines) { self.lines = lines }

    /// The message as a whole.
    mutating func parse() -> (root: PartDescription, fields: [MIMEHeaderScan.Field]) {
        let count = lines.bytes.count
        var (root, scan) = header(from: 0, limit: count, isTop: true)
        if scan.value("content-type") == nil, isEncapsulated(from: scan.bodyStart) {
            (root.type, root.subtype) = ("multipart", "mixed")
        }
        _ = body(of: &root, scan, place: .root(prefix: ""), limit: count)
        ranges[""] = 0..<count
        return (root, scan.fields)
    }

    // MARK: Places

    /// A part's place in IMAP's numbering.
    private enum Place {
        /// Of a message; the prefix is that of the part that holds it, with a dot.
        case root(prefix: String)
        case child(String)

        func section(isMultipart: Bool) -> String {
            switch self {
            case .root(let prefix): prefix + (isMultipart ? "TEXT" : "1")
            case .child(let number): number
            }
        }

        /// What stands before the numbers of a multipart's children.
        var childPrefix: String {
            switch self {
            case .root(let prefix): prefix
            case .child(let number): number + "."
            }
        }
    }

    // MARK: Header

    private func header(
        from start: Int, limit: Int, isTop: Bool, isInDigest: Bool = false
    ) -> (PartDescription, MIMEHeaderScan) {
        let scan = MIMEHeaderScan(lines, from: start, to: limit, isTop: isTop) { match($0) != nil }
        let contentType = scan.value("content-type").map(ParameterizedValue.parse)
        let value = contentType?.value.lowercased() ?? ""
        let slash = value.firstIndex(of: "/")
        var type = slash.map { String(value[..<$0]) } ?? value
        var subtype = slash.map { String(value[value.index(after: $0)...]) } ?? ""
        if type.isEmpty || subtype.isEmpty {
            // "Content-Type: text" is older than MIME (RFC 1049); what cannot be read is text (RFC 2045, 5.2).
            (type, subtype) =
                type == "multipart"
                ? (type, "mixed") : isInDigest && contentType == nil ? ("message", "rfc822") : ("text", "plain")
        }
        let disposition = scan.value("content-disposition").map(ParameterizedValue.parse)
        let part = PartDescription(
            section: "", type: type, subtype: subtype,
            contentType: contentType ?? ParameterizedValue.parse(Array("text/plain".utf8)),
            disposition: disposition.flatMap { ContentDisposition($0.value) }, filename: disposition?["filename"],
            transferEncoding: TransferEncoding(
                String(decoding: scan.value("content-transfer-encoding")?.prefix(200) ?? [], as: UTF8.self)),
            contentID: scan.value("content-id").map {
                PartDescription.withoutAngleBrackets(String(decoding: $0, as: UTF8.self))
            })
        return (part, scan)
    }

    // MARK: Body

    /// Reads the body to the boundary that ends it.
    private mutating func body(of part: inout PartDescription, _ scan: MIMEHeaderScan, place: Place, limit: Int)
        -> Ending
    {
        let start = scan.bodyStart
        partCount += 1
        let ending: Ending
        if part.isMultipart, isTooDeep {
            ending = nextBoundary(from: start, limit: limit)
        } else if part.isMultipart, let boundary = boundary(of: part, from: start, limit: limit) {
            ending = children(of: &part, boundary, prefix: place.childPrefix, from: start, limit: limit)
        } else if part.isEmbeddedMessage, isIdentity(part.transferEncoding), !isTooDeep,
            partCount < PartDescription.partLimit
        {
            ending = embedded(in: &part, section: place.section(isMultipart: false), from: start, limit: limit)
        } else {
            // Without any boundary it is text that says it were a multipart.
            if part.isMultipart { (part.type, part.subtype) = ("text", "plain") }
            ending = nextBoundary(from: start, limit: limit)
        }
        let end = max(start, end(of: ending, from: start, limit: limit))
        if part.isEmbeddedMessage, part.children.isEmpty { part.embeddedSubject = encodedSubject(part, start..<end) }
        part.section = place.section(isMultipart: part.isMultipart)
        part.size = end - start
        record(part, place, header: scan.start..<scan.end, body: start..<end)
        return ending
    }

    private mutating func record(_ part: PartDescription, _ place: Place, header: Range<Int>, body: Range<Int>) {
        ranges[part.section] = body
        switch place {
        case .child(let number): ranges[number + ".MIME"] = header
        case .root(let prefix):
            ranges[prefix + "HEADER"] = header
            ranges[prefix + "TEXT"] = body
        }
    }

    private var isTooDeep: Bool { boundaries.count + embeddedDepth + 1 >= PartDescription.depthLimit }

    private func isIdentity(_ encoding: TransferEncoding) -> Bool {
        switch encoding {
        case .base64, .quotedPrintable, .uuencode: false
        case .sevenBit, .eightBit, .binary, .other: true
        }
    }

    /// Where content ends that ends so: the line end before a boundary belongs to the boundary (RFC 2046, 5.1.1).
    private func end(of ending: Ending, from start: Int, limit: Int) -> Int {
        switch ending {
        case .end: limit
        case .boundary(_, _, let line): lines.trimmingLineEnd(line.content.lowerBound, from: start)
        }
    }

    /// The message in a part of type message/rfc822.
    private mutating func embedded(in part: inout PartDescription, section: String, from start: Int, limit: Int)
        -> Ending
    {
        embeddedDepth += 1
        defer { embeddedDepth -= 1 }
        var (root, scan) = header(from: start, limit: limit, isTop: true)
        part.embeddedSubject = scan.value("subject").map { Array($0.drop { $0 <= 0x20 }) }
        let ending = body(of: &root, scan, place: .root(prefix: section + "."), limit: limit)
        part.children = [root]
        return ending
    }

    /// The subject of a message that was encoded against the standard (RFC 2046, 5.2.1); its parts have no place in
    /// IMAP's numbering.
    private func encodedSubject(_ part: PartDescription, _ range: Range<Int>) -> [UInt8]? {
        let decoded = MIMELines(part.transferEncoding.decode(Array(lines.bytes[range].prefix(1 << 16))))
        let scan = MIMEHeaderScan(decoded, from: 0, to: decoded.bytes.count, isTop: true)
        return scan.value("subject").map { Array($0.drop { $0 <= 0x20 }) }
    }

    /// The parts of a multipart.
    private mutating func children(
        of part: inout PartDescription, _ boundary: [UInt8], prefix: String, from start: Int, limit: Int
    ) -> Ending {
        let index = boundaries.count
        boundaries.append(boundary)
        defer { boundaries.removeLast(boundaries.count - index) }
        var ending = nextBoundary(from: start, limit: limit)
        while case .boundary(index, let isLast, let line) = ending {
            if isLast {
                boundaries.removeLast()
                // The epilogue goes to the boundary of an outer multipart.
                return nextBoundary(from: line.next, limit: limit)
            }
            guard partCount < PartDescription.partLimit else {
                ending = nextBoundary(from: line.next, limit: limit)
                continue
            }
            var (child, scan) = header(
                from: line.next, limit: limit, isTop: false, isInDigest: part.subtype == "digest")
            ending = body(of: &child, scan, place: .child(prefix + String(part.children.count + 1)), limit: limit)
            part.children.append(child)
        }
        return ending
    }
}
