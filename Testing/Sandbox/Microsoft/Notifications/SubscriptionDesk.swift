import Foundation

/// `subscriptions`: what needs no handshake.
struct SubscriptionDesk: Sendable {
    let context: GraphContext

    /// Minutes that a subscription on Outlook's items may last (subscription resource type, maximum length).
    static let longest = 10_080.0

    func answer(_ path: [String], in world: inout MicrosoftWorld) throws(GraphError) -> SandboxAnswer {
        world.subscriptions = world.subscriptions.filter { $0.value.expires > context.now }
        guard let id = path.first else {
            guard context.request.method == "GET" else { throw .methodNotAllowed }
            let own = world.subscriptions.values.filter(isOwn).sorted { $0.id < $1.id }
            return .json(["@odata.context": "\(context.root)/$metadata#subscriptions", "value": .array(own.map(json))])
        }
        guard var subscription = world.subscriptions[id], isOwn(subscription) else {
            throw GraphError(status: 404, code: "ResourceNotFound", message: "The object was not found.")
        }
        switch (context.request.method, path.dropFirst().first?.lowercased()) {
        case ("GET", nil): return entity(subscription, status: 200)
        case ("PATCH", nil):
            subscription.expires = try Self.expiration(try context.json(), now: context.now)
            subscription.needsReauthorization = false
            world.subscriptions[id] = subscription
            return entity(subscription, status: 200)
        case ("POST", "reauthorize"):
            subscription.needsReauthorization = false
            world.subscriptions[id] = subscription
            return .empty(204)
        case ("DELETE", nil):
            world.subscriptions[id] = nil
            return .empty(204)
        default: throw .methodNotAllowed
        }
    }

    func entity(_ subscription: GraphSubscription, status: Int) -> SandboxAnswer {
        var body = json(subscription)
        body["@odata.context"] = "\(context.root)/$metadata#subscriptions/$entity"
        return .json(body, status: status)
    }

    private func isOwn(_ subscription: GraphSubscription) -> Bool {
        subscription.account == context.account.objectID && subscription.client == context.client
    }

    private func json(_ subscription: GraphSubscription) -> JSONValue {
        [
            "id": .string(subscription.id), "resource": .string(subscription.resource),
            "applicationId": .string(subscription.client),
            "changeType": .string(subscription.changeTypes.sorted().joined(separator: ",")),
            "clientState": .orNull(subscription.clientState), "notificationUrl": .string(subscription.notificationURL),
            "notificationQueryOptions": .null, "lifecycleNotificationUrl": .orNull(subscription.lifecycleURL),
            "expirationDateTime": .string(GraphTime.string(subscription.expires)),
            "creatorId": .string(subscription.account), "includeResourceData": .null,
            "latestSupportedTlsVersion": "v1_2", "encryptionCertificate": .null, "encryptionCertificateId": .null,
            "notificationUrlAppId": .null,
        ]
    }

    static func expiration(_ body: JSONValue, now: Date) throws(GraphError) -> Date {
        guard let expires = body["expirationDateTime"]?.string.flatMap(GraphTime.date) else {
            throw .badRequest("InvalidRequest", "expirationDateTime is missing or no time.")
        }
        guard expires > now else {
            throw .badRequest("InvalidRequest", "Subscription expiration must be in the future.")
        }
        guard expires.timeIntervalSince(now) <= longest * 60 else {
            throw .badRequest(
                "InvalidRequest", "Subscription expiration can only be \(Int(longest)) minutes in the future.")
        }
        return expires
    }

    /// The subscription that a request describes, before its address was asked.
    func described(in world: MicrosoftWorld) throws(GraphError) -> GraphSubscription {
        let body = try context.json()
        let expires = try Self.expiration(body, now: context.now)
        guard let resource = body["resource"]?.string, let change = body["changeType"]?.string,
            let url = body["notificationUrl"]?.string
        else { throw .badRequest("InvalidRequest", "resource, changeType and notificationUrl are needed.") }
        let types = Set(change.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces).lowercased() })
        guard types.isSubset(of: ["created", "updated", "deleted"]), !types.isEmpty else {
            throw .badRequest("InvalidRequest", "changeType knows created, updated and deleted.")
        }
        for address in [url, body["lifecycleNotificationUrl"]?.string].compactMap({ $0 }) {
            // The real service takes https only; the sandbox takes http to this machine too.
            let parts = URLComponents(string: address)
            guard parts?.scheme == "https" || ["127.0.0.1", "localhost"].contains(parts?.host ?? "") else {
                throw .badRequest("InvalidRequest", "The notification URL '\(address)' must begin with https.")
            }
        }
        if let state = body["clientState"]?.string, state.count > 128 {
            throw .badRequest("InvalidRequest", "clientState is longer than 128 characters.")
        }
        let path = ODataPath(resource).segments
        let words = path.map { $0.lowercased() }
        guard words.first == "me" || (words.first == "users" && path.count > 1 && context.account.answers(to: path[1])),
            let mailbox = world.mailboxes[context.account.objectID]
        else { throw .accessDenied }
        let rest = Array(path.dropFirst(words.first == "me" ? 1 : 2))
        var folder: MailboxFolder.ID?
        switch rest.map({ $0.lowercased() }) {
        case ["messages"]: try context.needs("Mail.ReadBasic")
        case ["events"]: try context.needs("Calendars.Read")
        case let words where words.count == 3 && words[0] == "mailfolders" && words[2] == "messages":
            try context.needs("Mail.ReadBasic")
            folder = try FolderRepresentation.find(rest[1], in: mailbox, context).id
        default: throw .badRequest("InvalidRequest", "The resource '\(resource)' cannot be subscribed to here.")
        }
        return GraphSubscription(
            id: UUID().uuidString.lowercased(), account: context.account.objectID, client: context.client,
            resource: resource, changeTypes: types, notificationURL: url,
            lifecycleURL: body["lifecycleNotificationUrl"]?.string, clientState: body["clientState"]?.string,
            expires: expires, wantsImmutableIDs: context.preferences.wantsImmutableIDs, folder: folder,
            isOnEvents: rest.first?.lowercased() == "events", told: mailbox.sequence)
    }
}
