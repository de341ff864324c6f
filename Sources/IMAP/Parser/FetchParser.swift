/// The parenthesised list of a FETCH response (RFC 9051, section 7.5.2).
enum FetchParser {
    static func parse(_ cursor: inout Cursor, into message: inout FetchedMessage) throws {
        try cursor.expect(UInt8(ascii: "("))
        while true {
            cursor.skipSpaces()
            if cursor.take(UInt8(ascii: ")")) { return }
            if cursor.isAtLineEnd { throw ParseFailure("a FETCH response does not end") }
            try item(&cursor, &message)
        }
    }

    private static func item(_ cursor: inout Cursor, _ message: inout FetchedMessage) throws {
        if cursor.takeWord("UID") {
            cursor.skipSpaces()
            message.uid = try cursor.number32().flatMap { $0 > 0 && $0 < .max ? $0 : nil }
        } else if cursor.takeWord("ENVELOPE") {
            cursor.skipSpaces()
            let passedOver = cursor.passedOver
            let envelope = try envelope(&cursor)
            if cursor.passedOver == passedOver { message.envelope = envelope }
        } else if cursor.takeWord("INTERNALDATE") {
            cursor.skipSpaces()
            message.internalDate = InternalDate.parse(try cursor.string())
        } else if cursor.takeWord("RFC822.SIZE") {
            cursor.skipSpaces()
            message.size = try cursor.number().flatMap { $0 <= FetchedMessage.sizeLimit ? Int($0) : nil }
        } else if cursor.takeWord("BODYSTRUCTURE") {
            cursor.skipSpaces()
            let passedOver = cursor.passedOver
            var structure = try BodyStructureParser.parse(&cursor)
            structure.number()
            // NIL, or nothing but NIL: the server cannot tell.
            if !structure.type.isEmpty, structure.type != "nil", cursor.passedOver == passedOver {
                message.bodyStructure = structure
            }
        } else if cursor.takeWord("MODSEQ") {
            cursor.skipSpaces()
            try cursor.expect(UInt8(ascii: "("))
            message.modSequence = try cursor.number()
            try cursor.expect(UInt8(ascii: ")"))
        } else if cursor.takeWord("EMAILID") {
            cursor.skipSpaces()
            if cursor.take(UInt8(ascii: "(")) {
                message.emailID = cursor.word()
                try cursor.expect(UInt8(ascii: ")"))
            } else {
                // NIL
                _ = try cursor.nstring()
            }
        } else if cursor.takeWord("BODY"), cursor.peek == UInt8(ascii: "[") {
            try body(&cursor, &message)
        } else {
            _ = cursor.word()
            cursor.skipSpaces()
            try cursor.skipValue()
        }
    }

    /// What is missing or was passed over is not the same as an empty text.
    private static func body(_ cursor: inout Cursor, _ message: inout FetchedMessage) throws {
        let name = try section(&cursor)
        cursor.skipSpaces()
        let passedOver = cursor.passedOver
        let content = try cursor.nstring()
        if cursor.passedOver > passedOver {
            message.oversizedSections.insert(name)
        } else if let content {
            message.sections[name] = content
        } else {
            message.absentSections.insert(name)
        }
    }

    /// `[1.2]<0>`; the name without brackets and origin.
    private static func section(_ cursor: inout Cursor) throws -> String {
        try cursor.expect(UInt8(ascii: "["))
        var name: [UInt8] = []
        while cursor.peek != UInt8(ascii: "]") {
            if cursor.isAtLineEnd { throw ParseFailure("a section name does not end") }
            name.append(cursor.peek)
            cursor.skip()
        }
        cursor.skip()
        if cursor.take(UInt8(ascii: "<")) {
            _ = try cursor.number()
            try cursor.expect(UInt8(ascii: ">"))
        }
        return String(decoding: name, as: UTF8.self).uppercased()
    }

    private static func envelope(_ cursor: inout Cursor) throws -> Envelope? {
        if cursor.takeWord("NIL") { return nil }
        try cursor.expect(UInt8(ascii: "("))
        var envelope = Envelope()
        envelope.date = try next(&cursor)
        envelope.subject = try next(&cursor)
        cursor.skipSpaces()
        let start = cursor.position
        envelope.from = try addresses(&cursor)
        // Servers repeat From where the message has no such field (RFC 9051, section 7.5.2).
        let from = start..<cursor.position
        cursor.skipSpaces()
        envelope.sender = cursor.takeRepeated(from) ? envelope.from : try addresses(&cursor)
        cursor.skipSpaces()
        envelope.replyTo = cursor.takeRepeated(from) ? envelope.from : try addresses(&cursor)
        envelope.to = try addresses(&cursor)
        envelope.cc = try addresses(&cursor)
        envelope.bcc = try addresses(&cursor)
        envelope.inReplyTo = try next(&cursor)
        envelope.messageID = try next(&cursor)
        cursor.skipSpaces()
        try cursor.expect(UInt8(ascii: ")"))
        return envelope
    }

    private static func next(_ cursor: inout Cursor) throws -> [UInt8] {
        cursor.skipSpaces()
        return try cursor.string()
    }

    private static func addresses(_ cursor: inout Cursor) throws -> [EnvelopeAddress] {
        cursor.skipSpaces()
        if cursor.takeWord("NIL") { return [] }
        // An empty string in place of NIL.
        if cursor.peek == UInt8(ascii: "\"") {
            _ = try cursor.string()
            return []
        }
        try cursor.expect(UInt8(ascii: "("))
        var result: [EnvelopeAddress] = []
        while true {
            cursor.skipSpaces()
            if cursor.take(UInt8(ascii: ")")) { return result }
            if cursor.takeWord("NIL") { continue }
            try cursor.expect(UInt8(ascii: "("))
            let name = try cursor.nstring()
            cursor.skipSpaces()
            _ = try cursor.nstring()
            cursor.skipSpaces()
            let mailbox = try cursor.nstring()
            cursor.skipSpaces()
            let host = try cursor.nstring()
            cursor.skipSpaces()
            try cursor.expect(UInt8(ascii: ")"))
            // No host: the beginning or the end of a group.
            if let mailbox, let host, result.count < Envelope.addressLimit {
                result.append(EnvelopeAddress(name: name, mailbox: mailbox, host: host))
            }
        }
    }
}

/// `"17-Jul-1996 02:44:25 -0700"` (RFC 9051, section 9, date-time).
enum InternalDate {
    static func parse(_ bytes: [UInt8]) -> Int64? {
        var numbers: [Int] = []
        var index = 0
        var month = 0
        var sign = 1
        var sawMonth = false
        while index < bytes.count {
            let byte = bytes[index]
            if byte >= 48 && byte <= 57 {
                var value = 0
                while index < bytes.count, bytes[index] >= 48, bytes[index] <= 57, value < 1_000_000 {
                    value = value * 10 + Int(bytes[index] - 48)
                    index += 1
                }
                numbers.append(value)
                continue
            }
            if byte | 0x20 >= 97, byte | 0x20 <= 122, index + 2 < bytes.count, !sawMonth {
                let name = [byte | 0x20, bytes[index + 1] | 0x20, bytes[index + 2] | 0x20]
                month = (months.firstIndex(of: name) ?? -1) + 1
                sawMonth = true
                index += 3
                continue
            }
            if byte == UInt8(ascii: "-"), numbers.count >= 5 { sign = -1 }
            index += 1
        }
        guard month > 0, numbers.count >= 5, (1...31).contains(numbers[0]) else { return nil }
        let zone = numbers.count > 5 ? sign * (numbers[5] / 100 * 3600 + numbers[5] % 100 * 60) : 0
        let days = days(year: numbers[1], month: month, day: numbers[0])
        return Int64(days * 86_400 + numbers[2] * 3600 + numbers[3] * 60 + numbers[4] - zone)
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"].map
    { Array($0.utf8) }

    /// Days since 1970-01-01 in the Gregorian calendar.
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let y = month <= 2 ? year - 1 : year
        let era = y / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
