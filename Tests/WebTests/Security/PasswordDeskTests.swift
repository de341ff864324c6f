import CRM
import HTTPTypes
import Store
import Testing

@testable import Web

@Suite struct PasswordDeskTests {
    @Test func `only so many wait, and there is room again when they are done`() async throws {
        let desk = PasswordDesk(PasswordHash(cost: WebBench.cost))
        try await withFull(desk) {
            await #expect(throws: WebError.busy) { _ = try await desk.make(Secret("a good password")) }
        }
        #expect(desk.waiting == 0)
        let hash = try await desk.make(Secret("a good password"))
        #expect(try await desk.verify(Secret("a good password"), against: hash))
        #expect(desk.waiting == 0)
    }

    @Test func `when too many sign in at once, one is asked to try again, and has lost no try`() async throws {
        let bench = try await WebBench()
        let right: KeyValuePairs = [
            "email": "tom.ashworth@" + SampleCompany.domain, "password": SampleCompany.password,
        ]
        try await bench.browse { (browser) async throws in
            try await browser.get("/sign-in")
            try await withFull(bench.front.services.passwords) {
                for _ in 0..<12 {
                    let answer = try await browser.post("/sign-in", right)
                    #expect(answer.status == .serviceUnavailable)
                    #expect(answer.words.contains("wait a few seconds and try again"))
                }
            }
            #expect(try await browser.post("/sign-in", right).path == "/contacts")
        }
    }

    @Test func `a form of the first start that comes too late is refused before a password is hashed`() async throws {
        let bench = try await WebBench()
        try await bench.browse { (browser) async throws in
            try await browser.get("/sign-in")
            try await withFull(bench.front.services.passwords) { () async throws in
                for path in ["/setup", "/setup/sample"] {
                    let status = try await browser.post(path).status
                    #expect(status == .conflict, "\(path)")
                }
            }
        }
    }
}
