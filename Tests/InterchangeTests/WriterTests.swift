import Generators
import CRM
import Testing

@testable import Interchange

@Suite struct WriterTests {
    @Test(arguments: ["=1+1", "+33 1", "-2", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''+"])
    func `a cell that a spreadsheet would run begins with an apostrophe`(_ cell: String) throws {
        let line = CSVWriter.line(["x", cell])
        let bare = line.dropFirst(2).drop { $0 == "\"" }
        #expect(bare.hasPrefix("'"))
        var reader = CSVReader(Array(line.utf8))
        #expect(try reader.next()?.content.get() == ["x", cell])
    }

    /// Excel reads a file with semicolons in many countries, and then no quotation mark within a line keeps a cell
    /// together.
    @Test func `no cell begins with a formula, whichever sign a spreadsheet takes for the end of one`() throws {
        let pieces = ["=1", "+", "-2", "@x", "'", "\"", " ", "a", ";", ",", "\t", "\n", "\r", "\r\n", "é"]
        for seed in 1...2_000 as ClosedRange<UInt64> {
            var random = SeededRandom(seed: seed)
            let cells = (0..<3).map { _ in
                (0..<Int.random(in: 0...7, using: &random)).map { _ in pieces.randomElement(using: &random)! }.joined()
            }
            let line = CSVWriter.line(cells)
            for delimiter in [";", ",", "\t"] as [Unicode.Scalar] {
                let parts = line.unicodeScalars.split { $0 == delimiter || $0 == "\n" || $0 == "\r" }
                for part in parts {
                    let start = String(part.drop { $0 == " " || $0 == "\"" }.prefix(1))
                    #expect(!["=", "+", "-", "@"].contains(start), "seed \(seed): \(line.debugDescription)")
                }
            }
            var reader = CSVReader(Array((CSVWriter.line(["1", "2", "3"]) + line).utf8))
            _ = reader.next()
            #expect(try reader.next()?.content.get() == cells, "seed \(seed): \(line.debugDescription)")
        }
    }

    @Test(arguments: ["O'Neil", "'tis", "a=b", "1+1", "a; b", "one\ntwo", "'a;'b", ""])
    func `other cells stay as they are`(_ cell: String) { #expect(FormulaGuard.set(before: cell) == cell) }

    @Test func `what the CSV writer writes the reader reads back`() throws {
        for seed in 1...400 as ClosedRange<UInt64> {
            var random = SeededRandom(seed: seed)
            let width = Int.random(in: 1...4, using: &random)
            let rows = (0..<Int.random(in: 1...6, using: &random)).map { _ in (0..<width).map { _ in random.text() } }
            let text = CSVWriter.mark + rows.map(CSVWriter.line).joined()
            let read = Array(CSVReader(TextFile.utf8(Array(text.utf8)))).map { try? $0.content.get() }
            #expect(read == rows, "seed \(seed)")
        }
    }

    private func record(_ random: inout SeededRandom) -> ContactRecord {
        var record = ContactRecord()
        record.lastName = "L" + random.text()
        record.firstName = random.text()
        record.title = random.text()
        record.phone = random.text()
        record.notes = random.text()
        record.account.name = random.text()
        for index in 0..<Int.random(in: 0...5, using: &random) {
            record.addresses.append("a\(index)@firm\(index).example")
        }
        return record
    }

    @Test func `what the vCard writer writes the reader reads back, line ends being one`() throws {
        for seed in 1...400 as ClosedRange<UInt64> {
            var random = SeededRandom(seed: seed)
            let records = (0..<3).map { _ in record(&random) }
            let text = records.map(VCardWriter.card).joined()
            for line in text.split(separator: "\r\n" as Character) {
                #expect(line.utf8.count <= VCardWriter.lineLimit, "seed \(seed)")
            }
            let read = try Array(VCardReader(TextFile.utf8(Array(text.utf8)))).map { try $0.content.get() }
            #expect(read == records.map(oneLineEnd), "seed \(seed)")
        }
    }

    @Test func `what is exported as CSV is mapped by itself and comes back`() throws {
        for seed in 1...200 as ClosedRange<UInt64> {
            var random = SeededRandom(seed: seed)
            let records = (0..<3).map { _ in record(&random) }
            let lines = [ContactColumns.header.map(\.english)] + records.map(ContactColumns.cells)
            let text = CSVWriter.mark + lines.map(CSVWriter.line).joined()
            let rows = try Array(CSVReader(TextFile.utf8(Array(text.utf8)))).map { try $0.content.get() }
            let mapping = ColumnMapping.guessed(from: Array(rows.prefix(1)))
            #expect(mapping.hasHeader && !mapping.fields.contains(nil))
            #expect(rows.dropFirst().map(mapping.record) == records, "seed \(seed)")
        }
    }

    private func oneLineEnd(_ record: ContactRecord) -> ContactRecord {
        var record = record
        func plain(_ text: String) -> String {
            var bytes: [UInt8] = []
            var previous: UInt8 = 0
            for byte in text.utf8 {
                if byte == 0x0D { bytes.append(0x0A) } else if byte != 0x0A || previous != 0x0D { bytes.append(byte) }
                previous = byte
            }
            return String(decoding: bytes, as: UTF8.self)
        }
        record.firstName = plain(record.firstName)
        record.lastName = plain(record.lastName)
        record.title = plain(record.title)
        record.phone = plain(record.phone)
        record.notes = plain(record.notes)
        record.account.name = plain(record.account.name)
        return record
    }
}
