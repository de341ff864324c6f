/// A table being rendered. Its cells are written as blocks, one below the other, which suits tables that lay out a
/// page. At its end, one that holds data is put together anew: a line for each row.
struct HTMLTableText {
    struct Cell {
        var row: Int
        /// The lines of the cell.
        var lines: Range<Int>
        /// Bytes of them that are addresses of links, which do not make a cell long.
        var addressBytes: Int
    }

    /// The first line of the table.
    var firstLine: Int
    var quoteDepth: UInt8
    var isPresentation: Bool
    var hasHeaderCells = false
    /// Whether a table inside was put together anew. Then this one is not: each line is moved once at most, and a
    /// table that contains tables of data lays out a page.
    var containsData = false
    var row = 0
    var cells: [Cell] = []
    var cellStart: (line: Int, addressBytes: Int)?

    /// What makes a row of cells read as one line, in lines and in bytes of a cell.
    private static let looseCell = (lines: 10, bytes: 1000)
    private static let tightCell = (lines: 2, bytes: 160)
    /// Bytes of the only row with several cells, addresses included: links with long ones are better read below each
    /// other.
    private static let barLength = 200

    /// Whether the rows should be lines.
    ///
    /// Header cells say so. Without them, most rows must have several cells that hold a few words each; when only one
    /// row has several, they must be of one line, as in a bar of links (not the columns of a letterhead).
    func holdsData(in lines: HTMLTextLines) -> Bool {
        guard !containsData else { return false }
        var multiple = 0
        var single = 0
        var tallest = 0
        var longest = 0
        var isTight = true
        for row in rows() {
            let filled = row.filter { !$0.lines.isEmpty }
            guard filled.count > 1 else {
                single += filled.count
                continue
            }
            multiple += 1
            for cell in filled {
                // First of all, so that a table inside a table inside a table does not have its lines counted each
                // time.
                if cell.lines.count > Self.looseCell.lines { return false }
                let bytes = lines.lines[cell.lines].reduce(0) { $0 + $1.count } - cell.addressBytes
                if bytes > Self.looseCell.bytes { return false }
                if lines.lines[cell.lines].contains(where: { $0.quoteDepth != quoteDepth }) { return false }
                if cell.lines.count > Self.tightCell.lines || bytes > Self.tightCell.bytes { isTight = false }
                tallest = max(tallest, cell.lines.count)
            }
            longest = max(longest, filled.reduce(0) { $0 + lines.lines[$1.lines].reduce(0) { $0 + $1.count } })
        }
        guard multiple > 0 else { return false }
        if hasHeaderCells, !isPresentation { return true }
        guard isTight, multiple >= single else { return false }
        return multiple > 1 || (tallest == 1 && longest <= Self.barLength)
    }

    func rows() -> [ArraySlice<Cell>] {
        var rows: [ArraySlice<Cell>] = []
        var start = 0
        while start < cells.count {
            let end = cells[start...].firstIndex { $0.row != cells[start].row } ?? cells.count
            rows.append(cells[start..<end])
            start = end
        }
        return rows
    }
}

extension HTMLRenderer {
    mutating func beginTable(_ tag: HTMLTag, _ frame: inout OpenElement) {
        lines.endParagraph()
        let isPresentation = tag["role"].map { !$0.isEmpty } ?? false
        tables.append(
            HTMLTableText(
                firstLine: lines.lines.count, quoteDepth: lines.quoteDepth, isPresentation: isPresentation))
        frame.ending = .table
    }

    mutating func beginRow(_ frame: inout OpenElement) {
        lines.endLine()
        frame.ending = .line
        if !tables.isEmpty { tables[tables.count - 1].row += 1 }
    }

    mutating func beginCell(isHeader: Bool, _ frame: inout OpenElement) {
        lines.endLine()
        frame.ending = .cell
        guard !tables.isEmpty else { return }
        if isHeader { tables[tables.count - 1].hasHeaderCells = true }
        tables[tables.count - 1].cellStart = (lines.lines.count, addressBytes)
    }

    mutating func endCell() {
        lines.dropProp()
        lines.endLine()
        guard let table = tables.indices.last, let start = tables[table].cellStart else { return }
        tables[table].cellStart = nil
        tables[table].cells.append(
            HTMLTableText.Cell(
                row: tables[table].row, lines: start.line..<max(start.line, lines.lines.count),
                addressBytes: addressBytes - start.addressBytes))
    }

    mutating func endTable() {
        lines.endLine()
        guard let table = tables.popLast() else { return }
        if table.holdsData(in: lines) {
            join(table)
            if !tables.isEmpty { tables[tables.count - 1].containsData = true }
        } else if table.containsData, !tables.isEmpty {
            tables[tables.count - 1].containsData = true
        }
        lines.endParagraph()
    }

    /// Makes each row a line.
    private mutating func join(_ table: HTMLTableText) {
        let old = Array(lines.lines[table.firstLine...])
        var new: [HTMLTextLines.Arranged] = []
        var next = 0
        for row in table.rows() {
            let filled = row.filter { !$0.lines.isEmpty }
            guard filled.count > 1, let first = filled.first, let last = filled.last else { continue }
            let start = first.lines.lowerBound - table.firstLine
            new += old[next..<start].map { HTMLTextLines.Arranged(line: $0, pieces: [.text($0.range)]) }
            var joined = HTMLTextLines.Arranged(line: old[start], pieces: [])
            if !new.isEmpty { joined.line.hasGap = false }
            // Where the columns have names, an empty cell inside a row keeps its place.
            for cell in table.hasHeaderCells ? Self.trimmed(row) : filled {
                if !joined.pieces.isEmpty { joined.pieces.append(.literal(" |")) }
                for line in cell.lines {
                    if !joined.pieces.isEmpty { joined.pieces.append(.literal(" ")) }
                    joined.pieces.append(.text(old[line - table.firstLine].range))
                }
            }
            new.append(joined)
            next = last.lines.upperBound - table.firstLine
        }
        new += old[next...].map { HTMLTextLines.Arranged(line: $0, pieces: [.text($0.range)]) }
        lines.replaceLines(from: table.firstLine, with: new)
    }

    /// A row without the empty cells at its ends.
    private static func trimmed(_ row: ArraySlice<HTMLTableText.Cell>) -> [HTMLTableText.Cell] {
        let isFilled = { (cell: HTMLTableText.Cell) in !cell.lines.isEmpty }
        guard let first = row.firstIndex(where: isFilled), let last = row.lastIndex(where: isFilled) else { return [] }
        return Array(row[first...last])
    }
}
