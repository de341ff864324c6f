import Testing

@testable import IMAP

@Suite struct SpecialUseTests {
    @Test(arguments: [
        ("\\Trash", SpecialUse.trash), ("\\Junk", .junk), ("\\Drafts", .drafts), ("\\Sent", .sent),
        ("\\Archive", .archive), ("\\All", .all),
        ("\\Flagged", .flagged), ("\\trash", .trash), ("\\Spam", .junk), ("\\AllMail", .all), ("\\Starred", .flagged),
    ])
    func `an attribute tells the use, in the words of RFC 6154, Cyrus and XLIST`(attribute: String, use: SpecialUse)
        throws
    {
        guard case .list(let listing) = try Wire.response("* LIST (\\HasNoChildren \(attribute)) \"/\" \"x\"") else {
            Issue.record("not LIST")
            return
        }
        #expect(SpecialUse(attributes: listing.attributes) == use)
    }

    @Test func `other attributes tell no use`() {
        #expect(SpecialUse(attributes: ["\\hasnochildren", "\\marked", "\\important", "\\noselect"]) == nil)
        #expect(SpecialUse(attributes: []) == nil)
    }

    @Test(arguments: [
        ("Trash", SpecialUse.trash), ("Deleted Items", .trash), ("Papierkorb", .trash), ("GELÖSCHTE ELEMENTE", .trash),
        ("Корзина", .trash),
        ("Junk E-mail", .junk), ("Spam", .junk), ("Courrier indésirable", .junk), ("迷惑メール", .junk),
        ("Entwürfe", .drafts),
        ("Entwu\u{308}rfe", .drafts), ("Brouillons", .drafts), ("下書き", .drafts), ("Sent Items", .sent),
        ("Gesendete Objekte", .sent),
        ("Éléments envoyés", .sent), ("보낸편지함", .sent), ("Archives", .archive),
    ])
    func `a name tells the use in many languages and any case`(name: String, use: SpecialUse) {
        #expect(SpecialUse(name: name) == use)
    }

    @Test(arguments: ["INBOX", "Customers", "Trash talk", "Not sent", "", "Sent/2024"])
    func `a name of one's own tells no use`(name: String) { #expect(SpecialUse(name: name) == nil) }
}
