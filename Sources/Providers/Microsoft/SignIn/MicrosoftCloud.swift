/// One of Microsoft's clouds: where people sign in, and where their mail is asked for (Microsoft Graph, "national cloud
/// deployments").
public struct MicrosoftCloud: Hashable, Sendable {
    /// Such as `https://login.microsoftonline.com`, without a stroke at the end.
    public var authority: String
    /// Such as `https://graph.microsoft.com`, without a stroke at the end.
    public var graph: String
    /// What stands in front of the scopes.
    public var resource: String

    /// - Parameter resource: nil where it is Graph's address.
    public init(authority: String, graph: String, resource: String? = nil) {
        self.authority = authority
        self.graph = graph
        self.resource = resource ?? graph
    }

    public static let global = MicrosoftCloud(
        authority: "https://login.microsoftonline.com", graph: "https://graph.microsoft.com")
    /// For the government of the United States, level 4.
    public static let gccHigh = MicrosoftCloud(
        authority: "https://login.microsoftonline.us", graph: "https://graph.microsoft.us")
    /// For its department of defence, level 5.
    public static let dod = MicrosoftCloud(
        authority: "https://login.microsoftonline.us", graph: "https://dod-graph.microsoft.us")
    /// Operated by 21Vianet.
    public static let china = MicrosoftCloud(
        authority: "https://login.chinacloudapi.cn", graph: "https://microsoftgraph.chinacloudapi.cn")

    /// By the name that a configuration uses; nil for another one.
    public init?(named name: String) {
        switch name.lowercased() {
        case "global": self = .global
        case "gcc-high": self = .gccHigh
        case "dod": self = .dod
        case "china": self = .china
        default: return nil
        }
    }
}
