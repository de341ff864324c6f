import Wording

/// A field of a form, with what was typed and what is wrong with it.
struct Field: Sendable {
    let name: String
    let value: String
    let problem: Phrase?

    init(_ name: String, _ value: String, _ problem: Phrase?) {
        self.name = name
        self.value = value
        self.problem = problem
    }
}

/// One of several to choose from.
struct Choice: Sendable {
    let value: String
    let label: Phrase
    let isChosen: Bool

    init(_ value: String, _ label: Phrase, isChosen: Bool) {
        self.value = value
        self.label = label
        self.isChosen = isChosen
    }
}
