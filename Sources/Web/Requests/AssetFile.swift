import Hummingbird

/// A style sheet, script or picture.
enum AssetFile {
    static func show(_ exchange: Exchange) async throws -> Response {
        let parameters = exchange.context.parameters
        guard let version = parameters.get("version"), let name = parameters.get("name"),
            let response = exchange.web.assets.response(version: version, name: name)
        else { throw WebError.notFound(.page) }
        return response
    }
}
