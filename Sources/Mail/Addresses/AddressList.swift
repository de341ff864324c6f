/// Reads address lists: From, To, Cc, Bcc, Reply-To (RFC 5322, sections 3.4 and 4.4; RFC 6532).
public enum AddressList {
    /// In octets; what follows is not read. Servers refuse messages with longer header fields.
    public static let octetLimit = 1_048_576

    /// The mailboxes of a list in their order, those of groups among them; names of groups are left out.
    ///
    /// Whatever stands between separators is an element of the result, with or without an address. Real lists are
    /// broken in many ways, and an address is what cards are found by, so it is looked for in what is not quite a
    /// mailbox, too: in words without brackets, behind missing commas, in encoded words.
    ///
    /// - Parameter limit: of the mailboxes that are read.
    public static func parse(_ bytes: [UInt8], limit: Int) -> [MailboxAddress] {
        var scanner = AddressListScanner(bytes[...].prefix(octetLimit), limit: limit)
        return scanner.mailboxes()
    }
}
