import CRM
import Wording

/// A kind of mail system whose own pages a person signs in on, and that then lets Mailcard in by tokens.
public protocol SignInMailProvider: MailProvider {
    /// Where to send the person, and what to keep, sealed, until they come back.
    func begin(_ request: SignInRequest, app: ProviderApp) throws -> SignInStart

    /// Takes what the person came back with.
    ///
    /// - Parameters:
    ///   - query: of the address that they came back to, as it was called.
    ///   - kept: ``SignInStart/kept``.
    /// - Throws: ``SignInFailure``, ``SourceError``.
    func finish(
        _ request: SignInRequest, query: String, kept: Secret<String>, app: ProviderApp
    ) async throws -> SignedIn
}

/// What an administrator registered at a provider, so that people of the organisation can sign in there.
public struct ProviderApp: Sendable {
    public let clientID: String
    public let secret: Secret<String>
    /// Whose accounts may sign in, where the provider asks: with Microsoft a tenant's id or domain, or "organizations".
    public let tenant: String

    public init(clientID: String, secret: Secret<String>, tenant: String) {
        self.clientID = clientID
        self.secret = secret
        self.tenant = tenant
    }
}

public struct SignInRequest: Sendable, Hashable {
    /// The address that the person entered.
    public let address: String
    /// Where the provider sends them back to, exactly as it was registered.
    public let redirectURI: String

    public init(address: String, redirectURI: String) {
        self.address = address
        self.redirectURI = redirectURI
    }
}

public struct SignInStart: Sendable {
    public let url: String
    /// Returned by the provider as it is; unguessable.
    public let state: String
    public let kept: Secret<String>

    public init(url: String, state: String, kept: Secret<String>) {
        self.url = url
        self.state = state
        self.kept = kept
    }
}

/// A person came back and let us in.
public struct SignedIn: Sendable {
    /// For ``MailboxAccess/credentials``.
    public let credentials: Secret<String>
    public let identity: SourceIdentity

    public init(credentials: Secret<String>, identity: SourceIdentity) {
        self.credentials = credentials
        self.identity = identity
    }
}

/// Why nobody was let in, and what to do, for the person who tried.
public struct SignInFailure: Error, Hashable, Sendable {
    public let sentence: Phrase

    public init(_ sentence: Phrase) { self.sentence = sentence }
}
