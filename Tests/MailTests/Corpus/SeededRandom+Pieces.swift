import Generators

extension SeededRandom {
    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &self) }
    }

    /// Pieces strung together, which makes hostile input more likely than bytes do.
    mutating func joined(_ pieces: [String], count: Int) -> String {
        (0..<count).map { _ in pieces.randomElement(using: &self) ?? "" }.joined()
    }
}
