import HTTPTypes

/// A form that could not be answered for the moment, to be sent again as it was: nothing that was typed is lost.
struct SentForm: Sendable {
    let path: String
    let fields: [Field]

    /// - Returns: nil where sending it again may not help, or where it holds a file, or a password: that is not written
    ///   into a page. The browser's Back leads to these.
    init?(_ exchange: Exchange, _ status: HTTPResponse.Status) {
        let request = exchange.request
        guard request.method == .post, [500, 503, 507].contains(status.code), exchange.context.upload == nil else {
            return nil
        }
        let pairs = exchange.form.pairs.filter { $0.name != "csrf" }
        guard !pairs.contains(where: { $0.name.contains("password") }) else { return nil }
        path = request.uri.string
        fields = pairs.map { Field($0.name, $0.value, nil) }
    }
}
