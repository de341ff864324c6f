import CRM
import Database
import Mail
import Wording

/// What becomes of some lines, given the contacts and accounts that there are and the lines staged before.
struct ImportPlan {
    /// A contact that a line changes.
    struct Change {
        let line: ImportLine
        let contact: Contact
        let merged: ValidContact
        /// The match keys of the addresses that the contact has.
        let known: Set<String>
        let movesAccount: Bool
    }

    /// An account that lines name and that was not staged yet.
    struct NamedAccount {
        let sortKey: String
        let account: ValidAccount
        let existing: AccountID?
    }

    private(set) var added: [ImportLine] = []
    private(set) var changed: [Change] = []
    private(set) var accounts: [NamedAccount] = []
    private(set) var problems: [ImportProblem] = []
    private(set) var unchanged = 0
    private(set) var skipped = 0

    init(
        _ tx: any Transaction, _ organization: OrganizationID, _ id: ContactImportID, _ lines: [ImportLine],
        _ policy: ImportChoices.Existing
    ) throws {
        let keys = lines.flatMap { $0.contact.addresses.map(\.key) }
        var holders: [String: ContactID] = [:]
        try tx.query(
            """
            SELECT address_key, contact_id FROM contact_addresses
            WHERE organization_id = $1 AND address_key \(tx.dialect.inTexts("$2"))
            """, [.id(organization), .list(keys)]
        ) { holders[try $0.text(0)] = try $0.id(1) }
        var names = try ImportNames(tx, organization, id, lines)
        var taken: [String: Int] = [:]
        try tx.query(
            """
            SELECT address_key, line FROM import_addresses
            WHERE organization_id = $1 AND import_id = $2 AND address_key \(tx.dialect.inTexts("$3"))
            """, [.id(organization), .id(id), .list(keys + names.addressKeys)]
        ) { taken[try $0.text(0)] = Int(try $0.integer(1)) }
        let known = try Self.knownAccounts(tx, organization, lines)
        var used: [ImportLine] = []

        for line in lines {
            let addresses = line.contact.addresses
            if addresses.isEmpty, let other = names.line(of: line) {
                refuse(line, "The same name stands on line \(other) already. Put what belongs together on one line.")
                continue
            }
            if let double = addresses.first(where: { taken[$0.key] != nil }), let other = taken[double.key] {
                refuse(
                    line, "\(double.address) stands on line \(other) already. Put what belongs together on one line.")
                continue
            }
            let contacts =
                addresses.isEmpty ? Set(names.contacts(of: line)) : Set(addresses.compactMap { holders[$0.key] })
            if contacts.isEmpty {
                added.append(line)
            } else if policy == .skip {
                skipped += 1
                continue
            } else if contacts.count > 1 {
                refuse(
                    line,
                    addresses.isEmpty
                        ? "\(contacts.count) contacts have this name at this account. Put an address on the line."
                        : "The addresses belong to \(contacts.count) contacts. Leave those of one contact on the line.")
                continue
            } else if let contact = try contacts.first.flatMap({ try Contacts.find(tx, organization, $0) }) {
                guard let change = change(line, contact, account: line.account.flatMap { known[Self.sortKey($0)] })
                else { continue }
                if let other = change.known.compactMap({ taken[$0] }).first ?? names.line(changing: contact.id) {
                    refuse(line, "Line \(other) changes the same contact. Put what belongs together on one line.")
                    continue
                }
                changed.append(change)
                for key in change.known { taken[key] = line.line }
            }
            for address in addresses { taken[address.key] = line.line }
            names.note(line, contacts.first)
            used.append(line)
        }
        try nameAccounts(tx, organization, id, used, known)
    }

    private static func sortKey(_ account: ValidAccount) -> String { SearchText.sortKey(account.name) }

    private mutating func refuse(_ line: ImportLine, _ reason: Phrase) {
        problems.append(ImportProblem(line: line.line, reason: reason, cells: line.cells))
    }

    /// What a line changes of a contact; nil when that is nothing, or cannot be.
    private mutating func change(_ line: ImportLine, _ contact: Contact, account: AccountID?) -> Change? {
        var form = ContactForm(contact)
        let new = line.contact
        if !new.firstName.isEmpty || !new.lastName.isEmpty {
            (form.firstName, form.lastName) = (new.firstName, new.lastName)
        }
        if !new.title.isEmpty { form.title = new.title }
        if !new.phone.isEmpty { form.phone = new.phone }
        if !new.notes.isEmpty { form.notes = new.notes }
        let known = Set(contact.addresses.compactMap { EmailAddress($0)?.matchKey })
        form.addresses += new.addresses.filter { !known.contains($0.key) }.map(\.address)
        let movesAccount = line.account != nil && (account == nil || account != contact.account)
        if form == ContactForm(contact) && !movesAccount {
            unchanged += 1
            return nil
        }
        do {
            return Change(
                line: line, contact: contact, merged: try form.validated(), known: known, movesAccount: movesAccount)
        } catch {
            refuse(line, .sentences(error.problems.map(\.sentence)))
            return nil
        }
    }

    // MARK: Accounts

    /// Accounts by what their names are compared by: without accents and case. Of several the oldest.
    private static func knownAccounts(
        _ tx: any Transaction, _ organization: OrganizationID, _ lines: [ImportLine]
    ) throws -> [String: AccountID] {
        let names = Set(lines.compactMap { $0.account.map(sortKey) })
        if names.isEmpty { return [:] }
        var known: [String: AccountID] = [:]
        try tx.query(
            """
            SELECT sort_key, min(id) FROM accounts
            WHERE organization_id = $1 AND sort_key \(tx.dialect.inTexts("$2")) GROUP BY sort_key
            """, [.id(organization), .list(names.sorted())]
        ) { known[try $0.text(0)] = try $0.id(1) }
        return known
    }

    private mutating func nameAccounts(
        _ tx: any Transaction, _ organization: OrganizationID, _ id: ContactImportID, _ lines: [ImportLine],
        _ known: [String: AccountID]
    ) throws {
        let names = Set(lines.compactMap { $0.account.map(Self.sortKey) })
        var staged = Set(
            try tx.rows(
                """
                SELECT sort_key FROM import_accounts
                WHERE organization_id = $1 AND import_id = $2 AND sort_key \(tx.dialect.inTexts("$3"))
                """, [.id(organization), .id(id), .list(names.sorted())]
            ) { try $0.text(0) })
        for line in lines {
            guard let account = line.account else { continue }
            let sortKey = Self.sortKey(account)
            guard staged.insert(sortKey).inserted else { continue }
            accounts.append(NamedAccount(sortKey: sortKey, account: account, existing: known[sortKey]))
        }
    }
}
