import Foundation

/// A request as a service reads it, from the wire or out of a batch.
struct SandboxRequest: Sendable {
    var method: String
    /// As it was sent, percent-encoded, without the query.
    var path: String
    /// Without the question mark.
    var query: String
    var headers: [(name: String, value: String)]
    var body: Data

    /// The values of a header, joined with commas (RFC 9110, section 5.3).
    func header(_ name: String) -> String? {
        let values = headers.filter { $0.name.caseInsensitiveCompare(name) == .orderedSame }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    /// The fields of a form that was posted.
    var form: FormFields { FormFields(parsing: String(decoding: body, as: UTF8.self)) }

    /// The parameters of the query.
    var parameters: FormFields { FormFields(parsing: query) }
}
