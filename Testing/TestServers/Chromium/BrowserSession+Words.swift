/// What a person finds on a page by its words. Spaces of every kind and number count as one; elements that are not
/// shown are passed over.
extension BrowserSession {
    /// A link, a button or what opens a fold, by all that it says or, where it shows a picture only, by its name for
    /// those who hear the page.
    public func control(_ words: String) async throws -> BrowserElement? {
        try await element(
            """
            return pick("a[href], button, summary", (one) => plain(one.innerText) === words
              || plain(one.getAttribute("aria-label")) === words);
            """, [words])
    }

    /// A link that says these words among others.
    public func link(containing words: String) async throws -> BrowserElement? {
        try await element(
            "return pick('a[href]', (one) => plain(one.innerText).includes(words));", [words])
    }

    /// The field to which these words are the label, or begin it where a hint follows.
    /// - Parameter group: how the legend of its group begins, where several have such a field.
    public func field(_ words: String, in group: String? = nil) async throws -> BrowserElement? {
        try await element(
            """
            const group = arguments[1] && pick("fieldset", (one) => says(one.querySelector("legend"), arguments[1]));
            if (arguments[1] && !group) return null;
            const label = pick("label", (one) => says(one, words) && one.control, group || document);
            return label?.control
              ?? pick("input, select, textarea", (one) => plain(one.getAttribute("aria-label")) === words,
                   group || document);
            """, [words, group ?? ""])
    }

    /// The choice of a list with exactly these words.
    public func option(_ words: String, of list: BrowserElement) async throws -> BrowserElement? {
        for option in try await list.findAll("option") {
            let text = try await option.property("text").string ?? ""
            if Self.plain(text) == Self.plain(words) { return option }
        }
        return nil
    }

    /// Whether the page says these words.
    public func says(_ words: String) async throws -> Bool {
        Self.plain(try await run("return document.body.innerText").string ?? "").contains(Self.plain(words))
    }

    private static func plain(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private func element(_ script: String, _ arguments: [String]) async throws -> BrowserElement? {
        let answer = try await run(
            """
            const plain = (text) => (text ?? "").replace(/\\s+/g, " ").trim();
            const words = plain(arguments[0]);
            const says = (one, start) => {
              const text = plain(one?.innerText);
              return text === plain(start) || text.startsWith(plain(start) + " ");
            };
            const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('[aria-hidden=true]');
            const pick = (selector, fits, root = document) =>
              [...root.querySelectorAll(selector)].find((one) => shown(one) && fits(one)) ?? null;
            \(script)
            """, arguments.map(JSON.string))
        return answer == .null ? nil : try element(answer)
    }
}
