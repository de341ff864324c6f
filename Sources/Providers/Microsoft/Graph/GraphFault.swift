import Foundation
import OAuth

/// What Graph answered instead of what was asked for (Microsoft Graph, "error responses and resource types").
struct GraphFault: Error, Hashable, Sendable {
    let status: Int
    /// Such as `ErrorItemNotFound`; empty where there was none.
    let code: String
    /// For logs.
    let message: String
    /// Seconds.
    let retryAfter: Int?

    private struct Body: Decodable {
        struct Failure: Decodable {
            var code: String?
            var message: String?
        }
        var error: Failure?
    }

    init(status: Int, code: String = "", message: String = "", retryAfter: Int? = nil) {
        self.status = status
        self.code = code
        self.message = String(message.prefix(300))
        self.retryAfter = retryAfter
    }

    init(_ response: WebResponse) {
        let failure = (try? JSONDecoder().decode(Body.self, from: Data(response.body)))?.error
        self.init(
            status: response.status, code: failure?.code ?? "", message: failure?.message ?? "",
            retryAfter: response.retryAfter)
    }

    /// The thing that was asked for is not there.
    var isMissing: Bool {
        status == 404 && !concernsMailbox || ["ErrorItemNotFound", "ErrorFolderNotFound"].contains(code)
    }

    /// The place in the history is not known any more; also in the middle of paging (microsoft-graph-docs#2162, #2877).
    var isSyncStateLost: Bool {
        let words = (code + " " + message).lowercased()
        return status == 410
            || ["syncstatenotfound", "syncstateinvalid", "resyncrequired", "sync state generation is not found"]
                .contains { words.contains($0) }
    }

    /// Fewer requests are wanted, of whatever kind. 503 says so where it names a time.
    var isThrottling: Bool { status == 429 || status == 503 && retryAfter != nil || status == 509 }

    /// The service fails, and may not the next time.
    var isPassing: Bool { [408, 500, 502, 503, 504].contains(status) }

    /// There is an event under the same `transactionId`.
    var isDuplicate: Bool { status == 409 || code == "ErrorDuplicateTransactionId" }

    /// The access token is not good.
    var isTokenRefused: Bool { status == 401 }

    /// There is no mailbox in the cloud for the account.
    var saysNoMailbox: Bool {
        [
            "MailboxNotEnabledForRESTAPI", "MailboxNotSupportedForRESTAPI", "ErrorNonExistentMailbox",
            "MailboxNotHostedInExchangeOnline",
        ].contains(code)
    }

    /// It is about the whole mailbox, whatever was asked for.
    var concernsMailbox: Bool {
        saysNoMailbox || ["ErrorMailboxMoveInProgress", "ErrorMailboxStoreUnavailable"].contains(code)
    }
}
