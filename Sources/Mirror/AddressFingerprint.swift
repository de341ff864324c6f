/// A 64-bit FNV-1a hash (Fowler, Noll, Vo) over bytes, continued over several pieces.
///
/// It sorts out, without an allocation, the many addresses of a mailbox that belong to no contact, and it names
/// messages that have no name of their own. Nothing relies on it being hard to invert or to collide on purpose.
struct Fingerprint: Hashable, Sendable {
    private(set) var value: UInt64

    init(seed: UInt64 = 0xcbf2_9ce4_8422_2325) { value = seed }

    mutating func append(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }

    mutating func append(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { append(byte) }
    }

    /// Appends bytes, ASCII letters in lower case; false when one was not plain.
    @inline(__always)
    mutating func appendLowercased(_ bytes: [UInt8], while isPlain: (UInt8) -> Bool) -> Bool {
        bytes.withUnsafeBufferPointer { buffer in
            var hash = value
            for byte in buffer {
                guard isPlain(byte) else { return false }
                let lower = byte &+ (byte &- 65 < 26 ? 32 : 0)
                hash = (hash ^ UInt64(lower)) &* 0x0000_0100_0000_01b3
            }
            value = hash
            return true
        }
    }
}
