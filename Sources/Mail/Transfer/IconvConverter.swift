import Glibc

/// A conversion descriptor of the C library.
final class IconvConverter {
    enum End {
        case whole
        /// A sequence of bytes that the charset does not have stands at the position returned.
        case invalid
        /// The bytes end within a character.
        case incomplete
    }

    private let descriptor: iconv_t

    /// `nil` where the C library does not know one of the names.
    init?(_ source: String, to target: String) {
        guard let descriptor = iconv_open(target, source), descriptor != iconv_t(bitPattern: -1) else { return nil }
        self.descriptor = descriptor
    }

    deinit { iconv_close(descriptor) }

    func reset() { iconv(descriptor, nil, nil, nil, nil) }

    /// Writes what a charset with state, or one that composes letters, has held back.
    func flush(into output: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
            var start = buffer.baseAddress
            var room = buffer.count
            iconv(descriptor, nil, nil, &start, &room)
            output.append(contentsOf: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<(64 - room)]))
        }
    }

    /// Converts from `position` on, as far as it goes.
    func convert(_ bytes: [UInt8], from position: Int, into output: inout [UInt8]) -> (end: End, position: Int) {
        let blockSize = 1 << 14
        return bytes.withUnsafeBytes { input in
            withUnsafeTemporaryAllocation(of: CChar.self, capacity: blockSize) { block in
                // iconv takes a pointer to bytes that may change, for historical reasons, and leaves them alone.
                var next = UnsafeMutablePointer(
                    mutating: input.baseAddress?.advanced(by: position).assumingMemoryBound(to: CChar.self))
                var left = input.count - position
                while true {
                    var start = block.baseAddress
                    var room = blockSize
                    let result = iconv(descriptor, &next, &left, &start, &room)
                    let code = errno
                    output.append(
                        contentsOf: UnsafeRawBufferPointer(
                            rebasing: UnsafeRawBufferPointer(block)[..<(blockSize - room)]))
                    if result != -1 { return (.whole, input.count) }
                    switch code {
                    case E2BIG: continue
                    case EINVAL: return (.incomplete, input.count - left)
                    default: return (.invalid, input.count - left)
                    }
                }
            }
        }
    }
}
