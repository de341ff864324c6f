import Foundation
import Mail
import Testing

@Suite(.enabled(if: SharedMaterial.isExpected, SharedMaterial.absence))
struct HardMessageTests {
    /// Where our reading is another on purpose, and why.
    static let differences: [String: String] = {
        var differences: [String: String] = [:]
        func add(_ names: [String], _ reason: String) { for name in names { differences[name] = reason } }
        add(
            [
                "legacy/010", "legacy/016", "legacy/020", "legacy/022", "legacy/023", "legacy/026", "legacy/027",
                "legacy/052",
            ],
            "eight-bit text without a charset is Windows-1252 for us, damage for the other parser")
        add(["legacy/035", "legacy/039"], "the folders in C:\\TEMP\\nsmail.png are no part of a name")
        add(
            ["malformed/002", "malformed/003", "malformed/004", "malformed/006"],
            "a multipart without its boundary is shown as text rather than attached")
        add(["malformed/001"], "the same, of a body that is nothing but another boundary")
        add(
            ["malformed/008", "malformed/009", "malformed/010", "malformed/011", "malformed/012", "malformed/019"],
            "parts that the boundary of an outer multipart ends are read as usual, the other parser attaches them")
        add(["malformed/015"], "a signature is no attachment that a person asks for")
        add(["malformed/016"], "the outer boundary closes the inner multiparts; their boundaries are text from then on")
        add(["malformed/017"], "a file name behind an empty disposition is a file name")
        add(["malformed/020", "malformed/021"], "of two Content-Type fields the first counts")
        add(["rfc/000"], "text/enriched is shown, tags and all, the other parser attaches it")
        add(["thirdparty/000", "thirdparty/001"], "of two plain versions of one text the first is shown")
        add(["thirdparty/002"], "letters behind a foreign character are base64 too")
        add(["thirdparty/005"], "a boundary begins a line")
        add(["thirdparty/007"], "a digest has no text but that of its messages")
        add(["thirdparty/008", "thirdparty/012"], "text of an unknown kind is shown")
        return differences
    }()

    @Test(arguments: ["lf", "crlf"])
    func `hard messages give the texts, names and subjects that another parser gives`(lineEnd: String) throws {
        let names = HardMessage.names()
        #expect(names.count == 107, "the corpus has 107 messages")
        for name in names {
            guard let sample = HardMessage(name, lineEnd: lineEnd) else { continue }
            let problems = Self.problems(sample)
            if Self.differences[name] == nil {
                #expect(problems.isEmpty, "\(lineEnd) \(name): \(problems.joined(separator: "; "))")
            } else {
                #expect(!problems.isEmpty, "\(name) no longer differs; take it off the list")
            }
        }
    }

    static func problems(_ sample: HardMessage) -> [String] {
        let message = MIMEMessage.parse(sample.message)
        var problems: [String] = []
        let words = HardMessage.words(message.text().text)
        if words != sample.words {
            let same = zip(words, sample.words).prefix { $0 == $1 }.count
            let ours = words.dropFirst(same).prefix(6).joined(separator: " ")
            let theirs = sample.words.dropFirst(same).prefix(6).joined(separator: " ")
            problems.append(
                "after \(same) words the text has \(ours.debugDescription), expected \(theirs.debugDescription)")
        }
        let attachments = message.attachments
        let names = attachments.filter { !$0.mediaType.hasPrefix("message/") }.compactMap(\.name)
        let expectedNames = sample.attachmentNames
        if Set(names) != Set(expectedNames) { problems.append("names \(names), expected \(expectedNames)") }
        if let subject = sample.subject {
            let ours = message.header("subject").map(HeaderText.decode) ?? ""
            if HardMessage.words(ours) != HardMessage.words(subject) {
                problems.append("subject \(ours.debugDescription), expected \(subject.debugDescription)")
            }
        }
        return problems
    }
}
