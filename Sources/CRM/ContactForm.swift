/// A contact as someone fills it in, and the rules for it.
public struct ContactForm: Hashable, Sendable {
    public var firstName = ""
    public var lastName = ""
    public var title = ""
    public var phone = ""
    public var notes = ""
    public var account: AccountID?
    public var owner: UserID?
    /// Empty ones are passed over.
    public var addresses: [String] = []

    /// A person has work, home and old addresses; more than this is a distribution list pasted in.
    public static let addressLimit = 20

    public init() {}

    public init(_ contact: Contact) {
        firstName = contact.firstName
        lastName = contact.lastName
        title = contact.title
        phone = contact.phone
        notes = contact.notes
        account = contact.account
        owner = contact.owner
        addresses = contact.addresses
    }

    /// The cleaned values.
    ///
    /// - Throws: every problem at once.
    public func validated() throws(FormProblems) -> ValidContact {
        var problems = FormProblems()
        let first = FieldRules.line(firstName, .firstName, "The first name", into: &problems)
        let last = FieldRules.line(lastName, .lastName, "The last name", into: &problems)
        let title = FieldRules.line(title, .title, "The title", into: &problems)
        let phone = FieldRules.line(phone, .phone, "The telephone number", into: &problems)
        let notes = FieldRules.notes(notes, into: &problems)
        let parsed = parsedAddresses(into: &problems)
        if first.isEmpty && last.isEmpty && parsed.isEmpty && problems.problems.isEmpty {
            problems.add(.lastName, "Enter a name or an email address.")
        }
        try problems.throwIfAny()
        return ValidContact(
            firstName: first, lastName: last, title: title, phone: phone, notes: notes, account: account, owner: owner,
            addresses: parsed)
    }

    private func parsedAddresses(into problems: inout FormProblems) -> [ValidContact.Address] {
        var parsed: [ValidContact.Address] = []
        for (index, entered) in addresses.enumerated() {
            let text = FieldRules.trimmed(entered)
            if text.isEmpty { continue }
            guard let address = AddressRules.address(text) else {
                problems.add(
                    .emailAddress(index),
                    "“\(text.prefix(80))” is not an email address. Write it like name@company.com.")
                continue
            }
            if parsed.contains(where: { $0.key == address.matchKey }) {
                problems.add(.emailAddress(index), "\(text) is entered twice. Remove one of them.")
                continue
            }
            parsed.append(ValidContact.Address(key: address.matchKey, address: text))
        }
        if parsed.count > Self.addressLimit {
            problems.add(
                .emailAddress(Self.addressLimit), "A contact can have at most \(Self.addressLimit) email addresses.")
        }
        return parsed
    }
}

/// What a ``ContactForm`` says, cleaned and complete.
public struct ValidContact: Hashable, Sendable {
    public struct Address: Hashable, Sendable {
        /// `EmailAddress.matchKey`.
        public let key: String
        /// As it was typed.
        public let address: String

        init(key: String, address: String) {
            self.key = key
            self.address = address
        }
    }

    public let firstName: String
    public let lastName: String
    public let title: String
    public let phone: String
    public let notes: String
    public let account: AccountID?
    public let owner: UserID?
    public let addresses: [Address]
}
