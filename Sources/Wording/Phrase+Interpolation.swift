extension Phrase: ExpressibleByStringInterpolation {
    public init(stringLiteral value: String) { self.init(value) }

    public init(stringInterpolation: StringInterpolation) {
        self.init(stringInterpolation.pattern, arguments: stringInterpolation.arguments)
    }

    /// Collects the text of a literal with marks, and what is put in at them.
    public struct StringInterpolation: StringInterpolationProtocol {
        var pattern = ""
        var arguments: [Argument] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            pattern.reserveCapacity(literalCapacity + 3 * interpolationCount)
            arguments.reserveCapacity(interpolationCount)
        }

        public mutating func appendLiteral(_ literal: String) { pattern += literal }

        private mutating func put(_ argument: Argument) {
            arguments.append(argument)
            pattern += "{\(arguments.count)}"
        }

        public mutating func appendInterpolation(_ text: some StringProtocol) { put(.text(String(text))) }

        public mutating func appendInterpolation(_ phrase: Phrase) { put(.phrase(phrase)) }

        /// A number that names something, such as a port or a line: digits only.
        public mutating func appendInterpolation(_ number: some BinaryInteger) { put(.text("\(number)")) }

        /// A number that counts: "12,345".
        public mutating func appendInterpolation(count: Int) { put(.number(count)) }

        /// A number counted in tenths: 12 is "1.2".
        public mutating func appendInterpolation(tenths: Int) { put(.tenths(tenths)) }

        /// The day of a month: 1 is "1er" in French.
        public mutating func appendInterpolation(day: Int) { put(.day(day)) }
    }
}
