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

        func sees(_ viewer: UserID, _ owner: UserID) -> Bool {
            guard people[viewer]!.isActive else { return false }
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
        var random = SeededGenerator(seed: UInt64(seed))
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
        let reading = Reading(people: people, sameSuperior: Bool.random(using: &random))
        let owners = people.keys.sorted().filter { _ in Int.random(in: 0..<10, using: &random) < 8 }
        let hierarchy = Hierarchy(
            people.values.map { person in
                Hierarchy.Member(
                    id: person.id, name: person.name,
                    place: person.superior.map(Place.below) ?? (person.isAtTop ? .top : .outside),
                    level: VisibilityLevel(rawValue: person.level)!, isActive: person.isActive)
            }, equals: reading.sameSuperior ? .sameSuperior : .sameDepth)

        for viewer in people.keys {
            let visibility = Visibility.visibleMailboxOwners(viewer: viewer, in: hierarchy, mailboxOwners: owners)
            let expected = owners.filter { reading.sees(viewer, $0) }.sorted { one, other in
                let key: (UserID) -> (Int, String, UserID) = { (reading.distance(viewer, $0), people[$0]!.name, $0) }
                return key(one) < key(other)
            }
            #expect(visibility.owners == Array(expected.prefix(25)), "seed \(seed), viewer \(viewer)")
            #expect(visibility.leftOut == max(0, expected.count - 25))
        }
    }
}
