import Database
import Hummingbird
import Store

/// Tells a supervisor or load balancer whether this process can serve: 200 and "ok", or 503 and what is wrong.
enum HealthCheck {
    static func show(_ exchange: Exchange) async throws -> Response {
        do {
            _ = try await exchange.web.database.read { try Setup.isNeeded($0) }
            return answer(.ok, "ok\n")
        } catch let error as DatabaseError {
            exchange.web.logger.error("unhealthy", metadata: ["error": "\(error)"])
            return answer(.serviceUnavailable, error.sentence.english + "\n")
        }
    }

    private static func answer(_ status: HTTPResponse.Status, _ text: String) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
