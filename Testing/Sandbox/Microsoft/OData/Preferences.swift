import Foundation

/// The `Prefer` header of a request (RFC 7240), as Outlook's part of Graph reads it.
struct Preferences: Sendable {
    /// `IdType="ImmutableId"`.
    var wantsImmutableIDs = false
    /// `outlook.body-content-type="text"`.
    var wantsText = false
    /// `outlook.timezone="…"`.
    var timeZone: String?
    /// `odata.maxpagesize=…`.
    var pageSize: Int?

    init(_ header: String?) {
        for item in (header ?? "").split(separator: ",") {
            let parts = item.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2 else { continue }
            let value = parts[1].trimmingCharacters(in: CharacterSet(charactersIn: "\""))
            switch parts[0].lowercased() {
            case "idtype": wantsImmutableIDs = value.lowercased() == "immutableid"
            case "outlook.body-content-type": wantsText = value.lowercased() == "text"
            case "outlook.timezone": timeZone = value
            case "odata.maxpagesize": pageSize = Int(value)
            default: break
            }
        }
    }

    /// What of it was honoured, for `Preference-Applied`; nil for nothing.
    var applied: String? {
        var words: [String] = []
        if wantsImmutableIDs { words.append("IdType=\"ImmutableId\"") }
        if wantsText { words.append("outlook.body-content-type=\"text\"") }
        if let timeZone { words.append("outlook.timezone=\"\(timeZone)\"") }
        if let pageSize { words.append("odata.maxpagesize=\(pageSize)") }
        return words.isEmpty ? nil : words.joined(separator: ", ")
    }
}
