import Mirror

/// Folders that Outlook knows by a name of its own, whatever they are called (mailFolder resource type, "well-known
/// folder names").
enum WellKnownFolder: String, CaseIterable, Sendable {
    case inbox, sentitems, archive, drafts, deleteditems, junkemail, outbox, conversationhistory, clutter
    case syncissues, conflicts, localfailures, serverfailures, scheduled, recoverableitemsdeletions
    case searchfolders

    var role: FolderRole {
        switch self {
        case .inbox: .inbox
        case .sentitems: .sent
        case .archive: .archive
        // Mail that Outlook thinks unimportant is mail.
        case .clutter: .other
        case .drafts: .drafts
        case .deleteditems, .recoverableitemsdeletions: .trash
        case .junkemail: .junk
        case .outbox, .conversationhistory, .syncissues, .conflicts, .localfailures, .serverfailures, .scheduled,
            .searchfolders:
            .service
        }
    }
}
