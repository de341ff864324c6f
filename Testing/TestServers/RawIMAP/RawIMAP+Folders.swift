import Foundation

extension RawIMAP {
    public func capabilities() throws -> Set<String> {
        let lines = try command("CAPABILITY").lines.map { String(decoding: $0, as: UTF8.self) }
        return Set(
            lines.filter { $0.hasPrefix("CAPABILITY ") }.flatMap {
                $0.split(separator: " ").dropFirst().map(String.init)
            })
    }

    /// All folders, in the order of the server.
    public func folders() throws -> [ListedFolder] {
        try command("LIST \"\" \"*\"").lines.compactMap { line in
            let values = RawValue.parse(line)
            guard values.first?.text == "LIST", values.count >= 4, let name = values[3].text else { return nil }
            let attributes = (values[1].list ?? []).compactMap(\.text)
            return ListedFolder(
                name: ModifiedUTF7.decode(name), attributes: Set(attributes), delimiter: values[2].text)
        }
    }

    public func createFolder(_ name: String) throws {
        try command("CREATE \(Self.name(name))")
    }

    public func renameFolder(_ name: String, to newName: String) throws {
        try forgetSelection(of: name)
        try command("RENAME \(Self.name(name)) \(Self.name(newName))")
    }

    public func deleteFolder(_ name: String) throws {
        try forgetSelection(of: name)
        do {
            try command("DELETE \(Self.name(name))")
        } catch let error as TestServerError where "\(error)".contains("already exists") {
            // Cyrus keeps deleted folders under a name that ends with the second, so that one second has room for one.
            Thread.sleep(forTimeInterval: 1.1)
            try command("DELETE \(Self.name(name))")
        }
    }

    /// Deletes a folder and makes it again with the same messages, dates and flags: to a client, a new UIDVALIDITY.
    public func recreateFolder(_ name: String) throws {
        let messages = try messages(in: name)
        try deleteFolder(name)
        try makeFolderAgain(name)
        for message in messages {
            try append(
                message.body, to: name, flags: message.flags.subtracting(["\\Recent"]),
                internalDate: message.internalDate)
        }
    }

    /// Creates a folder that was deleted a moment ago.
    public func makeFolderAgain(_ name: String) throws {
        try again(while: "[ALREADYEXISTS]") {
            try createFolder(name)
        } after: {
            try? deleteFolder(name)
        }
    }

    /// Tries for five seconds, as a mail program does: while another client looks at a folder that is made anew, Dovecot
    /// 2.3 may find its directory there once more, or answer SERVERBUG for a moment.
    func again<Result>(
        while code: String, _ work: () throws -> Result, after refusal: () -> Void = {}
    ) throws -> Result {
        var attempts = 0
        while true {
            do {
                return try work()
            } catch let error as TestServerError where attempts < 49 && "\(error)".contains(code) {
                attempts += 1
                Thread.sleep(forTimeInterval: 0.1)
                refusal()
            }
        }
    }

    /// - Throws: where the server does not know one of the items; MODSEQ is asked for only from one that has CONDSTORE.
    public func status(of folder: String) throws -> FolderStatus {
        let hasModSeq = try capabilities().contains("CONDSTORE")
        let items = "MESSAGES UIDNEXT UIDVALIDITY" + (hasModSeq ? " HIGHESTMODSEQ" : "")
        let reply = try command("STATUS \(Self.name(folder)) (\(items))")
        for line in reply.lines {
            let values = RawValue.parse(line)
            guard values.first?.text == "STATUS", let list = values.last?.list else { continue }
            var numbers: [String: UInt64] = [:]
            for index in stride(from: 0, to: list.count - 1, by: 2) {
                if let name = list[index].text, let number = list[index + 1].text.flatMap({ UInt64($0) }) {
                    numbers[name] = number
                }
            }
            return FolderStatus(
                messages: Int(numbers["MESSAGES"] ?? 0), uidNext: UInt32(numbers["UIDNEXT"] ?? 0),
                uidValidity: UInt32(numbers["UIDVALIDITY"] ?? 0), highestModificationSequence: numbers["HIGHESTMODSEQ"])
        }
        throw TestServerError.unexpected("IMAP: STATUS brought nothing.")
    }
}
