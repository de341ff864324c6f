/// A command before it is tagged and sent.
struct Command: Sendable {
    enum Part: Sendable, Hashable {
        case text(String)
        /// Sent as a literal (RFC 9051, section 4.3).
        case literal([UInt8])
    }

    let name: String
    private(set) var parts: [Part] = []
    /// Whether its arguments must not be logged.
    var isSecret = false

    init(_ name: String, _ arguments: String? = nil) {
        self.name = name
        parts = [.text(name + (arguments.map { " " + $0 } ?? ""))]
    }

    mutating func append(_ text: String) {
        if case .text(let last)? = parts.last {
            parts[parts.count - 1] = .text(last + text)
        } else {
            parts.append(.text(text))
        }
    }

    /// For the log; literals are left out.
    var text: String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .literal(let bytes): "{\(bytes.count)}"
            }
        }.joined()
    }

    /// An astring: quoted where that is allowed, else a literal.
    mutating func append(string bytes: [UInt8], isUTF8: Bool = false) {
        append(" ")
        if bytes.count <= 1000, bytes.allSatisfy({ (0x20...0x7e).contains($0) || (isUTF8 && $0 >= 0x80) }),
            let text = String(validating: bytes, as: UTF8.self)
        {
            var quoted = "\""
            for scalar in text.unicodeScalars {
                if scalar == "\"" || scalar == "\\" { quoted += "\\" }
                quoted.unicodeScalars.append(scalar)
            }
            append(quoted + "\"")
        } else {
            parts.append(.literal(bytes))
        }
    }

    /// Whether the server has to be waited for before all of it is sent.
    func waits(capabilities: Set<Capability>) -> Bool { pieces(tag: "", capabilities: capabilities).count > 1 }

    /// The octets up to each point at which the server has to say that it waits for the rest.
    func pieces(tag: String, capabilities: Set<Capability>) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var current = Array((tag + " ").utf8)
        for part in parts {
            switch part {
            case .text(let text):
                current += Array(text.utf8)
            case .literal(let bytes):
                // RFC 7888: LITERAL- allows it up to 4096 octets.
                let needsNoWait =
                    capabilities.contains(.literalPlus) || (capabilities.contains(.literalMinus) && bytes.count <= 4096)
                current += Array("{\(bytes.count)\(needsNoWait ? "+" : "")}\r\n".utf8)
                if !needsNoWait {
                    pieces.append(current)
                    current = []
                }
                current += bytes
            }
        }
        pieces.append(current + [0x0d, 0x0a])
        return pieces
    }
}
