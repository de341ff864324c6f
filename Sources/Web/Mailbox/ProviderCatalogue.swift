import Discovery
import Mirror
import Store

/// The mail providers that can be chosen.
enum ProviderCatalogue {
    /// The kind of mail system that all of them are, by the name it is registered under.
    static let engineName = "imap"

    static let all = KnownProviders.all.map(ProviderChoice.init)

    /// Those that most organisations have, shown before all are asked for.
    static let common = ["microsoft365", "google", "ovhcloud", "1und1", "infomaniak", "gandi", "fastmail"].compactMap(
        find)

    static func find(_ id: String) -> ProviderChoice? {
        id == ProviderChoice.custom.id ? .custom : KnownProviders.provider(id: id).map(ProviderChoice.init)
    }

    static func provider(forDomain domain: String) -> ProviderChoice? {
        KnownProviders.provider(forDomain: domain).map(ProviderChoice.init)
    }

    /// What the mailbox is read from, in words.
    static func serverName(of mailbox: MailboxRow) -> String {
        mailbox.settings.servers?.imap.host ?? find(mailbox.provider)?.name ?? mailbox.provider
    }

    /// The provider whose servers a mailbox uses.
    static func provider(of settings: MailboxSettings) -> ProviderChoice {
        provider(atHost: settings.servers?.imap.host ?? "") ?? .custom
    }

    static func provider(atHost host: String) -> ProviderChoice? {
        all.first { $0.known?.imap.host?.lowercased() == host.lowercased() }
    }
}
