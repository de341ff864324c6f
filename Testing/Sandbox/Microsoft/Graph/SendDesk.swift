import Foundation

/// `sendMail` (user: sendMail): as JSON, or as MIME in base64.
struct SendDesk: Sendable {
    let context: GraphContext

    func answer(in mailbox: inout Mailbox, world: inout MicrosoftWorld) throws(GraphError) -> SandboxAnswer {
        guard context.request.method == "POST" else { throw .methodNotAllowed }
        try context.needs("Mail.Send")
        let type = context.request.header("Content-Type")?.lowercased() ?? ""
        guard !type.hasPrefix("text/plain") else {
            throw .badRequest("ErrorMimeContentInvalid", "The sandbox takes messages to send as JSON, not as MIME.")
        }
        let body = try context.json()
        guard let message = body["message"] ?? body["Message"] else {
            throw .badRequest("ErrorInvalidRequest", "The message to send is missing.")
        }
        let isSaved =
            (body["saveToSentItems"] ?? body["SaveToSentItems"]).map { value in
                value.bool ?? (value.string?.lowercased() != "false")
            } ?? true
        let letter = try letter(message)
        guard !(letter.to + letter.cc + letter.bcc).isEmpty else {
            throw .badRequest(
                "ErrorInvalidRecipients",
                "At least one recipient isn't valid., A message can't be sent because it contains no recipients.")
        }
        world.sent.append(SentLetter(account: context.account.objectID, letter: letter, isSaved: isSaved))
        if isSaved { mailbox.deliver(letter, to: mailbox.folder(.sent).id, at: context.now, isRead: true) }
        deliver(letter, in: &mailbox, world: &world)
        return .empty(202)
    }

    /// To the recipients that have a mailbox in this sandbox; nobody else gets anything.
    private func deliver(_ letter: MailboxLetter, in mailbox: inout Mailbox, world: inout MicrosoftWorld) {
        var received = letter
        received.bcc = []
        for recipient in letter.to + letter.cc + letter.bcc {
            guard
                let account = world.directory.accounts.first(where: { account in
                    account.proxyAddresses.contains {
                        $0.dropFirst(5).caseInsensitiveCompare(recipient.address) == .orderedSame
                    }
                })
            else { continue }
            if account.objectID == context.account.objectID {
                mailbox.deliver(received, to: mailbox.folder(.inbox).id, at: context.now)
            } else if let inbox = world.mailboxes[account.objectID]?.folder(.inbox).id {
                world.mailboxes[account.objectID]?.deliver(received, to: inbox, at: context.now)
            }
        }
    }

    private func letter(_ json: JSONValue) throws(GraphError) -> MailboxLetter {
        let own = MailboxAddress(
            context.account.mail ?? context.account.principalName, name: context.account.displayName)
        if let from = json["from"]?["emailAddress"]?["address"]?.string {
            let isOwn = context.account.proxyAddresses.contains {
                $0.dropFirst(5).caseInsensitiveCompare(from) == .orderedSame
            }
            guard isOwn else {
                throw GraphError(
                    status: 403, code: "ErrorSendAsDenied",
                    message:
                        "The user account which was used to submit this request does not have the right to send "
                        + "mail on behalf of the specified sending account."
                )
            }
        }
        func people(_ name: String) throws(GraphError) -> [MailboxAddress] {
            var found: [MailboxAddress] = []
            for person in json[name]?.array ?? [] {
                guard let address = person["emailAddress"]?["address"]?.string, address.contains("@") else {
                    throw .badRequest("ErrorInvalidRecipients", "At least one recipient isn't valid.")
                }
                found.append(MailboxAddress(address, name: person["emailAddress"]?["name"]?.string ?? ""))
            }
            return found
        }
        let content = json["body"]?["content"]?.string
        let isHTML = json["body"]?["contentType"]?.string?.lowercased() == "html"
        var headers: [MailboxLetter.Header] = []
        for header in json["internetMessageHeaders"]?.array ?? [] {
            guard let name = header["name"]?.string, let value = header["value"]?.string else { continue }
            guard name.lowercased().hasPrefix("x-") else {
                throw .badRequest(
                    "InvalidInternetMessageHeader",
                    "The internet message header name '\(name)' should start with 'x-' or 'X-'.")
            }
            headers.append(.init(name, value))
        }
        let host = context.account.principalName.split(separator: "@").last.map(String.init) ?? "localhost"
        return MailboxLetter(
            messageID: json["internetMessageId"]?.string ?? "<\(UUID().uuidString)@\(host)>",
            subject: json["subject"]?.string ?? "", from: own, to: try people("toRecipients"),
            cc: try people("ccRecipients"), bcc: try people("bccRecipients"), replyTo: try people("replyTo"),
            sent: context.now, text: isHTML ? nil : content ?? "", html: isHTML ? content : nil,
            attachments: attachments(json["attachments"]?.array ?? []), headers: headers)
    }

    private func attachments(_ files: [JSONValue]) -> [MailboxAttachment] {
        files.compactMap { file in
            guard let name = file["name"]?.string, let content = file["contentBytes"]?.string,
                let octets = Data(base64Encoded: content)
            else { return nil }
            return MailboxAttachment(
                name: name, contentType: file["contentType"]?.string ?? "application/octet-stream",
                octets: Array(octets))
        }
    }
}
