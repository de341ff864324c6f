import Foundation

extension BrowserSession {
    /// Asks until the answer is true.
    /// - Throws: with `what` and the page's text when it is not within `limit`.
    public func wait(for what: String, limit: Duration = .seconds(15), _ holds: () async throws -> Bool) async throws {
        let end = ContinuousClock.now + limit
        while true {
            // A page that is being replaced answers with errors for a moment.
            do {
                if try await holds() { return }
            } catch let error as WebDriverError where error.isPassing {}
            guard ContinuousClock.now < end else {
                let text = (try? await text) ?? "(no page)"
                let place = (try? await address) ?? "?"
                throw TestServerError.unexpected("Waited in vain for \(what) at \(place), where it says:\n\(text)")
            }
            try await Task.sleep(for: .milliseconds(25))
        }
    }

    /// Waits until there is such an element, with that text in it where one is given.
    public func wait(forElement selector: String, containing text: String? = nil, limit: Duration = .seconds(15))
        async throws
    {
        try await wait(for: "\(selector)\(text.map { " with “\($0)”" } ?? "")", limit: limit) {
            guard let text else { return try await !findAll(selector).isEmpty }
            return try await find(selector, containing: text) != nil
        }
    }

    /// Waits until no element has that text.
    public func wait(untilNo selector: String, containing text: String, limit: Duration = .seconds(15)) async throws {
        try await wait(for: "the going of \(selector) with “\(text)”", limit: limit) {
            try await find(selector, containing: text) == nil
        }
    }

    /// Waits until the address ends with that, query and all.
    public func wait(forAddress end: String, limit: Duration = .seconds(15)) async throws {
        try await wait(for: "the address …\(end)", limit: limit) { try await address.hasSuffix(end) }
    }
}

extension WebDriverError {
    var isPassing: Bool {
        ["stale element reference", "no such element", "no such window", "javascript error"].contains(code)
    }
}
