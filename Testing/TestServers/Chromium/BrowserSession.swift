import Foundation

/// One browser window and what a person does in it. Locators are CSS selectors.
public final class BrowserSession: Sendable {
    let driver: WebDriver
    let path: String
    /// Keeps the driver alive.
    private let browser: Chromium

    init(driver: WebDriver, path: String, browser: Chromium) {
        self.driver = driver
        self.path = path
        self.browser = browser
    }

    @discardableResult
    func send(_ method: String, _ command: String, _ body: JSON? = nil) async throws -> JSON {
        try await driver.send(method, path + command, method == "POST" ? body ?? [:] : nil)
    }

    /// Closes the window.
    public func close() async throws { try await send("DELETE", "") }

    /// Opens an address and waits until it has loaded.
    public func go(to address: String) async throws { try await send("POST", "/url", ["url": .string(address)]) }
    public func back() async throws { try await send("POST", "/back") }
    public func reload() async throws { try await send("POST", "/refresh") }

    public var address: String { get async throws { try await send("GET", "/url").string ?? "" } }
    public var title: String { get async throws { try await send("GET", "/title").string ?? "" } }
    /// The page as HTML, as it stands now.
    public var source: String { get async throws { try await send("GET", "/source").string ?? "" } }
    /// What a person reads on the page.
    public var text: String { get async throws { try await find("body").text } }

    /// - Throws: ``WebDriverError`` "no such element".
    public func find(_ selector: String) async throws -> BrowserElement {
        let answer = try await send("POST", "/element", ["using": "css selector", "value": .string(selector)])
        return try element(answer)
    }

    public func findAll(_ selector: String) async throws -> [BrowserElement] {
        let answer = try await send("POST", "/elements", ["using": "css selector", "value": .string(selector)])
        return try (answer.array ?? []).map(element)
    }

    /// The first of the elements whose text contains `text`.
    public func find(_ selector: String, containing text: String) async throws -> BrowserElement? {
        for element in try await findAll(selector) where try await element.text.contains(text) { return element }
        return nil
    }

    func element(_ value: JSON) throws -> BrowserElement {
        guard let id = value[BrowserElement.key]?.string else {
            throw TestServerError.unexpected("The driver gave no element but \(value).")
        }
        return BrowserElement(session: self, id: id)
    }

    public func click(_ selector: String) async throws { try await find(selector).click() }

    /// Types into a field, in place of what it held.
    public func fill(_ selector: String, with text: String) async throws {
        let field = try await find(selector)
        try await field.clear()
        try await field.type(text)
    }

    /// Runs a function body in the page; `arguments` is what it finds as `arguments`.
    @discardableResult
    public func run(_ script: String, _ arguments: [JSON] = []) async throws -> JSON {
        try await send("POST", "/execute/sync", ["script": .string(script), "args": .array(arguments)])
    }

    /// A picture of the window as PNG.
    public func screenshot() async throws -> Data {
        guard let data = Data(base64Encoded: try await send("GET", "/screenshot").string ?? "") else {
            throw TestServerError.unexpected("The driver gave no picture.")
        }
        return data
    }

    public func deleteCookies() async throws { try await send("DELETE", "/cookie") }
}
