import Mirror
import Wording

extension SourceError {
    /// What a refusal means for the mailbox, where it is not about one folder or message.
    init(_ fault: GraphFault) {
        if fault.saysNoMailbox {
            self = .misconfigured(
                "Microsoft has no mailbox in the cloud for this account. It may have no licence, or stand on the organisation's own Exchange server: then connect it as Exchange."
            )
            return
        }
        switch fault.status {
        case 401:
            self = .signInNeeded(.provider("Microsoft does not accept the access any more. Sign in again."))
        case 403:
            self = .signInNeeded(
                .provider(
                    "Microsoft refuses to let Mailcard read this mailbox. Sign in again and leave everything ticked; if that does not help, ask an administrator of your organisation."
                ))
        case 429, 509: self = .throttled("Microsoft asks for a pause.", seconds: fault.retryAfter)
        case 503 where fault.retryAfter != nil:
            self = .throttled("Microsoft asks for a pause.", seconds: fault.retryAfter)
        default: self = .transient("Microsoft cannot be asked at the moment.")
        }
    }
}
