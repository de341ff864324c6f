import IMAP
import Mirror

extension IMAPMailSource {
    /// Messages that an answer to a question names at most.
    private static let locateLimit = 20

    public func locate(_ query: MessageQuery) async throws -> LocatedMessages {
        let terms =
            switch query {
            case .messageID(let id): SearchTerms(messageID: id)
            case .subject(let words, let day): SearchTerms(subject: words, day: day)
            }
        return try await meaning {
            try await connections.beside(isRepeatable: true) { connection in
                var located = LocatedMessages()
                for folder in try await self.folders(connection) where located.messages.count < Self.locateLimit {
                    do {
                        located.messages += try await Self.locate(
                            terms, in: folder, limit: Self.locateLimit - located.messages.count, connection)
                    } catch IMAPError.refused(let refusal) where !refusal.asksForPause {
                        located.unasked.append(
                            UnaskedFolder(folder: folder, reason: refusal.concerning(folder).sentence))
                    } catch let error as SourceError {
                        located.unasked.append(UnaskedFolder(folder: folder, reason: error.sentence))
                    }
                }
                return located
            }
        }
    }

    private static func locate(
        _ terms: SearchTerms, in folder: RemoteFolder, limit: Int, _ connection: IMAPConnection
    ) async throws -> [LocatedMessage] {
        if try await Opening.openSame(folder, connection).exists == 0 { return [] }
        var found = try await connection.plausibleSearch(terms.criteria, strings: terms.strings)
        let newest = found.takeHighest(limit)
        let outcome = try await MessageReading(connection: connection).describe(newest)
        if outcome.present.isEmpty, let message = outcome.unreadable.first {
            throw SourceError.folderUnreadable(message.reason)
        }
        return outcome.present.map { LocatedMessage(folder: folder, fact: $0) }
    }
}
