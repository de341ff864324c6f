public import Foundation

/// An app registration of Microsoft Entra.
public struct MicrosoftApp: Hashable, Sendable {
    public struct ClientSecret: Hashable, Sendable {
        public var value: String
        /// When it stops being taken (AADSTS7000222); nil for never.
        public var expires: Date?

        public init(_ value: String, expires: Date? = nil) {
            self.value = value
            self.expires = expires
        }
    }

    public var clientID: String
    public var name: String
    /// None for a public client, which proves itself by PKCE alone.
    public var secrets: [ClientSecret]
    /// Compared letter for letter, but for the port where the host is loopback (RFC 8252, section 7.3).
    public var redirectURIs: [String]

    public init(
        clientID: String = UUID().uuidString.lowercased(), name: String = "Mailcard", secret: String?,
        redirectURIs: [String]
    ) {
        self.clientID = clientID
        self.name = name
        self.secrets = secret.map { [ClientSecret($0)] } ?? []
        self.redirectURIs = redirectURIs
    }
}
