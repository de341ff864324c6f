import Mirror
import Testing

@Suite struct RemoteListingTests {
    @Test func `ranges hold what lies in them and nothing else`() {
        let listing = RemoteListing.uids([1...3, 7...7, 10...4_294_967_295])
        let held: Set<UInt32> = [1, 2, 3, 7, 10, 11, 4_294_967_295]
        for uid: UInt32 in [0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 4_294_967_295] {
            #expect(listing.contains(RemoteMessageID(uid: uid)) == held.contains(uid), "\(uid)")
        }
        #expect(RemoteListing.uids([1...3, 7...7]).count == 4)
    }

    @Test func `an id that is no UID is in no range, and an empty listing holds nothing`() {
        for id in ["", "x1", "-1", "4294967296", "AAMk="] {
            #expect(!RemoteListing.uids([1...4_294_967_295]).contains(RemoteMessageID(id)))
        }
        #expect(!RemoteListing.uids([]).contains(RemoteMessageID(uid: 1)))
        #expect(RemoteListing.uids([]).count == 0)
    }

    @Test func `names are compared letter by letter`() {
        let listing = RemoteListing.ids([RemoteMessageID("AbC")])
        #expect(listing.contains(RemoteMessageID("AbC")) && !listing.contains(RemoteMessageID("abc")))
    }
}
