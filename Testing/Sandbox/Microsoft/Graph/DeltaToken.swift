import Foundation

/// The opaque end of a link: which round, and where in it; or that the round is done.
struct DeltaToken: Hashable, Sendable {
    var round: Int
    /// The entry that the page begins with; nil for the link to the next round.
    var position: Int?
    /// Whether an empty page stands here first.
    var isEmptyPage = false

    init(round: Int, position: Int? = nil, isEmptyPage: Bool = false) {
        (self.round, self.position, self.isEmptyPage) = (round, position, isEmptyPage)
    }

    /// Signed with nothing: it is a test's own machine.
    var text: String {
        IdentityKey.base64URL(Data("\(round).\(position.map(String.init) ?? "").\(isEmptyPage ? 1 : 0)".utf8))
    }

    init?(_ text: String) {
        var standard = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        while standard.count % 4 != 0 { standard += "=" }
        guard let octets = Data(base64Encoded: standard) else { return nil }
        let parts = String(decoding: octets, as: UTF8.self).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let round = Int(parts[0]) else { return nil }
        self.init(round: round, position: Int(parts[1]), isEmptyPage: parts[2] == "1")
    }
}
