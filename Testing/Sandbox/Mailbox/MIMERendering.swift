import Foundation

/// A letter as an Internet message (RFC 5322, RFC 2045): the source that a service hands out.
enum MIMERendering {
    static func octets(of letter: MailboxLetter) -> Data {
        var lines: [String] = []
        func field(_ name: String, _ value: String) { if !value.isEmpty { lines.append("\(name): \(value)") } }
        field("Message-ID", letter.messageID)
        field("Date", date(letter.sent))
        field("From", letter.from.map(mailbox) ?? "")
        field("Sender", letter.sender.map(mailbox) ?? "")
        field("To", letter.to.map(mailbox).joined(separator: ", "))
        field("Cc", letter.cc.map(mailbox).joined(separator: ", "))
        field("Bcc", letter.bcc.map(mailbox).joined(separator: ", "))
        field("Reply-To", letter.replyTo.map(mailbox).joined(separator: ", "))
        field("Subject", encodedWord(letter.subject, quoting: false))
        for header in letter.headers { field(header.name, header.value) }
        lines.append("MIME-Version: 1.0")
        lines += entity(of: letter)
        return Data(lines.joined(separator: "\r\n").utf8)
    }

    private static func entity(of letter: MailboxLetter) -> [String] {
        var alternatives: [[String]] = []
        if let text = letter.text { alternatives.append(leaf("text/plain; charset=utf-8", Data(text.utf8))) }
        if let html = letter.html { alternatives.append(leaf("text/html; charset=utf-8", Data(html.utf8))) }
        if alternatives.isEmpty { alternatives.append(leaf("text/plain; charset=utf-8", Data())) }
        let body = alternatives.count > 1 ? multipart("alternative", alternatives) : alternatives[0]
        if letter.attachments.isEmpty { return body }
        let files = letter.attachments.map { file in
            leaf(file.contentType, Data(file.octets), disposition: "attachment; filename=\"\(file.name)\"")
        }
        return multipart("mixed", [body] + files)
    }

    private static func multipart(_ kind: String, _ parts: [[String]]) -> [String] {
        let boundary = "=_sandbox_\(kind)"
        return ["Content-Type: multipart/\(kind); boundary=\"\(boundary)\"", ""]
            + parts.flatMap { ["--\(boundary)"] + $0 } + ["--\(boundary)--", ""]
    }

    private static func leaf(_ type: String, _ octets: Data, disposition: String? = nil) -> [String] {
        ["Content-Type: \(type)"] + (disposition.map { ["Content-Disposition: \($0)"] } ?? [])
            + ["Content-Transfer-Encoding: base64", ""]
            + octets.base64EncodedString(options: [
                .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
            ])
            .components(separatedBy: "\r\n")
    }

    private static func mailbox(_ person: MailboxAddress) -> String {
        person.name.isEmpty ? person.address : "\(encodedWord(person.name)) <\(person.address)>"
    }

    /// RFC 2047, one word for each run of at most 40 octets, so that no word is longer than 75 characters.
    private static func encodedWord(_ text: String, quoting: Bool = true) -> String {
        if text.utf8.allSatisfy({ $0 >= 32 && $0 < 127 }) {
            return quoting && text.contains { "()<>[]:;@\\,.\"".contains($0) } && !text.contains("\"")
                ? "\"\(text)\"" : text
        }
        var words: [String] = []
        var run = ""
        for character in text {
            if run.utf8.count + String(character).utf8.count > 40 {
                words.append(run)
                run = ""
            }
            run.append(character)
        }
        return (words + [run]).map { "=?utf-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: " ")
    }

    private static func date(_ date: Date) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss +0000"
        return formatter.string(from: date)
    }
}
