/// What stands between two separators of an address list.
struct AddressListElement {
    private let parts: AddressListScanner.Parts
    private let isNested: Bool

    init(_ parts: AddressListScanner.Parts, isNested: Bool) {
        self.parts = parts
        self.isNested = isNested
    }

    /// Mostly one; none where nothing stands there but comments; several where commas are missing.
    func mailboxes(limit: Int) -> [MailboxAddress] {
        guard limit > 0 else { return [] }
        if let angle = parts.angle?.trimmingHeaderBlanks, !angle.isEmpty {
            let pieces = parts.before.isEmpty ? parts.after : parts.before
            let standing = HeaderText.text(of: angle, trimming: true)
            let mailbox = MailboxAddress(nameBytes: name(pieces), address: Self.address(in: angle), standing: standing)
            return mailbox.raw.isEmpty ? [] : [mailbox]
        }
        return Array(bareMailboxes(limit: limit).prefix(limit))
    }

    private func name(_ pieces: [AddressListScanner.Piece]) -> [UInt8] {
        let phrase = Self.phrase(pieces)
        return phrase.isEmpty ? Array(parts.comments.joined(separator: [0x20])) : phrase
    }

    private static func phrase(_ pieces: [AddressListScanner.Piece]) -> [UInt8] {
        var phrase: [UInt8] = []
        for piece in pieces {
            if piece.followsBlank, !phrase.isEmpty { phrase.append(0x20) }
            phrase += piece.text
        }
        return phrase
    }

    /// Of what stands in brackets.
    private static func address(in angle: ArraySlice<UInt8>) -> EmailAddress? {
        var specification = angle
        // An obsolete route (RFC 5322, section 4.4).
        if angle.first == UInt8(ascii: "@"), let colon = angle.firstIndex(of: UInt8(ascii: ":")) {
            specification = angle[(colon + 1)...]
        }
        if let address = EmailAddress(HeaderCharset.text(Array(specification), label: nil)) { return address }
        return specification.mayContainEncodedWord
            ? EmailAddress(HeaderText.text(of: specification, trimming: true)) : nil
    }

    private func bareMailboxes(limit: Int) -> [MailboxAddress] {
        let pieces = parts.before + parts.after
        var addresses: [EmailAddress] = []
        var words: [AddressListScanner.Piece] = []
        for group in Self.groups(pieces) {
            if addresses.count < limit, let address = Self.bareAddress(group) {
                addresses.append(address)
            } else {
                words += group
            }
        }
        if addresses.count == 1 {
            return [MailboxAddress(nameBytes: name(words), address: addresses[0], standing: "")]
        }
        if !addresses.isEmpty { return addresses.map { MailboxAddress(nameBytes: [], address: $0, standing: "") } }
        let phrase = Self.phrase(pieces)
        guard !phrase.isEmpty else { return [] }
        let standing = HeaderText.decode(phrase)
        let isDisguised = pieces.contains(where: \.isQuoted) || phrase[...].mayContainEncodedWord
        if !isNested, isDisguised, standing.utf8.contains(UInt8(ascii: "@")) {
            var scanner = AddressListScanner(Array(standing.utf8)[...], limit: limit, isNested: true)
            let found = scanner.mailboxes().filter { $0.address != nil }
            if !found.isEmpty { return found }
        }
        return standing.isEmpty ? [] : [MailboxAddress(nameBytes: name([]), address: nil, standing: standing)]
    }

    /// The words that blanks do not separate: around "@" and in front of "." blanks do not count.
    private static func groups(_ pieces: [AddressListScanner.Piece]) -> [[AddressListScanner.Piece]] {
        var groups: [[AddressListScanner.Piece]] = []
        for piece in pieces {
            let first = piece.isQuoted ? 0 : piece.source.first
            var joins = !piece.followsBlank || first == UInt8(ascii: "@") || first == UInt8(ascii: ".")
            if let previous = groups.last?.last, !previous.isQuoted {
                joins =
                    joins || previous.source.last == UInt8(ascii: "@")
                    || previous.source.elementsEqual([UInt8(ascii: ".")])
            }
            if joins, !groups.isEmpty { groups[groups.count - 1].append(piece) } else { groups.append([piece]) }
        }
        return groups
    }

    private static func bareAddress(_ group: [AddressListScanner.Piece]) -> EmailAddress? {
        guard group.contains(where: { !$0.isQuoted && $0.source.contains(UInt8(ascii: "@")) }) else { return nil }
        return EmailAddress(HeaderCharset.text(group.flatMap(\.source), label: nil))
    }
}
