import Generators
import CRM
import Mail
import Mirror
import Testing

/// The address book against the plainest reading of the rule, which looks at every address without sorting any out.
@Suite struct AddressBookPropertyTests {
    private struct PlainBook {
        let entries: [String: AddressBook.Entry]
        let exclusions: [String]
        let ownDomains: [String]
        let mirrorsReceived: Bool

        func decide(_ headers: MessageHeaders) -> Decision {
            let addressed: [(HeaderAddress, Direction)] =
                headers.from.map { ($0, .received) } + (headers.to + headers.cc + headers.bcc).map { ($0, .sent) }
            var matches: [ContactMatch] = []
            var keys: Set<String> = []
            var rule: ExclusionRule?
            for (address, direction) in addressed {
                guard let email = address.emailAddress else { continue }
                let (key, domain) = (email.matchKey, email.domainKey)
                if rule == nil {
                    if exclusions.contains("@" + domain) {
                        rule = .domain(domain)
                    } else if exclusions.contains(key) {
                        rule = .address(key)
                    }
                }
                guard let entry = entries[key], !ownDomains.contains(domain) else { continue }
                if direction == .received && !mirrorsReceived { continue }
                keys.insert(key)
                if matches.contains(where: { $0.contact == entry.contact }) { continue }
                matches.append(ContactMatch(contact: entry.contact, account: entry.account, direction: direction))
            }
            if matches.isEmpty { return .noContact }
            return rule.map { .excluded($0, addresses: keys) } ?? .matched(matches)
        }
    }

    private static let locals = [
        "carol", "Carol", "dave", "o'neil", "josé", "\"carol\"", "\"john doe\"", "john doe", "a@b", "carol(home)",
        "<carol",
        "'carol", "x", "carol\\", "anna,bob", "carol@client.example", "", " carol", "MISSING_MAILBOX", "a=b", "straße",
    ]
    private static let domains = [
        "client.example", "CLIENT.example", "client.example.", "other.example", "acme.example", "müller.example",
        "xn--mller-kva.example", "XN--MLLER-KVA.example", "client.example>", "client.example;", "client.example'",
        "client.example\"", "client.example,", "client.example)", "[192.0.2.1]", "", "MISSING_DOMAIN",
        "missing-host-name",
        ".SYNTAX-ERROR.", "localhost", " client.example", "client.example (work)", "client .example", "clıent.example",
        "client。example", "client_example.example", "\u{7f}client.example",
    ]

    private func address(_ random: inout SeededRandom) -> HeaderAddress {
        var local = Array((Self.locals.randomElement(using: &random) ?? "").utf8)
        var domain = Array((Self.domains.randomElement(using: &random) ?? "").utf8)
        // Now and then a byte of any value, wherever it falls.
        if Int.random(in: 0..<6, using: &random) == 0 {
            local.insert(.random(in: 0...255, using: &random), at: .random(in: 0...local.count, using: &random))
        }
        if Int.random(in: 0..<6, using: &random) == 0 {
            domain.insert(.random(in: 0...255, using: &random), at: .random(in: 0...domain.count, using: &random))
        }
        return HeaderAddress(name: nil, localPart: local, domain: domain)
    }

    @Test(arguments: 1...24)
    func `it decides like the plainest reading of the rule, and overlooks nobody`(_ seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        // Contacts whose addresses are those that mail of this kind can have, readable ones.
        var entries: [String: AddressBook.Entry] = [:]
        var exclusions: [String] = []
        for _ in 0..<60 {
            guard let email = address(&random).emailAddress else { continue }
            switch Int.random(in: 0..<20, using: &random) {
            case 0: exclusions.append(email.matchKey)
            case 1 where seed % 4 == 0: exclusions.append("@" + email.domainKey)
            default:
                let contact = ContactID(Int64(entries.count + 1))
                entries[email.matchKey] = .init(contact: contact, account: nil)
            }
        }
        let mirrorsReceived = Bool.random(using: &random)
        let plain = PlainBook(
            entries: entries, exclusions: exclusions, ownDomains: ["acme.example"], mirrorsReceived: mirrorsReceived)
        let book = AddressBook(
            entries: entries, exclusions: exclusions, ownDomains: ["acme.example"], mirrorsReceived: mirrorsReceived)
        var involved = 0
        for _ in 0..<100 {
            func some(_ limit: Int) -> [HeaderAddress] {
                (0..<Int.random(in: 0...limit, using: &random)).map { _ in address(&random) }
            }
            let headers = MessageHeaders(from: some(2), to: some(3), cc: some(2), bcc: some(1))
            let decision = book.decide(headers)
            let expected = plain.decide(headers)
            #expect(decision == expected, "seed \(seed): \(shown(headers))")
            if expected != .noContact { involved += 1 }
        }
        #expect(involved > 10, "seed \(seed) decides nothing worth the name")
    }

    private func shown(_ headers: MessageHeaders) -> [String] {
        (headers.from + headers.to + headers.cc + headers.bcc).map {
            String(decoding: $0.localPart, as: UTF8.self) + " @ " + String(decoding: $0.domain, as: UTF8.self)
        }
    }
}
