import Database

/// Merges the parts of the index that emails are searched by.
///
/// FTS5 notes that a message is gone, which is enough for it not to be found; its words stand in the file until the
/// part that has them is written anew. So that they do leave, all parts are merged from time to time. Searching becomes
/// quicker, too.
public enum MessageIndexMerge {
    /// In seconds between two merges of everything; a million messages take half a minute, in small transactions.
    public static let interval: Int64 = 86_400

    /// Pages of some 4 KB that are written in one transaction: a tenth of a second, in which nobody else can write.
    static let pages = 500

    /// Does a part of the work.
    ///
    /// - Parameter isFirst: whether a merge of everything begins, and none goes on.
    /// - Returns: whether there is more to do.
    public static func step(_ tx: any Transaction, isFirst: Bool) throws -> Bool {
        let before = try tx.integer("SELECT total_changes()")
        // A negative number begins with all parts, a positive one goes on (sqlite.org/fts5.html, section 6.8).
        try tx.execute(
            "INSERT INTO message_search (message_search, rank) VALUES ('merge', $1)",
            [.integer(isFirst ? -pages : pages)])
        return try tx.integer("SELECT total_changes()") - before >= 2
    }
}
