import CRM
import Interchange
import Store
import Wording

/// The lines of an uploaded file, checked as far as the file alone tells.
struct ImportSource {
    private enum Reader {
        case csv(CSVReader)
        case vCard(VCardReader)
    }

    private var reader: Reader
    private let mapping: ColumnMapping

    init(_ content: [UInt8], kind: FileKind, _ choices: ImportChoices) {
        let text = TextFile.utf8(content)
        mapping = ColumnMapping(choices)
        switch kind {
        case .csv:
            var csv = CSVReader(text)
            if choices.hasHeader { _ = csv.next() }
            reader = .csv(csv)
        case .vCard: reader = .vCard(VCardReader(text))
        }
    }

    /// From 0 to 1.
    var progress: Double {
        switch reader {
        case .csv(let csv): csv.progress
        case .vCard(let cards): cards.progress
        }
    }

    /// The next lines; none at the end of the file.
    mutating func next(_ limit: Int) -> (lines: [ImportLine], problems: [ImportProblem]) {
        var lines: [ImportLine] = []
        var problems: [ImportProblem] = []
        while lines.count + problems.count < limit, let (line, cells, content) = record() {
            do {
                let record = try content.get()
                if record.isEmpty { continue }
                lines.append(try Self.checked(line, cells, record))
            } catch {
                problems.append(ImportProblem(line: line, reason: error.sentence, cells: cells))
            }
        }
        return (lines, problems)
    }

    /// A line as it will be imported, or why it will not.
    struct Shown: Sendable {
        /// As ``ImportLine/line``.
        let line: Int
        /// Empty where the cells cannot be told apart.
        let record: ContactRecord
        /// As far as the file alone tells.
        let refusal: Phrase?
    }

    /// The next lines, to be shown before they are imported.
    mutating func shown(_ limit: Int) -> [Shown] {
        var shown: [Shown] = []
        while shown.count < limit, let (line, cells, content) = record() {
            guard case .success(let record) = content else {
                if case .failure(let refused) = content {
                    shown.append(Shown(line: line, record: ContactRecord(), refusal: refused.sentence))
                }
                continue
            }
            if record.isEmpty { continue }
            do {
                _ = try Self.checked(line, cells, record)
                shown.append(Shown(line: line, record: record, refusal: nil))
            } catch {
                shown.append(Shown(line: line, record: record, refusal: error.sentence))
            }
        }
        return shown
    }

    /// Why a line is refused.
    private struct Refused: Error {
        let sentence: Phrase
    }

    private mutating func record() -> (Int, [String], Result<ContactRecord, Refused>)? {
        switch reader {
        case .csv(var csv):
            guard let record = csv.next() else { return nil }
            reader = .csv(csv)
            switch record.content {
            case .success(let cells): return (record.line, cells, .success(mapping.record(cells)))
            case .failure(let problem): return (record.line, [], .failure(Refused(sentence: problem.sentence)))
            }
        case .vCard(var cards):
            guard let record = cards.next() else { return nil }
            reader = .vCard(cards)
            switch record.content {
            case .success(let contact): return (record.line, ContactColumns.cells(contact), .success(contact))
            case .failure(let problem): return (record.line, [], .failure(Refused(sentence: problem.sentence)))
            }
        }
    }

    /// All that is wrong with a line at once.
    private static func checked(_ line: Int, _ cells: [String], _ record: ContactRecord) throws(Refused) -> ImportLine {
        var sentences: [Phrase] = []
        var contact: ValidContact?
        var account: ValidAccount?
        do { contact = try record.form.validated() } catch { sentences += error.problems.map(\.sentence) }
        if !record.account.name.trimmed.isEmpty {
            do { account = try record.account.validated() } catch { sentences += error.problems.map(\.sentence) }
        }
        guard let contact, sentences.isEmpty else { throw Refused(sentence: .sentences(sentences)) }
        return ImportLine(line: line, cells: cells, contact: contact, account: account)
    }
}

extension ColumnMapping {
    init(_ choices: ImportChoices) {
        self.init(fields: choices.columns.map(ContactField.init(rawValue:)), hasHeader: choices.hasHeader)
    }
}
