/// A value that must not show: a password, a token. It prints, dumps and reflects as dots, and is not `Codable`, so
/// that it reaches a log, a page or a file only where somebody wrote `expose()`.
public struct Secret<Value> {
    private let value: Value

    public init(_ value: Value) { self.value = value }

    /// The value itself, for the one place that needs it.
    public func expose() -> Value { value }
}

extension Secret: Sendable where Value: Sendable {}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "•••" }
    public var debugDescription: String { "•••" }
    public var customMirror: Swift.Mirror { Swift.Mirror(self, children: EmptyCollection<Swift.Mirror.Child>()) }
}
