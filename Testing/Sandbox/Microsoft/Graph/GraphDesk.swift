import Foundation

/// Microsoft Graph v1.0, as far as the sandbox has it: which words of a path lead where.
struct GraphDesk: Sendable {
    let context: GraphContext

    func answer(in world: inout MicrosoftWorld) throws(GraphError) -> SandboxAnswer {
        var path = context.path
        guard let first = path.first?.lowercased() else { throw .noSegment("") }
        if first == "subscriptions" {
            return try SubscriptionDesk(context: context).answer(Array(path.dropFirst()), in: &world)
        }
        path.removeFirst()
        if first == "users" {
            guard let name = path.first else { throw .accessDenied }
            // Delegated permissions without .Shared reach the person's own mailbox only.
            guard context.account.answers(to: name) else { throw .accessDenied }
            path.removeFirst()
        } else if first != "me" {
            throw .noSegment(first)
        }
        guard let next = path.first else { return try person() }
        guard context.account.hasMailbox,
            var mailbox = world.mailboxes.removeValue(forKey: context.account.objectID)
        else { throw .noMailbox }
        // Taken out for the while, so that a change to it copies nothing.
        defer { world.mailboxes[context.account.objectID] = mailbox }
        let rest = Array(path.dropFirst())
        switch next.lowercased() {
        case "mailfolders": return try FolderDesk(context: context).answer(rest, in: &mailbox, deltas: &world.deltas)
        case "messages":
            return try MessageDesk(context: context, folder: nil).answer(rest, in: &mailbox)
        case "sendmail": return try SendDesk(context: context).answer(in: &mailbox, world: &world)
        case "calendars", "calendar", "events", "calendarview":
            return try CalendarDesk(context: context).answer([next.lowercased()] + rest, in: &mailbox)
        case "mailboxsettings": return try settings()
        default: throw .noSegment(next)
        }
    }

    private func person() throws(GraphError) -> SandboxAnswer {
        guard context.request.method == "GET" else { throw .methodNotAllowed }
        try context.needs("User.Read")
        let account = context.account
        let words = account.displayName.split(separator: " ")
        let all: [String: JSONValue] = [
            "id": .string(account.objectID), "displayName": .string(account.displayName),
            "givenName": .orNull(words.first.map(String.init)),
            "surname": .orNull(words.dropFirst().last.map(String.init)),
            "mail": .orNull(account.mail), "userPrincipalName": .string(account.principalName), "businessPhones": [],
            "jobTitle": .null, "mobilePhone": .null, "officeLocation": .null, "preferredLanguage": .null,
        ]
        let further: [String: JSONValue] = [
            "proxyAddresses": .array(account.proxyAddresses.map(JSONValue.string)),
            "otherMails": [], "userType": "Member", "accountEnabled": .bool(account.isEnabled),
            "mailNickname": .orNull(account.principalName.split(separator: "@").first.map(String.init)),
        ]
        var body: [String: JSONValue] = all
        var name = "users/$entity"
        if let select = context.query.select {
            body = try Self.selected(select, from: all.merging(further) { one, _ in one }, type: "user")
            name = "users(\(select.joined(separator: ",")))/$entity"
        }
        body["@odata.context"] = "\(context.root)/$metadata#\(name)"
        return .json(.object(body))
    }

    private func settings() throws(GraphError) -> SandboxAnswer {
        guard context.request.method == "GET" else { throw .methodNotAllowed }
        try context.needs("MailboxSettings.Read")
        let midnight: JSONValue = ["dateTime": .string(GraphTime.local(context.now, in: .gmt)), "timeZone": "UTC"]
        return .json([
            "@odata.context": context.context("mailboxSettings"),
            "archiveFolder": .null, "timeZone": "Romance Standard Time",
            "delegateMeetingMessageDeliveryOptions":
                "sendToDelegateOnly", "dateFormat": "dd/MM/yyyy", "timeFormat": "HH:mm", "userPurpose": "user",
            "automaticRepliesSetting": [
                "status": "disabled", "externalAudience": "all", "internalReplyMessage": "", "externalReplyMessage": "",
                "scheduledStartDateTime": midnight, "scheduledEndDateTime": midnight,
            ],
            "language": ["locale": "en-US", "displayName": "English (United States)"],
            "workingHours": [
                "daysOfWeek": ["monday", "tuesday", "wednesday", "thursday", "friday"],
                "startTime": "08:00:00.0000000", "endTime": "17:00:00.0000000",
                "timeZone": ["name": "Romance Standard Time"],
            ],
        ])
    }

    static func selected(
        _ names: [String], from all: [String: JSONValue], type: String
    ) throws(GraphError) -> [String: JSONValue] {
        var found: [String: JSONValue] = [:]
        for name in names {
            guard let known = all.keys.first(where: { $0.caseInsensitiveCompare(name) == .orderedSame }) else {
                throw .badRequest(
                    "BadRequest",
                    "Parsing OData Select and Expand failed: Could not find a property named '\(name)' on type "
                        + "'microsoft.graph.\(type)'.")
            }
            found[known] = all[known]
        }
        return found
    }
}
