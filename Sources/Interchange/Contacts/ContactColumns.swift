import Wording

/// Contacts as the columns of a CSV file.
public enum ContactColumns {
    /// The columns for addresses; those of a contact who has more stand in the last one, with semicolons between.
    static let addressColumns = 3

    /// In the language of whoever exports: importing knows them in each language (``HeaderNames``).
    public static let header: [Phrase] =
        [
            "First name", "Last name", "Email", "Email 2", "Email 3", "Phone", "Title", "Account", "Account domain",
            "Account phone", "Account address", "Account city", "Account country", "Account industry", "Notes",
        ]

    public static func cells(_ record: ContactRecord) -> [String] {
        var addresses = Array(record.addresses.prefix(addressColumns - 1))
        addresses.append(record.addresses.dropFirst(addressColumns - 1).joined(separator: "; "))
        addresses += Array(repeating: "", count: addressColumns - addresses.count)
        let account = record.account
        return [record.firstName, record.lastName] + addresses
            + [
                record.phone, record.title, account.name, account.domain, account.phone, account.address, account.city,
                account.country, account.industry, record.notes,
            ]
    }
}
