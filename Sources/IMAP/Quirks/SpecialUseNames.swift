/// What a mailbox is for (RFC 6154).
public enum SpecialUse: String, Hashable, Sendable {
    case all, archive, drafts, flagged, junk, sent, trash

    /// By attribute, which Cyrus sends in lower case; XLIST had names of its own.
    public init?(attributes: Set<String>) {
        for (attribute, use) in Self.attributes where attributes.contains(attribute) {
            self = use
            return
        }
        return nil
    }

    private static let attributes: [(String, SpecialUse)] = [
        ("\\trash", .trash), ("\\junk", .junk), ("\\spam", .junk), ("\\drafts", .drafts), ("\\sent", .sent),
        ("\\archive", .archive),
        ("\\all", .all), ("\\allmail", .all), ("\\flagged", .flagged), ("\\starred", .flagged),
    ]

    /// By name, where a server tells no special uses: the names that mail programs and servers give these mailboxes in
    /// the languages of Europe and Asia. Compared without regard to case.
    public init?(name: String) {
        guard let use = Self.byName[name.lowercased()] else { return nil }
        self = use
    }

    private static let byName: [String: SpecialUse] = {
        var table: [String: SpecialUse] = [:]
        for (use, names) in names { for name in names { table[name] = use } }
        return table
    }()

    private static let names: [SpecialUse: [String]] = [
        .trash: [
            "trash", "deleted items", "deleted messages", "deleted", "bin", "wastebasket", "papierkorb",
            "gelöschte elemente",
            "gelöschte objekte", "gelöscht", "corbeille", "éléments supprimés", "messages supprimés", "poubelle",
            "papelera",
            "elementos eliminados", "cestino", "posta eliminata", "elementi eliminati", "prullenbak",
            "verwijderde items", "lixeira",
            "lixo", "itens excluídos", "itens eliminados", "kosz", "elementy usunięte", "koš", "odstraněná pošta",
            "kôš",
            "odstránené položky", "lomtár", "kuka", "törölt elemek", "papirkurv", "slettet post", "slettede elementer",
            "papperskorg", "papperskorgen", "borttaget", "borttagna objekt", "roskakori", "poistetut", "çöp kutusu",
            "silinmiş öğeler", "корзина", "удаленные", "удалённые", "кошик", "видалені", "coș de gunoi",
            "elemente șterse",
            "κάδος απορριμμάτων", "διαγραμμένα", "ゴミ箱", "ごみ箱", "削除済みアイテム", "已删除邮件", "已删除", "已刪除", "垃圾桶",
            "刪除的郵件", "휴지통", "지운 편지함",
        ],
        .junk: [
            "junk", "spam", "junk e-mail", "junk email", "junk mail", "bulk mail", "bulk", "spambox", "spamverdacht",
            "junk-e-mail",
            "unerwünscht", "werbung", "courrier indésirable", "indésirables", "pourriel", "correo no deseado",
            "no deseado",
            "posta indesiderata", "ongewenste e-mail", "ongewenst", "lixo eletrônico", "lixo eletrónico",
            "lixo electrónico",
            "wiadomości-śmieci", "niechciane", "nevyžádaná pošta", "nevyžiadaná pošta", "levélszemét", "uønsket e-mail",
            "søppelpost",
            "uønsket", "skräppost", "roskaposti", "önemsiz", "istenmeyen posta", "спам", "нежелательная почта",
            "спам-пошта",
            "mesaje nedorite", "ανεπιθύμητα", "迷惑メール", "垃圾邮件", "垃圾郵件", "스팸", "스팸메일함", "정크 메일",
        ],
        .drafts: [
            "drafts", "draft", "entwürfe", "entwurf", "brouillons", "brouillon", "borradores", "borrador", "bozze",
            "concepten",
            "rascunhos", "rascunho", "szkice", "wersje robocze", "koncepty", "rozepsané", "piszkozatok", "kladder",
            "utkast",
            "luonnokset", "taslaklar", "черновики", "чернетки", "ciorne", "πρόχειρα", "下書き", "草稿", "草稿箱", "임시보관함",
        ],
        .sent: [
            "sent", "sent items", "sent messages", "sent mail", "sent-mail", "gesendet", "gesendete elemente",
            "gesendete objekte",
            "envoyés", "éléments envoyés", "messages envoyés", "enviados", "elementos enviados", "inviati",
            "posta inviata",
            "inviata", "verzonden", "verzonden items", "itens enviados", "wysłane", "elementy wysłane", "odeslané",
            "odeslaná pošta",
            "odoslané", "elküldött elemek", "elküldött", "sendt", "sendt post", "sendte elementer", "skickat",
            "skickade objekt",
            "lähetetyt", "gönderilmiş öğeler", "gönderilenler", "отправленные", "надіслані", "trimise", "απεσταλμένα",
            "送信済み", "送信済みメール", "送信済みアイテム", "已发送邮件", "已发送", "寄件備份", "已傳送", "보낸편지함", "보낸 편지함",
        ],
        .archive: [
            "archive", "archives", "archiv", "archivo", "archivio", "archief", "arquivo", "archiwum", "arkiv", "архив",
        ],
    ]
}
