import CRM
import Database
import HTTPTypes
import Hummingbird
import Store
import Synchronization

/// What every request passes through: the first start, the session, the form and where it comes from, the page for what
/// went wrong, and the headers that keep browsers safe. No handler can forget any of it.
struct Gate: RouterMiddleware {
    let web: WebServices
    private let state = SetupState()

    /// In bytes. The longest form is a contact with its notes.
    static let formLimit = 256 * 1_024

    init(web: WebServices) { self.web = web }

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.language = AcceptLanguage.preferred(request.headers[.acceptLanguage]) ?? .standard
        var response: Response
        do {
            response = try await admit(request, &context, next)
        } catch {
            let exchange = Exchange(request: request, context: context, web: web)
            response = ErrorAnswer.response(to: error, exchange)
        }
        SecurityHeaders.add(to: &response.headers)
        return response
    }

    private func admit(
        _ request: Request, _ context: inout WebContext, _ next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let path = request.uri.path
        if path.hasPrefix("/assets/") || path == "/health" { return try await next(request, context) }
        if try await !isSetUp(), path != "/setup", !path.hasPrefix("/setup/") {
            return Response(status: .seeOther, headers: [.location: "/setup"])
        }
        context.viewer = try await viewer(of: request)
        if let viewer = context.viewer { context.language = viewer.user.language }
        let known = request.cookies[Cookies.guest]?.value ?? ""
        context.guestToken = known.utf8.count == GuestToken.length ? known : GuestToken.make(web.random)
        if !Self.safeMethods.contains(request.method) {
            if let boundary = MultipartForm.boundary(of: request.headers[.contentType] ?? ""),
                takesFile(request, context)
            {
                let form = try await multipartForm(of: request, boundary)
                (context.form, context.upload) = (form.fields, form.upload)
            } else {
                context.form = try await form(of: request)
            }
            try checkOrigin(request, context)
        }
        var response = try await next(request, context)
        if context.viewer == nil && known != context.guestToken {
            response.setCookie(Cookies.guest(context.guestToken, request))
        }
        return response
    }

    private static let safeMethods: Set<HTTPRequest.Method> = [.get, .head, .options]

    private func isSetUp() async throws -> Bool {
        if state.isDone { return true }
        let isNeeded = try await web.database.read { try Setup.isNeeded($0) }
        if !isNeeded { state.finish() }
        return !isNeeded
    }

    private func viewer(of request: Request) async throws -> Viewer? {
        guard let token = request.cookies[Cookies.session]?.value else { return nil }
        let now = web.now()
        let viewer = try await web.database.read { try Viewer.find($0, token: token, now: now) }
        if let viewer, viewer.session.needsTouch(now: now) {
            try await web.database.write {
                try Sessions.touch($0, viewer.organization.id, viewer.session.id, now: now)
            }
        }
        return viewer
    }

    private func form(of request: Request) async throws -> FormFields {
        let type = request.headers[.contentType] ?? ""
        guard type.isEmpty || type.lowercased().hasPrefix("application/x-www-form-urlencoded") else {
            throw WebError.formNotOurs
        }
        if let length = request.headers[.contentLength].flatMap(Int.init), length > Self.formLimit {
            throw WebError.formTooLarge
        }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: Self.formLimit)
        } catch let error as any HTTPResponseError where error.status == .contentTooLarge {
            throw WebError.formTooLarge
        }
        return FormFields(encoded: String(buffer: body))
    }

    /// Files are taken at one place, from people who are signed in.
    private func takesFile(_ request: Request, _ context: WebContext) -> Bool {
        context.viewer != nil && request.uri.path == ImportPage.path
    }

    private func multipartForm(of request: Request, _ boundary: String) async throws -> MultipartForm {
        let limit = Upload.limit + MultipartForm.overhead
        var body = ByteBuffer()
        var length = 0
        for try await part in request.body {
            length += part.readableBytes
            if length <= limit { body.writeImmutableBuffer(part) }
            // A browser that may not send to the end shows no answer, so what is too much is read and dropped.
            if length > 4 * limit { break }
        }
        if length > limit { throw WebError.fileTooLarge }
        return MultipartForm(body, boundary: boundary)
    }

    /// The form carries the token that its page was given: the session's, or the guest's cookie. Browsers that tell
    /// where a request comes from are believed too.
    private func checkOrigin(_ request: Request, _ context: WebContext) throws {
        if let site = request.headers[.secFetchSite] {
            if site == "cross-site" || site == "same-site" { throw WebError.formNotOurs }
        } else if let origin = request.headers[.origin], !isOurs(origin, request) {
            throw WebError.formNotOurs
        }
        let expected = context.viewer?.session.csrfToken ?? context.guestToken
        guard GuestToken.areEqual(context.form["csrf"], expected) else { throw WebError.formNotOurs }
    }
}

extension Gate {
    /// Whether a page of this site sent the form: its host is the one that the request is for. The scheme says nothing
    /// behind a proxy. "null" is where a browser keeps to itself who asks.
    private func isOurs(_ origin: String, _ request: Request) -> Bool {
        let parts = origin.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 3 && parts[1].isEmpty
            && parts[2].lowercased() == request.head.authority?.lowercased()
    }
}

extension HTTPField.Name {
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
}

/// Whether the first start is over; once it is, it stays so.
private final class SetupState: Sendable {
    private let done = Mutex(false)

    var isDone: Bool { done.withLock { $0 } }
    func finish() { done.withLock { $0 = true } }
}
