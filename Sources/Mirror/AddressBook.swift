import CRM
import Mail

/// The addresses that decide which mail is mirrored, as of one moment.
public struct AddressBook: Sendable {
    /// Whom an address belongs to.
    public struct Entry: Hashable, Sendable {
        public let contact: ContactID
        public let account: AccountID?

        public init(contact: ContactID, account: AccountID?) {
            self.contact = contact
            self.account = account
        }
    }

    /// Contacts by `EmailAddress.matchKey`.
    private let entries: [String: Entry]
    private let excludedAddresses: Set<String>
    private let excludedDomains: Set<String>
    private let ownDomains: Set<String>
    /// Whether mail received from a contact belongs on the card too (product, section 1.1).
    public let mirrorsReceived: Bool
    /// The hashes of all addresses that matter, to pass over the others quickly.
    private let hashes: Set<UInt64>
    private let domainHashes: Set<UInt64>

    /// - Parameters:
    ///   - entries: contacts by `EmailAddress.matchKey`.
    ///   - exclusions: match keys of addresses, or a domain behind an `@`.
    ///   - ownDomains: the organisation's own domains; their addresses never make a match.
    public init(
        entries: [String: Entry], exclusions: [String] = [], ownDomains: [String] = [], mirrorsReceived: Bool = true
    ) {
        self.entries = entries
        self.excludedAddresses = Set(exclusions.filter { !$0.hasPrefix("@") })
        self.excludedDomains = Set(exclusions.filter { $0.hasPrefix("@") }.map { String($0.dropFirst()) })
        self.ownDomains = Set(ownDomains.map { $0.lowercased() })
        self.mirrorsReceived = mirrorsReceived
        self.hashes = Set((Array(entries.keys) + Array(self.excludedAddresses)).map(Self.hash(ofKey:)))
        self.domainHashes = Set(self.excludedDomains.map(Self.hash(ofKey:)))
    }

    public var isEmpty: Bool { entries.isEmpty }

    /// What becomes of a message with these headers. A message counts as excluded only where a contact is on it.
    public func decide(_ headers: MessageHeaders) -> Decision {
        var matches: [ContactMatch] = []
        var matchedKeys: Set<String> = []
        var rule: ExclusionRule?
        for (field, direction) in [
            (headers.from, Direction.received), (headers.to, .sent), (headers.cc, .sent), (headers.bcc, .sent),
        ] {
            for address in field {
                guard concerns(address), let key = address.emailAddress?.matchKey else { continue }
                let domain = key.lastIndex(of: "@").map { String(key[key.index(after: $0)...]) } ?? ""
                if rule == nil {
                    if excludedAddresses.contains(key) { rule = .address(key) }
                    if excludedDomains.contains(domain) { rule = .domain(domain) }
                }
                guard let entry = entries[key], !ownDomains.contains(domain) else { continue }
                if direction == .received && !mirrorsReceived { continue }
                matchedKeys.insert(key)
                // A contact who wrote the message and is also among its recipients: it was received from them, and From
                // is looked at first.
                if matches.contains(where: { $0.contact == entry.contact }) { continue }
                matches.append(ContactMatch(contact: entry.contact, account: entry.account, direction: direction))
            }
        }
        if matches.isEmpty { return .noContact }
        if let rule { return .excluded(rule, addresses: matchedKeys) }
        return .matched(matches)
    }

    /// Whether an address can matter at all. May say yes wrongly, never no wrongly.
    ///
    /// Only bytes that cannot be read in two ways are judged by their hash; quotes, comments, blanks, brackets and what
    /// servers leave of an address that they could not take apart may hide one that the bytes do not spell.
    private func concerns(_ address: HeaderAddress) -> Bool {
        var hash = Fingerprint()
        guard hash.appendLowercased(address.localPart, while: Self.isPlainInLocalPart) else { return true }
        hash.append(UInt8(ascii: "@"))
        guard hash.appendLowercased(address.domain, while: Self.isPlainInDomain) else { return true }
        if hashes.contains(hash.value) { return true }
        // A domain of one word may be a server's word for one that is missing; a dot at the end is not part of it.
        guard address.domain.contains(UInt8(ascii: ".")), address.domain.last != UInt8(ascii: ".") else { return true }
        if domainHashes.isEmpty { return false }
        var domainHash = Fingerprint()
        _ = domainHash.appendLowercased(address.domain, while: Self.isPlainInDomain)
        return domainHashes.contains(domainHash.value)
    }

    /// What an unquoted local part consists of (RFC 5322, section 3.2.3), but for the apostrophe, which some programs
    /// put around whole addresses.
    @inline(__always)
    private static func isPlainInLocalPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "-")...UInt8(ascii: "9"), UInt8(ascii: "#")...UInt8(ascii: "&"),
            UInt8(ascii: "^")...UInt8(ascii: "`"), UInt8(ascii: "{")...UInt8(ascii: "~"), UInt8(ascii: "!"),
            UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "="), UInt8(ascii: "?"):
            true
        default: false
        }
    }

    @inline(__always)
    private static func isPlainInDomain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static func hash(ofKey key: String) -> UInt64 {
        var hash = Fingerprint()
        hash.append(key.utf8)
        return hash.value
    }
}

/// What becomes of a message.
public enum Decision: Hashable, Sendable {
    /// No contact is on it. It leaves no trace but a count.
    case noContact
    /// Addresses are those of contacts, by `EmailAddress.matchKey`: without them the message would be ``noContact``.
    case excluded(ExclusionRule, addresses: Set<String>)
    case matched([ContactMatch])
}

/// A rule that keeps a message out although a contact is on it.
public enum ExclusionRule: Hashable, Sendable {
    /// By `EmailAddress.matchKey`.
    case address(String)
    case domain(String)

    /// From a ``pattern``.
    public init(pattern: String) {
        self = pattern.first == "@" ? .domain(String(pattern.dropFirst())) : .address(pattern)
    }

    /// As the administrator wrote it.
    public var pattern: String {
        switch self {
        case .address(let key): key
        case .domain(let domain): "@" + domain
        }
    }
}

/// A contact on whose card a message belongs.
public struct ContactMatch: Hashable, Sendable {
    public let contact: ContactID
    public let account: AccountID?
    public let direction: Direction

    public init(contact: ContactID, account: AccountID?, direction: Direction) {
        self.contact = contact
        self.account = account
        self.direction = direction
    }
}
