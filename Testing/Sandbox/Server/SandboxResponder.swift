import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Hands requests to the service and its answers to the wire, cut or lost where a fault wants it so.
struct SandboxResponder: HTTPResponder {
    struct Context: RequestContext {
        var coreContext: CoreRequestContextStorage
        let channel: any Channel

        init(source: ApplicationRequestContextSource) {
            coreContext = .init(source: source)
            channel = source.channel
        }
    }

    private struct Cut: Error {}

    let largestBody: Int
    let answer: @Sendable (SandboxRequest) async -> SandboxDelivery

    func respond(to request: Request, context: Context) async throws -> Response {
        let target = request.head.path ?? "/"
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let body = try await request.body.collect(upTo: largestBody)
        let received = SandboxRequest(
            method: request.method.rawValue, path: String(parts[0]), query: parts.count > 1 ? String(parts[1]) : "",
            headers: request.headers.map { ($0.name.rawName, $0.value) }, body: Data(body.readableBytesView))
        switch await answer(received) {
        case .whole(let answer): return response(answer, body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
        case .cut(let answer, let count):
            let kept = ByteBuffer(bytes: answer.body.prefix(count))
            let body = ResponseBody(contentLength: answer.body.count) { writer in
                try await writer.write(kept)
                throw Cut()
            }
            return response(answer, body: body)
        case .lost:
            // The answer that follows finds the connection gone.
            try? await context.channel.close()
            return Response(status: .internalServerError)
        }
    }

    private func response(_ answer: SandboxAnswer, body: ResponseBody) -> Response {
        var fields = HTTPFields()
        for (name, value) in answer.headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        return Response(status: .init(code: answer.status), headers: fields, body: body)
    }
}
