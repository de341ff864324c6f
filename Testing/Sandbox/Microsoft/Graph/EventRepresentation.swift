import Foundation

/// An event as Graph writes it (event resource type).
struct EventRepresentation: Sendable {
    let event: MailboxEvent
    let mailbox: Mailbox
    let context: GraphContext

    static let standard = [
        "createdDateTime", "lastModifiedDateTime", "changeKey", "categories", "transactionId", "originalStartTimeZone",
        "originalEndTimeZone", "iCalUId", "reminderMinutesBeforeStart", "isReminderOn", "hasAttachments", "subject",
        "bodyPreview", "importance", "sensitivity", "isAllDay", "isCancelled", "isOrganizer", "responseRequested",
        "seriesMasterId", "showAs", "type", "webLink", "onlineMeetingUrl", "isOnlineMeeting", "onlineMeetingProvider",
        "allowNewTimeProposals", "isDraft", "hideAttendees", "recurrence", "onlineMeeting", "responseStatus", "body",
        "start", "end", "location", "locations", "attendees", "organizer",
    ]

    func json() throws(GraphError) -> JSONValue {
        let zone =
            try context.preferences.timeZone.map { name throws(GraphError) in try OutlookZones.zone(name) } ?? .gmt
        var members: [String: JSONValue] = ["id": .string(context.id(of: event)), "@odata.etag": .string(etag)]
        for name in context.query.select ?? Self.standard where name != "id" {
            guard let known = Self.standard.first(where: { $0.caseInsensitiveCompare(name) == .orderedSame }) else {
                throw .badRequest(
                    "RequestBroker--ParseUri",
                    "Could not find a property named '\(name)' on type 'Microsoft.OutlookServices.Event'.")
            }
            members[known] = property(known, zone: zone)
        }
        for expansion in context.query.expansions where expansion.name.lowercased() == "singlevalueextendedproperties" {
            let properties = try self.properties(expansion.options)
            if !properties.isEmpty { members["singleValueExtendedProperties"] = .array(properties) }
        }
        return .object(members)
    }

    var etag: String { "W/\"\(changeKey)\"" }

    private var changeKey: String {
        Data("F458GvdYA0ij\(event.id.rawValue).\(event.version)".utf8).base64EncodedString()
    }

    /// What a filter looks at.
    func property(_ name: String) -> JSONValue {
        guard name != "singleValueExtendedProperties" else { return .array(allProperties) }
        return property(name, zone: .gmt)
    }

    private var allProperties: [JSONValue] {
        event.properties.sorted { $0.key < $1.key }.map { ["id": .string($0.key), "value": .string($0.value)] }
    }

    /// Those that `$expand=singleValueExtendedProperties($filter=…)` asks for.
    private func properties(_ options: String) throws(GraphError) -> [JSONValue] {
        let prefix = "$filter="
        guard options.hasPrefix(prefix) else {
            throw .badRequest(
                "ErrorInvalidUrlQueryFilter", "singleValueExtendedProperties can only be expanded with a $filter on id."
            )
        }
        let filter = try ODataFilter(String(options.dropFirst(prefix.count)))
        var found: [JSONValue] = []
        for property in allProperties where try filter.matches({ property[$0] ?? .null }) { found.append(property) }
        return found
    }

    private func property(_ name: String, zone: TimeZone) -> JSONValue {
        let content = event.content
        switch name {
        case "createdDateTime": return .string(GraphTime.string(event.created))
        case "lastModifiedDateTime": return .string(GraphTime.string(event.modified))
        case "changeKey": return .string(changeKey)
        case "categories": return .array(content.categories.map(JSONValue.string))
        case "transactionId": return .orNull(event.transaction)
        case "originalStartTimeZone": return .string(content.startZone)
        case "originalEndTimeZone": return .string(content.endZone)
        case "iCalUId":
            return .string(
                "040000008200E00074C5B7101A82E008" + String(event.id.rawValue + 1 << 40, radix: 16).uppercased())
        case "reminderMinutesBeforeStart": return .integer(content.reminder)
        case "isReminderOn": return .bool(content.isReminderOn)
        case "subject": return .string(content.title)
        case "bodyPreview":
            return .string(String((content.text ?? content.html.map(HTMLReduction.text) ?? "").prefix(255)))
        case "importance": return .string(content.importance)
        case "sensitivity": return .string(content.sensitivity)
        case "isAllDay": return .bool(content.isAllDay)
        case "isOrganizer", "responseRequested", "allowNewTimeProposals": return true
        case "hasAttachments", "isCancelled", "isOnlineMeeting", "isDraft", "hideAttendees": return false
        case "showAs": return .string(content.showAs)
        case "type": return "singleInstance"
        case "webLink":
            let item = FormFields.encoded(context.id(of: event))
            return "https://outlook.office365.com/owa/?itemid=\(item)&exvsurl=1&path=/calendar/item"
        case "onlineMeetingProvider": return "unknown"
        case "responseStatus": return ["response": "organizer", "time": "0001-01-01T00:00:00Z"]
        case "body": return body
        case "start": return time(content.start, zone)
        case "end": return time(content.end, zone)
        case "location": return location
        case "locations": return content.location.isEmpty ? [] : .array([location])
        case "attendees": return .array(content.attendees.map(attendee))
        case "organizer":
            let address = context.account.mail ?? context.account.principalName
            return ["emailAddress": ["name": .string(context.account.displayName), "address": .string(address)]]
        default: return .null
        }
    }

    /// An all-day event reads midnight to midnight whatever the zone.
    private func time(_ date: Date, _ zone: TimeZone) -> JSONValue {
        [
            "dateTime": .string(GraphTime.local(date, in: event.content.isAllDay ? .gmt : zone)),
            "timeZone": .string(context.preferences.timeZone ?? "UTC"),
        ]
    }

    private var body: JSONValue {
        let content = event.content
        if context.preferences.wantsText {
            return [
                "contentType": "text", "content": .string(content.text ?? content.html.map(HTMLReduction.text) ?? ""),
            ]
        }
        if let html = content.html { return ["contentType": "html", "content": .string(html)] }
        return [
            "contentType": "html", "content": .string(content.text.map { "<html><body>\($0)</body></html>" } ?? ""),
        ]
    }

    private var location: JSONValue {
        let name = event.content.location
        guard !name.isEmpty else {
            return [
                "displayName": "", "locationType": "default", "uniqueIdType": "unknown", "address": [:],
                "coordinates": [:],
            ]
        }
        return [
            "displayName": .string(name), "locationType": "default", "uniqueId": .string(name),
            "uniqueIdType": "private",
        ]
    }

    private func attendee(_ person: MailboxAddress) -> JSONValue {
        [
            "type": "required", "status": ["response": "none", "time": "0001-01-01T00:00:00Z"],
            "emailAddress": [
                "name": .string(person.name.isEmpty ? person.address : person.name), "address": .string(person.address),
            ],
        ]
    }
}
