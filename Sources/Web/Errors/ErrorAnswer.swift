import Database
import HTTPTypes
import Hummingbird
import Store
import Wording

/// The page for a request that cannot be answered as asked: what happened and what to do, never the raw error.
enum ErrorAnswer {
    static func response(to error: any Error, _ exchange: Exchange) -> Response {
        let words = words(for: error)
        // What the product itself answers is no mistake of it.
        if words.status.code >= 500, !(error is WebError) {
            exchange.web.logger.error(
                "a page could not be made",
                metadata: ["path": .string(exchange.request.uri.path), "error": .string(String(reflecting: error))])
        }
        do {
            if let viewer = exchange.context.viewer {
                let visit = Visit(exchange: exchange, viewer: viewer)
                let page = ErrorPage(
                    layout: visit.layout(words.title, .none), words: words,
                    again: SentForm(exchange, words.status))
                return try visit.page(page, status: words.status)
            }
            let page = GuestErrorPage(layout: exchange.layout(words.title), words: words)
            return try exchange.page(page, status: words.status)
        } catch {
            exchange.web.logger.error("an error page could not be made", metadata: ["error": "\(error)"])
            let text = exchange.web.templates.languages[exchange.language]
            return Response(
                status: words.status, headers: [.contentType: "text/plain; charset=utf-8"],
                body: ResponseBody(
                    byteBuffer: ByteBuffer(string: text.text(words.title) + "\n\n" + text.text(words.sentence) + "\n")))
        }
    }

    static func words(for error: any Error) -> ErrorWords {
        switch error {
        case let error as WebError: words(for: error)
        case let error as DatabaseError: words(for: error)
        case let error as any HTTPResponseError where error.status == .notFound: words(for: WebError.notFound(.page))
        case let error as any HTTPResponseError where error.status.code < 500:
            ErrorWords(
                error.status, "This request cannot be answered",
                "The address or the form is not one of Mailcard's. Go back and try again.")
        case is CancellationError:
            ErrorWords(.serviceUnavailable, "Mailcard is shutting down", DatabaseError.closed.sentence)
        default:
            ErrorWords(
                .internalServerError, "Something went wrong",
                "Mailcard made a mistake. Nothing you had saved was lost. Try again; if it happens again, tell your administrator when it happened: the log has the details."
            )
        }
    }

    private static func words(for error: WebError) -> ErrorWords {
        switch error {
        case .notFound(let what): notFound(what)
        case .administratorsOnly:
            ErrorWords(
                .forbidden, "For administrators",
                "This page is open to administrators of your organisation only. Ask one of them to make the change.")
        case .colleaguesActivity:
            ErrorWords(
                .forbidden, "A colleague’s activity",
                "Only the person whose activity it is, whoever planned it, and administrators change it. Ask one of them."
            )
        case .formNotOurs:
            ErrorWords(
                .forbidden, "The form was not accepted",
                "It was open for too long, or you signed out or in meanwhile. Nothing was changed. Go back, reload the page and send the form again; cookies must be allowed for this site."
            )
        case .formTooLarge:
            ErrorWords(
                .contentTooLarge, "That is too much text",
                "The form holds more than Mailcard takes at once. Go back and shorten what you entered.")
        case .fileTooLarge:
            ErrorWords(
                .contentTooLarge, "The file is too large",
                "A file to import may have \(Upload.limit / 1_048_576) MB. Nothing was imported. Go back, split the file or leave out columns that you do not need, and try again."
            )
        case .tooManyRequests:
            ErrorWords(.tooManyRequests, "Too many tries", "Wait a few minutes, then try again.")
        case .busy:
            ErrorWords(
                .serviceUnavailable, "Too many are signing in",
                "Mailcard checks passwords one after another, and many wait at this moment. Nothing was changed. Go back, wait a few seconds and try again."
            )
        case .conflict(let sentence): ErrorWords(.conflict, "This was done already", sentence)
        }
    }

    private static func notFound(_ what: WebError.Missing) -> ErrorWords {
        switch what {
        case .page:
            ErrorWords(.notFound, "There is no such page", "Check the address, or start from the list of contacts.")
        case .contact:
            ErrorWords(
                .notFound, "This contact is not there",
                "It may have been deleted. Search for it in the list of contacts.")
        case .account:
            ErrorWords(
                .notFound, "This account is not there",
                "It may have been deleted. Search for it in the list of accounts.")
        case .activity:
            ErrorWords(.notFound, "This activity is not there", "It was deleted. Look at the list of tasks.")
        case .message:
            ErrorWords(
                .notFound, "This email is not there",
                "It was deleted or moved to the trash in the mailbox, or it stands in a mailbox that you may not read.")
        case .contactImport:
            ErrorWords(
                .notFound, "This import is not there",
                "Imports are kept for a week, and only the person who made one sees it.")
        case .user: ErrorWords(.notFound, "This user is not there", "Go back to the list of users.")
        }
    }

    private static func words(for error: DatabaseError) -> ErrorWords {
        switch error {
        case .full: ErrorWords(.insufficientStorage, "The disk is full", error.sentence)
        case .busy: ErrorWords(.serviceUnavailable, "The database is busy", error.sentence)
        case .uniqueViolation, .foreignKeyViolation:
            ErrorWords(.conflict, "Somebody else changed this meanwhile", error.sentence)
        case .closed: ErrorWords(.serviceUnavailable, "Mailcard is shutting down", error.sentence)
        default: ErrorWords(.internalServerError, "The database has a problem", error.sentence)
        }
    }
}

/// What an error page says.
struct ErrorWords: Sendable {
    let status: HTTPResponse.Status
    let title: Phrase
    let sentence: Phrase

    init(_ status: HTTPResponse.Status, _ title: Phrase, _ sentence: Phrase) {
        self.status = status
        self.title = title
        self.sentence = sentence
    }
}

extension HTTPResponse.Status {
    /// RFC 4918, section 11.5.
    static let insufficientStorage = HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
}
