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
}
