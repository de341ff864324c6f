import Wording

/// Why a user cannot be saved.
public enum UserError: Error, Hashable, Sendable {
    case emailTaken(email: String, by: String)
    case lastAdministrator
    case cannotSignIn
    case noSuchPerson
    case seatHasMailbox

    public var sentence: Phrase {
        switch self {
        case .emailTaken(let email, let name): "\(email) is already the address of \(name). Enter another address."
        case .lastAdministrator:
            "This is the organisation's only administrator. Make someone else an administrator first."
        case .noSuchPerson: "The chosen person is not a user who works here. Choose another."
        case .seatHasMailbox:
            "A mailbox is connected to this sync-only user. The person it belongs to has to disconnect it first."
        case .cannotSignIn: "This user cannot sign in, so there is nobody to invite."
        }
    }
}
