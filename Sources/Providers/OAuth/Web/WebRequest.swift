/// One request to a web service.
public struct WebRequest: Sendable {
    public enum Method: String, Sendable, Hashable {
        case get = "GET"
        case post = "POST"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    public var method: Method
    /// Absolute, `https`, or `http` to a loopback address.
    public var url: String
    /// Names in any case of letters.
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    /// Octets of the answer's body that are read, unpacked; a longer one is ``WebFailure/tooLarge(host:)``.
    public var responseLimit: Int
    /// For everything, from connecting to the last octet.
    public var deadline: Duration

    /// Most answers have some kilobytes; whoever expects more says so.
    public static let usualResponseLimit = 1 << 20
    /// Services answer within a few seconds, or after 30 with a failure of their own.
    public static let usualDeadline = Duration.seconds(60)

    public init(
        _ method: Method = .get, _ url: String, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
        responseLimit: Int = WebRequest.usualResponseLimit, deadline: Duration = WebRequest.usualDeadline
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.responseLimit = responseLimit
        self.deadline = deadline
    }
}
