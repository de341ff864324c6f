import CRM
import Database
import Hummingbird
import Store
import Wording

/// One request of anyone, signed in or not, with what its handler needs to answer it.
struct Exchange: Sendable {
    let request: Request
    let context: WebContext
    let web: WebServices

    var form: FormFields { context.form }
    var query: FormFields { FormFields(encoded: request.uri.query ?? "") }
    var language: Language { context.language }
    var now: Int64 { web.now() }
    var userAgent: String { request.headers[.userAgent] ?? "" }
    /// The place on the network that the request comes from, as a name to count by.
    var place: String {
        ClientPlace.of(
            peer: context.peer, forwardedFor: request.headers[values: .forwardedFor], trusting: web.trustedProxies)
    }

    /// Scheme and host that the browser used, as far as the proxy tells.
    var origin: String {
        let isSecure = request.headers[.forwardedProtocol]?.lowercased() == "https"
        return (isSecure ? "https://" : "http://") + (request.head.authority ?? "127.0.0.1")
    }

    /// A part of the path that names something, such as `:contact`.
    ///
    /// - Throws: ``WebError/notFound(_:)`` when it is no number.
    func id<Of>(_ name: String) throws -> Identifier<Of> {
        guard let id = Identifier<Of>(context.parameters.get(name) ?? "") else { throw WebError.notFound(.page) }
        return id
    }

    // MARK: Answers

    func page(_ page: some Page, status: HTTPResponse.Status = .ok) throws -> Response {
        var response = try HTML.response(web.templates.render(page, in: language), status: status)
        response.headers[.contentLanguage] = language.rawValue
        return response
    }

    func layout(_ title: Phrase) -> GuestLayout {
        GuestLayout(
            title: title, language: language.rawValue, csrf: context.viewer?.session.csrfToken ?? context.guestToken,
            notice: Notice(rawValue: query["notice"])?.sentence,
            assets: web.assets.addresses)
    }

    /// Sends the browser to another page of this site, to be fetched with GET.
    func redirect(_ path: String, _ notice: Notice? = nil) -> Response {
        let mark = path.contains("?") ? "&" : "?"
        let target = path + (notice.map { "\(mark)notice=\($0.rawValue)" } ?? "")
        return Response(status: .seeOther, headers: [.location: target])
    }
}

/// Answers in HTML.
enum HTML {
    static func response(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
