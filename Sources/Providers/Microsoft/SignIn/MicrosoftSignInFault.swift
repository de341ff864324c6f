import OAuth
import Wording

/// What Microsoft's numbers say (Microsoft Entra, "authentication and authorization error codes").
enum MicrosoftSignInFault {
    static func meaning(of refusal: OAuthRefusal) -> OAuthFault {
        for code in codes(refusal) { if let fault = meaning(code) { return fault } }
        return OAuthFault(refusal)
    }

    /// In the answer's list, and at the beginning of its words: `AADSTS50076: Due to …`.
    private static func codes(_ refusal: OAuthRefusal) -> [Int] {
        refusal.codes
            + refusal.description.matches(of: /AADSTS([0-9]{4,8})/).prefix(5).compactMap { Int($0.output.1) }
    }

    private static func meaning(_ code: Int) -> OAuthFault? {
        switch code {
        case 65001, 90094, 90095, 900941:
            .administratorNeeded(
                "Your organisation wants an administrator to allow Mailcard first. Ask one to grant admin consent in the Microsoft Entra admin center (Enterprise applications → Mailcard → Permissions), then sign in again."
            )
        case 65004: .signInNeeded("The access was declined at Microsoft. Sign in again and accept it.")
        case 50105, 50177:
            .administratorNeeded(
                "Your organisation lets only chosen people use Mailcard. Ask an administrator to assign you to it in the Microsoft Entra admin center, then sign in again."
            )
        case 53000, 53001, 53002, 53003, 53004, 530031, 530032, 530033, 530034, 530035:
            .administratorNeeded(
                "A Conditional Access policy of your organisation blocks this. Ask an administrator to let Mailcard's server in, or sign in from a device that meets the policy."
            )
        case 50072, 50074, 50076, 50079, 50158, 50078:
            .signInNeeded("Your organisation asks for a second factor. Sign in again and confirm that it is you.")
        case 500021, 500022, 500212, 500213, 50020, 500208:
            .administratorNeeded(
                "Your organisation's tenant restrictions do not let this account be used here. Sign in with an account of the organisation, or ask an administrator."
            )
        case 50173, 50133, 50055, 50144:
            .signInNeeded("The password was changed or the access was revoked at Microsoft. Sign in again.")
        case 700082, 70008, 700084, 70043, 50089, 70000:
            .signInNeeded("The access has run out, because it was not used for long or was revoked. Sign in again.")
        case 50034, 50057, 51004, 50128:
            .signInNeeded(
                "Microsoft does not know this account, or it was disabled. Check the address and sign in again.")
        case 7000222:
            .misconfigured(
                "The client secret of this installation has expired at Microsoft. An administrator has to make a new one in the Microsoft Entra admin center (App registrations → Certificates & secrets) and enter it here."
            )
        case 7000215:
            .misconfigured(
                "Microsoft does not accept the client secret of this installation. An administrator has to enter the secret's value, not its ID."
            )
        case 700016, 7000112, 650052, 90002:
            .misconfigured(
                "Microsoft does not know this installation's client ID or tenant, or it was disabled. An administrator has to check both."
            )
        case 50011, 900971, 500113:
            .misconfigured(
                "The redirect address of this installation is not registered at Microsoft. An administrator has to add it to the app registration."
            )
        case 90033, 50196, 90055, 90056, 50180:
            .transient("Microsoft cannot sign anybody in at the moment.")
        default: nil
        }
    }
}
