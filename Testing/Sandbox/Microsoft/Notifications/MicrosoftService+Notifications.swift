import Foundation

/// Change notifications and lifecycle notifications.
extension MicrosoftService {
    func subscribe(_ context: GraphContext) async throws(GraphError) -> SandboxAnswer {
        let desk = SubscriptionDesk(context: context)
        let subscription = try world.withLock { world throws(GraphError) in try desk.described(in: world) }
        for url in Set([subscription.notificationURL, subscription.lifecycleURL].compactMap { $0 }).sorted() {
            guard await notifier.validate(url) else {
                throw .badRequest(
                    "ValidationError",
                    "Subscription validation request failed. Notification endpoint must respond with 200 OK to "
                        + "validation request."
                )
            }
        }
        world.withLock { $0.subscriptions[subscription.id] = subscription }
        return desk.entity(subscription, status: 201)
    }

    /// Tells each subscriber of what happened since it was told last.
    func tellSubscribers() {
        let now = clock.now
        let posts = world.withLock { world -> [(JSONValue, String)] in
            var posts: [(JSONValue, String)] = []
            world.subscriptions = world.subscriptions.filter { $0.value.expires > now }
            for var subscription in world.subscriptions.values {
                guard let mailbox = world.mailboxes[subscription.account], mailbox.sequence > subscription.told else {
                    continue
                }
                if !subscription.needsReauthorization {
                    let message = NotificationWriter(
                        subscription: subscription, mailbox: mailbox,
                        number: world.mailboxNumber(of: subscription.account), tenant: world.directory.tenantID)
                    let changes = message.changes
                    if !changes.isEmpty { posts.append((["value": .array(changes)], subscription.notificationURL)) }
                }
                subscription.told = mailbox.sequence
                world.subscriptions[subscription.id] = subscription
            }
            return posts
        }
        for (body, url) in posts { notifier.post(body, to: url) }
    }

    /// Tells the subscriptions that fit of an event in their life.
    func tellLifecycle(_ event: LifecycleEvent, where fits: (GraphSubscription) -> Bool) {
        let posts = world.withLock { world -> [(JSONValue, String)] in
            var posts: [(JSONValue, String)] = []
            for var subscription in world.subscriptions.values where fits(subscription) {
                if event == .reauthorizationRequired { subscription.needsReauthorization = true }
                world.subscriptions[subscription.id] = event == .subscriptionRemoved ? nil : subscription
                guard let url = subscription.lifecycleURL else { continue }
                let body: JSONValue = [
                    "subscriptionId": .string(subscription.id),
                    "subscriptionExpirationDateTime": .string(GraphTime.string(subscription.expires)),
                    "tenantId": .string(world.directory.tenantID), "clientState": .orNull(subscription.clientState),
                    "lifecycleEvent": .string(event.rawValue),
                ]
                posts.append((["value": [body]], url))
            }
            return posts
        }
        for (body, url) in posts { notifier.post(body, to: url) }
    }
}
