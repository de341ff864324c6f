import CRM
import HTTPTypes
import Hummingbird
import Store

/// The cookies of this site. Scripts cannot read them, and other sites cannot make a browser send them with a form.
enum Cookies {
    static let session = "mailcard_session"
    static let guest = "mailcard_guest"

    static func session(_ token: Secret<String>, _ request: Request) -> Cookie {
        cookie(session, token.expose(), maxAge: Int(Sessions.absoluteLimit), request)
    }

    static func endedSession(_ request: Request) -> Cookie { cookie(session, "", maxAge: 0, request) }

    /// Lasts as long as the browser runs.
    static func guest(_ token: String, _ request: Request) -> Cookie { cookie(guest, token, maxAge: nil, request) }

    private static func cookie(_ name: String, _ value: String, maxAge: Int?, _ request: Request) -> Cookie {
        // Behind TLS the proxy says so. Whoever forges this only keeps the cookie from being sent in clear.
        let isSecure = request.headers[.forwardedProtocol]?.lowercased() == "https"
        return Cookie(
            name: name, value: value, maxAge: maxAge, path: "/", secure: isSecure, httpOnly: true, sameSite: .lax)
    }
}

extension HTTPField.Name {
    static let forwardedProtocol = HTTPField.Name("X-Forwarded-Proto")!
}
