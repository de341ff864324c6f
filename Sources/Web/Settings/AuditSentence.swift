import Store
import Wording

/// What an entry of the audit trail says; who did it stands beside.
enum AuditSentence {
    static func of(_ entry: AuditTrail.Entry) -> Phrase {
        let subject = entry.subject
        let name = subject["name"] ?? "?"
        let address = subject["address"] ?? "?"
        let pattern = subject["pattern"] ?? "?"
        switch entry.action {
        case .organizationCreated: return "Created the organisation \(name)"
        case .signedIn: return "Signed in"
        case .signInRefused: return "Tried to sign in with a wrong password"
        case .passwordChanged: return subject["name"].map { "Set a new password for \($0)" } ?? "Changed their password"
        case .userCreated: return "Added the user \(name)"
        case .userInvited: return "Made a sign-in link for \(name)"
        case .invitationUsed: return "Chose a password by a sign-in link"
        case .userDeleted: return "Deleted the sync-only user \(name)"
        case .userDeactivated: return "Noted that \(name) left"
        case .userReactivated: return "Noted that \(name) is back"
        case .administratorChanged:
            return subject["value"] == "yes"
                ? "Made \(name) an administrator" : "Took the administrator’s rights from \(name)"
        case .placeChanged: return "Moved \(name) in the hierarchy"
        case .levelChanged: return "Set the visibility level of \(name) to \(subject["value"] ?? "?")"
        case .visibilityChosen:
            let chosen = subject["value"] ?? ""
            return chosen.isEmpty ? "Let \(name) see the nearest mailboxes" : "Chose mailboxes for \(name): \(chosen)"
        case .mailboxConnected: return "Connected the mailbox \(address)"
        case .mailboxSignedInAgain: return "Signed in again to the mailbox \(address)"
        case .mailboxPaused: return "Paused the mailbox \(address)"
        case .mailboxResumed: return "Resumed the mailbox \(address)"
        case .mailboxDisconnected: return "Disconnected the mailbox \(address)"
        case .colleagueMailOpened: return "Opened an email from the mailbox of \(subject["mailboxes"] ?? "?")"
        case .conversationHidden: return "Hid a conversation of their own mailbox from others"
        case .conversationShown: return "Showed a hidden conversation to others again"
        case .contactsMerged: return "Merged the contact \(subject["value"] ?? "?") into \(name)"
        case .contactsImported:
            return "Imported contacts (\(subject["added"] ?? "0") added, \(subject["updated"] ?? "0") updated)"
        case .contactsExported: return exported(subject)
        case .contactDeleted: return "Deleted the contact \(name)"
        case .accountDeleted: return "Deleted the account \(name)"
        case .providerAppSaved: return "Set up signing in at \(name)"
        case .providerAppRemoved: return "Removed signing in at \(name)"
        case .exclusionAdded: return "Excluded \(pattern)"
        case .exclusionRemoved: return "Removed the exclusion of \(pattern)"
        case nil: return "Did something that this version does not know"
        }
    }

    private static func exported(_ subject: [String: String]) -> Phrase {
        let format = subject["format"] == ExportPage.Format.csv.rawValue ? "CSV" : "vCard"
        let narrowed: [Phrase?] = [
            subject["search"]?.nonEmpty.map { "search: \($0)" }, subject["owner"].map { "owner: \($0)" },
            subject["unowned"].map { _ in "without an owner" }, subject["account"].map { "account: \($0)" },
            subject["emails"].flatMap(EmailsChoice.init)?.label,
        ]
        let what = Phrase.enumeration(narrowed.compactMap(\.self))
        return what.isEmpty ? "Exported all contacts as \(format)" : "Exported contacts as \(format): \(what)"
    }
}
