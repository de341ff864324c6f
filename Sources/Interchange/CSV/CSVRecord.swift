import Wording

/// A line of a CSV file: its cells, or why they cannot be told apart.
public struct CSVRecord: Hashable, Sendable {
    /// The line of the file on which the record begins, from 1. A cell with line breaks spans several.
    public let line: Int
    public let content: Result<[String], CSVProblem>

    public init(line: Int, content: Result<[String], CSVProblem>) {
        self.line = line
        self.content = content
    }
}

/// What is wrong with one line; the lines behind it are read on.
public enum CSVProblem: Error, Hashable, Sendable {
    /// A cell begins with a quotation mark that no other ends.
    case quoteNotClosed
    /// Something other than a delimiter follows the closing quotation mark.
    case textAfterQuote
    /// A quotation mark stands within a cell that is not in quotation marks.
    case strayQuote
    /// Longer than ``CSVReader/recordLimit``.
    case tooLong
    /// More cells than ``CSVReader/cellLimit``.
    case tooManyCells

    public var sentence: Phrase {
        switch self {
        case .quoteNotClosed:
            "A quotation mark opens a cell and none closes it. Close it, or double it if it is part of the text."
        case .textAfterQuote:
            "There is text behind a closing quotation mark. Double the quotation marks that are part of the text."
        case .strayQuote:
            "A quotation mark stands in the middle of a cell. Double it and put the whole cell in quotation marks."
        case .tooLong: "The line is longer than \(CSVReader.recordLimit / 1_024) KB."
        case .tooManyCells: "The line has more than \(CSVReader.cellLimit) cells."
        }
    }
}
