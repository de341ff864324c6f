import CRM
import Testing

@Suite struct HierarchyTests {
    /// 1 and 2 at the top; 3, 4 below 1; 5 below 2; 6 below 3; 7 outside; 8 below 7.
    static let members: [Hierarchy.Member] = [
        member(1, .top), member(2, .top), member(3, .below(1)), member(4, .below(1)), member(5, .below(2)),
        member(6, .below(3)), member(7, .outside), member(8, .below(7)),
    ]

    static func member(_ id: Int64, _ place: Place, level: VisibilityLevel = .own, active: Bool = true)
        -> Hierarchy.Member
    {
        Hierarchy.Member(id: UserID(id), name: "user \(id)", place: place, level: level, isActive: active)
    }

    let hierarchy = Hierarchy(members)

    @Test func `below is transitive`() {
        #expect(hierarchy.below(1) == [3, 4, 6])
        #expect(hierarchy.below(6) == [])
    }

    @Test func `a user outside the hierarchy has nobody below, whoever names them as superior`() {
        #expect(hierarchy.below(7) == [])
        #expect(hierarchy.directReports(of: 7) == [8])
    }

    @Test func `depth counts from the top and is unknown outside`() {
        #expect([1, 3, 6, 7, 8].map { hierarchy.depth(of: $0) } == [0, 1, 2, nil, nil])
    }

    @Test func `equals stand at the same depth`() {
        #expect(hierarchy.equals(of: 3) == [4, 5])
        #expect(hierarchy.equals(of: 1) == [2])
        #expect(hierarchy.equals(of: 7) == [])
        #expect(hierarchy.equals(of: 8) == [])
    }

    @Test func `an organisation may narrow equals to the same superior`() {
        let narrowed = Hierarchy(Self.members, equals: .sameSuperior)
        #expect(narrowed.equals(of: 3) == [4])
        #expect(narrowed.equals(of: 5) == [])
        #expect(narrowed.equals(of: 1) == [])
    }

    @Test func `distance is the number of steps up and down, through one point above the top`() {
        let distances = hierarchy.distances(from: 6)
        #expect(distances == [6: 0, 3: 1, 1: 2, 4: 3, 2: 4, 5: 5])
        #expect(hierarchy.distances(from: 8) == [8: 0, 7: 1])
    }

    @Test func `nobody is placed under themselves, someone below them or a stranger`() throws {
        #expect(throws: HierarchyError.ownSuperior) { try hierarchy.allow(1, under: 1) }
        #expect(throws: HierarchyError.circle(superior: "user 6")) { try hierarchy.allow(1, under: 6) }
        #expect(throws: HierarchyError.circle(superior: "user 8")) { try hierarchy.allow(7, under: 8) }
        #expect(throws: HierarchyError.noSuchSuperior) { try hierarchy.allow(1, under: 99) }
        try hierarchy.allow(6, under: 5)
        try hierarchy.allow(1, under: 2)
    }

    @Test func `a circle in a damaged database ends every walk`() {
        let damaged = Hierarchy([Self.member(1, .below(2)), Self.member(2, .below(1)), Self.member(3, .below(1))])
        #expect(damaged.below(1) == [2, 3])
        #expect(damaged.depth(of: 3) == nil)
        #expect(damaged.equals(of: 1) == [])
        #expect(damaged.distances(from: 3) == [3: 0, 1: 1, 2: 2])
    }
}
