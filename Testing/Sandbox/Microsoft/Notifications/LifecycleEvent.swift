/// What a lifecycle notification tells (Reduce missing subscriptions and change notifications).
public enum LifecycleEvent: String, Hashable, Sendable {
    case reauthorizationRequired
    case subscriptionRemoved
    case missed
}
