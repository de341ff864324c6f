import CRM
import Database
import Foundation
import Mail
import Mirror
import Store
import Wording

/// The answer to “Why is this email not on the card?”, for one message that was found.
public enum WhyNotAnswer: Sendable, Hashable {
    /// It stands on the cards of these contacts.
    case onCards([ContactID], text: TextCondition)
    case folderNotMirrored(folder: String, role: FolderRole)
    /// None of its addresses belongs to a contact.
    case noContact(addresses: [String])
    case excluded(folder: String, rule: String)
    case setAside(folder: String, reason: Phrase)
    /// The folder has not been read that far yet.
    case waiting(folder: String)

    public enum TextCondition: Sendable, Hashable {
        case ready, waiting
        case unreadable(Phrase)
    }

    public var sentence: Phrase {
        switch self {
        case .onCards(_, .ready): "It is on the card."
        case .onCards(_, .waiting): "It is on the card; its text is being fetched."
        case .onCards(_, .unreadable(let reason)): "It is on the card, but its text could not be read: \(reason)"
        case .folderNotMirrored(let folder, let role):
            "It stands in “\(folder)”. \(Self.name(of: role)) is never mirrored; move the message to another folder and it appears."
        case .noContact(let addresses):
            "None of its addresses belongs to a contact (\(addresses.prefix(8).joined(separator: ", "))). Add the address to a contact and the message appears."
        case .excluded(_, let rule): "The rule “\(rule)” keeps it out."
        case .setAside(_, let reason): "The message could not be read: \(reason) It is tried again by itself."
        case .waiting(let folder):
            "The folder “\(folder)” has not been read that far yet. It will appear as the reading goes on."
        }
    }

    private static func name(of role: FolderRole) -> Phrase {
        switch role {
        case .drafts: "The folder for drafts"
        case .trash: "The trash"
        case .junk: "The folder for spam"
        case .service: "A folder that the mail system keeps for itself"
        case .inbox, .sent, .archive, .all, .other: "This folder"
        }
    }
}

/// A message found in a mailbox, and what the mirror did with it.
public struct WhyNotFinding: Sendable, Hashable {
    public let subject: String
    /// Seconds since 1970 UTC.
    public let sentAt: Int64
    public let folder: String
    public let answer: WhyNotAnswer
}

/// What a search for a message turned up.
public struct WhyNotReport: Sendable, Hashable {
    public var findings: [WhyNotFinding] = []
    /// Folders that could not be asked, with the reason in a sentence. The message may stand there.
    public var unasked: [UnaskedFolder] = []
}

extension SyncEngine {
    /// Looks for a message in the whole mailbox and tells what became of it. Without findings, the folders that could be
    /// asked do not hold it.
    ///
    /// - Throws: `SourceError` when the mailbox cannot be asked.
    public func explain(
        _ query: MessageQuery, mailbox: MailboxID, organization: OrganizationID
    ) async throws -> WhyNotReport {
        let located = try await withSession(of: mailbox, organization) { try await $0.source.locate(query) }
        return try await services.database.read { tx in
            let book = try AddressBooks.current(tx, organization, known: .none).addressBook
            let findings = try located.messages.map { message in
                let entry = MessageEntry(message.fact)
                return WhyNotFinding(
                    subject: entry.subject, sentAt: entry.sentAt, folder: message.folder.name,
                    answer: try Self.answer(tx, organization, mailbox, message, entry, book))
            }
            return WhyNotReport(findings: findings, unasked: located.unasked)
        }
    }

    private static func answer(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, _ message: LocatedMessage,
        _ entry: MessageEntry, _ book: AddressBook
    ) throws -> WhyNotAnswer {
        let folder = message.folder
        guard folder.role.isMirrored else { return .folderNotMirrored(folder: folder.name, role: folder.role) }
        if let known = try MirroredMessages.find(tx, organization, mailbox, folder, message.fact.id) {
            let text: WhyNotAnswer.TextCondition =
                switch known.text {
                case .ready: .ready
                case .waiting: .waiting
                case .unreadable(let reason): .unreadable(reason)
                }
            return .onCards(known.contacts, text: text)
        }
        if let reason = try MirroredMessages.setAside(tx, organization, mailbox, folder, message.fact.id) {
            return .setAside(folder: folder.name, reason: reason)
        }
        switch book.decide(message.fact.headers) {
        case .excluded(let rule, _): return .excluded(folder: folder.name, rule: rule.pattern)
        case .matched: return .waiting(folder: folder.name)
        case .noContact:
            let all = (entry.from + entry.to + entry.cc + entry.bcc).compactMap(\.address?.description)
            return .noContact(addresses: all)
        }
    }
}
