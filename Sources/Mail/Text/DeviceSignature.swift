/// The line that telephones put under every message.
enum DeviceSignature {
    private static let octetLimit = 160

    static func matches(_ line: ArraySlice<UInt8>) -> Bool {
        guard (shortest...octetLimit).contains(line.count) else { return false }
        var text = Array(String(decoding: line, as: UTF8.self).lowercased().utf8)
        if beginningsByFirstOctet[Int(text[0])].contains(where: { text.starts(with: $0) }) { return true }
        if text.last == UInt8(ascii: ".") { text.removeLast() }
        return endings.contains { text.suffix($0.count).elementsEqual($0) }
    }

    private static let beginningsByFirstOctet: [[[UInt8]]] = (0...255).map { octet in
        beginnings.filter { $0.first == UInt8(octet) }
    }
    /// In octets. Many lines are shorter than all of these.
    private static let shortest = (beginnings + endings).map(\.count).min() ?? 1

    private static let beginnings = [
        "sent from my ", "sent from outlook", "sent from mail for windows", "sent from yahoo mail", "sent from proton",
        "sent via ",
        "sent with proton", "sent from samsung", "sent from gmail mobile", "get outlook for ", "outlook für ",
        "outlook for ",
        "von meinem ", "gesendet von ", "gesendet mit ", "gesendet aus ", "envoyé de mon ", "envoyé depuis ",
        "envoyé à partir de ",
        "télécharger outlook pour ", "obtenez outlook pour ", "enviado desde ", "enviado do meu ",
        "enviado a partir do ",
        "obtener outlook para ", "obter o outlook para ", "inviato da ", "ottieni outlook per ", "verstuurd vanaf ",
        "verzonden vanaf ", "verzonden met ", "outlook voor ", "wysłano z ", "wysłane z ", "pobierz program outlook",
        "skickat från ", "hämta outlook för ", "sendt fra ", "få outlook til ", "hent outlook for ", "lähetetty iphone",
        "lähetetty outlook", "lähetetty samsung", "hanki outlook",
        "отправлено с ", "отправлено из ", "odesláno z ", "odoslané z ", "trimis de pe ", "trimis din ",
        "στάλθηκε από ",
        "poslano z ", "发自我的", "从我的", "發自我的", "從我的", "傳送自", "download outlook ", "scarica outlook ",
    ].map { Array($0.utf8) }

    private static let endings = [
        "から送信", "から送信されました", "에서 보냄", "에서 보냈습니다", "'umdan gönderildi", "’umdan gönderildi", "'dan gönderildi",
        "készülékemről küldve", "kosketuskännykästä",
    ].map { Array($0.utf8) }
}
