import Foundation
import Mail
import Mirror

/// A message as Graph describes it (message resource type), as far as the mirror needs it. After a change, only what
/// changed is there.
struct GraphMessage: Decodable, Sendable {
    struct Removal: Decodable, Sendable { let reason: String? }
    struct Recipient: Decodable, Sendable {
        struct Address: Decodable, Sendable { let name, address: String? }
        let emailAddress: Address?
    }

    let id: String
    let removed: Removal?
    let parentFolderId: String?
    let receivedDateTime: String?
    let sentDateTime: String?
    let createdDateTime: String?
    let subject: String?
    let internetMessageId: String?
    let from, sender: Recipient?
    let toRecipients, ccRecipients, bccRecipients: [Recipient]?

    private enum CodingKeys: String, CodingKey {
        case removed = "@removed"
        case id, parentFolderId, receivedDateTime, sentDateTime, createdDateTime, subject, internetMessageId, from
        case sender, toRecipients, ccRecipients, bccRecipients
    }

    /// What is asked of a message: headers only.
    static let selection =
        "id,parentFolderId,receivedDateTime,sentDateTime,createdDateTime,subject,internetMessageId,from,sender,"
        + "toRecipients,ccRecipients,bccRecipients"

    /// Everything that was asked for is there, not only what changed.
    var isWhole: Bool { (receivedDateTime ?? createdDateTime) != nil && toRecipients != nil }

    /// Something that decides where the message belongs has changed.
    var touchesHeaders: Bool {
        subject != nil || internetMessageId != nil || from != nil || sender != nil || toRecipients != nil
            || ccRecipients != nil || bccRecipients != nil
    }

    var fact: MessageFact {
        let date = [receivedDateTime, createdDateTime, sentDateTime].lazy.compactMap { $0 }
            .compactMap { MailDate.parse(Array($0.utf8))?.seconds }.first
        return MessageFact(
            id: RemoteMessageID(id), stableID: id, internalDate: date ?? 0,
            // Graph tells no sizes.
            size: 0,
            headers: MessageHeaders(
                from: Self.addresses([from ?? sender].compactMap { $0 }), to: Self.addresses(toRecipients),
                cc: Self.addresses(ccRecipients), bcc: Self.addresses(bccRecipients),
                subject: Array((subject ?? "").utf8), date: Array((sentDateTime ?? "").utf8),
                messageID: Array((internetMessageId ?? "").utf8)))
    }

    /// Exchange lets 1,000 recipients pass.
    private static let addressLimit = 10_000

    private static func addresses(_ recipients: [Recipient]?) -> [HeaderAddress] {
        (recipients ?? []).prefix(addressLimit).compactMap { recipient in
            guard let entry = recipient.emailAddress else { return nil }
            let address = Array((entry.address ?? "").utf8)
            // What has no "@" is a name within the organisation (an X.500 name), and nobody's address.
            let mark = address.lastIndex(of: UInt8(ascii: "@")) ?? address.endIndex
            return HeaderAddress(
                name: entry.name.map { Array($0.utf8) }, localPart: Array(address[..<mark]),
                domain: Array(address[mark...].dropFirst()))
        }
    }
}

/// A page of messages, of a delta, a listing or a search.
struct GraphPage<Item: Decodable & Sendable>: Decodable, Sendable {
    let value: [Item]
    let count: Int?
    let nextLink: String?
    let deltaLink: String?

    private enum CodingKeys: String, CodingKey {
        case value, count = "@odata.count", nextLink = "@odata.nextLink", deltaLink = "@odata.deltaLink"
    }
}

/// A folder as Graph lists it (mailFolder resource type).
struct GraphFolder: Decodable, Sendable {
    let id: String
    let removed: GraphMessage.Removal?
    let type: String?
    let displayName: String?
    let parentFolderId: String?
    let totalItemCount: Int?
    let unreadItemCount: Int?

    private enum CodingKeys: String, CodingKey {
        case removed = "@removed", type = "@odata.type"
        case id, displayName, parentFolderId, totalItemCount, unreadItemCount
    }

    static let selection = "id,displayName,parentFolderId,totalItemCount,unreadItemCount"

    /// A search that shows what stands elsewhere.
    var isSearch: Bool { type?.hasSuffix("mailSearchFolder") ?? false }
}
