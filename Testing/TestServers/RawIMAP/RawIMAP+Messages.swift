import Foundation

extension RawIMAP {
    /// Puts a message into a folder. Lines must end with CRLF.
    /// - Returns: its UID, where the server has UIDPLUS.
    @discardableResult
    public func append(_ message: [UInt8], to folder: String, flags: Set<String> = [], internalDate: Date? = nil) throws
        -> UInt32?
    {
        var text = "APPEND \(Self.name(folder)) (\(flags.sorted().joined(separator: " ")))"
        if let internalDate { text += " \"\(InternalDate.text(internalDate))\"" }
        let line = text + " {}"
        let reply = try again(while: "[SERVERBUG]") { try command(line, literals: [message]) }
        return Self.code("APPENDUID", in: reply.text)?.last.flatMap { UInt32($0) }
    }

    /// Sets, adds or removes flags; `operation` is "FLAGS", "+FLAGS" or "-FLAGS".
    public func store(_ uids: [UInt32], in folder: String, _ operation: String, _ flags: Set<String>) throws {
        try select(folder)
        try command("UID STORE \(Self.set(uids)) \(operation).SILENT (\(flags.sorted().joined(separator: " ")))")
    }

    public func copy(_ uids: [UInt32], from folder: String, to target: String) throws {
        try select(folder)
        let line = "UID COPY \(Self.set(uids)) \(Self.name(target))"
        try again(while: "[SERVERBUG]") { _ = try command(line) }
    }

    /// With MOVE (RFC 6851) where the server has it; else copied, marked deleted and expunged, as mail programs do.
    public func move(_ uids: [UInt32], from folder: String, to target: String) throws {
        if try capabilities().contains("MOVE") {
            try select(folder)
            let line = "UID MOVE \(Self.set(uids)) \(Self.name(target))"
            try again(while: "[SERVERBUG]") { _ = try command(line) }
        } else {
            try copy(uids, from: folder, to: target)
            try expunge(uids, in: folder)
        }
    }

    /// Marks them deleted and removes just them (UIDPLUS, RFC 4315).
    public func expunge(_ uids: [UInt32], in folder: String) throws {
        try store(uids, in: folder, "+FLAGS", ["\\Deleted"])
        try command("UID EXPUNGE \(Self.set(uids))")
    }

    /// The UIDs that match, ascending; `criteria` as in RFC 3501, section 6.4.4.
    public func search(_ criteria: String = "ALL", in folder: String) throws -> [UInt32] {
        try select(folder)
        return try command("UID SEARCH \(criteria)").lines
            .map { String(decoding: $0, as: UTF8.self) }
            .filter { $0.hasPrefix("SEARCH") }
            .flatMap { $0.split(separator: " ").dropFirst().compactMap { UInt32($0) } }
            .sorted()
    }

    /// All messages of a folder by ascending UID. The folder is opened read-only and nothing in it is altered.
    /// - Parameter withBodies: without, `body` is empty, which matters where there are many.
    public func messages(in folder: String, withBodies: Bool = true) throws -> [MessageTruth] {
        let hasModSeq = try capabilities().contains("CONDSTORE")
        try unselect()
        let reply = try command("EXAMINE \(Self.name(folder))")
        let isEmpty = reply.lines.contains { $0.elementsEqual("0 EXISTS".utf8) }
        defer { _ = try? command("EXAMINE INBOX") }
        if isEmpty { return [] }
        let items =
            "UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]" + (hasModSeq ? " MODSEQ" : "")
            + (withBodies ? " BODY.PEEK[]" : "")
        return try command("UID FETCH 1:* (\(items))").lines
            .compactMap { try Self.message($0) }
            .sorted { $0.uid < $1.uid }
    }

    /// - Throws: when the server left something out, since a truth with holes is none.
    private static func message(_ line: [UInt8]) throws -> MessageTruth? {
        let values = RawValue.parse(line)
        guard values.count == 3, values[1].text == "FETCH", let data = values[2].list else { return nil }
        var found: [String: RawValue] = [:]
        var index = 0
        while index + 1 < data.count {
            var name = data[index].text ?? ""
            // BODY[HEADER.FIELDS (MESSAGE-ID)] falls into three data here.
            if name == "BODY[HEADER.FIELDS" {
                name = "HEADER"
                index += 2
            }
            guard index + 1 < data.count else { break }
            found[name] = data[index + 1]
            index += 2
        }
        guard let uid = found["UID"]?.text.flatMap({ UInt32($0) }), let flags = found["FLAGS"]?.list,
            let date = found["INTERNALDATE"]?.text.flatMap(InternalDate.date),
            let size = found["RFC822.SIZE"]?.text.flatMap({ Int($0) }), let header = found["HEADER"]?.bytes
        else {
            throw TestServerError.unexpected(
                "IMAP: a FETCH response is incomplete: \(String(decoding: line, as: UTF8.self))")
        }
        return MessageTruth(
            uid: uid, flags: Set(flags.compactMap(\.text)),
            modificationSequence: found["MODSEQ"]?.list?.first?.text.flatMap { UInt64($0) }, internalDate: date,
            size: size,
            messageID: messageID(header), body: found["BODY[]"]?.bytes ?? [])
    }

    private static func messageID(_ header: [UInt8]) -> String? {
        let text = String(decoding: header, as: UTF8.self)
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let value = text[text.index(after: colon)...].trimmingCharacters(in: .whitespacesAndNewlines)
        return value.isEmpty ? nil : value
    }

    private static func set(_ uids: [UInt32]) -> String { uids.map(String.init).joined(separator: ",") }

    /// The arguments of a response code, such as those of `[APPENDUID 7 12]`.
    private static func code(_ name: String, in text: String) -> [String]? {
        guard text.hasPrefix("[\(name) "), let end = text.firstIndex(of: "]") else { return nil }
        return text[..<end].split(separator: " ").dropFirst().map(String.init)
    }
}

/// The date-time of RFC 3501 ("17-Jul-1996 02:44:25 -0700").
enum InternalDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private static var calendar: Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }

    static func text(_ date: Date) -> String {
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
        func two(_ number: Int?) -> String { String(format: "%02d", number ?? 0) }
        let day = "\(two(parts.day))-\(months[(parts.month ?? 1) - 1])-\(parts.year ?? 0)"
        return "\(day) \(two(parts.hour)):\(two(parts.minute)):\(two(parts.second)) +0000"
    }

    static func date(_ text: String) -> Date? {
        let pieces = text.split { " -:".contains($0) }
        guard pieces.count >= 7, let month = months.firstIndex(of: String(pieces[1])),
            let zone = pieces.last.flatMap({ Int($0) })
        else { return nil }
        let numbers = [pieces[0], pieces[2], pieces[3], pieces[4], pieces[5]].compactMap { Int($0) }
        guard numbers.count == 5 else { return nil }
        let parts = DateComponents(
            year: numbers[1], month: month + 1, day: numbers[0], hour: numbers[2], minute: numbers[3],
            second: numbers[4])
        let offset = (abs(zone) / 100 * 60 + abs(zone) % 100) * 60
        let isWest = text.contains(" -")
        return calendar.date(from: parts)?.addingTimeInterval(isWest ? Double(offset) : -Double(offset))
    }
}
