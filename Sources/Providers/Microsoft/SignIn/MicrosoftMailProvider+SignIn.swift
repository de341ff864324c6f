import CRM
import Mirror
import OAuth

extension MicrosoftMailProvider: SignInMailProvider {
    public func begin(_ request: SignInRequest, app: ProviderApp) throws -> SignInStart {
        let registration = MicrosoftRegistration(cloud: cloud, app: app, redirectURI: request.redirectURI)
        var random = SystemRandomNumberGenerator()
        let pending = PendingSignIn(
            owner: request.address, address: request.address, scopes: registration.scopes, now: now(), random: &random)
        // Whoever is signed in at Microsoft with several accounts is asked which one it is to be.
        let url = signIn(registration).url(for: pending, parameters: [("prompt", "select_account")])
        return SignInStart(url: url, state: pending.state, kept: try pending.stored)
    }

    public func finish(
        _ request: SignInRequest, query: String, kept: Secret<String>, app: ProviderApp
    ) async throws -> SignedIn {
        guard let answer = AuthorizationAnswer(query: query) else {
            throw SignInFailure("Microsoft's answer is not understood. Sign in again.")
        }
        let registration = MicrosoftRegistration(cloud: cloud, app: app, redirectURI: request.redirectURI)
        do {
            let pending = try PendingSignIn(stored: kept)
            let (tokens, claims) = try await signIn(registration).finish(answer, pending: pending, now: now())
            let identity = try await identity(of: tokens, app: app)
            // The tenant belongs to the name: the same person can be a guest elsewhere, with another mailbox.
            let account = [claims.tenant ?? "", identity.accountID].joined(separator: "/")
            return SignedIn(
                credentials: try tokens.credentials,
                identity: SourceIdentity(
                    primaryAddress: identity.primaryAddress, aliases: identity.aliases, accountID: account,
                    server: identity.server))
        } catch let fault as OAuthFault {
            switch fault {
            case .transient(let sentence): throw SourceError.transient(sentence)
            case .throttled(let sentence, let seconds): throw SourceError.throttled(sentence, seconds: seconds)
            default: throw SignInFailure(fault.sentence)
            }
        } catch let failure as WebFailure {
            throw SourceError(failure)
        }
    }

    private func signIn(_ registration: MicrosoftRegistration) -> OAuthSignIn {
        OAuthSignIn(server: registration.server, client: registration.client, exchange: exchange)
    }
}
