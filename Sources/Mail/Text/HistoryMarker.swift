/// The lines with which mail programs introduce the message that is answered or passed on.
enum HistoryMarker {
    enum Label: Hashable {
        case from
        case date
        case to
        case copy
        case subject
    }

    /// What a line such as `Sent: Monday` or `*De :* Anna` begins with.
    static func label(_ line: ArraySlice<UInt8>) -> Label? {
        var text = line.prefix(60)
        text = text.drop { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "|") || $0 <= 0x20 }
        // ASCII's, or the full-width one.
        let colon = text.indices.first {
            text[$0] == UInt8(ascii: ":") || text[$0] == 0xEF && text[$0...].starts(with: fullWidthColon)
        }
        guard let colon else { return nil }
        var name = text[..<colon]
        while let last = name.last, last <= 0x20 || last == UInt8(ascii: "*") { name = name.dropLast() }
        // A no-break space before the colon, as French has it.
        if name.suffix(2).elementsEqual([0xC2, 0xA0]) { name = name.dropLast(2) }
        guard name.count <= 40, name.contains(where: { $0.isASCIILetter || $0 >= 0x80 }) else { return nil }
        return labels[String(decoding: name, as: UTF8.self).lowercased()]
    }

    private static let fullWidthColon: [UInt8] = [0xEF, 0xBC, 0x9A]

    /// `-----Original Message-----` and its like, `Begin forwarded message:`.
    static func isSeparator(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count <= 160, let first = line.first else { return false }
        let isDashed =
            first == UInt8(ascii: "-") || first == UInt8(ascii: "_") || first == UInt8(ascii: "=") || first == 0xE2
        if isDashed {
            let words = withoutDashes(line)
            guard !words.isEmpty, words.count + 4 <= line.count else { return false }
            let text = Array(String(decoding: words, as: UTF8.self).lowercased().utf8)
            return separatorsByFirstOctet[Int(text[0])].contains { text.starts(with: $0) }
        }
        guard line.count >= shortestBeginning, Attribution.mayEnd(line) else { return false }
        let text = String(decoding: line, as: UTF8.self).lowercased()
        return beginnings.contains { text.hasPrefix($0) }
    }

    /// What stands between the dashes around a line.
    private static func withoutDashes(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isDash = { (byte: UInt8) in byte <= 0x20 || [0x2D, 0x5F, 0x3D].contains(byte) }
        var rest = line
        while true {
            if let first = rest.first, isDash(first) {
                rest = rest.dropFirst()
            } else if rest.starts(with: [0xE2, 0x80]), rest.count > 2, (0x90...0x95).contains(rest[rest.startIndex + 2])
            {
                rest = rest.dropFirst(3)
            } else {
                break
            }
        }
        while let last = rest.last, isDash(last) { rest = rest.dropLast() }
        return rest
    }

    /// `________________` or `-----`.
    static func isRule(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count >= 5, let first = line.first else { return false }
        return [0x2D, 0x5F, 0x3D, 0x2A].contains(first) && line.allSatisfy { $0 == first }
    }

    private static let separatorsByFirstOctet: [[[UInt8]]] = (0...255).map { octet in
        separators.map { Array($0.utf8) }.filter { $0.first == UInt8(octet) }
    }

    private static let separators = [
        "original message", "original mail", "original-nachricht", "originalnachricht", "original nachricht",
        "ursprüngliche nachricht",
        "ursprüngliche mail", "urspr. nachricht", "message d'origine", "message d’origine", "message original",
        "message initial",
        "mensaje original", "messaggio originale", "messaggio original", "oorspronkelijk bericht", "origineel bericht",
        "mensagem original", "wiadomość oryginalna", "oryginalna wiadomość", "wiadomosc oryginalna",
        "ursprungligt meddelande",
        "originalmeddelande", "opprinnelig melding", "oprindelig meddelelse", "original meddelelse",
        "alkuperäinen viesti",
        "исходное сообщение", "оригинальное сообщение", "původní zpráva", "pôvodná správa", "eredeti üzenet",
        "mesaj original",
        "mesajul original", "orijinal mesaj", "αρχικό μήνυμα", "originalna poruka", "izvirno sporočilo", "algne kiri",
        "原始邮件", "原始郵件", "原邮件", "邮件原件", "元のメッセージ", "元のメール", "원본 메시지", "원본 메일",
        "forwarded message", "forwarded by", "forwarded email", "weitergeleitete nachricht", "weitergeleitet von",
        "message transféré",
        "message transmis", "message réexpédié", "mensaje reenviado", "messaggio inoltrato", "forwarded",
        "doorgestuurd bericht",
        "mensagem encaminhada", "mensagem reencaminhada", "wiadomość przekazana", "przekazana wiadomość",
        "treść przekazanej wiadomości", "vidarebefordrat meddelande", "videresendt", "välitetty viesti",
        "edelleenlähetetty viesti",
        "пересылаемое сообщение", "пересланное сообщение", "перенаправленное сообщение", "přeposlaná zpráva",
        "přeposlaný e-mail",
        "továbbított üzenet", "mesaj redirecționat", "iletilmiş mesaj", "转发的邮件", "转发邮件", "轉寄的郵件", "轉寄郵件", "転送メッセージ",
        "転送されたメッセージ", "전달된 메시지", "reply message", "reply to message", "reply separator",
    ]

    /// Apple Mail's, which end in a colon.
    private static let beginnings = [
        "begin forwarded message", "anfang der weitergeleiteten", "début du message", "inicio del mensaje reenviado",
        "inizio messaggio inoltrato", "begin doorgestuurd bericht", "início da mensagem",
        "początek przekazywanej wiadomości",
        "vidarebefordrat brev", "videresendt besked", "start på videresendt melding", "välitetty viesti alkaa",
        "начало переадресованного сообщения", "začátek přeposlané zprávy", "以下是转发的邮件", "開始轉寄郵件", "下記は転送されたメッセージです",
        "転送されたメッセージ",
    ]

    private static let shortestBeginning = beginnings.map(\.utf8.count).min() ?? 0

    private static let labels: [String: Label] = {
        var labels: [String: Label] = [:]
        func add(_ label: Label, _ names: String) {
            for name in names.split(separator: ",") { labels[String(name)] = label }
        }
        add(.from, "from,von,de,da,van,od,från,fra,lähettäjä,от,від,发件人,寄件者,寄件人,差出人,送信者,보낸 사람,보낸사람,kimden")
        add(.from, "gönderen,feladó")
        add(.from, "από,de la,expéditeur,remitente,mittente,afzender,remetente,nadawca,avsändare,absender,מאת")
        add(.from, "من,saatja,nuo,no,šalje,pošiljatelj,frá,发送人")
        add(.date, "sent,date,gesendet,datum,envoyé,envoyé le,date d'envoi,enviado,enviado el,enviado em")
        add(.date, "enviada em,enviada,fecha,inviato,data,verzonden,verzonden op")
        add(.date, "wysłano,wysłane,skickat,sendt,dato,lähetetty,päivämäärä,päiväys,päivä,отправлено,дата")
        add(.date, "надіслано,发送时间,发件时间,发送日期,日期,寄件日期,時間,时间,送信日時,日付,日時")
        add(.date, "보낸 날짜,날짜,tarih,gönderildi,gönderme tarihi,elküldve,küldve,dátum,odesláno,odoslané,trimis")
        add(.date, "ημερομηνία,εστάλη,poslano,saadetud,sent on,date sent,gesendet am,data invio,נשלח,تاريخ")
        add(.to, "to,an,à,a,para,aan,do,till,til,vastaanottaja,кому,收件人,收件者,宛先,받는 사람,받는사람,kime,címzett,komu")
        add(.to, "către,catre,προς,pour,za,prima,אל,إلى,saaja,destinataire,destinatario,empfänger,kam")
        add(.copy, "cc,kopie,copie,copia,kopia,kopi,копия,копія,抄送,副本,参照,참조,másolatot kap,bilgi,kopio,cópia,dw")
        add(.copy, "bcc,kopie (cc),copie à")
        add(.subject, "subject,betreff,betr,objet,asunto,oggetto,onderwerp,assunto,temat,ämne,emne,aihe,тема")
        add(.subject, "主题,主題,主旨,件名,제목,konu,tárgy,předmět,predmet,subiect,θέμα,נושא,الموضوع,zadeva,teema,tema")
        add(.subject, "efni,sujet")
        return labels
    }()
}
