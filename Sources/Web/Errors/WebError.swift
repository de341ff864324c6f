import Hummingbird
import Wording

/// Why a request cannot be answered as asked.
enum WebError: Error, Hashable {
    enum Missing: Hashable {
        case page, contact, account, activity, message, user, contactImport
    }

    case notFound(Missing)
    /// The page is for administrators.
    case administratorsOnly
    /// Only its owner and administrators change an activity.
    case colleaguesActivity
    /// The form does not come from a page of ours, or from one that was open for too long.
    case formNotOurs
    case formTooLarge
    /// Larger than ``Upload/limit``.
    case fileTooLarge
    case tooManyRequests
    /// More passwords wait to be checked than may.
    case busy
    /// Somebody else was first; the sentence says what to do.
    case conflict(Phrase)
}
