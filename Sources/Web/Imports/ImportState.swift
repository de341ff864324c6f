import Store
import Wording

/// How far an import is, in words.
struct ImportState: Sendable {
    let title: Phrase
    let text: Phrase
    /// One of the tones of a state: good, busy, waiting, bad.
    let tone: String
    let icon: String

    init(_ from: ContactImport) {
        switch from.state {
        case .uploaded: self.init("Not started", "Choose what the columns become.", "waiting", "clock")
        case .queued: self.init("Waiting", "Another import is running. This one is next in line.", "waiting", "clock")
        case .staging:
            self.init(
                "Importing", "The lines are being checked. They all appear together when the import is complete.",
                "busy",
                "sync")
        case .done:
            let changed = from.counts.added + from.counts.updated
            self.init(
                "Imported",
                changed > 0 ? "Mail with the new addresses is being looked for." : "No contact was added or changed.",
                "good", "check")
        case .cancelled:
            self.init("Cancelled", "Nothing was imported. You can start again.", "waiting", "close")
        case .interrupted:
            self.init(
                "Interrupted", "Mailcard was stopped while the import ran. Nothing was imported. Start it again.",
                "bad",
                "alert")
        case .failed: self.init("Failed", .sentences(["Nothing was imported.", from.failure ?? ""]), "bad", "alert")
        }
    }

    private init(_ title: Phrase, _ text: Phrase, _ tone: String, _ icon: String) {
        (self.title, self.text, self.tone, self.icon) = (title, text, tone, icon)
    }
}
