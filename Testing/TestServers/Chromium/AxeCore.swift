import Foundation

/// Deque's axe-core, the program that looks for what hinders people in a page. It lies where `scripts/install.sh test`
/// puts it, and is no part of the repository.
enum AxeCore {
    static func script() throws(TestServerError) -> String {
        let package = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        let file = package.appending(path: ".build-tools/axe/axe.min.js")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            throw .notInstalled(program: "axe-core", packages: "test")
        }
        return text
    }
}
