/// The providers that are offered by name.
///
/// The facts come from the providers' own help pages and from the autoconfiguration database that mail programs share
/// (https://github.com/thunderbird/autoconfig). A provider that is missing only means that its settings must be typed.
public enum KnownProviders {
    /// In the order of a list for people: the two large suites first, the others by name.
    public static let all: [KnownProvider] =
        suites + (worldwide + germanSpeaking + western + central).sorted { $0.name.lowercased() < $1.name.lowercased() }

    /// - Parameter id: ``KnownProvider/id``.
    public static func provider(id: String) -> KnownProvider? { byID[id] }

    /// The provider whose own domain this is, or a subdomain of it, such as `company.onmicrosoft.com`.
    /// - Parameter domain: as in an address; in any case, in ASCII form where it is international.
    public static func provider(forDomain domain: String) -> KnownProvider? {
        var labels = domain.lowercased().split(separator: ".", omittingEmptySubsequences: false)
        if labels.last == "" { labels.removeLast() }
        while labels.count >= 2 {
            if let found = byDomain[labels.joined(separator: ".")] { return found }
            labels.removeFirst()
        }
        return nil
    }

    private static let byID = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

    private static let byDomain = Dictionary(
        all.flatMap { provider in provider.domains.map { ($0, provider) } }, uniquingKeysWith: { first, _ in first })
}
