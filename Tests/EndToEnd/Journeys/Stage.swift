import TestServers
import Testing

/// The demo and a browser's driver, which all tests of a suite share.
struct Stage: Sendable {
    let demo: Demo
    let chromium: Chromium
    let base: String
    private let people = People()

    init(demo: Demo, chromium: Chromium, base: String) {
        self.demo = demo
        self.chromium = chromium
        self.base = base
    }

    /// Of the suite that runs.
    static var current: Stage {
        get throws { try #require(running, "The suite has no trait .demo.") }
    }

    @TaskLocal fileprivate static var running: Stage?

    static let password = "sample-company"
    static let mailPassword = "post-office"

    /// The port of the demo's mail server, as the demo tells it.
    func port(of server: String) throws -> String {
        let line = try #require(demo.words.split(separator: "\n").first { $0.contains("\(server) server ") })
        return String(try #require(line.firstMatch(of: /port ([0-9]+)/)).output.1)
    }

    /// Someone before a browser of their own, not signed in.
    func guest(_ language: PageLanguage) async throws -> Person {
        let browser = try await chromium.newSession(language: language.locale)
        return Person(browser: browser, base: base, language: language)
    }

    /// Someone of the sample company who has signed in, sees the contacts and works in that language. Whoever was
    /// there in an earlier test still sits before the same browser.
    func person(_ name: String, _ language: PageLanguage) async throws -> Person {
        if let browser = await people.browser(of: name) {
            let person = Person(browser: browser, base: base, language: language)
            try await browser.go(to: base + "/contacts")
            try await person.chooseLanguage()
            return person
        }
        let person = try await guest(language)
        try await person.browser.go(to: base + "/sign-in")
        try await person.fill("Email address", "Adresse e-mail", with: name + "@aldermoor.example")
        try await person.fill("Password", "Mot de passe", with: Self.password)
        try await person.press("Sign in", "Se connecter")
        try await person.browser.wait(forAddress: "/contacts")
        await people.remember(person.browser, of: name)
        try await person.chooseLanguage()
        return person
    }
}

private actor People {
    private var browsers: [String: BrowserSession] = [:]

    func browser(of name: String) -> BrowserSession? { browsers[name] }
    func remember(_ browser: BrowserSession, of name: String) { browsers[name] = browser }
}

/// Starts the demo and a browser's driver once for the suite, and stops both behind it.
struct DemoTrait: SuiteTrait, TestScoping {
    func provideScope(for test: Test, testCase: Test.Case?, performing work: @Sendable () async throws -> Void)
        async throws
    {
        let demo = try Demo()
        let base = try await demo.start()
        let chromium = try await Chromium.start()
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(
                try await Stage.$running.withValue(Stage(demo: demo, chromium: chromium, base: base)) {
                    try await work()
                })
        } catch { outcome = .failure(error) }
        await chromium.stop()
        await demo.stop()
        try outcome.get()
    }
}

extension Trait where Self == DemoTrait {
    static var demo: Self { DemoTrait() }
}
