import CRM
import Database

/// Whom the lines of an import mean that have no address: the contact of the same name at the same account, both
/// compared without accents and case, so that a file that is imported twice does not double them.
struct ImportNames {
    private struct Name: Hashable {
        let contact: String
        let account: String?

        init(contact: String, account: String?) {
            self.contact = contact
            self.account = account
        }

        init(_ line: ImportLine) {
            contact = SearchText.sortKey(line.contact.lastName, line.contact.firstName)
            account = line.account.map { SearchText.sortKey($0.name) }
        }
    }

    private var contacts: [Name: [ContactID]] = [:]
    /// Lines of the file that are staged.
    private var lines: [Name: Int] = [:]
    private var changing: [ContactID: Int] = [:]
    /// The match keys of the addresses of the contacts that may be meant.
    private(set) var addressKeys: [String] = []

    init(
        _ tx: any Transaction, _ organization: OrganizationID, _ id: ContactImportID, _ lines: [ImportLine]
    ) throws {
        let asked = Set(lines.filter(\.contact.addresses.isEmpty).map { Name($0).contact })
        for name in asked.sorted() {
            try tx.query(
                """
                SELECT a.sort_key, c.id FROM (
                        SELECT id FROM contacts WHERE organization_id = $1 AND sort_key = $2) n
                    \(tx.dialect.joinInOrder) contacts c ON c.organization_id = $1 AND c.id = n.id
                    LEFT JOIN accounts a ON a.organization_id = c.organization_id AND a.id = c.account_id
                """, [.id(organization), .text(name)]
            ) { row in
                contacts[Name(contact: name, account: try row.optionalText(0)), default: []].append(try row.id(1))
            }
            try tx.query(
                """
                SELECT account_sort_key, line, contact_id FROM import_contacts
                WHERE organization_id = $1 AND import_id = $2 AND sort_key = $3
                """, [.id(organization), .id(id), .text(name)]
            ) { row in
                let line = Int(try row.integer(1))
                self.lines[Name(contact: name, account: try row.optionalText(0))] = line
                changing[try row.id(2)] = line
            }
        }
        addressKeys = try Self.addressKeys(tx, organization, contacts.values.flatMap(\.self))
    }

    private static func addressKeys(
        _ tx: any Transaction, _ organization: OrganizationID, _ contacts: [ContactID]
    ) throws -> [String] {
        try tx.rows(
            """
            SELECT address_key FROM contact_addresses
            WHERE organization_id = $1 AND contact_id \(tx.dialect.inIntegers("$2"))
            """, [.id(organization), .ids(contacts)]
        ) { try $0.text(0) }
    }

    /// The contacts that a line without an address may mean.
    func contacts(of line: ImportLine) -> [ContactID] { contacts[Name(line)] ?? [] }

    /// The line that was staged with the same name and account.
    func line(of line: ImportLine) -> Int? { lines[Name(line)] }

    /// The line that was staged for a contact.
    func line(changing contact: ContactID) -> Int? { changing[contact] }

    /// Notes that a line is staged.
    ///
    /// - Parameter contact: whom it changes; nil where it adds one.
    mutating func note(_ line: ImportLine, _ contact: ContactID?) {
        lines[Name(line)] = line.line
        if let contact { changing[contact] = line.line }
    }
}
