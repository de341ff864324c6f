import HTTPTypes
import Hummingbird

/// Files that a browser saves instead of showing.
enum Download {
    /// - Parameter name: of our own making: letters, digits, hyphens and dots.
    static func headers(_ name: String, type: String) -> HTTPFields {
        [
            .contentType: type, .contentDisposition: "attachment; filename=\"\(name)\"", .cacheControl: "no-store",
        ]
    }
}
