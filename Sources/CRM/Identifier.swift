/// The number under which the store keeps something, typed by what it is, so that one kind cannot be passed for
/// another. Numbers are positive and never used again.
public struct Identifier<Kind>: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int64

    @inlinable
    public init(rawValue: Int64) { self.rawValue = rawValue }

    @inlinable
    public init(_ rawValue: Int64) { self.rawValue = rawValue }
}

extension Identifier: Comparable {
    public static func < (one: Identifier, other: Identifier) -> Bool { one.rawValue < other.rawValue }
}

/// As it stands in addresses of pages: decimal digits, 1 or more.
extension Identifier: LosslessStringConvertible {
    public var description: String { String(rawValue) }

    public init?(_ description: String) {
        guard description.utf8.first.map({ $0 >= UInt8(ascii: "1") && $0 <= UInt8(ascii: "9") }) == true,
            let number = Int64(description)
        else { return nil }
        self.init(number)
    }
}

extension Identifier: Codable {
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(Int64.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

extension Identifier: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int64) { self.init(value) }
}

/// What an ``Identifier`` can identify; only names.
public enum Noun {
    public enum Organization {}
    public enum User {}
    public enum Session {}
    public enum Account {}
    public enum Contact {}
    public enum Activity {}
    public enum Exclusion {}
    public enum Mailbox {}
    public enum Folder {}
    public enum Message {}
    public enum AuditEntry {}
    public enum ContactImport {}
}

public typealias OrganizationID = Identifier<Noun.Organization>
public typealias UserID = Identifier<Noun.User>
public typealias SessionID = Identifier<Noun.Session>
public typealias AccountID = Identifier<Noun.Account>
public typealias ContactID = Identifier<Noun.Contact>
public typealias ActivityID = Identifier<Noun.Activity>
public typealias ExclusionID = Identifier<Noun.Exclusion>
public typealias MailboxID = Identifier<Noun.Mailbox>
public typealias FolderID = Identifier<Noun.Folder>
/// A mirrored message in one mailbox; not its Message-ID header field.
public typealias StoredMessageID = Identifier<Noun.Message>
/// An upload of contacts.
public typealias ContactImportID = Identifier<Noun.ContactImport>
public typealias AuditEntryID = Identifier<Noun.AuditEntry>
