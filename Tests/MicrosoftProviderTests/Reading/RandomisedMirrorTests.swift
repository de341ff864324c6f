import CRM
import Foundation
import Generators
import Mirror
import Sandbox
import Store
import Testing

@testable import MicrosoftProvider
@testable import SyncEngine

/// Whatever a remote user, the CRM's users, the service and the network do, in random order: at the end of each round
/// the mirror must equal the mailbox, and no message that exists is missing meanwhile.
@Suite struct RandomisedMirrorTests {
    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8, 15, 65])
    func `whatever happens, the cards hold exactly what the mailbox holds`(seed: UInt64) async throws {
        try await GraphBench.open { bench in
            var play = Play(bench: bench, random: SeededRandom(seed: seed), seed: seed)
            try await play.run(rounds: 25)
        }
    }
}

private struct Play {
    let bench: GraphBench
    var random: SeededRandom
    let seed: UInt64
    var contacts: [ContactID: [String]] = [:]
    var number = 0

    private static let people = (0..<6).map { "person\($0)@client.example" }

    init(bench: GraphBench, random: SeededRandom, seed: UInt64) {
        self.bench = bench
        self.random = random
        self.seed = seed
    }

    mutating func run(rounds: Int) async throws {
        var quirks = bench.sandbox.quirks
        quirks.forgetsReturningMessages = seed % 2 == 0
        quirks.emptyPageEvery = seed % 3 == 0 ? 2 : nil
        quirks.repeatsEvery = seed % 4 == 1 ? 3 : nil
        quirks.remembersRounds = seed % 5 == 0 ? 3 : nil
        quirks.reasonOfMoves = seed % 2 == 0 ? .deleted : .changed
        bench.sandbox.quirks = quirks
        for _ in 0..<Int(random.next() % 150) { try deliver(to: .inbox) }
        for round in 0..<rounds {
            for _ in 0..<Int.random(in: 1...10, using: &random) { try await act() }
            if random.next() % 2 == 0 { try await troubledPass(round) }
            try await settle("seed \(seed), round \(round)")
            try await compare("seed \(seed), round \(round)")
        }
        let check = try await bench.verify()
        #expect((check.missing, check.extra) == (0, 0), "seed \(seed)")
    }

    // MARK: What goes wrong

    private mutating func troubledPass(_ round: Int) async throws {
        let faults: [Fault.Effect] = [
            .throttle(retryAfter: 1), .throttle(retryAfter: nil), .throttle(retryAfter: 90),
            .fail(status: 500, code: "InternalServerError"), .fail(status: 503, code: "ServiceUnavailable"),
            .fail(status: 504, code: "GatewayTimeout"), .delay(milliseconds: 20), .truncate(after: 40), .loseAnswer,
            .refuse, .expireDeltaTokens, .rejectToken,
        ]
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let effect = faults.randomElement(using: &random) ?? .refuse
            let path =
                [nil, "messages/delta", "mailFolders/delta", "me/messages", "$batch"]
                .randomElement(using: &random) ?? nil
            bench.sandbox.faults.add(
                Fault(
                    effect, path: path, skipping: Int.random(in: 0...4, using: &random),
                    times: Int.random(in: 1...9, using: &random)))
        }
        if random.next() % 3 == 0 { bench.sandbox.expireDeltaTokens() }
        let before = try await standing()
        // It may come to its end or not.
        do { try await bench.pass() } catch is SourceError {} catch { throw error }
        try await demandPresent(before, "seed \(seed), round \(round), in trouble")
        bench.sandbox.faults.clear()
    }

    /// What stands on cards and in the mailbox.
    private func standing() async throws -> [ContactID: Set<String>] {
        let existing = Set(try bench.mirroredLetters().map { String($0.messageID.dropFirst().dropLast()) })
        var standing: [ContactID: Set<String>] = [:]
        for contact in contacts.keys { standing[contact] = Set(try await bench.card(contact)).intersection(existing) }
        return standing
    }

    private func demandPresent(_ before: [ContactID: Set<String>], _ moment: String) async throws {
        let existing = Set(try bench.mirroredLetters().map { String($0.messageID.dropFirst().dropLast()) })
        for (contact, messages) in before where contacts[contact] != nil {
            let lost = messages.intersection(existing).subtracting(try await bench.card(contact))
            #expect(lost == [], "\(moment): messages that exist left a card")
        }
    }

    private func settle(_ moment: String) async throws {
        // Counts that agree by chance are believed for some minutes.
        bench.advance(by: 301)
        for _ in 0..<6 {
            let before = try await standing()
            let report = try await bench.pass()
            try await demandPresent(before, moment)
            if !(report.isComplete && !report.isBlind && report.orphansRemain) && !report.folderWentMissing { break }
        }
        bench.advance(by: 301)
        try await bench.settle()
    }

    // MARK: What people do

    private mutating func deliver(to role: MailboxFolder.Role) throws {
        number += 1
        let sender = random.next() % 2 == 0 ? "ann@acme.example" : Self.people.randomElement(using: &random) ?? ""
        let recipients = (0..<Int(random.next() % 3)).map { _ in Self.people.randomElement(using: &random) ?? "" }
        try bench.deliver("m\(number)@x", from: sender, to: recipients, in: role)
        bench.advance(by: 1)
    }

    private mutating func act() async throws {
        let choice = random.next() % 100
        var random = random
        defer { self.random = random }
        let (folder, other, message) = try bench.mailbox { mailbox, _ in
            let folders = mailbox.folders.filter { ![.root, .recoverable].contains($0.role) }.map(\.id)
                .sorted { $0.rawValue < $1.rawValue }
            let folder = folders.randomElement(using: &random) ?? mailbox.folder(.inbox).id
            let other = folders.randomElement(using: &random) ?? mailbox.folder(.inbox).id
            return (folder, other, mailbox.messages(in: folder).map(\.id).sorted().randomElement(using: &random))
        }
        switch choice {
        case 0..<35:
            number += 1
            let sender = random.next() % 2 == 0 ? "ann@acme.example" : Self.people.randomElement(using: &random) ?? ""
            let recipients = (0..<Int(random.next() % 3)).map { _ in Self.people.randomElement(using: &random) ?? "" }
            let letter = bench.letter("m\(number)@x", from: sender, to: recipients)
            try bench.mailbox { _ = $0.deliver(letter, to: folder, at: $1) }
            bench.advance(by: 1)
        case 35..<50: if let message { try bench.mailbox { try $0.move(message, to: other, at: $1) } }
        case 50..<60:
            // There and back again, between two looks or not.
            guard let message else { return }
            try bench.mailbox { try $0.move(message, to: other, at: $1) }
            if random.next() % 2 == 0 { _ = try? await bench.pass() }
            try bench.mailbox { try $0.move(message, to: folder, at: $1) }
        case 60..<66: if let message { try bench.mailbox { try $0.delete(message, at: $1) } }
        case 66..<70: if let message { try bench.mailbox { try $0.permanentlyDelete(message, at: $1) } }
        case 70..<73:
            try bench.mailbox { mailbox, now in
                let trash =
                    mailbox.messages(in: mailbox.folder(.deleted).id)
                    + mailbox.messages(in: mailbox.folder(.recoverable).id)
                if let message = trash.map(\.id).sorted().randomElement(using: &random) {
                    try mailbox.restore(message, at: now)
                }
            }
        case 73..<76: if let message { try bench.mailbox { try $0.setRead(true, of: message, at: $1) } }
        case 76..<78:
            number += 1
            let name = "Folder \(number)"
            let isNested = random.next() % 2 == 0
            try bench.mailbox { mailbox, _ in
                let parent = mailbox.folder(folder).flatMap { $0.role == .other ? $0.id : nil }
                mailbox.createFolder(name, in: isNested ? parent : nil)
            }
        case 78..<80:
            let name = "Renamed \(number)"
            try bench.mailbox { mailbox, _ in
                if mailbox.folder(folder)?.role == .other { try mailbox.renameFolder(folder, to: name) }
            }
        case 80..<82:
            let forGood = random.next() % 2 == 0
            try bench.mailbox { mailbox, now in
                guard mailbox.folder(folder)?.role == .other else { return }
                if forGood {
                    try mailbox.permanentlyDeleteFolder(folder, at: now)
                } else {
                    try mailbox.deleteFolder(folder)
                }
            }
        case 82..<90:
            let taken = Set(contacts.values.joined())
            if let address = Self.people.first(where: { !taken.contains($0) }) {
                contacts[try await bench.addContact(address)] = [address]
            }
        case 90..<92:
            if let contact = contacts.keys.sorted().randomElement(using: &random) {
                let organization = bench.organization
                try await bench.database.write { try Contacts.delete($0, organization, contact, now: 1) }
                contacts[contact] = nil
            }
        case 92..<93: bench.sandbox.expireDeltaTokens(of: bench.account)
        default: _ = try? await bench.pass()
        }
    }

    // MARK: What must hold

    private func compare(_ moment: String) async throws {
        let letters = try bench.mirroredLetters()
        for (contact, addresses) in contacts {
            let expected = Set(
                letters.filter { letter in
                    ([letter.from].compactMap { $0 } + letter.to + letter.cc).contains {
                        addresses.contains($0.address)
                    }
                }.map { String($0.messageID.dropFirst().dropLast()) })
            let card = try await bench.card(contact)
            #expect(Set(card) == expected, "\(moment): the card differs from the mailbox")
            #expect(card.count == expected.count, "\(moment): an entry stands twice")
        }
        let accounting = try await bench.accounting()
        #expect(accounting.addsUp, "\(moment): the accounting does not add up: \(accounting)")
        #expect(accounting.listed == letters.count, "\(moment): the provider counts other than the mirror")
        #expect(accounting.waiting + accounting.setAside == 0, "\(moment): something is left over")
    }
}
