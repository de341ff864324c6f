import CRM
import Database
import Store
import Wording

/// The contacts of an activity in its form: those chosen, and those to choose from, found by name or at the account.
struct ContactChoices: Sendable {
    let chosen: [Choice]
    let found: [Choice]
    let query: String
    /// What is to be said beneath the field to search in.
    let hint: Phrase?
    let problem: Phrase?

    /// So many are offered at once; a longer name finds fewer.
    static let limit = 12

    /// Whether the form asks for contacts rather than to be saved: a name that was typed and not chosen yet would
    /// otherwise be lost.
    static func isSearching(_ fields: FormFields) -> Bool {
        fields.contains("find") || !fields["contact-name"].trimmed.isEmpty
    }

    init(
        _ tx: any Transaction, _ organization: OrganizationID, _ form: ActivityForm, query: String,
        _ problems: FormProblems
    ) throws {
        let query = query.trimmed
        let names = try ContactList.names(tx, organization, form.contacts)
        var chosen = form.contacts.compactMap { id in
            names[id].map { Choice(id.description, .verbatim($0), isChosen: true) }
        }
        var found: [Choice] = []
        var hint: Phrase?
        if !query.isEmpty {
            let listed = try ContactList.page(tx, organization, matching: query, limit: Self.limit)
            let others = listed.elements.filter { names[$0.id] == nil }
            found = others.map(Self.offer)
            if listed.elements.isEmpty { hint = "Nobody’s name, address or account begins with “\(query)”." }
            if listed.next != nil { hint = "There are more; type more of the name." }
            if listed.elements.count == 1, let only = found.first {
                chosen.append(Choice(only.value, only.label, isChosen: true))
                found = []
            }
        } else if let account = form.account {
            let listed = try ContactList.page(tx, organization, of: account, limit: Self.limit)
            found = listed.elements.filter { names[$0.id] == nil }.map(Self.offer)
        }
        self.chosen = chosen
        self.found = found
        self.hint = hint
        // What was found and added needs no more looking for.
        self.query = hint == nil && found.isEmpty ? "" : query
        problem = problems[.contacts]
    }

    private static func offer(_ contact: ContactList.Listed) -> Choice {
        let more = contact.accountName ?? (contact.address == contact.name ? nil : contact.address)
        return Choice(
            contact.id.description, .verbatim(contact.name + (more.map { ", " + $0 } ?? "")), isChosen: false)
    }
}
