import Discovery
import Mirror
import Wording

/// A mail provider to connect to, as the pages offer it.
struct ProviderChoice: Sendable {
    /// In addresses of pages.
    let id: String
    let name: String
    /// What is known of the provider; nil for servers that the person names.
    let known: KnownProvider?

    init(_ known: KnownProvider) {
        id = known.id
        name = known.name
        self.known = known
    }

    private init(custom name: String) {
        id = "custom"
        self.name = name
        known = nil
    }

    static let custom = ProviderChoice(custom: "Custom IMAP settings")

    var isCustom: Bool { known == nil }

    /// The names of the servers, or the user name, have to be entered.
    var needsServers: Bool {
        guard let known else { return true }
        return known.imap.host == nil || known.smtp.host == nil || userNameHint != nil
    }

    var hostHint: Phrase? { known?.hostHint }
    var appPasswordPage: String? { known?.appPasswordPage }
    var appPasswordNote: Phrase? { known?.appPasswordNote }

    /// What to enter as the user name, where it does not follow from the address.
    var userNameHint: Phrase? {
        if case .other(let hint) = known?.userName { hint } else { nil }
    }
}
