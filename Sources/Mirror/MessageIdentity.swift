import Mail

/// What makes a message the same message wherever it stands in a mailbox.
///
/// The provider's immutable id where there is one; else Message-ID, INTERNALDATE and size, with a hash of the envelope
/// so that two messages that share a Message-ID (they exist) stay two. It survives moves and a change of UIDVALIDITY,
/// so that neither downloads a text again.
public struct MessageIdentity: Hashable, Sendable {
    public let bytes: [UInt8]

    public init(bytes: [UInt8]) { self.bytes = bytes }

    public init(of fact: MessageFact) {
        if let stable = fact.stableID {
            bytes = [UInt8(ascii: "s")] + Array(stable.utf8)
            return
        }
        var envelope = Fingerprint()
        let headers = fact.headers
        for field in [headers.from, headers.to, headers.cc, headers.bcc] {
            for address in field {
                envelope.append(address.localPart)
                envelope.append(0x40)
                envelope.append(address.domain)
                envelope.append(0x2c)
            }
            envelope.append(0x0a)
        }
        envelope.append(headers.subject)
        envelope.append(0x0a)
        envelope.append(headers.date)
        // Longer Message-IDs exist only as damage; the envelope's hash tells them apart.
        bytes =
            Array("m\(fact.internalDate).\(fact.size).\(String(envelope.value, radix: 16)).".utf8)
            + headers.messageID.prefix(200)
    }
}

/// What a message of the mirror is recognised by when its place is read again.
public struct MessageName: Hashable, Sendable {
    /// Canonical, as in ``MessageEntry/messageID``.
    public let messageID: String?
    public let identity: MessageIdentity

    public init(messageID: String?, identity: MessageIdentity) {
        self.messageID = messageID
        self.identity = identity
    }

    /// Whether a fact describes the message. Its Message-ID is enough where it has one: sizes and dates are told
    /// differently by some servers from one time to the next.
    public func fits(_ fact: MessageFact) -> Bool {
        if let messageID { return messageID == MessageIDList.parse(fact.headers.messageID).first }
        return identity == MessageIdentity(of: fact)
    }
}

extension HeaderAddress {
    /// Decoded for showing.
    public var decoded: MailboxAddress {
        MailboxAddress(nameBytes: name, localPartBytes: localPart, domainBytes: domain)
    }

    /// The address, where it is one.
    public var emailAddress: EmailAddress? { MailboxAddress.address(localPartBytes: localPart, domainBytes: domain) }
}
