import Foundation

/// A message as Graph writes it (message resource type).
struct MessageRepresentation: Sendable {
    let message: MailboxMessage
    let context: GraphContext

    /// The properties that come without being asked for, in the order of the documentation.
    static let standard = [
        "createdDateTime", "lastModifiedDateTime", "changeKey", "categories", "receivedDateTime", "sentDateTime",
        "hasAttachments", "internetMessageId", "subject", "bodyPreview", "importance", "parentFolderId",
        "conversationId", "conversationIndex", "isDeliveryReceiptRequested", "isReadReceiptRequested", "isRead",
        "isDraft", "webLink", "inferenceClassification", "body", "sender", "from", "toRecipients", "ccRecipients",
        "bccRecipients", "replyTo", "flag",
    ]

    /// Those that come only when asked for.
    static let further = ["internetMessageHeaders", "uniqueBody"]

    /// The message with the selected properties; its id and etag are always there.
    func json(select: [String]? = nil) throws(GraphError) -> JSONValue {
        var members: [String: JSONValue] = ["id": .string(context.id(of: message)), "@odata.etag": .string(etag)]
        for name in select ?? Self.standard where name != "id" {
            guard
                let known = (Self.standard + Self.further).first(where: {
                    $0.caseInsensitiveCompare(name) == .orderedSame
                })
            else {
                throw .badRequest(
                    "RequestBroker--ParseUri",
                    "Could not find a property named '\(name)' on type 'Microsoft.OutlookServices.Message'.")
            }
            members[known] = property(known)
        }
        return .object(members)
    }

    var etag: String { "W/\"\(changeKey)\"" }

    private var changeKey: String {
        Data("CQAAABYAAAA\(message.id.rawValue).\(message.version)".utf8).base64EncodedString()
    }

    func property(_ name: String) -> JSONValue {
        let letter = message.letter
        switch name {
        case "id": return .string(context.id(of: message))
        case "createdDateTime": return .string(GraphTime.string(message.created))
        case "lastModifiedDateTime": return .string(GraphTime.string(message.modified))
        case "receivedDateTime": return .string(GraphTime.string(message.received))
        case "sentDateTime": return .string(GraphTime.string(letter.sent))
        case "changeKey": return .string(changeKey)
        case "categories": return .array(message.categories.map(JSONValue.string))
        case "hasAttachments": return .bool(!letter.attachments.isEmpty)
        case "internetMessageId": return letter.messageID.isEmpty ? .null : .string(letter.messageID)
        case "subject": return .string(letter.subject)
        // 255 characters, says the documentation.
        case "bodyPreview": return .string(String(letter.readableText.prefix(255)))
        case "importance": return "normal"
        case "parentFolderId": return .string(context.id(of: message.folder))
        case "conversationId": return .string(conversation(letter.thread))
        case "conversationIndex": return .string(Data("\(letter.thread)".utf8.prefix(22)).base64EncodedString())
        case "isDeliveryReceiptRequested": return message.isDraft ? .bool(false) : .null
        case "isReadReceiptRequested": return false
        case "isRead": return .bool(message.isRead)
        case "isDraft": return .bool(message.isDraft)
        case "webLink":
            let item = FormFields.encoded(context.id(of: message))
            return "https://outlook.office365.com/owa/?ItemID=\(item)&exvsurl=1&viewmodel=ReadMessageItem"
        case "inferenceClassification": return "focused"
        case "body", "uniqueBody": return body
        case "sender": return recipient(letter.sender ?? letter.from)
        case "from": return recipient(letter.from)
        case "toRecipients": return .array(letter.to.map { recipient($0) })
        case "ccRecipients": return .array(letter.cc.map { recipient($0) })
        case "bccRecipients": return .array(letter.bcc.map { recipient($0) })
        case "replyTo": return .array(letter.replyTo.map { recipient($0) })
        case "flag": return ["flagStatus": message.isFlagged ? "flagged" : "notFlagged"]
        case "internetMessageHeaders":
            return .array(letter.headers.map { ["name": .string($0.name), "value": .string($0.value)] })
        default: return .null
        }
    }

    private var body: JSONValue {
        let letter = message.letter
        if context.preferences.wantsText { return ["contentType": "text", "content": .string(letter.readableText)] }
        if let html = letter.html { return ["contentType": "html", "content": .string(html)] }
        // Without the preference a plain text comes wrapped into HTML.
        let text = (letter.text ?? "").replacingOccurrences(of: "&", with: "&amp;")
            .replacingOccurrences(of: "<", with: "&lt;").replacingOccurrences(of: "\n", with: "<br>\n")
        let head = "<head>\r\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"></head>"
        return ["contentType": "html", "content": "<html>\(head)<body>\(text)</body></html>"]
    }

    private func recipient(_ person: MailboxAddress?) -> JSONValue {
        guard let person else { return .null }
        let name = person.name.isEmpty ? person.address : person.name
        return ["emailAddress": ["name": .string(name), "address": .string(person.address)]]
    }

    private func conversation(_ thread: String) -> String {
        "AAQkAGUzY2QxYmQ5" + IdentityKey.challenge(of: "\(context.mailbox) \(thread)").prefix(32) + "AAA="
    }
}
