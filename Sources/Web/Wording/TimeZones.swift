import Foundation

/// The time zones that a person can choose from.
enum TimeZones {
    static let standard = "Europe/Paris"

    /// Names of the IANA time zone database that name a place, in order.
    static let all: [String] = {
        let places = TimeZone.knownTimeZoneIdentifiers.filter { name in
            [
                "Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/",
                "Pacific/",
            ]
            .contains { name.hasPrefix($0) }
        }
        return (places + ["UTC"]).sorted()
    }()

    /// The name itself, if this system knows such a time zone.
    static func known(_ name: String) -> String? {
        guard !name.isEmpty, name.utf8.count < 64, TimeZone(identifier: name) != nil else { return nil }
        return name
    }
}
