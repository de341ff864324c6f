/// A whole answer of a web service.
public struct WebResponse: Sendable {
    public var status: Int
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]

    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first field of that name, in any case of letters.
    public func header(_ name: String) -> String? {
        let name = name.lowercased()
        return headers.first { $0.name.lowercased() == name }?.value
    }

    /// Seconds that the service asks to wait (RFC 9110, section 10.2.3); a date there is not read. At most a day.
    public var retryAfter: Int? {
        header("Retry-After").flatMap { Double($0.filter { $0 != " " }) }.flatMap { seconds in
            seconds.isFinite && seconds >= 0 ? Int(min(seconds.rounded(.up), 86_400)) : nil
        }
    }
}
