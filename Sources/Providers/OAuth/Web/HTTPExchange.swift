/// The seam between what is asked of a web service and the network: one request, one whole answer.
public protocol HTTPExchange: Sendable {
    /// Sends a request and reads its answer to the end, whatever its status. Redirects are answers like others.
    /// - Throws: ``WebFailure`` when no whole answer came; `CancellationError`.
    func send(_ request: WebRequest) async throws -> WebResponse
}
