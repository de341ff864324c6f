import CRM
import Database
import Interchange
import Store
import Wording

/// One import, from its file to the contacts.
struct ImportRun: Sendable {
    let database: any Database
    let organization: OrganizationID
    let started: ContactImport
    let now: @Sendable () -> Int64

    /// Contacts in one file. What is moved in one transaction stays within a few seconds.
    static let lineLimit = 200_000

    /// Why a file cannot be imported as a whole.
    enum Refusal: Error, Hashable {
        case tooManyLines
        case notChosen

        var sentence: Phrase {
            switch self {
            case .tooManyLines: "The file has more than \(count: lineLimit) contacts. Split it and import the parts."
            case .notChosen: "It was not said what the columns are. Choose them again."
            }
        }
    }

    /// Prepares all lines where nobody sees them.
    ///
    /// - Returns: false when the import was cancelled or taken for interrupted meanwhile.
    func stage() async throws -> Bool {
        let (organization, id) = (organization, started.id)
        guard let choices = started.choices else { throw Refusal.notChosen }
        // An earlier try may have left something.
        while try await database.write({ try ImportStaging.clear($0, organization, id) }) {}
        let content = try await database.read { try ContactImports.content($0, organization, id) }
        var source = ImportSource(content, kind: FileKind(rawValue: started.kind) ?? .csv, choices)
        var count = 0
        while true {
            try Task.checkCancellation()
            let (lines, problems) = source.next(ImportStaging.batch)
            if lines.isEmpty && problems.isEmpty { return true }
            count += lines.count + problems.count
            if count > Self.lineLimit { throw Refusal.tooManyLines }
            // The move at the end is the rest.
            let progress = Int(source.progress * 950)
            let (attempt, now) = (started.attempt, now())
            let goesOn = try await database.write {
                try ImportStaging.stage(
                    $0, organization, id, attempt: attempt, lines, problems, choices, progress: progress, now: now)
            }
            if !goesOn { return false }
        }
    }

    /// Moves them among the contacts.
    ///
    /// - Returns: false when the import was cancelled or taken for interrupted meanwhile.
    func finish() async throws -> Bool {
        let (organization, started, now) = (organization, started, now())
        guard
            try await database.write({
                try ImportSwitch.finish(
                    $0, organization, started.id, attempt: started.attempt, by: started.user, now: now)
            })
        else { return false }
        try await database.write { try ContactImports.forgetFile($0, organization, started.id) }
        return true
    }
}
