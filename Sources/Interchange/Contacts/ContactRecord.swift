import CRM

/// A contact as a file has it, with its account: texts as they stand there, not yet checked.
public struct ContactRecord: Hashable, Sendable {
    public var firstName = ""
    public var lastName = ""
    public var title = ""
    public var phone = ""
    public var notes = ""
    public var addresses: [String] = []
    public var account = AccountForm()

    public init() {}

    /// Nothing but blanks.
    public var isEmpty: Bool {
        ([firstName, lastName, title, phone, notes, account.name] + addresses).allSatisfy { text in
            text.allSatisfy(\.isWhitespace)
        }
    }

    /// The form that says the same, without the account.
    public var form: ContactForm {
        var form = ContactForm()
        form.firstName = firstName
        form.lastName = lastName
        form.title = title
        form.phone = phone
        form.notes = notes
        form.addresses = addresses
        return form
    }

    /// Takes a name that is not in parts: "Jane van Dyke" or "van Dyke, Jane".
    public mutating func setFullName(_ name: String) {
        if let comma = name.firstIndex(of: ",") {
            lastName = String(name[..<comma])
            firstName = String(name[name.index(after: comma)...].drop(while: \.isWhitespace))
            return
        }
        let words = name.split(whereSeparator: \.isWhitespace)
        guard words.count > 1 else {
            lastName = name
            return
        }
        firstName = String(words[0])
        lastName = words.dropFirst().joined(separator: " ")
    }
}
