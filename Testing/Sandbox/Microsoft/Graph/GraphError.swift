import Foundation

/// A refusal in Graph's shape (Microsoft Graph error responses and resource types).
struct GraphError: Error, Hashable {
    var status: Int
    var code: String
    var message: String
    /// Seconds, for `Retry-After`.
    var retryAfter: Int?

    func answer(at time: Date, request: SandboxRequest) -> SandboxAnswer {
        let id = UUID().uuidString.lowercased()
        let body: JSONValue = [
            "error": [
                "code": .string(code), "message": .string(message),
                "innerError": [
                    "date": .string(String(GraphTime.string(time).dropLast())), "request-id": .string(id),
                    "client-request-id": .string(request.header("client-request-id") ?? id),
                ],
            ]
        ]
        var answer = SandboxAnswer.json(body, status: status).adding("request-id", id)
        if let retryAfter { answer = answer.adding("Retry-After", "\(retryAfter)") }
        if status == 401 { answer = answer.adding("WWW-Authenticate", "Bearer realm=\"\"") }
        return answer
    }

    static func badRequest(_ code: String, _ message: String) -> GraphError {
        GraphError(status: 400, code: code, message: message)
    }

    static let itemNotFound = GraphError(
        status: 404, code: "ErrorItemNotFound", message: "The specified object was not found in the store.")

    static let malformedID = GraphError(status: 400, code: "ErrorInvalidIdMalformed", message: "Id is malformed.")

    static let accessDenied = GraphError(
        status: 403, code: "ErrorAccessDenied", message: "Access is denied. Check credentials and try again.")

    static let noMailbox = GraphError(
        status: 404, code: "MailboxNotEnabledForRESTAPI",
        message: "The mailbox is either inactive, soft-deleted, or is hosted on-premise.")

    static let tokenExpired = GraphError(
        status: 401, code: "InvalidAuthenticationToken",
        message: "Lifetime validation failed, the token is expired.")

    static let tokenMissing = GraphError(
        status: 401, code: "InvalidAuthenticationToken", message: "Access token is empty.")

    static let tokenUnknown = GraphError(
        status: 401, code: "InvalidAuthenticationToken",
        message: "IDX14100: JWT is not well formed, or was not issued here.")

    static func noSegment(_ name: String) -> GraphError {
        badRequest("BadRequest", "Resource not found for the segment '\(name)'.")
    }

    static func throttled(_ message: String, retryAfter: Int?) -> GraphError {
        GraphError(status: 429, code: "ApplicationThrottled", message: message, retryAfter: retryAfter)
    }
}

extension GraphError {
    static let methodNotAllowed = GraphError(
        status: 405, code: "Request_BadRequest", message: "Specified HTTP method is not allowed for the request target."
    )
}
