import Mirror
import Testing

@Suite struct DeletionBrakeTests {
    @Test(arguments: [
        (0, 0), (1, 1), (9, 9), (9, 10), (9, 1_000_000),  // what a person deletes by hand
        (10, 101), (50, 501), (199, 1_991), (199, 1_000_000),  // a small part of a large folder
    ])
    func `a small report is believed`(_ reported: Int, _ mirrored: Int) {
        #expect(!DeletionBrake.demandsListing(reported: reported, mirrored: mirrored))
    }

    @Test(arguments: [
        (10, 10), (10, 100), (50, 500), (199, 1_990),  // a tenth of the folder or more
        (200, 1_000_000), (5_000, 1_000_000),  // very many, whatever the folder
    ])
    func `a report that takes much of a folder, or very many, demands a listing`(_ reported: Int, _ mirrored: Int) {
        #expect(DeletionBrake.demandsListing(reported: reported, mirrored: mirrored))
    }

    @Test func `a larger report never demands less`() {
        for mirrored in [1, 20, 150, 3_000] {
            var demanded = false
            for reported in 0...400 {
                let demands = DeletionBrake.demandsListing(reported: reported, mirrored: mirrored)
                #expect(demands || !demanded, "\(reported) of \(mirrored)")
                demanded = demands
            }
            #expect(demanded)
        }
    }
}
