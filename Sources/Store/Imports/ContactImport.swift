import CRM
import Wording

/// An upload of contacts, and how far it is.
public struct ContactImport: Sendable, Hashable, Identifiable {
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// Nobody said yet what its columns are.
        case uploaded
        /// Waits for its turn.
        case queued
        /// Is being read; nothing of it is to be seen yet.
        case staging
        case done
        case cancelled
        /// The program ended meanwhile. Nothing was imported.
        case interrupted
        /// Nothing was imported; ``ContactImport/failure`` says why.
        case failed
    }

    public struct Counts: Sendable, Hashable {
        public var added = 0
        public var updated = 0
        /// Contacts that were as the file says already.
        public var unchanged = 0
        /// Lines whose contact exists, where such lines are to be skipped.
        public var skipped = 0
        /// Lines that could not be imported.
        public var refused = 0

        public init() {}
    }

    public let id: ContactImportID
    public let user: UserID
    public let fileName: String
    /// As the reader of the file names it.
    public let kind: String
    /// In bytes.
    public let size: Int
    public let state: State
    /// Nil until someone chose.
    public let choices: ImportChoices?
    /// In thousandths.
    public let progress: Int
    public let counts: Counts
    public let failure: Phrase?
    public let createdAt: Int64
    public let finishedAt: Int64?
    /// How often it was begun.
    public let attempt: Int
}

/// What someone chose for an import.
public struct ImportChoices: Sendable, Hashable, Codable {
    /// What to do with a line whose contact exists: one of its addresses is theirs or, where it has none, name and account are.
    public enum Existing: String, Sendable, Hashable, Codable, CaseIterable {
        case skip
        /// What the line says replaces what the contact says; what it leaves empty stays, and no address is taken away.
        case update
    }

    /// What each column becomes; empty for one that is not imported.
    public var columns: [String]
    public var hasHeader: Bool
    public var existing: Existing
    /// Who looks after new contacts.
    public var owner: UserID?

    public init(columns: [String], hasHeader: Bool, existing: Existing, owner: UserID?) {
        self.columns = columns
        self.hasHeader = hasHeader
        self.existing = existing
        self.owner = owner
    }
}

/// A line that cannot be imported.
public struct ImportProblem: Sendable, Hashable {
    public let line: Int
    public let reason: Phrase
    /// The line as it stands in the file.
    public let cells: [String]

    public init(line: Int, reason: Phrase, cells: [String]) {
        self.line = line
        self.reason = reason
        self.cells = cells
    }
}

/// A line that can be imported, as far as the file alone tells.
public struct ImportLine: Sendable, Hashable {
    public let line: Int
    public let cells: [String]
    public let contact: ValidContact
    /// The contact's company, by whose name an account is found or made.
    public let account: ValidAccount?

    public init(line: Int, cells: [String], contact: ValidContact, account: ValidAccount?) {
        self.line = line
        self.cells = cells
        self.contact = contact
        self.account = account
    }
}
