import IMAP
import Mail
import Mirror

/// What is fetched of a message that the server has described, and what the answers make of it.
struct TextPlan {
    let parts: [SelectedPart]
    let attachments: [AttachmentSummary]
    let references: [String]
    /// Some of the text is not fetched.
    private let isCut: Bool
    /// Parts that are empty, so that the server may say NIL of them.
    private let emptySections: Set<String>

    /// Nil where the server has not described the message.
    init?(_ message: FetchedMessage) {
        guard let structure = message.bodyStructure else { return nil }
        // NIL: there is no such field.
        let header = message.sections.first { $0.key.hasPrefix("HEADER.FIELDS") }?.value ?? []
        let selection = TextSelection.choose(in: PartDescription(structure).numbered())
        var octets = 0
        parts = Array(
            selection.parts.prefix { part in
                octets += Self.cost(part)
                return octets <= TextReading.windowLimit
            })
        isCut = parts.count < selection.parts.count
        attachments = selection.attachments
        references = MessageIDList.parse(HeaderFields(header)["references"])
        emptySections = Set(structure.sections { $0.size == 0 })
    }

    var sections: [String] { parts.map(\.section) }

    /// What its parts take when they are fetched, in octets; at most ``TextReading/windowLimit``.
    var octets: Int { parts.reduce(0) { $0 + Self.cost($1) } }

    private static func cost(_ part: SelectedPart) -> Int { min(max(part.octets, 0), TextReading.partLimit) + 100 }

    /// What came of the message in one or several responses.
    struct Answer {
        private var contents: [String: [UInt8]] = [:]
        private var absent: Set<String> = []
        private var oversized: Set<String> = []

        mutating func add(_ message: FetchedMessage) {
            contents.merge(message.sections) { $1 }
            absent.formUnion(message.absentSections)
            oversized.formUnion(message.oversizedSections)
        }

        fileprivate func content(_ section: String) -> [UInt8]? { contents[section.uppercased()] }
        fileprivate func isAbsent(_ section: String) -> Bool { absent.contains(section.uppercased()) }
        fileprivate func isOversized(_ section: String) -> Bool { oversized.contains(section.uppercased()) }
    }

    /// Nil where parts are missing in the answer.
    func text(_ answer: Answer?) -> Result<FetchedText, TextFailure>? {
        let answer = answer ?? Answer()
        var contents: [(SelectedPart, [UInt8], isWhole: Bool)] = []
        var oversized = 0
        for part in parts {
            if let content = answer.content(part.section) {
                contents.append((part, content, isWhole: content.count < TextReading.partLimit))
            } else if answer.isOversized(part.section) {
                oversized += 1
                contents.append((part, [], isWhole: false))
            } else if answer.isAbsent(part.section), emptySections.contains(part.section) {
                contents.append((part, [], isWhole: true))
            } else {
                return nil
            }
        }
        if oversized > 0, oversized == parts.count { return .failure(.tooLong) }
        let rendered = MessageText.render(contents, limit: TextReading.textLimit)
        return .success(
            FetchedText(
                text: rendered.text, isTruncated: rendered.isTruncated || isCut, attachments: attachments,
                references: references))
    }
}

extension TextFailure {
    /// Servers are asked for the beginning of a text only; one that gives all of it gives too much.
    static let tooLong = TextFailure(reason: "The text of this message is too long to be read.")
    static let withheld = TextFailure(reason: "The server does not give out the text of this message.")
}

extension BodyStructure {
    /// The numbers of the parts for which `isIncluded` holds.
    fileprivate func sections(where isIncluded: (BodyStructure) -> Bool) -> [String] {
        (isIncluded(self) ? [section] : []) + children.flatMap { $0.sections(where: isIncluded) }
    }
}
