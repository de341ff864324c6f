import HTTPTypes
import Store
import Testing

@testable import Web

@Suite struct ClientPlaceTests {
    private func place(_ peer: String, _ fields: String...) -> String {
        ClientPlace.of(peer: NetworkAddress(peer), forwardedFor: fields, trusting: NetworkRange.loopback)
    }

    @Test func `a proxy that is trusted is believed whom it was asked by`() {
        #expect(place("127.0.0.1", "203.0.113.9") == "203.0.113.9")
        #expect(place("::1", "203.0.113.9:4711") == "203.0.113.9")
        #expect(place("::ffff:127.0.0.1", " 203.0.113.9 ") == "203.0.113.9")
        #expect(place("127.0.0.1", "203.0.113.9, 127.0.0.2", "127.0.0.3") == "203.0.113.9")
    }

    @Test func `what the client itself wrote into the field is not believed`() {
        #expect(place("127.0.0.1", "192.0.2.1, 203.0.113.9") == "203.0.113.9")
        #expect(place("127.0.0.1", "192.0.2.1", "203.0.113.9") == "203.0.113.9")
        #expect(place("203.0.113.9", "192.0.2.1") == "203.0.113.9")
        #expect(place("127.0.0.1", "192.0.2.1, unknown") == "127.0.0.1")
        #expect(place("127.0.0.1") == "127.0.0.1")
    }

    @Test func `a network of IPv6 is one place, however many addresses it has`() {
        let one = place("127.0.0.1", "2001:db8:1:2::1")
        #expect(one == place("127.0.0.1", "[2001:db8:1:2:ffff::7]:443"))
        #expect(one != place("127.0.0.1", "2001:db8:1:3::1"))
    }

    @Test func `ranges hold what agrees with them in so many bits`() throws {
        for (range, inside, outside) in [
            ("10.0.0.0/8", "10.255.0.1", "11.0.0.1"), ("192.0.2.128/25", "192.0.2.200", "192.0.2.100"),
            ("192.0.2.7", "192.0.2.7", "192.0.2.8"), ("fd00::/8", "fd12::1", "fe80::1"),
            ("2001:db8::/33", "2001:db8:7fff::1", "2001:db8:8000::1"), ("0.0.0.0/0", "8.8.8.8", "2001:db8::1"),
        ] {
            let block = try #require(NetworkRange(range))
            let (near, far) = (try #require(NetworkAddress(inside)), try #require(NetworkAddress(outside)))
            #expect(block.contains(near) && !block.contains(far), "\(range)")
        }
        for text in ["", "proxy.example", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "::/129", "10.0.0.0/8/8", "/8"] {
            #expect(NetworkRange(text) == nil, "\(text)")
        }
        #expect(NetworkRange.loopback.map(\.description) == ["127.0.0.0/8", "::1"])
    }

    @Test func `behind a proxy, whoever guesses is held, and nobody else`() async throws {
        let bench = try await WebBench()
        try await bench.browse(over: .live) { (browser) async throws in
            func signIn(_ password: String, from places: String) async throws -> HTTPResponse.Status {
                let body = browser.encoded(["email": "tom.ashworth@" + SampleCompany.domain, "password": password])
                let headers: HTTPFields = [.forwardedFor: places]
                return try await browser.send(.post, "/sign-in", body: body, headers: headers).status
            }
            try await browser.get("/sign-in")
            for _ in 0..<10 { #expect(try await signIn("wrong", from: "203.0.113.9") == .unprocessableContent) }
            #expect(try await signIn(SampleCompany.password, from: "203.0.113.9") == .tooManyRequests)
            #expect(try await signIn(SampleCompany.password, from: "192.0.2.1, 203.0.113.9") == .tooManyRequests)
            #expect(try await signIn(SampleCompany.password, from: "192.0.2.1") == .seeOther)
        }
    }
}
