import Foundation
import Synchronization

@testable import Web

/// Text that does harm where a page takes it for more than text.
///
/// A sign stands before each character that means something to HTML, and nowhere else in the product. So a page in which
/// such a character follows the sign has not escaped it, wherever it stands and however it was shortened.
enum Poison {
    /// Not so short that it comes up in a random mark.
    static let sign = "zqvxj"

    /// Ends an element's content and an attribute in either kind of quotation marks, and tells whether an entity that
    /// somebody typed is decoded on the way.
    static func text(_ word: String) -> String {
        "\(sign)<script>\(sign)\"\(sign)'\(sign)&lt;\(sign)\(word)"
    }

    /// Addresses that RFC 5322 allows, with and without quotation marks.
    static func quotedAddress(_ word: String) -> String {
        "\"\(sign)<script>\(sign)'\(sign)&lt;\(sign)\(word)\"@poison.example"
    }
    static func plainAddress(_ word: String, at domain: String) -> String {
        "\(sign)'\(sign)&\(sign)\(word)@\(domain)"
    }

    /// In a web address, which ends before the other signs.
    static func link(_ word: String) -> String {
        "https://poison.example/?\(sign)'\(sign)&lt;\(sign)\(word)"
    }

    /// Each word stands behind one of these, in one place only.
    static let ending = "qzephyr"
    static func word(_ number: Int) -> String { "w\(number)\(ending)" }

    /// What a page makes of it.
    struct Reading {
        /// The surroundings of characters that were not escaped.
        var leaks: [String] = []
        /// The words that stand there, and those before which all of the poison stands, escaped.
        var words: Set<String> = []
        var escaped: Set<String> = []
    }

    static func read(_ page: [UInt8]) -> Reading {
        var reading = Reading()
        let sign = Array(Self.sign.utf8)
        page.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            var from = 0
            while from < bytes.count, let hit = memchr(base + from, Int32(sign[0]), bytes.count - from) {
                let start = UnsafeRawPointer(hit) - base
                from = start + 1
                guard bytes[start...].starts(with: sign) else { continue }
                let rest = bytes[(start + sign.count)...]
                if harmful.contains(where: { rest.starts(with: $0) }) {
                    let around = bytes[max(0, start - 60)..<min(bytes.count, start + 60)]
                    reading.leaks.append(String(decoding: around, as: UTF8.self))
                }
                let word = rest.prefix { $0 >= 0x30 && $0 <= 0x39 || $0 >= 0x61 && $0 <= 0x7A }
                guard word.count > ending.utf8.count, word.suffix(ending.utf8.count).elementsEqual(ending.utf8) else {
                    continue
                }
                let text = String(decoding: word, as: UTF8.self)
                reading.words.insert(text)
                if wholes.contains(where: { bytes[..<start].suffix($0.count).elementsEqual($0) }) {
                    reading.escaped.insert(text)
                }
            }
        }
        return reading
    }

    private static let harmful = ["<", "\"", "'", "&" + sign, "&lt;" + sign].map { Array($0.utf8) }

    /// ``text(_:)``, the addresses and the link, escaped, up to the sign before the word.
    private static let wholes = [
        "S&lt;script&gt;S&quot;S&#39;S&amp;lt;", "S&lt;script&gt;S&#39;S&amp;lt;", "S&#39;S&amp;", "S&#39;S&amp;lt;",
    ].map { Array($0.replacing("S", with: sign).utf8) }
}

/// Reads every page that a bench sends, and knows which word was planted where.
final class PoisonLedger: Sendable {
    private struct State {
        /// By number, the field or part in which a word was planted.
        var places: [String] = []
        var secrets: Set<String> = []
        var words: Set<String> = []
        var escaped: Set<String> = []
        var leaks: [String] = []
        var pages = 0
    }

    private let state = Mutex(State())

    init(watching benches: WebBench?...) {
        for bench in benches { bench?.pages.watch { [self] in read($0, $1) } }
    }

    /// A word for a place; several words may stand for one.
    func word(_ place: String, isSecret: Bool = false) -> String {
        state.withLock { state in
            state.places.append(place)
            if isSecret { state.secrets.insert(place) }
            return Poison.word(state.places.count - 1)
        }
    }

    func read(_ path: String, _ page: String) {
        let reading = Poison.read(Array(page.utf8))
        state.withLock { state in
            state.pages += 1
            state.words.formUnion(reading.words)
            state.escaped.formUnion(reading.escaped)
            state.leaks += reading.leaks.map { "\(path): \($0)" }
        }
    }

    var leaks: [String] { state.withLock { $0.leaks } }
    var pages: Int { state.withLock { $0.pages } }
    var places: Set<String> { state.withLock { Set($0.places) } }

    /// Where something was planted that no page showed in full, as text.
    var unseen: Set<String> {
        state.withLock { state in
            Set(state.places).subtracting(state.secrets).subtracting(Self.places(state.escaped, state.places))
        }
    }

    /// Secrets that a page showed.
    var told: Set<String> {
        state.withLock { state in state.secrets.intersection(Self.places(state.words, state.places)) }
    }

    private static func places(_ words: Set<String>, _ places: [String]) -> Set<String> {
        Set(
            words.compactMap { word in
                Int(word.dropFirst().dropLast(Poison.ending.count)).flatMap { $0 < places.count ? places[$0] : nil }
            })
    }
}
