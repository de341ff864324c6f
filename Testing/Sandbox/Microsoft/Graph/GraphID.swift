import Foundation

/// Ids of Outlook items as Graph writes them: opaque, sensitive to case, in two formats.
///
/// The default id of an item changes with each move; its immutable id does not (Obtain immutable identifiers for
/// Outlook resources). Containers have one id in both.
struct GraphID: Hashable, Sendable {
    enum Kind: UInt8 {
        case folder = 1
        case message = 2
        case calendar = 3
        case event = 4
        case attachment = 5
    }

    var kind: Kind
    /// Which mailbox of the sandbox.
    var mailbox: Int
    var number: Int
    /// How often the item had been moved; nil for the immutable id.
    var moves: Int?

    /// As the beginnings of the real ones, so that a person recognises the format.
    private static let immutablePrefix = "AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A"
    private static let defaultPrefix = "AAMkAGUzY2QxYmQ5LWE0NTItNDAxNi05NTdi"
    private static let suffix = "AAA="

    init(_ kind: Kind, mailbox: Int, number: Int, moves: Int?) {
        (self.kind, self.mailbox, self.number, self.moves) = (kind, mailbox, number, moves)
    }

    var text: String {
        var octets: [UInt8] = [kind.rawValue]
        for (value, count) in [(mailbox, 4), (number, 6), ((moves ?? -1) + 1, 4)] {
            octets += (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
        }
        let prefix = moves == nil ? Self.immutablePrefix : Self.defaultPrefix
        return prefix + IdentityKey.base64URL(octets) + Self.suffix
    }

    init?(_ text: String) {
        guard text.hasSuffix(Self.suffix) else { return nil }
        let isImmutable = text.hasPrefix(Self.immutablePrefix)
        guard isImmutable || text.hasPrefix(Self.defaultPrefix) else { return nil }
        let prefix = isImmutable ? Self.immutablePrefix : Self.defaultPrefix
        let middle = text.dropFirst(prefix.count).dropLast(Self.suffix.count)
        let standard = middle.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        guard let octets = Data(base64Encoded: standard), octets.count == 15, let kind = Kind(rawValue: octets[0])
        else {
            return nil
        }
        func number(_ range: Range<Int>) -> Int { octets[range].reduce(0) { $0 << 8 | Int($1) } }
        self.init(
            kind, mailbox: number(1..<5), number: number(5..<11), moves: isImmutable ? nil : number(11..<15) - 1)
    }
}
