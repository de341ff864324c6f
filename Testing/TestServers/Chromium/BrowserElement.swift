/// An element of a page, good until the page replaces it.
public struct BrowserElement: Sendable {
    let session: BrowserSession
    let id: String

    /// By which the W3C WebDriver standard names an element in JSON.
    static let key = "element-6066-11e4-a52e-4f735466cecf"

    @discardableResult
    private func send(_ method: String, _ command: String, _ body: JSON? = nil) async throws -> JSON {
        try await session.send(method, "/element/\(id)\(command)", body)
    }

    /// What a person reads in it.
    public var text: String { get async throws { try await send("GET", "/text").string ?? "" } }

    public func attribute(_ name: String) async throws -> String? { try await send("GET", "/attribute/\(name)").string }
    public func property(_ name: String) async throws -> JSON { try await send("GET", "/property/\(name)") }
    public func style(_ name: String) async throws -> String { try await send("GET", "/css/\(name)").string ?? "" }
    public var isDisplayed: Bool { get async throws { try await send("GET", "/displayed").bool ?? false } }

    public func click() async throws { try await send("POST", "/click") }
    public func clear() async throws { try await send("POST", "/clear") }

    /// Scrolls as someone does who wants to see it clear of bars.
    public func scrollToMiddle() async throws {
        let this: JSON = .object([Self.key: .string(id)])
        try await session.run("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", [this])
    }

    /// Types key by key; "\u{E007}" is Enter, "\u{E004}" Tab, "\u{E00C}" Escape.
    public func type(_ text: String) async throws { try await send("POST", "/value", ["text": .string(text)]) }

    public func find(_ selector: String) async throws -> BrowserElement {
        try session.element(try await send("POST", "/element", ["using": "css selector", "value": .string(selector)]))
    }

    public func findAll(_ selector: String) async throws -> [BrowserElement] {
        let answer = try await send("POST", "/elements", ["using": "css selector", "value": .string(selector)])
        return try (answer.array ?? []).map { try session.element($0) }
    }
}
