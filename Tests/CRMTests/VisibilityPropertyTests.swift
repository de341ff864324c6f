import Generators
import CRM
import Testing

/// The rule held against a plain reading of the product's section 4, word for word and without regard to cost, on
/// random organisations.
@Suite struct VisibilityPropertyTests {
    struct Person {
        let id: UserID
        let name: String
        let superior: UserID?
        let isAtTop: Bool
        let level: Int
        let isActive: Bool
    }

    struct Reading {
        let people: [UserID: Person]
        /// Sync-only users, and whose further mailbox each is for.
        let seats: [UserID: UserID]
        let sameSuperior: Bool

        /// From a user's superior upwards.
        func chain(_ user: UserID) -> [UserID] {
            var chain: [UserID] = []
            var next = people[user]?.superior
            while let superior = next {
                chain.append(superior)
                next = people[superior]?.superior
            }
            return chain
        }

        func isOutside(_ user: UserID) -> Bool { people[user]!.superior == nil && !people[user]!.isAtTop }

        func isBelow(_ user: UserID, _ viewer: UserID) -> Bool { !isOutside(viewer) && chain(user).contains(viewer) }

        func depth(_ user: UserID) -> Int? {
            let chain = chain(user)
            return people[chain.last ?? user]!.isAtTop ? chain.count : nil
        }

        func areEqual(_ one: UserID, _ other: UserID) -> Bool {
            guard one != other, let depth = depth(one), depth == self.depth(other) else { return false }
            if !sameSuperior { return true }
            return people[one]!.superior != nil && people[one]!.superior == people[other]!.superior
        }

        func sees(_ viewer: UserID, _ seatOrOwner: UserID) -> Bool {
            guard people[viewer]?.isActive == true else { return false }
            let owner = seats[seatOrOwner] ?? seatOrOwner
            if viewer == owner { return true }
            let level = people[viewer]!.level
            if level == 4 { return true }
            if level >= 1 && isBelow(owner, viewer) { return true }
            if level >= 2 && areEqual(viewer, owner) { return true }
            return level >= 3 && people.keys.contains { areEqual(viewer, $0) && isBelow(owner, $0) }
        }

        func distance(_ one: UserID, _ other: UserID) -> Int {
            let ups = [one] + chain(one)
            let downs = [other] + chain(other)
            for (steps, ancestor) in ups.enumerated() {
                if let back = downs.firstIndex(of: ancestor) { return steps + back }
            }
            return people[ups.last!]!.isAtTop && people[downs.last!]!.isAtTop ? ups.count + downs.count : .max
        }
    }

    @Test(arguments: 0..<400)
    func `the rule grants exactly what section 4 says`(_ seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        let count = Int.random(in: 1...45, using: &random)
        let depth = Int.random(in: 1...6, using: &random)
        var people: [UserID: Person] = [:]
        for number in 1...count {
            let earlier = (max(1, number - count / depth)..<max(1, number)).map { UserID(Int64($0)) }
            let superior = Int.random(in: 0..<10, using: &random) < 7 ? earlier.randomElement(using: &random) : nil
            people[UserID(Int64(number))] = Person(
                id: UserID(Int64(number)),
                name: "\(Character(UnicodeScalar(UInt8.random(in: 97...105, using: &random))))",
                superior: superior, isAtTop: superior == nil && Bool.random(using: &random),
                level: Int.random(in: 0...4, using: &random), isActive: Int.random(in: 0..<10, using: &random) > 0)
        }
        var seats: [UserID: UserID] = [:]
        for number in 0..<Int.random(in: 0...6, using: &random) {
            seats[UserID(Int64(100 + number))] = people.keys.sorted().randomElement(using: &random)
        }
        let reading = Reading(people: people, seats: seats, sameSuperior: Bool.random(using: &random))
        let owners = (people.keys.sorted() + seats.keys.sorted()).filter { _ in
            Int.random(in: 0..<10, using: &random) < 8
        }
        let chosen = Set(owners.filter { _ in Int.random(in: 0..<10, using: &random) < 3 })
        let hierarchy = Hierarchy(
            people.values.map { person in
                Hierarchy.Member(
                    id: person.id, name: person.name,
                    place: person.superior.map(Place.below) ?? (person.isAtTop ? .top : .outside),
                    level: VisibilityLevel(rawValue: person.level)!, isActive: person.isActive)
            }
                + seats.map { seat, person in
                    // Whatever the database holds of a seat's own place and level counts for nothing.
                    Hierarchy.Member(id: seat, name: "s", place: .top, level: .everyone, person: person)
                }, equals: reading.sameSuperior ? .sameSuperior : .sameDepth)

        for viewer in people.keys.sorted() + seats.keys.sorted() {
            let visibility = Visibility.visibleMailboxOwners(
                viewer: viewer, in: hierarchy, mailboxOwners: owners, chosen: chosen)
            let seen = owners.filter { reading.sees(viewer, $0) }
            func rank(_ owner: UserID) -> (Int, Int, String, UserID) {
                (
                    owner == viewer ? 0 : 1, reading.distance(viewer, seats[owner] ?? owner),
                    people[owner]?.name ?? "s", owner
                )
            }
            let nearest = seen.sorted { rank($0) < rank($1) }
            // Own first, then whom the administrator chose, then the others; of more than 25.
            let preference = { (owner: UserID) in
                (seats[owner] ?? owner) == viewer ? 0 : chosen.contains(owner) ? 1 : 2
            }
            let taken = (0...2).flatMap { place in nearest.filter { preference($0) == place } }.prefix(25)
            #expect(visibility.owners == nearest.filter(taken.contains), "seed \(seed), viewer \(viewer)")
            #expect(visibility.omitted.map(\.owner) == nearest.filter { !taken.contains($0) })
        }
    }
}
