/// The kinds of mail in an inbox that no customer wrote.
enum UnrelatedKind: CaseIterable, Sendable {
    case newsletter, mailingList, notification, internalMail, bounce, systemReport, junk, coldMail, privateNote,
        invitation, draft

    /// One of them, the frequent ones more often.
    static func pick(_ random: inout SeededRandom) -> UnrelatedKind {
        switch random.number(0...99) {
        case ..<24: .newsletter
        case ..<34: .mailingList
        case ..<54: .notification
        case ..<74: .internalMail
        case ..<78: .bounce
        case ..<83: .systemReport
        case ..<88: .junk
        case ..<91: .coldMail
        case ..<94: .privateNote
        case ..<98: .invitation
        default: .draft
        }
    }
}
