import Generators
import Testing

@testable import Interchange

@Suite struct CSVReaderTests {
    private func read(_ text: String) -> [CSVRecord] { Array(CSVReader(Array(text.utf8))) }

    private func rows(_ text: String) -> [[String]?] { read(text).map { try? $0.content.get() } }

    @Test(arguments: [
        "a,b\r\n1,2\r\n", "a;b\n1;2", "a\tb\r1\t2\r", "sep=;\r\na;b\r\n1;2", "sep=,\na,b\n1,2", "\r\n\na,b\n\n1,2\n\n",
        "\"a\",\"b\"\n\"1\",\"2\"", "\"a\", \"b\" \n1,\"2\"  ",
    ])
    func `the delimiter and the line ends are found by themselves`(_ text: String) {
        #expect(rows(text) == [["a", "b"], ["1", "2"]])
    }

    @Test func `a delimiter within quotation marks does not count for finding it`() {
        #expect(rows("\"Doe, Jane, Dr, x\";b\n1;2").first == ["Doe, Jane, Dr, x", "b"])
    }

    @Test func `cells hold line breaks, delimiters and doubled quotation marks`() throws {
        let records = read("a,b\r\n\"one\r\ntwo\nthree\",\"say \"\"hi\"\", you\"\r\nx,y")
        #expect(records.map(\.line) == [1, 2, 5])
        #expect(try records[1].content.get() == ["one\r\ntwo\nthree", "say \"hi\", you"])
    }

    @Test func `blanks and empty cells stay, and a line of one empty cell is a line`() throws {
        #expect(rows(" a , b\n,\n\"\"\n") == [[" a ", " b"], ["", ""], [""]])
    }

    @Test(arguments: [
        ("\"open,1\n2,2\n3,3", CSVProblem.quoteNotClosed), ("\"a\"b,1\n2,2\n3,3", .textAfterQuote),
        ("a\"b,1\n2,2\n3,3", .strayQuote), ("\"open,1\n2,2\n\"3\",3", .textAfterQuote),
    ])
    func `wrong quotation marks are a problem of their line and of no other`(_ text: String, _ problem: CSVProblem) {
        let records = read("h,i\n" + text)
        #expect(records.map(\.line) == [1, 2, 3, 4])
        #expect(records[1].content == .failure(problem))
        #expect(rows("h,i\n" + text).suffix(2) == [["2", "2"], ["3", "3"]])
    }

    @Test func `a line longer than the limit, or of too many cells, is refused alone`() {
        let long = String(repeating: "x", count: CSVReader.recordLimit + 1)
        let wide = String(repeating: ",", count: CSVReader.cellLimit)
        #expect(
            read("a,b\n\(long)\n\(wide)\n1,2").map(\.content) == [
                .success(["a", "b"]), .failure(.tooLong), .failure(.tooManyCells), .success(["1", "2"]),
            ])
    }

    @Test(arguments: ["\"\n", "a\"\n", "\"x\n\"\"\n", "\"x,\"\"", "\"\"\"\n", ",\"", "\r"])
    func `reading takes time in proportion to the file, whatever is in it`(_ piece: String) {
        let text = Array(String(repeating: piece, count: 2_000_000 / piece.utf8.count).utf8)
        let took = ContinuousClock().measure { for _ in CSVReader(text) {} }
        #expect(took < .seconds(20), "\(took)")
    }

    @Test func `any octets are read without an end`() {
        var random = SeededRandom(seed: 5)
        let signs = Array("\",;\t\r\n a=".utf8) + [0, 0xFF, 0xC3]
        for _ in 0..<2_000 {
            let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in signs.randomElement(using: &random)! }
            let records = Array(CSVReader(TextFile.utf8(bytes)))
            #expect(
                records.map(\.line) == records.map(\.line).sorted() && Set(records.map(\.line)).count == records.count)
        }
    }

    private static let zoe = "Zoë;Müller"
    private static let littleEndian: [UInt8] = zoe.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    private static let bigEndian: [UInt8] = zoe.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    private static let windows: [UInt8] = [0x5A, 0x6F, 0xEB, 0x3B, 0x4D, 0xFC, 0x6C, 0x6C, 0x65, 0x72]
    private static let encoded: [[UInt8]] = [
        Array(zoe.utf8), Array("\u{FEFF}Zoë;Müller".utf8), windows, [0xFF, 0xFE] + littleEndian,
        [0xFE, 0xFF] + bigEndian, littleEndian,
    ]

    @Test(arguments: encoded)
    func `UTF-8, UTF-16 and Windows-1252 are told apart`(_ bytes: [UInt8]) throws {
        let records = Array(CSVReader(TextFile.utf8(bytes)))
        #expect(try records.map { try $0.content.get() } == [["Zoë", "Müller"]])
    }

    @Test func `an Excel workbook and a picture are refused with what to do`() throws {
        #expect(throws: FileRefusal.workbook) { try FileKind.of([0x50, 0x4B, 3, 4, 0, 0]) }
        #expect(throws: FileRefusal.notText) {
            try FileKind.of([0x89, 0x50, 0x4E, 0x47, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 1])
        }
        #expect(throws: FileRefusal.empty) { try FileKind.of([0x20, 0x0A]) }
        #expect(try FileKind.of(Array("\u{FEFF}begin:vcard\n".utf8)) == .vCard)
        #expect(try FileKind.of(Array("Name,Email".utf8)) == .csv)
    }
}
