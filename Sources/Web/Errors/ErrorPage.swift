import Wording

/// What went wrong, for someone who is signed in.
struct ErrorPage: Page {
    static let module = "Errors"
    let layout: Layout
    let code: Int
    let sentence: Phrase
    let again: SentForm?

    init(layout: Layout, words: ErrorWords, again: SentForm?) {
        self.layout = layout
        code = words.status.code
        sentence = words.sentence
        self.again = again
    }
}
