import Hummingbird

/// Choosing a mail provider: the best known ones first, then all, with one's own servers last.
struct ProviderListPage: Page {
    static let module = "Mailbox"
    let layout: Layout
    let menu: SettingsMenu
    let address: String
    let addressPath: String
    /// The domain whose provider is not known.
    let unknownDomain: String?
    let providers: [Line]
    let showsAll: Bool
    let allPath: String
    let customPath: String

    struct Line: Sendable {
        let name: String
        let path: String
        let person: Person
    }

    static func show(_ visit: Visit) async throws -> Response {
        let address = visit.query["address"]
        guard !address.isEmpty else { return visit.redirect(visit.seat.base + "/connect") }
        let showsAll = visit.query.contains("all")
        let unknown = visit.query.optional("unknown")
        let shown = showsAll ? ProviderCatalogue.all : ProviderCatalogue.common
        return try visit.page(
            ProviderListPage(
                layout: visit.layout("Choose your mail provider", .settings), menu: visit.menu(.mailbox),
                address: address, addressPath: PathText.with(visit.seat.base + "/connect", ["address": address]),
                unknownDomain: unknown,
                providers: shown.map {
                    Line(name: $0.name, path: ProviderPage.path(visit, $0, address: address), person: Person($0.name))
                }, showsAll: showsAll,
                allPath: PathText.with(
                    visit.seat.base + "/connect/providers", ["address": address, "unknown": unknown, "all": "1"]),
                customPath: ProviderPage.path(visit, .custom, address: address)))
    }
}
