import CRM
import FakeMailbox
import Generators
import Mirror
import Testing

@testable import SyncEngine

/// Thousands of things that a remote user, the CRM's users and the network do, in random order; at the end of each
/// round the mirror must equal the mailbox.
@Suite struct RandomisedMirrorTests {
    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8])
    func `whatever happens, the cards hold exactly what the mailbox holds`(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let bench = try await MirrorBench(pageSize: Int.random(in: 1...5, using: &random))
        var contacts: [ContactID: [String]] = [:]
        var number = 0
        for round in 0..<60 {
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                number += 1
                try await act(bench, number, &contacts, &random)
            }
            if random.next() % 4 == 0 {
                // Something happens while folders are read; the pass may fail half way.
                let choice = random.next()
                let failing = ["INBOX", "Sent", "Projects"][Int(choice % 3)]
                bench.mailbox.beforeReading { [mailbox = bench.mailbox] name in
                    guard name == failing else { return }
                    mailbox.beforeReading(nil)
                    if choice % 5 == 0 { mailbox.fail(with: .transient("cut off")) }
                    for folder in ["INBOX", "Sent", "Projects"] {
                        if let uid = mailbox.uids(in: folder).last { mailbox.move(uid, from: folder, to: "Projects") }
                    }
                }
                _ = try? await bench.pass()
                bench.mailbox.beforeReading(nil)
                bench.mailbox.fail(with: nil)
            }
            try await bench.settle()
            // A deleted folder that held much of the mailbox goes only after some minutes.
            bench.clock.withLock { $0 += 121 }
            try await bench.settle()
            try await compare(bench, contacts, "seed \(seed), round \(round)")
        }
        let check = try await bench.verify()
        #expect((check.missing, check.extra) == (0, 0), "seed \(seed)")
    }

    private static let people = (0..<6).map { "person\($0)@client.example" }

    private func act(
        _ bench: MirrorBench, _ number: Int, _ contacts: inout [ContactID: [String]], _ random: inout SeededRandom
    ) async throws {
        let mailbox = bench.mailbox
        let folders = mailbox.folderNames
        let folder = folders[Int(random.next() % UInt64(folders.count))]
        let other = folders[Int(random.next() % UInt64(folders.count))]
        let uid = mailbox.uids(in: folder).randomElement(using: &random)
        switch random.next() % 100 {
        case 0..<45:
            let sender = random.next() % 2 == 0 ? "ann@acme.example" : Self.people.randomElement(using: &random) ?? ""
            let recipients = (0..<Int(random.next() % 3)).map { _ in Self.people.randomElement(using: &random) ?? "" }
            mailbox.deliver(
                message("m\(number)@x", from: sender, to: recipients, date: 1_699_000_000 + Int64(number)), to: folder)
        case 45..<60: if let uid { mailbox.move(uid, from: folder, to: other) }
        case 60..<72: if let uid { mailbox.expunge(uid, in: folder) }
        case 72..<77: if let uid { mailbox.copy(uid, from: folder, to: other) }
        case 77..<79: mailbox.resetUIDValidity(of: folder)
        case 79..<81: mailbox.createFolder("Folder \(number)")
        case 81..<83: if mailbox.role(of: folder) == .other { mailbox.renameFolder(folder, to: "Renamed \(number)") }
        case 83..<84: if mailbox.role(of: folder) == .other { mailbox.deleteFolder(folder) }
        case 84..<91:
            let taken = Set(contacts.values.joined())
            if let address = Self.people.first(where: { !taken.contains($0) }) {
                contacts[try await bench.addContact(address)] = [address]
            }
        case 91..<94:
            if let contact = contacts.keys.sorted().randomElement(using: &random) {
                try await bench.deleteContact(contact)
                contacts[contact] = nil
            }
        case 94..<97:
            let taken = Set(contacts.values.joined())
            if let contact = contacts.keys.sorted().randomElement(using: &random),
                let address = Self.people.last(where: { !taken.contains($0) })
            {
                try await bench.setAddresses([address], of: contact)
                contacts[contact] = [address]
            }
        default: _ = try? await bench.pass()
        }
    }

    private func compare(_ bench: MirrorBench, _ contacts: [ContactID: [String]], _ moment: String) async throws {
        let messages = bench.mailbox.mirroredMessages
        for (contact, addresses) in contacts {
            let keys = Set(addresses)
            let expected = Set(
                messages.filter { message in
                    let headers = message.headers
                    return (headers.from + headers.to + headers.cc).contains {
                        keys.contains(String(decoding: $0.localPart + [0x40] + $0.domain, as: UTF8.self))
                    }
                }.map { String($0.messageID.dropFirst().dropLast()) })
            let card = try await bench.card(contact)
            #expect(Set(card) == expected, "\(moment): the card differs from the mailbox")
            #expect(card.count == expected.count, "\(moment): an entry stands twice")
        }
        let accounting = try await bench.accounting()
        #expect(accounting.addsUp, "\(moment): the accounting does not add up")
        #expect(accounting.listed == messages.count, "\(moment): the provider counts other than the mirror")
        #expect(accounting.waiting + accounting.setAside == 0, "\(moment): something is left over")
    }
}
