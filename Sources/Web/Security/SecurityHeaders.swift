import HTTPTypes
import Hummingbird

/// Headers on every answer.
enum SecurityHeaders {
    static func add(to headers: inout HTTPFields) {
        for (name, value) in values { headers[name] = value }
        // What says nothing of it is for one person now: redirections, refusals.
        if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
    }

    /// Nothing but our own files, no inline code or styles, no frames around us, forms to us only.
    private static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'",
        "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    private static let values: [(HTTPField.Name, String)] = [
        (.contentSecurityPolicy, policy),
        (.xContentTypeOptions, "nosniff"),
        (HTTPField.Name("X-Frame-Options")!, "DENY"),
        (HTTPField.Name("Referrer-Policy")!, "same-origin"),
        (HTTPField.Name("Cross-Origin-Opener-Policy")!, "same-origin"),
        (HTTPField.Name("Cross-Origin-Resource-Policy")!, "same-origin"),
        (HTTPField.Name("Permissions-Policy")!, "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ]
}
