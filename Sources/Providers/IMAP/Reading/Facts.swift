import IMAP
import Mail
import Mirror

/// Turns what FETCH answers into facts.
enum Facts {
    /// What a scan asks of each message.
    static func items(hasObjectID: Bool) -> String {
        "ENVELOPE INTERNALDATE RFC822.SIZE" + (hasObjectID ? " EMAILID" : "")
    }

    /// What is asked of a message whose ENVELOPE is missing, garbled or without addresses.
    static let headerItems =
        "INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (FROM TO CC BCC SUBJECT DATE MESSAGE-ID IN-REPLY-TO)]"

    /// Nil while anything is missing: servers send a message in pieces.
    static func fact(_ message: FetchedMessage) -> MessageFact? {
        guard let uid = message.uid, let envelope = message.envelope, let date = message.internalDate,
            let size = message.size
        else { return nil }
        return MessageFact(
            id: RemoteMessageID(uid: uid), stableID: message.emailID, internalDate: date, size: size,
            headers: MessageHeaders(
                from: addresses(envelope.from), to: addresses(envelope.to), cc: addresses(envelope.cc),
                bcc: addresses(envelope.bcc), subject: envelope.subject, date: envelope.date,
                messageID: envelope.messageID,
                inReplyTo: envelope.inReplyTo))
    }

    private static func addresses(_ list: [EnvelopeAddress]) -> [HeaderAddress] {
        list.map { HeaderAddress(name: $0.name, localPart: $0.mailbox, domain: $0.host) }
    }

    /// From the header fields themselves.
    static func factFromHeader(_ message: FetchedMessage, stableID: String?) -> MessageFact? {
        guard let uid = message.uid, let date = message.internalDate, let size = message.size,
            let header = message.sections.first(where: { $0.key.hasPrefix("HEADER.FIELDS") })?.value
        else { return nil }
        let fields = HeaderFields(header)
        return MessageFact(
            id: RemoteMessageID(uid: uid), stableID: stableID, internalDate: date, size: size,
            headers: MessageHeaders(
                from: fields.addresses("from"), to: fields.addresses("to"), cc: fields.addresses("cc"),
                bcc: fields.addresses("bcc"), subject: fields["subject"], date: fields["date"],
                messageID: fields["message-id"],
                inReplyTo: fields["in-reply-to"]))
    }
}

extension MessageHeaders {
    /// Some servers lose the addresses of fields that they cannot parse.
    var hasNoAddress: Bool { from.isEmpty && to.isEmpty && cc.isEmpty && bcc.isEmpty }
}

/// The fields of a message's header that are of use here, raw.
struct HeaderFields {
    /// Octets of a field that are kept, those of its repetitions among them.
    static let fieldLimit = AddressList.octetLimit

    private static let names: Set<String> = [
        "from", "to", "cc", "bcc", "subject", "date", "message-id", "in-reply-to", "references",
    ]

    private var values: [String: [UInt8]] = [:]

    init(_ bytes: [UInt8]) {
        var name: String?
        var rest = bytes[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: 0x0a) ?? rest.endIndex
            var line = rest[..<end]
            rest = rest[min(end + 1, rest.endIndex)...]
            if line.last == 0x0d { line = line.dropLast() }
            guard let first = line.first else { continue }
            if first == 0x20 || first == 0x09 {
                if let name { append(line, to: name) }
                continue
            }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            name = Self.name(line[..<colon])
            guard let name else { continue }
            // A field that stands twice continues a list of addresses.
            if values[name] != nil { append(Array(", ".utf8)[...], to: name) }
            append(line[line.index(after: colon)...].drop { $0 == 0x20 || $0 == 0x09 }, to: name)
        }
    }

    /// In lower case; nil for a field that is of no use.
    private static func name(_ bytes: ArraySlice<UInt8>) -> String? {
        var bytes = bytes
        while let last = bytes.last, last == 0x20 || last == 0x09 { bytes = bytes.dropLast() }
        guard bytes.count <= 20 else { return nil }
        let name = String(decoding: bytes, as: UTF8.self).lowercased()
        return names.contains(name) ? name : nil
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>, to name: String) {
        let room = Self.fieldLimit - (values[name]?.count ?? 0)
        values[name, default: []].append(contentsOf: bytes.prefix(room))
    }

    subscript(_ name: String) -> [UInt8] { values[name] ?? [] }

    func addresses(_ name: String) -> [HeaderAddress] {
        AddressList.parse(self[name], limit: Envelope.addressLimit).compactMap { mailbox in
            guard let address = mailbox.address else { return nil }
            return HeaderAddress(
                name: mailbox.displayName.map { Array($0.utf8) }, localPart: Array(address.localPart.utf8),
                domain: Array(address.domain.utf8))
        }
    }
}
