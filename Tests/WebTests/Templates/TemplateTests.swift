import Testing

@testable import Web

/// The engine renders a name that it does not know as nothing, so these tests look for such names.
@Suite struct TemplateTests {
    @Test func `each tag of each template names a member of its page's model, and all tags are reached`() async throws {
        var pages: [(name: String, tree: Any)] = []
        let fresh = try await WebBench(withSampleCompany: false)
        try await PageTour.firstStart(fresh)
        pages += fresh.recorder.all
        for tour in [
            PageTour.signedOut, PageTour.fullDisk, PageTour.people, PageTour.cards, PageTour.activities,
            PageTour.settings,
            PageTour.connecting, PageTour.providers, PageTour.mail, PageTour.imports,
        ] {
            let bench = try await WebBench()
            try await tour(bench)
            pages += bench.recorder.all
        }
        var check = TemplateCheck(try TemplateTexts())
        for page in pages { check.walk(page.name, page.tree) }
        for unknown in check.unknown.sorted() { Issue.record("\(unknown)") }
        let missed = check.texts.tags.subtracting(check.reached).map(\.description).sorted()
        #expect(missed.isEmpty, "never reached:\n\(missed.joined(separator: "\n"))")
    }

    @Test func `a name that a model does not have is found`() throws {
        struct Wrong: Page {
            static let module = "SignIn"
            let layout = 1
        }
        var check = TemplateCheck(try TemplateTexts())
        check.walk("SignIn/SignInPage", PageTree(.english).of(Wrong()))
        #expect(check.unknown.contains { $0.contains("{{email}} names nothing") })
    }

    @Test func `no template uses inline code or styles, which the policy forbids`() throws {
        for (name, text) in try TemplateSources.all() {
            #expect(!text.contains("style=\""), "\(name)")
            #expect(!text.contains("<style"), "\(name)")
            #expect(text.firstMatch(of: /\son[a-z]+="/) == nil, "\(name)")
            #expect(text.firstMatch(of: /<script(?![^>]*src=)/) == nil, "\(name)")
        }
    }

    @Test func `each form that changes something carries the token`() throws {
        for (name, text) in try TemplateSources.all() {
            for form in text.matches(of: /<form[^>]*method="post"[^>]*>\s*(.{0,60})/.dotMatchesNewlines()) {
                #expect(form.output.1.contains("name=\"csrf\""), "\(name)")
            }
        }
    }

    @Test func `each icon that a template shows is in the sprite`() throws {
        let sprite = try TemplateSources.asset("icons.svg")
        let known = Set(sprite.matches(of: /<symbol id="([^"]+)"/).map { String($0.output.1) })
        for (name, text) in try TemplateSources.all() {
            for icon in text.matches(of: /icons}}#([a-z-]+)"/) {
                #expect(known.contains(String(icon.output.1)), "\(icon.output.1) in \(name)")
            }
        }
    }
}
