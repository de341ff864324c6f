import CRM
import Hummingbird
import Mirror
import Store
import SyncEngine
import Wording

/// "Why is this email not on the card?", asked with a Message-ID, or a subject and a date.
struct WhyNotPage: Page {
    static let module = "Mailbox"
    let layout: Layout
    let menu: SettingsMenu
    let messageID: Field
    let subject: Field
    let day: Field
    let findings: [Finding]
    let hasFindings: Bool
    /// The mailbox was searched and does not hold it.
    let foundNothing: Bool
    /// Folders that could not be asked, with the reason.
    let unasked: [Phrase]
    let hasUnasked: Bool
    let foundNothingElsewhere: Bool
    /// How many more there are than are shown.
    let more: Phrase?
    /// The mailbox could not be asked.
    let failure: Phrase?

    struct Finding: Sendable {
        let subject: Phrase
        let date: Moment
        let folder: String
        let isOnCard: Bool
        let sentence: Phrase
        let contacts: [ContactLink]
        let addresses: [AddressLink]
        let hasAddresses: Bool
    }

    struct ContactLink: Sendable {
        let id: String
        let name: String
    }

    struct AddressLink: Sendable {
        let address: String
        let path: String
    }

    /// Whoever finds more needs a better question.
    static let limit = 10

    static func show(_ visit: Visit) async throws -> Response {
        guard let mailbox = try await visit.mailbox() else { return visit.redirect(visit.seat.base) }
        var page = WhyNotPage(visit)
        guard let query = page.messageQuery else { return try visit.page(page) }
        do {
            let report = try await visit.web.engine.explain(
                query, mailbox: mailbox.id, organization: visit.organization)
            let found = report.findings
            let contacts = Set(found.flatMap(\.answer.contacts))
            let names = try await visit.read { try ContactList.names($0, $1, contacts) }
            page = WhyNotPage(
                visit, found.map { Finding($0, names, visit.dates) }, foundNothing: found.isEmpty,
                unasked: report.unasked.map { "“\($0.folder.name)”: \($0.reason)" })
        } catch let error as SourceError {
            page = WhyNotPage(visit, failure: error.sentence)
        }
        return try visit.page(page)
    }

    private init(
        _ visit: Visit, _ findings: [Finding] = [], foundNothing: Bool = false, unasked: [Phrase] = [],
        failure: Phrase? = nil
    ) {
        layout = visit.layout("Why is this email not on the card?", .settings)
        menu = visit.menu(.mailbox)
        let day = visit.query["day"]
        messageID = Field("message-id", visit.query["message-id"], nil)
        subject = Field("subject", visit.query["subject"], nil)
        self.day = Field(
            "day", day, day.isEmpty || DayText.seconds(day) != nil ? nil : "Write the date like 2026-11-23.")
        self.findings = Array(findings.prefix(Self.limit))
        hasFindings = !findings.isEmpty
        self.foundNothing = foundNothing && unasked.isEmpty
        self.unasked = unasked
        hasUnasked = !unasked.isEmpty
        foundNothingElsewhere = foundNothing && hasUnasked
        let rest = findings.count - Self.limit
        more =
            rest > 0
            ? .counting(
                rest, one: "\(count: rest) more email fits. Give more words of the subject, or the date.",
                other: "\(count: rest) more emails fit. Give more words of the subject, or the date.") : nil
        self.failure = failure
    }

    private var messageQuery: MessageQuery? {
        if day.problem != nil { return nil }
        let id = messageID.value.filter { !$0.isWhitespace && $0 != "<" && $0 != ">" }
        if !id.isEmpty { return .messageID(id) }
        let words = subject.value.trimmed
        return words.isEmpty ? nil : .subject(words, day: DayText.seconds(day.value))
    }
}

extension WhyNotPage.Finding {
    fileprivate init(_ finding: WhyNotFinding, _ names: [ContactID: String], _ dates: DateText) {
        subject = .subject(finding.subject)
        date = dates.moment(finding.sentAt)
        folder = finding.folder
        sentence = finding.answer.sentence
        let contacts = finding.answer.contacts
        isOnCard = !contacts.isEmpty
        self.contacts = contacts.compactMap { id in
            names[id].map { WhyNotPage.ContactLink(id: id.description, name: $0) }
        }
        addresses = finding.answer.unknownAddresses.prefix(8).map {
            WhyNotPage.AddressLink(address: $0, path: PathText.with("/contacts/new", ["address": $0]))
        }
        hasAddresses = !addresses.isEmpty
    }
}

extension WhyNotAnswer {
    fileprivate var contacts: [ContactID] {
        if case .onCards(let contacts, _) = self { contacts } else { [] }
    }

    fileprivate var unknownAddresses: [String] {
        if case .noContact(let addresses) = self { addresses } else { [] }
    }
}
