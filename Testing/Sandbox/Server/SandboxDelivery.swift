/// How an answer gets to the client.
enum SandboxDelivery: Sendable {
    case whole(SandboxAnswer)
    /// The head promises the whole body, and the connection ends after so many octets of it.
    case cut(SandboxAnswer, after: Int)
    /// The connection ends without an octet of an answer.
    case lost
}
