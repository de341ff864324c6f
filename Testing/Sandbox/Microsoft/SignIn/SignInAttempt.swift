import Foundation

/// An authorization request on its way through the pages.
struct SignInAttempt: Sendable {
    var app: MicrosoftApp
    var redirectURI: String
    var responseMode: String
    var state: String?
    var nonce: String?
    var scopes: [String]
    var challenge: String?
    var isPlainChallenge: Bool
    var prompt: String?
    var hint: String?
    var wantsClientInfo: Bool
    var account: String?
    var isAuthenticated = false
    var didSecondFactor = false
}
