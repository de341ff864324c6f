import Foundation

/// Finds planted words in pages. Thousands of pages are searched, so it is done on octets.
enum PlantedWords {
    /// What each of them ends with: no word of the product, and too long to come up in a random mark.
    static let ending = "qzephyr"

    /// - Parameters:
    ///   - asked: what the page was asked for: it says that again, whether or not it found anything.
    ///   - found: called with each word.
    static func find(in page: [UInt8], asked: [UInt8]?, _ found: (String) -> Void) {
        let mark = Array(ending.utf8)
        page.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            var from = 0
            while let hit = memchr(base + from, Int32(mark[0]), bytes.count - from) {
                from = UnsafeRawPointer(hit) - base + 1
                let end = from - 1 + mark.count
                guard end <= bytes.count, bytes[from..<end].elementsEqual(mark.dropFirst()) else { continue }
                if end < bytes.count, isWordByte(bytes[end]) { continue }
                var start = end - mark.count
                while start > 0, isWordByte(bytes[start - 1]) { start -= 1 }
                // Escaped in an address.
                if start > 0, bytes[start - 1] == UInt8(ascii: "%") { start += 2 }
                guard start < end else { continue }
                let word = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
                if let asked, word.elementsEqual(asked), isEcho(bytes[..<start]) { continue }
                found(String(decoding: word, as: UTF8.self).lowercased())
            }
        }
    }

    private static let echoes = ["\"", "“", "?q=", ";q="].map { Array($0.utf8) }

    private static func isEcho(_ before: Slice<UnsafeRawBufferPointer>) -> Bool {
        echoes.contains { before.suffix($0.count).elementsEqual($0) }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
    }
}
