import Foundation

/// `/sandbox/accounts/…`.
struct AccountControls: Sendable {
    let service: MicrosoftService

    func add(_ body: JSONValue) throws -> JSONValue {
        guard let name = body["principalName"]?.string else {
            throw SandboxError.malformed("an account needs principalName.")
        }
        var account = MicrosoftAccount(
            principalName: name, displayName: body["displayName"]?.string ?? name,
            aliases: (body["aliases"]?.array ?? []).compactMap(\.string),
            password: body["password"]?.string ?? "pass phrase")
        edit(&account, body)
        service.add(account)
        return Self.json(account)
    }

    func answer(_ path: [String], _ method: String, _ body: JSONValue) throws -> JSONValue {
        let account = try service.account(path[1])
        switch (path.count > 2 ? path[2] : "", method) {
        case ("", "GET"): return Self.json(account)
        case ("", "PATCH"):
            try service.change(account.objectID) { edit(&$0, body) }
            return Self.json(try service.account(account.objectID))
        case ("mailbox", "GET"):
            return try service.withMailbox(of: account) { mailbox, _ in MailboxActs.summary(of: mailbox) }
        case ("acts", "POST"):
            return try service.withMailbox(of: account) { mailbox, now in
                try MailboxActs(json: body, now: now).perform(on: &mailbox)
            }
        case ("tokens", "POST"):
            let app = try service.app(body["clientId"]?.string ?? "")
            let scopes = (body["scopes"]?.array ?? []).compactMap(\.string)
            let tokens = try service.tokens(for: account, app: app, scopes: scopes)
            return ["accessToken": .string(tokens.access), "refreshToken": .string(tokens.refresh)]
        case ("revoke", "POST"): try service.revokeSessions(of: account)
        case ("consent", "DELETE"):
            try service.withdrawConsent(of: account, for: try service.app(body["clientId"]?.string ?? ""))
        case ("lifecycle", "POST"):
            guard let event = LifecycleEvent(rawValue: body["event"]?.string ?? "") else {
                throw SandboxError.malformed("event is reauthorizationRequired, subscriptionRemoved or missed.")
            }
            service.tellLifecycle(event) { $0.account == account.objectID }
        default: throw SandboxError.malformed("there is no control \(method) /sandbox/\(path.joined(separator: "/")).")
        }
        return ["done": true]
    }

    private func edit(_ account: inout MicrosoftAccount, _ body: JSONValue) {
        if let mail = body["mail"] { account.mail = mail.string }
        if let password = body["password"]?.string { account.password = password }
        if let aliases = body["aliases"]?.array { account.aliases = aliases.compactMap(\.string) }
        if let isEnabled = body["isEnabled"]?.bool { account.isEnabled = isEnabled }
        if let needs = body["needsAdministrator"]?.bool { account.needsAdministrator = needs }
        if let hasMailbox = body["hasMailbox"]?.bool { account.hasMailbox = hasMailbox }
        if let factor = body["secondFactor"]?.bool { account.secondFactorSince = factor ? service.clock.now : nil }
    }

    static func json(_ account: MicrosoftAccount) -> JSONValue {
        [
            "objectId": .string(account.objectID), "principalName": .string(account.principalName),
            "displayName": .string(account.displayName), "mail": .orNull(account.mail),
            "aliases": .array(account.aliases.map(JSONValue.string)), "isEnabled": .bool(account.isEnabled),
        ]
    }
}
