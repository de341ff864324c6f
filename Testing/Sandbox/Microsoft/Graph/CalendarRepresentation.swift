import Foundation

/// A calendar as Graph writes it (calendar resource type).
struct CalendarRepresentation: Sendable {
    let calendar: MailboxCalendar
    let context: GraphContext

    func json() throws(GraphError) -> JSONValue {
        let own = MailboxAddress(
            context.account.mail ?? context.account.principalName, name: context.account.displayName)
        let owner = calendar.owner ?? own
        let all: [String: JSONValue] = [
            "id": .string(context.id(of: calendar.id)), "name": .string(calendar.name), "color": "auto", "hexColor": "",
            "isDefaultCalendar": .bool(calendar.isDefault), "canShare": .bool(calendar.owner == nil),
            "changeKey": .string(
                Data("nfZyf7Vc\(calendar.id.rawValue).\(calendar.version)".utf8).base64EncodedString()),
            "canViewPrivateItems": .bool(calendar.owner == nil), "canEdit": .bool(calendar.canEdit),
            "allowedOnlineMeetingProviders": ["teamsForBusiness"], "defaultOnlineMeetingProvider": "teamsForBusiness",
            "isTallyingResponses": .bool(calendar.isDefault),
            "isRemovable": .bool(!calendar.isDefault),
            "owner": ["name": .string(owner.name), "address": .string(owner.address)],
        ]
        guard let select = context.query.select else { return .object(all) }
        var members = try GraphDesk.selected(select, from: all, type: "calendar")
        members["id"] = all["id"]
        return .object(members)
    }
}
