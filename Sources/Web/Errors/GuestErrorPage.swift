import Wording

/// What went wrong, for someone who is not signed in.
struct GuestErrorPage: Page {
    static let module = "Errors"
    let layout: GuestLayout
    let code: Int
    let sentence: Phrase

    init(layout: GuestLayout, words: ErrorWords) {
        self.layout = layout
        code = words.status.code
        sentence = words.sentence
    }
}
