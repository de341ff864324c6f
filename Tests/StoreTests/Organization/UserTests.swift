import CRM
import Database
import Store
import Testing

@Suite struct UserTests {
    private func form(_ name: String, _ email: String) -> UserForm {
        var form = UserForm()
        form.name = name
        form.email = email
        return form
    }

    @Test func `an address belongs to one user of the organisation, in whatever spelling`() async throws {
        let bench = try await Bench()
        let taken = UserError.emailTaken(email: "ANN@acme.example", by: "Ann")
        let form = form("New", "ANN@acme.example")
        await #expect(throws: taken) {
            try await bench.write { try Users.create($0, $1, try form.validated(), passwordHash: nil, now: 1) }
        }
        await #expect(throws: taken) {
            try await bench.write { [bob = bench.bob] in try Users.update($0, $1, bob, try form.validated()) }
        }
        // One's own address may change its spelling.
        let user = try await bench.write { [ann = bench.ann] tx, organization in
            try Users.update(tx, organization, ann, try form.validated())
            return try Users.find(tx, organization, ann)
        }
        #expect(user?.name == "New" && user?.email == "ANN@acme.example")
    }

    @Test func `a user stands where they were placed, and circles are refused`() async throws {
        let bench = try await Bench()
        func place(_ user: UserID, _ place: Place) async throws {
            try await bench.write { try Users.place($0, $1, user, place, now: 1) }
        }
        try await place(bench.dan, .below(bench.ann))
        let before = try await bench.database.contents()
        await #expect(throws: HierarchyError.circle(superior: "Dan")) { try await place(bench.eve, .below(bench.dan)) }
        await #expect(throws: HierarchyError.ownSuperior) { try await place(bench.ann, .below(bench.ann)) }
        await #expect(throws: HierarchyError.noSuchSuperior) { try await place(bench.ann, .below(99)) }
        #expect(try await bench.database.contents() == before)
        try await place(bench.bob, .outside)
        let places = try await bench.read { try Users.list($0, $1).map(\.place) }
        #expect(places == [.below(bench.eve), .outside, .below(bench.ann), .top])
        let below = try await bench.read { [eve = bench.eve] in try Users.hierarchy($0, $1).below(eve) }
        #expect(below == [bench.ann, bench.dan])
    }

    @Test func `the last administrator can neither leave nor step down`() async throws {
        let bench = try await Bench()
        let (dan, ann) = (bench.dan, bench.ann)
        for act: @Sendable (any Transaction, OrganizationID) throws -> Void in [
            { try Users.setActive($0, $1, dan, false, now: 1) }, { try Users.setAdministrator($0, $1, dan, false) },
        ] {
            await #expect(throws: UserError.lastAdministrator) { try await bench.write(act) }
        }
        try await bench.write { try Users.setAdministrator($0, $1, ann, true) }
        try await bench.write { try Users.setActive($0, $1, dan, false, now: 1) }
        await #expect(throws: UserError.lastAdministrator) {
            try await bench.write { try Users.setAdministrator($0, $1, ann, false) }
        }
    }

    @Test func `only active users with a password can sign in`() async throws {
        let bench = try await Bench()
        func candidates() async throws -> [UserID] {
            try await bench.database.read { try Users.candidates($0, emailKey: "ann@acme.example").map(\.user.id) }
        }
        #expect(try await candidates() == [bench.ann])
        try await bench.write { [ann = bench.ann] in try Users.setActive($0, $1, ann, false, now: 1) }
        #expect(try await candidates() == [])
        try await bench.write { [ann = bench.ann] tx, organization in
            try Users.setActive(tx, organization, ann, true, now: 1)
            try Users.setPasswordHash(tx, organization, ann, nil)
            #expect(try Users.passwordHash(tx, organization, ann) == nil)
        }
        #expect(try await candidates() == [])
    }

    @Test func `an address with a seat in two organisations has two candidates`() async throws {
        let bench = try await Bench()
        let form = form("Ann too", "ann@acme.example")
        let other = try await bench.database.write { tx in
            let other = try Organizations.create(tx, name: "Other", ownDomains: [], now: 1)
            return try Users.create(tx, other, try form.validated(), passwordHash: "other", now: 1)
        }
        let candidates = try await bench.database.read { try Users.candidates($0, emailKey: "ann@acme.example") }
        #expect(candidates.map(\.user.id) == [bench.ann, other])
        #expect(candidates.map(\.passwordHash) == ["hash", "other"])
    }

    @Test func `a superior of another organisation is refused by the database itself`() async throws {
        let bench = try await Bench()
        let form = form("X", "x@other.example")
        let other = try await bench.database.write { tx in
            let other = try Organizations.create(tx, name: "Other", ownDomains: [], now: 1)
            return try Users.create(tx, other, try form.validated(), passwordHash: nil, place: .top, now: 1)
        }
        await #expect(throws: DatabaseError.foreignKeyViolation) {
            try await bench.write { tx, organization in
                try tx.execute(
                    "UPDATE users SET superior_id = $2, at_top = 0 WHERE organization_id = $1",
                    [.integer(organization.rawValue), .integer(other.rawValue)])
            }
        }
    }
}
