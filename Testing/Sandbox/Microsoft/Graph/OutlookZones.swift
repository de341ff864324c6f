import Foundation

/// Time zones by the names that Outlook takes: those of Windows, and those of the IANA database.
enum OutlookZones {
    /// The zone of a name, or TimeZoneNotSupportedException.
    static func zone(_ name: String) throws(GraphError) -> TimeZone {
        if let zone = TimeZone(identifier: windows[name] ?? name) { return zone }
        throw .badRequest(
            "TimeZoneNotSupportedException",
            "A valid TimeZone value must be specified. The following TimeZone value is not supported: '\(name)'.")
    }

    /// Windows names after CLDR's windowsZones, the zone of the territory "001". Those of most people; not all of them.
    private static let windows = [
        "UTC": "UTC", "tzone://Microsoft/Utc": "UTC", "GMT Standard Time": "Europe/London",
        "Greenwich Standard Time": "Atlantic/Reykjavik", "W. Europe Standard Time": "Europe/Berlin",
        "Romance Standard Time": "Europe/Paris", "Central Europe Standard Time": "Europe/Budapest",
        "Central European Standard Time": "Europe/Warsaw", "GTB Standard Time": "Europe/Bucharest",
        "E. Europe Standard Time": "Europe/Chisinau", "FLE Standard Time": "Europe/Kiev",
        "Turkey Standard Time": "Europe/Istanbul", "Israel Standard Time": "Asia/Jerusalem",
        "Egypt Standard Time": "Africa/Cairo", "South Africa Standard Time": "Africa/Johannesburg",
        "Morocco Standard Time": "Africa/Casablanca", "W. Central Africa Standard Time": "Africa/Lagos",
        "E. Africa Standard Time": "Africa/Nairobi", "Russian Standard Time": "Europe/Moscow",
        "Arab Standard Time": "Asia/Riyadh", "Arabian Standard Time": "Asia/Dubai", "Iran Standard Time": "Asia/Tehran",
        "Pakistan Standard Time": "Asia/Karachi", "India Standard Time": "Asia/Kolkata",
        "Nepal Standard Time": "Asia/Kathmandu", "SE Asia Standard Time": "Asia/Bangkok",
        "China Standard Time": "Asia/Shanghai", "Singapore Standard Time": "Asia/Singapore",
        "Taipei Standard Time": "Asia/Taipei", "Tokyo Standard Time": "Asia/Tokyo", "Korea Standard Time": "Asia/Seoul",
        "W. Australia Standard Time": "Australia/Perth", "AUS Eastern Standard Time": "Australia/Sydney",
        "New Zealand Standard Time": "Pacific/Auckland", "Azores Standard Time": "Atlantic/Azores",
        "E. South America Standard Time": "America/Sao_Paulo", "Argentina Standard Time": "America/Buenos_Aires",
        "Newfoundland Standard Time": "America/St_Johns", "Atlantic Standard Time": "America/Halifax",
        "Eastern Standard Time": "America/New_York", "Central Standard Time": "America/Chicago",
        "Mountain Standard Time": "America/Denver", "US Mountain Standard Time": "America/Phoenix",
        "Pacific Standard Time": "America/Los_Angeles", "Alaskan Standard Time": "America/Anchorage",
        "Hawaiian Standard Time": "Pacific/Honolulu", "SA Pacific Standard Time": "America/Bogota",
        "Central Standard Time (Mexico)": "America/Mexico_City",
    ]
}
