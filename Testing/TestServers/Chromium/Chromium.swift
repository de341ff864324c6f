import Foundation

/// Debian's Chromium without a window, driven through chromedriver, for as long as the value lives. Each
/// ``BrowserSession`` is a browser of its own: other cookies, other storage.
public final class Chromium: Sendable {
    private let process: ServerProcess
    private let folder: TemporaryFolder
    private let port: Int

    private static let driver = "/usr/bin/chromedriver"
    private static let browser = "/usr/bin/chromium"

    private init(process: ServerProcess, folder: TemporaryFolder, port: Int) {
        self.process = process
        self.folder = folder
        self.port = port
    }

    deinit { process.kill() }

    public static func start() async throws -> Chromium {
        try Command.require(driver, packages: "browser")
        try Command.require(browser, packages: "browser")
        let folder = try TemporaryFolder("chromium")
        let log = folder.file("log")
        for _ in 0..<5 {
            let port = try FreePorts.take(1)[0]
            let process = try ServerProcess(
                [driver, "--port=\(port)", "--log-level=WARNING"], folder: folder.path, output: log.path)
            let answer = try await poll(for: .seconds(30)) { () -> Bool? in
                guard process.isRunning else { return false }
                return (try? Socket(port: port, timeout: 5)) == nil ? nil : true
            }
            if answer == true { return Chromium(process: process, folder: folder, port: port) }
        }
        throw TestServerError.didNotStart(server: "chromedriver", log: endOfLog(log))
    }

    /// Ends the driver and all its browsers.
    public func stop() async { await process.stop() }

    /// Opens a browser window.
    /// - Parameters:
    ///   - width: in CSS pixels, of what the page gets.
    ///   - language: what the browser asks for in Accept-Language.
    public func newSession(width: Int = 1280, height: Int = 900, language: String = "en-GB") async throws
        -> BrowserSession
    {
        var arguments: [JSON] = [
            "--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
            "--disable-background-networking", "--disable-component-update", "--force-device-scale-factor=1",
        ]
        if getuid() == 0 { arguments.append("--no-sandbox") }
        arguments.append(.string("--window-size=\(width),\(height)"))
        arguments.append(.string("--lang=\(language)"))
        arguments.append(.string("--user-data-dir=\(folder.file("profile-\(UUID().uuidString)").path)"))
        let options: JSON = [
            "binary": .string(Self.browser), "args": .array(arguments),
            "prefs": ["intl.accept_languages": .string(language)],
        ]
        let driver = WebDriver(port: port)
        let answer = try await driver.send(
            "POST", "/session",
            [
                "capabilities": [
                    "alwaysMatch": [
                        "browserName": "chrome", "acceptInsecureCerts": true, "goog:chromeOptions": options,
                    ]
                ]
            ])
        guard let id = answer["sessionId"]?.string else {
            throw TestServerError.unexpected("chromedriver gave no session.")
        }
        let session = BrowserSession(driver: driver, path: "/session/\(id)", browser: self)
        try await session.setViewport(width: width, height: height)
        return session
    }
}
