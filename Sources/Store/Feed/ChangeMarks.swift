import CRM
import Foundation

/// Makes the numbers of changes into marks that an open page carries, and reads them back.
///
/// The numbers count what happens in all organisations, and in mailboxes that the viewer of a page may not read, so
/// neither they nor how far they lie apart may be seen. A mark is sealed with a key that only this process has, and is
/// another one each time that it is made. Marks of before a restart cannot be read: whoever comes with one fetches the
/// page again.
public struct ChangeMarks: Sendable {
    private let sealer: Sealer

    public init(random: any RandomSource = SystemRandomSource()) {
        sealer = Sealer(key: Secret(random.bytes(32)), random: random)
    }

    /// In the letters of base64.
    ///
    /// - Throws: ``SealerError/notSealed``.
    public func mark(_ number: Int64) throws -> String {
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
        return Data(try sealer.seal(Secret(bytes), context: Self.context)).base64EncodedString()
    }

    /// The number behind a mark; nil for what is no mark of this process.
    public func number(_ mark: String) -> Int64? {
        guard mark.utf8.count <= Self.limit, let sealed = Data(base64Encoded: mark) else { return nil }
        do {
            let bytes = try sealer.open(Array(sealed), context: Self.context).expose()
            guard bytes.count == 8 else { return nil }
            return bytes.reversed().reduce(Int64(0)) { $0 << 8 | Int64($1) }
        } catch {
            return nil
        }
    }

    private static let context = "change"
    /// In characters; a mark has 60.
    private static let limit = 100
}
