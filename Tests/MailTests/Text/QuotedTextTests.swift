import Mail
import Testing

@Suite struct QuotedTextTests {
    private func text(_ kind: QuotedText.Segment.Kind, in text: String) -> String {
        QuotedText.segments(of: text).filter { $0.kind == kind }.map(\.text).joined()
    }

    private func expectQuoted(_ tail: String, _ comment: Comment? = nil) {
        let written = "Thanks, that suits us.\n\nAnna\n\n"
        let segments = QuotedText.segments(of: written + tail)
        #expect(
            segments == [.init(kind: .written, text: written), .init(kind: .quoted, text: tail)], comment)
    }

    @Test func `text without quotation is written`() {
        #expect(QuotedText.segments(of: "Hello\n\nBye") == [.init(kind: .written, text: "Hello\n\nBye")])
        #expect(QuotedText.segments(of: "").isEmpty)
    }

    @Test(arguments: [
        "On Fri, Jan 5, 2024 at 12:34 PM John Doe <john@example.com> wrote:",
        "On Fri, Jan 5, 2024 at 12:34 PM John Doe <\njohn.a.very.long.name@example.com>\nwrote:",
        "On 1/5/24 12:34, John Doe wrote:",
        "Le ven. 5 janv. 2024 à 12:34, Jeanne <j@example.fr> a écrit :",
        "Le 05/01/2024 à 12:34, Jeanne a écrit :",
        "Am Fr., 5. Jan. 2024 um 12:34 Uhr schrieb Jörg <j@example.de>:",
        "Am 05.01.24 um 12:34 schrieb Jörg:",
        "El vie, 5 ene 2024 a las 12:34, José (<j@example.es>) escribió:",
        "Il giorno ven 5 gen 2024 alle ore 12:34 Gino <g@example.it> ha scritto:",
        "Op vr 5 jan 2024 om 12:34 schreef Jan <j@example.nl>:",
        "Em sex., 5 de jan. de 2024 às 12:34, João <j@example.pt> escreveu:",
        "pt., 5 sty 2024 o 12:34 Jan <j@example.pl> napisał(a):",
        "W dniu 5.01.2024 o 12:34, Jan pisze:",
        "Den fre. 5. jan. 2024 kl. 12.34 skrev Ole <o@example.dk>:",
        "Den fre 5 jan. 2024 kl 12:34 skrev Åsa <a@example.se>:",
        "pe 5. tammik. 2024 klo 12.34 Aino (a@example.fi) kirjoitti:",
        "пт, 5 янв. 2024 г. в 12:34, Иван <i@example.ru>:",
        "05.01.2024 12:34, Иван пишет:",
        "2024年1月5日(金) 12:34 田中 <t@example.jp>:",
        "2024/01/05 12:34、田中 <t@example.jp>のメール:",
        "张三 <z@example.cn> 于2024年1月5日周五 12:34写道：",
        "在 2024/1/5 12:34, 张三 写道:",
        "2024년 1월 5일 (금) 오후 1:23, 김 <k@example.kr>님이 작성:",
        "Dne 5.1.2024 v 12:34 Jan napsal(a):",
    ])
    func `the line that says who wrote the quotation belongs to it`(attribution: String) {
        expectQuoted(attribution + "\n> Hello\n>\n> > older\n\n> more\n")
        expectQuoted(attribution + "\n\n> Hello\n")
    }

    @Test func `answers between quotations are written`() {
        let text = "Hi,\n\nOn Monday Ann wrote:\n> One?\nYes.\n\n> Two?\n\nNo.\n"
        #expect(
            QuotedText.segments(of: text) == [
                .init(kind: .written, text: "Hi,\n\n"), .init(kind: .quoted, text: "On Monday Ann wrote:\n> One?\n"),
                .init(kind: .written, text: "Yes.\n\n"), .init(kind: .quoted, text: "> Two?\n\n"),
                .init(kind: .written, text: "No.\n"),
            ])
    }

    @Test func `a line that ends in a colon over a quotation need not be an attribution`() {
        #expect(
            text(.written, in: "You asked the following:\n> when?\nTomorrow.") == "You asked the following:\nTomorrow.")
    }

    @Test(arguments: [
        "From: John <j@example.com>\nSent: Friday, January 5\nTo: Anna <a@example.org>\nSubject: Offer\n\nHello\n",
        "From: John <j@example.com>\nDate: Friday\nTo: Anna; Bert;\n Christa\nCc: Doris\nSubject: Offer\nHello\n",
        "Von: John <j@example.com>\nGesendet: Freitag, 5. Januar 2024 12:34\nAn: Anna\nBetreff: AW: Angebot\n\nHallo\n",
        "De : Jeanne <j@example.fr>\nEnvoyé : vendredi 5 janvier 2024\nÀ : Anna\nObjet : Offre\n\nBonjour\n",
        "De: José <j@example.es>\nEnviado el: viernes, 5 de enero de 2024\nPara: Anna\nAsunto: Oferta\n\nHola\n",
        "Da: Gino <g@example.it>\nInviato: venerdì 5 gennaio 2024\nA: Anna\nOggetto: Offerta\n\nCiao\n",
        "Van: Jan <j@example.nl>\nVerzonden: vrijdag 5 januari 2024\nAan: Anna\nOnderwerp: Offerte\n\nDag\n",
        "De: João <j@example.pt>\nEnviado: sexta-feira, 5 de janeiro\nPara: Anna\nAssunto: Oferta\n\nOlá\n",
        "Od: Jan <j@example.pl>\nWysłano: piątek, 5 stycznia 2024\nDo: Anna\nTemat: Oferta\n\nWitam\n",
        "Från: Åsa <a@example.se>\nSkickat: den 5 januari 2024\nTill: Anna\nÄmne: Offert\n\nHej\n",
        "Fra: Ole <o@example.dk>\nSendt: 5. januar 2024\nTil: Anna\nEmne: Tilbud\n\nHej\n",
        "Lähettäjä: Aino\nLähetetty: perjantai 5. tammikuuta\nVastaanottaja: Anna\nAihe: Tarjous\n\nHei\n",
        "От: Иван <i@example.ru>\nОтправлено: 5 января 2024\nКому: Anna\nТема: Предложение\n\nЗдравствуйте\n",
        "差出人: 田中 <t@example.jp>\n送信日時: 2024年1月5日\n宛先: Anna\n件名: 見積\n\nこんにちは\n",
        "发件人: 张三 <z@example.cn>\n发送时间: 2024年1月5日\n收件人: Anna\n主题: 报价\n\n你好\n",
        "发件人：张三\n发送时间：2024年1月5日\n收件人：Anna\n主题：报价\n\n你好\n",
        "*From:* John\n*Sent:* Friday\n*To:* Anna\n*Subject:* Offer\n\nHello\n",
        "________________________________\nFrom: John\nSent: Friday\nTo: Anna\nSubject: Offer\n\nHello\n",
        "________________________________\n\nVon: John\nGesendet: Freitag\nAn: Anna\nBetreff: Angebot\n\nHallo\n",
    ])
    func `the header that Outlook writes over a message begins the quotation`(tail: String) {
        expectQuoted(tail)
    }

    @Test(arguments: [
        "-----Original Message-----\nFrom: John\nSent: Friday\n\nHello\n",
        "-----Ursprüngliche Nachricht-----\nVon: John\n\nHallo\n",
        "-------- Original-Nachricht --------\nDatum: Fri, 05 Jan 2024\nVon: John\n\nHallo\n",
        "-----Message d'origine-----\nDe : Jeanne\n\nBonjour\n", "-----Mensaje original-----\nDe: José\n\nHola\n",
        "-----Messaggio originale-----\nDa: Gino\n\nCiao\n", "-----Oorspronkelijk bericht-----\nVan: Jan\n\nDag\n",
        "-----Mensagem original-----\nDe: João\n\nOlá\n", "-----Wiadomość oryginalna-----\nOd: Jan\n\nWitam\n",
        "-----Ursprungligt meddelande-----\nFrån: Åsa\n\nHej\n",
        "------------------ 原始邮件 ------------------\n发件人: 张三\n\n你好\n",
        "-----Исходное сообщение-----\nОт: Иван\n\nПривет\n", "-----Original Message-----\nHello without header\n",
        "---------- Forwarded message ---------\nFrom: John\nDate: Friday\nSubject: Offer\nTo: Anna\n\nHello\n",
        "Begin forwarded message:\n\nFrom: John\nSubject: Offer\nDate: Friday\nTo: Anna\n\nHello\n",
        "---------- Weitergeleitete Nachricht ---------\nVon: John\n\nHallo\n",
        "Anfang der weitergeleiteten Nachricht:\n\nVon: John\nBetreff: Angebot\n\nHallo\n",
    ])
    func `separators begin the quotation`(tail: String) {
        expectQuoted(tail)
    }

    @Test func `a quotation without marks is found by an attribution with time and address`() {
        expectQuoted(
            "On Friday, January 5, 2024 at 12:34:56 PM GMT+1, John <john@example.com> wrote:\n\nHello\nthere\n")
        expectQuoted("Am 05.01.2024 um 12:34 schrieb John <john@example.com>:\nHallo\n")
    }

    @Test(arguments: [
        "The committee wrote:\nwe agree.\n", "Meeting at 12:34 with bob@example.com:\nbring the files\n",
        "From: Berlin\nTo: Paris\nwe go by train\n", "To do: nothing\nDate: tomorrow\n", "Subject: x\nFrom: y\n",
        "-----\nrule\n-----\n", "I read your original message.\n",
    ])
    func `what only looks like the beginning of a quotation is written`(text: String) {
        #expect(QuotedText.segments(of: text) == [.init(kind: .written, text: text)])
    }

    @Test func `a forward that is the whole message is shown`() {
        let forward =
            "---------- Forwarded message ---------\nFrom: John\nDate: Friday\nSubject: Offer\nTo: Anna\n\nHello Anna\n"
        #expect(QuotedText.segments(of: forward) == [.init(kind: .written, text: forward)])
        let older = "\n-----Original Message-----\nFrom: Anna\nSent: Monday\n\nHi\n"
        #expect(text(.written, in: forward + older) == forward + "\n")
        #expect(text(.quoted, in: forward + older) == String(older.dropFirst()))
        let signed =
            "\n\nSent from my iPhone\n\nBegin forwarded message:\n\nFrom: John\nDate: Friday\nSubject: x\n\nHello\n"
        #expect(text(.quoted, in: signed).isEmpty)
        #expect(text(.written, in: signed).contains("Hello"))
    }

    @Test func `a message below its history is shown with it`() {
        let text = "From: John\nSent: Friday\nTo: Anna\nSubject: Offer\n\nHello\n"
        #expect(self.text(.written, in: text) == text)
    }

    @Test func `signatures are told from text`() {
        #expect(text(.signature, in: "Hello\n-- \nAnna\nSales\n") == "-- \nAnna\nSales\n")
        #expect(text(.signature, in: "Hello\n\n--\nAnna\n\n> quoted\n") == "--\nAnna\n\n")
        #expect(text(.signature, in: "Hello\n--\n" + String(repeating: "line\n", count: 60)).isEmpty)
        #expect(text(.signature, in: "Hello\n--- \nno signature\n").isEmpty)
    }

    @Test(arguments: [
        "Sent from my iPhone", "Von meinem iPhone gesendet", "Gesendet von Outlook für iOS", "Envoyé de mon iPhone",
        "Enviado desde mi iPhone", "Enviado do meu iPhone", "Inviato da iPhone", "Verstuurd vanaf mijn iPhone",
        "Wysłane z iPhone'a", "Skickat från min iPhone", "Sendt fra min iPhone", "Отправлено с iPhone", "发自我的 iPhone",
        "iPhoneから送信", "Get Outlook for iOS", "Sent from Mail for Windows",
    ])
    func `the line of a telephone is a signature`(line: String) {
        let history = "On 5 Jan 2024, at 12:34, John <j@example.com> wrote:\n\n> Hello\n"
        #expect(
            QuotedText.segments(of: "Yes.\n\n\(line)\n\n\(history)") == [
                .init(kind: .written, text: "Yes.\n\n"), .init(kind: .signature, text: "\(line)\n\n"),
                .init(kind: .quoted, text: history),
            ])
        #expect(text(.signature, in: "It was \(line), he said.\nBye").isEmpty)
    }

    @Test func `a message that is nothing but a signature is shown`() {
        #expect(QuotedText.segments(of: "-- \nAnna\n") == [.init(kind: .written, text: "-- \nAnna\n")])
    }

    // MARK: Snippets

    @Test func `a snippet has the first written words in one line`() {
        #expect(
            QuotedText.snippet(of: "  Hello\u{A0}Anna,\n\n\tthanks.\n\nOn Monday Ann wrote:\n> One?\n")
                == "Hello Anna, thanks.")
        #expect(QuotedText.snippet(of: "> One?\nYes.\n-- \nAnna") == "Yes.")
    }

    @Test func `a snippet is cut at a word with an ellipsis`() {
        #expect(QuotedText.snippet(of: "one two three four", limit: 14) == "one two three…")
        #expect(QuotedText.snippet(of: "one two three", limit: 13) == "one two three")
        #expect(
            QuotedText.snippet(of: String(repeating: "語", count: 30), limit: 10) == String(repeating: "語", count: 9)
                + "…")
        #expect(QuotedText.snippet(of: "👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦", limit: 2) == "👨‍👩‍👧‍👦…")
    }

    @Test func `a snippet falls back to the quotation, then to anything`() {
        #expect(
            QuotedText.snippet(of: "On Monday Ann wrote:\n>> Where is\n> it?\n") == "On Monday Ann wrote: Where is it?")
        #expect(QuotedText.snippet(of: "-- \n") == "")
        #expect(QuotedText.snippet(of: "") == "")
    }

    @Test func `a snippet of a forward passes over its header`() {
        let forward =
            "---------- Forwarded message ---------\nFrom: John\nDate: Friday\nSubject: Offer\nTo: Anna\n\nHello Anna\n"
        #expect(QuotedText.snippet(of: forward) == "Hello Anna")
    }
}
