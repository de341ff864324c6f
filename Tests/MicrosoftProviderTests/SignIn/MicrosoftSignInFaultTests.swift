import OAuth
import Testing
import Wording

@testable import MicrosoftProvider

@Suite struct MicrosoftSignInFaultTests {
    enum Kind: Sendable { case signIn, administrator, misconfigured, transient }

    private static func kind(_ fault: OAuthFault) -> Kind? {
        switch fault {
        case .signInNeeded: .signIn
        case .administratorNeeded: .administrator
        case .misconfigured: .misconfigured
        case .transient: .transient
        case .throttled, .consentIncomplete: nil
        }
    }

    @Test(
        arguments: [
            (65001, Kind.administrator, "admin consent"), (90094, .administrator, "admin consent"),
            (53003, .administrator, "Conditional Access"), (50076, .signIn, "second factor"),
            (50079, .signIn, "second factor"), (50074, .signIn, "second factor"),
            (7_000_222, .misconfigured, "has expired"), (7_000_215, .misconfigured, "secret's value"),
            (700_016, .misconfigured, "client ID"), (50011, .misconfigured, "redirect address"),
            (500_021, .administrator, "tenant restrictions"), (50173, .signIn, "password was changed"),
            (700_082, .signIn, "run out"), (70008, .signIn, "run out"), (50105, .administrator, "chosen people"),
            (65004, .signIn, "declined"), (50057, .signIn, "disabled"), (90033, .transient, "at the moment"),
        ])
    func `each number of Microsoft says who has to do what`(_ code: Int, _ kind: Kind, _ words: String) {
        // In the list of codes of the token endpoint, and in the words that come back through the browser.
        for refusal in [
            OAuthRefusal(error: "invalid_grant", description: "", codes: [code], status: 400),
            OAuthRefusal(error: "invalid_request", description: "AADSTS\(code): Some words. Trace ID: 1"),
        ] {
            let fault = MicrosoftSignInFault.meaning(of: refusal)
            #expect(Self.kind(fault) == kind)
            #expect(fault.sentence.english.contains(words), "\(fault.sentence.english)")
        }
    }

    @Test func `a number that is not known goes by the standard's words`() {
        let unknown = OAuthRefusal(error: "invalid_grant", description: "AADSTS1234567: New.", codes: [1_234_567])
        #expect(Self.kind(MicrosoftSignInFault.meaning(of: unknown)) == .signIn)
        let odd = OAuthRefusal(error: "temporarily_unavailable", description: "")
        #expect(Self.kind(MicrosoftSignInFault.meaning(of: odd)) == .transient)
    }
}
