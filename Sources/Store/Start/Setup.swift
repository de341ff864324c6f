import CRM
import Database
import Wording

/// The first start, when nothing but it is open.
public enum Setup {
    /// Whether there is no organisation yet.
    public static func isNeeded(_ tx: any Transaction) throws -> Bool { try !Organizations.exist(tx) }

    /// Creates the organisation and its first administrator, who stands at the top of the hierarchy and sees nobody's
    /// mail but their own.
    ///
    /// - Parameter passwordHash: of the administrator, by ``PasswordHash``, made outside the transaction.
    /// - Throws: ``SetupError/alreadyDone``.
    public static func run(
        _ tx: any Transaction, _ setup: ValidSetup, passwordHash: String, locale: String = "en",
        timeZone: String = "Europe/Paris", now: Int64
    ) throws -> (organization: OrganizationID, administrator: UserID) {
        guard try isNeeded(tx) else { throw SetupError.alreadyDone }
        let organization = try Organizations.create(
            tx, name: setup.organizationName, ownDomains: setup.ownDomains, now: now)
        let administrator = try Users.create(
            tx, organization, setup.administrator, passwordHash: passwordHash, isAdministrator: true, place: .top,
            locale: locale, timeZone: timeZone, now: now)
        try AuditTrail.record(
            tx, organization, by: administrator, .organizationCreated, ["name": setup.organizationName], now: now)
        return (organization, administrator)
    }
}

public enum SetupError: Error, Hashable, Sendable {
    /// Someone else was first.
    case alreadyDone

    public var sentence: Phrase {
        switch self {
        case .alreadyDone: "This installation is already set up. Sign in, or ask its administrator for a seat."
        }
    }
}
