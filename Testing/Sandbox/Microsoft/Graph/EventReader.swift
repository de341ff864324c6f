import Foundation

/// An event as a client writes it, whole or in part.
struct EventReader: Sendable {
    let json: JSONValue

    /// The content, from what there was where only a part is written.
    func content(over former: MailboxEvent.Content?) throws(GraphError) -> MailboxEvent.Content {
        let isAllDay = json["isAllDay"]?.bool ?? former?.isAllDay ?? false
        let start = try time("start", isAllDay: isAllDay, former: former.map { ($0.start, $0.startZone) })
        let end = try time("end", isAllDay: isAllDay, former: former.map { ($0.end, $0.endZone) })
        if isAllDay {
            guard start.zone == end.zone else {
                throw .badRequest(
                    "ErrorInvalidRequest", "An all-day event's start and end need to be in the same time zone.")
            }
            guard end.date.timeIntervalSince(start.date) >= 86400 else {
                throw .badRequest(
                    "ErrorInvalidRequest", "The duration of an event marked as All day must be at least 24 hours.")
            }
        }
        guard end.date >= start.date else {
            throw .badRequest("ErrorCalendarEndDateIsEarlierThanStartDate", "The event's end lies before its start.")
        }
        var content = former ?? MailboxEvent.Content(start: start.date, end: end.date)
        (content.start, content.startZone) = start
        (content.end, content.endZone) = end
        content.isAllDay = isAllDay
        if let title = json["subject"]?.string { content.title = title }
        if let body = json["body"] {
            let isHTML = body["contentType"]?.string?.lowercased() == "html"
            content.html = isHTML ? body["content"]?.string : nil
            content.text = isHTML ? nil : body["content"]?.string
        }
        if let location = json["location"]?["displayName"]?.string { content.location = location }
        if let people = json["attendees"]?.array {
            content.attendees = people.compactMap { person in
                person["emailAddress"]?["address"]?.string.map {
                    MailboxAddress($0, name: person["emailAddress"]?["name"]?.string ?? "")
                }
            }
        }
        content.showAs =
            try word("showAs", ["free", "tentative", "busy", "oof", "workingElsewhere", "unknown"]) ?? content.showAs
        content.sensitivity =
            try word("sensitivity", ["normal", "personal", "private", "confidential"]) ?? content.sensitivity
        content.importance = try word("importance", ["low", "normal", "high"]) ?? content.importance
        if let isOn = json["isReminderOn"]?.bool { content.isReminderOn = isOn }
        if let minutes = json["reminderMinutesBeforeStart"]?.integer { content.reminder = minutes }
        if let categories = json["categories"]?.array { content.categories = categories.compactMap(\.string) }
        return content
    }

    /// Extended properties; nil where none are written.
    func properties() throws(GraphError) -> [String: String]? {
        guard let list = json["singleValueExtendedProperties"]?.array else { return nil }
        var found: [String: String] = [:]
        for property in list {
            guard let id = property["id"]?.string, let value = property["value"]?.string,
                id.contains("{") || id.split(separator: " ").count == 2
            else {
                throw .badRequest(
                    "ErrorInvalidProperty",
                    "An extended property needs an id such as 'String {guid} Name name', and a value.")
            }
            found[id] = value
        }
        return found
    }

    private func time(
        _ name: String, isAllDay: Bool, former: (date: Date, zone: String)?
    ) throws(GraphError) -> (date: Date, zone: String) {
        guard let value = json[name], value != .null else {
            guard let former else { throw .badRequest("ErrorInvalidRequest", "The event's \(name) is missing.") }
            return former
        }
        guard let text = value["dateTime"]?.string else {
            throw .badRequest("ErrorInvalidRequest", "The event's \(name) has no dateTime.")
        }
        let zone = value["timeZone"]?.string ?? "UTC"
        let known = try OutlookZones.zone(zone)
        // Stored as midnight in UTC, so that it stays the same day in every zone.
        guard let date = GraphTime.date(local: text, in: isAllDay ? .gmt : known) else {
            throw .badRequest("ErrorInvalidRequest", "'\(text)' is no time.")
        }
        if isAllDay, Int(date.timeIntervalSince1970) % 86400 != 0 {
            let property = name == "start" ? "Start" : "End"
            throw .badRequest(
                "ErrorInvalidRequest",
                "The Event.\(property) property for an all-day event needs to be set to midnight.")
        }
        return (date, zone)
    }

    private func word(_ name: String, _ allowed: [String]) throws(GraphError) -> String? {
        guard let text = json[name]?.string else { return nil }
        guard let known = allowed.first(where: { $0.caseInsensitiveCompare(text) == .orderedSame }) else {
            throw .badRequest("RequestBodyRead", "Requested value '\(text)' was not found for '\(name)'.")
        }
        return known
    }
}
