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
        settings.servers.flatMap { provider(at: $0.imap.host, port: $0.imap.port) } ?? .custom
    }

    /// The provider whose IMAP server has this name. On this very machine there may be several: the port tells them
    /// apart.
    static func provider(at host: String, port: Int) -> ProviderChoice? {
        let host = host.lowercased()
        return all.first { choice in
            guard let known = choice.known?.imap, known.host?.lowercased() == host else { return false }
            return host != "127.0.0.1" || known.port == port
        }
    }
}
