import Foundation
import Store
import Synchronization
import Testing
import Wording

@testable import Web

/// Every page in all the states that a template tells apart, as someone reads them who reads French.
@Suite struct FrenchTourTests {
    @Test func `no page meets a text that the catalogue lacks, and none shows an English one`() async throws {
        let missing = Mutex<Set<String>>([])
        let languages = try Languages(missing: { key, _ in missing.withLock { _ = $0.insert(key) } })
        var english: Set<String> = []
        for (key, entry) in languages[.french].entries where !key.contains("{") && !key.contains("|") {
            if case .text(let text) = entry, text != key { english.insert(key) }
        }
        let shown = Mutex<[String: Set<String>]>([:])
        for tour in [
            PageTour.signedOut, PageTour.people, PageTour.cards, PageTour.activities, PageTour.settings,
            PageTour.connecting, PageTour.providers, PageTour.mail, PageTour.imports,
        ] {
            let bench = try await WebBench(language: .french, languages: languages)
            bench.pages.watch { name, html in
                #expect(html.contains("<html lang=\"fr\">"), "\(name)")
                for run in Self.runs(html) { shown.withLock { _ = $0[run, default: []].insert(name) } }
            }
            try await tour(bench)
        }
        let runs = shown.withLock { $0 }
        #expect(runs.count > 500)
        for (run, pages) in runs where english.contains(run) && !Self.entered.contains(run) {
            Issue.record("English on \(pages.sorted().joined(separator: ", ")): \(run)")
        }
        for key in missing.withLock({ $0 }).subtracting(Self.made).sorted() { Issue.record("no French for: \(key)") }
    }

    /// What the tour itself enters, and the sample company's own words.
    private static let entered: Set<String> = [
        "Title", "Phone", "Notes", "Full", "Number", "All", "Account", "Email", "Name", "Sent",
    ]

    /// What the tour's mailbox and its states say, which no part of the product does.
    private static let made: Set<String> = [
        "Enter it again.", "It cannot be opened.", "No answer.", "No such server.", "Nothing answers there.",
        "Refused.",
        "The folder {1} does not open.", "The server answered with garbage.", "The server does not answer.",
        "The server refused the password.", "Too fast.", "Try port 587.", "Garbled.", "BAD", "Signed out there.",
        "The calendar refused an event.",
        "The provider does not answer.", "The calendar did not answer.",
        "You did not allow it. Sign in again and leave everything ticked.",
    ]

    /// The texts between tags, and the attributes that people read.
    private static func runs(_ html: String) -> [String] {
        let body = html.firstRange(of: "<title").map { html[$0.lowerBound...] } ?? html[...]
        let texts = body.split(separator: "<").compactMap { $0.split(separator: ">", maxSplits: 1).last }
        let attributes = body.matches(of: /(?:placeholder|aria-label|title|alt|data-busy)="([^"]*)"/).map(\.output.1)
        return (texts + attributes).map { decoded(String($0)) }.filter { $0.contains(where: \.isLetter) }
    }

    private static func decoded(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&amp;", with: "&").trimmed
    }
}
