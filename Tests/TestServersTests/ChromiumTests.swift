import Foundation
import Testing
import TestServers

@Suite(.serialized) struct ChromiumTests {
    private let page = """
        data:text/html;charset=utf-8,<!doctype html><title>Té</title><style>body{background:white}\
        @media (prefers-color-scheme: dark){body{background:black}}</style>\
        <h1>Hello</h1><input id=a><button onclick="document.querySelector('h1').textContent=document.querySelector('input').value">\
        Go</button><p>idle</p><script>document.querySelector('p').textContent='ran'</script>
        """

    @Test func `a page is opened, read, filled in and pictured`() async throws {
        let chromium = try await Chromium.start()
        let session = try await chromium.newSession()
        try await session.go(to: page)
        #expect(try await session.title == "Té")
        #expect(try await session.find("h1").text == "Hello")
        try await session.fill("#a", with: "Grüße")
        try await session.click("button")
        try await session.wait(forElement: "h1", containing: "Grüße")
        #expect(try await session.run("return arguments[0] + innerWidth", [1]) == 1281)
        #expect(try await session.screenshot().starts(with: [0x89, 0x50, 0x4E, 0x47]))
        await #expect(throws: WebDriverError.self) { _ = try await session.find("#missing") }
        try await session.close()
        await chromium.stop()
    }

    @Test func `a phone, the dark and a browser without scripts can be had`() async throws {
        let chromium = try await Chromium.start()
        let session = try await chromium.newSession()
        try await session.setViewport(width: 390, height: 844, scale: 2, isPhone: true)
        try await session.setColorScheme(.dark)
        try await session.go(to: page)
        #expect(try await session.find("body").style("background-color").contains("0, 0, 0"))
        try await session.setScripts(allowed: false)
        try await session.reload()
        #expect(try await session.find("p").text == "idle")
        await chromium.stop()
    }

    @Test func `axe-core tells what is wrong with a page, where, and how much it hinders`() async throws {
        let chromium = try await Chromium.start()
        let session = try await chromium.newSession()
        try await session.go(
            to:
                "data:text/html,<html lang=en><title>T</title><main><h1>T</h1><p style='color:%23bbb'>pale</p><input></main>"
        )
        let found = try await session.accessibilityViolations()
        #expect(found.first { $0.rule == "color-contrast" }?.impact == .serious)
        let label = try #require(found.first { $0.rule == "label" })
        #expect(label.impact == .critical && label.places.count == 1 && label.places[0].hasPrefix("input: "))
        try await session.go(to: "data:text/html,<html lang=en><title>T</title><main><h1>T</h1></main>")
        #expect(try await session.accessibilityViolations().isEmpty)
        await chromium.stop()
    }

    @Test func `what is pressed and filled in is found by its words, if it is shown`() async throws {
        let chromium = try await Chromium.start()
        let session = try await chromium.newSession()
        try await session.go(
            to: """
                data:text/html;charset=utf-8,<button hidden id=h>Save</button><button aria-hidden=true id=a>Save</button>\
                <button id=b>Save\u{A0} <b>all</b></button><button aria-label="Save" id=c>x</button>\
                <fieldset><legend>One server</legend><label>Port<input id=d></label></fieldset>\
                <fieldset><legend>Other server</legend><label for=e>Port <i>hint</i></label><select id=e>\
                <option>1<option>No 2</select></fieldset><a href=x id=f>Re: the offer</a>
                """)
        #expect(try await session.control("Save")?.attribute("id") == "c")
        #expect(try await session.control("Save all")?.attribute("id") == "b")
        #expect(try await session.control("all") == nil)
        #expect(try await session.link(containing: "the offer")?.attribute("id") == "f")
        #expect(try await session.field("Port")?.attribute("id") == "d")
        let list = try #require(try await session.field("Port", in: "Other server"))
        #expect(try await list.attribute("id") == "e")
        try await session.option("No 2", of: list)?.click()
        #expect(try await list.property("value") == "No 2")
        #expect(try await session.field("Port", in: "Third") == nil)
        #expect(try await session.says("One server Port"))
        await chromium.stop()
    }
}
