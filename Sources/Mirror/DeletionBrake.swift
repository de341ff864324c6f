/// When a report of deletions is not believed without a complete listing of the folder.
///
/// Servers have reported whole folders as vanished while all of it was there (nextcloud/mail#11908). A listing costs
/// one request, so the brake engages early.
public enum DeletionBrake {
    /// So many deletions at once are looked at in any folder.
    public static let alwaysSuspicious = 200
    /// Fewer than these are what a person deletes by hand.
    public static let neverSuspicious = 10

    /// - Parameters:
    ///   - reported: how many mirrored messages the report would remove from the folder.
    ///   - mirrored: how many the mirror has there.
    public static func demandsListing(reported: Int, mirrored: Int) -> Bool {
        if reported < neverSuspicious { return false }
        return reported >= alwaysSuspicious || reported * 10 >= mirrored
    }
}
