/// Punycode (RFC 3492) with the parameters of internationalised domain names (section 5).
enum Punycode {
    private static let base: UInt32 = 36
    private static let tMin: UInt32 = 1
    private static let tMax: UInt32 = 26
    private static let skew: UInt32 = 38
    private static let damp: UInt32 = 700
    private static let initialBias: UInt32 = 72
    private static let initialCodePoint: UInt32 = 0x80
    /// The algorithm is quadratic in the number of characters; labels of DNS have at most 63.
    static let characterLimit = 100

    /// The encoded form, without the `xn--` in front. nil where there are too many characters.
    static func encode(_ label: some Collection<Unicode.Scalar>) -> String? {
        guard label.count <= characterLimit else { return nil }
        var output = label.filter(\.isASCII).map { UInt8($0.value) }
        let basicCount = UInt32(output.count)
        var handled = basicCount
        if basicCount > 0 { output.append(UInt8(ascii: "-")) }
        var codePoint = initialCodePoint
        var delta: UInt32 = 0
        var bias = initialBias
        while handled < UInt32(label.count) {
            guard let next = label.lazy.map(\.value).filter({ $0 >= codePoint }).min() else { return nil }
            delta += (next - codePoint) * (handled + 1)
            codePoint = next
            for scalar in label {
                if scalar.value < codePoint { delta += 1 }
                guard scalar.value == codePoint else { continue }
                appendVariableLength(delta, bias: bias, to: &output)
                bias = adapted(delta, points: handled + 1, isFirst: handled == basicCount)
                delta = 0
                handled += 1
            }
            delta += 1
            codePoint += 1
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The characters that the form without `xn--` stands for. nil where it is not well-formed.
    static func decode(_ text: some Collection<UInt8>) -> [Unicode.Scalar]? {
        guard text.count <= characterLimit else { return nil }
        let input = Array(text)
        var output: [Unicode.Scalar] = []
        var position = 0
        if let delimiter = input.lastIndex(of: UInt8(ascii: "-")) {
            guard input[..<delimiter].allSatisfy({ $0 < 0x80 }) else { return nil }
            output = input[..<delimiter].map { Unicode.Scalar($0) }
            position = delimiter + 1
        }
        var codePoint = initialCodePoint
        var index: UInt32 = 0
        var bias = initialBias
        while position < input.count {
            let previous = index
            var weight: UInt32 = 1
            var threshold = base
            while true {
                guard position < input.count, let digit = digit(input[position]) else { return nil }
                position += 1
                let (product, overflow) = digit.multipliedReportingOverflow(by: weight)
                let (sum, overflow2) = index.addingReportingOverflow(product)
                guard !overflow, !overflow2 else { return nil }
                index = sum
                let t = Self.threshold(threshold, bias: bias)
                if digit < t { break }
                let (heavier, overflow3) = weight.multipliedReportingOverflow(by: base - t)
                guard !overflow3 else { return nil }
                weight = heavier
                threshold += base
            }
            let count = UInt32(output.count) + 1
            bias = adapted(index - previous, points: count, isFirst: previous == 0)
            let (advanced, overflow) = codePoint.addingReportingOverflow(index / count)
            guard !overflow, let scalar = Unicode.Scalar(advanced), !scalar.isASCII else { return nil }
            codePoint = advanced
            index %= count
            output.insert(scalar, at: Int(index))
            index += 1
        }
        return output
    }

    private static func appendVariableLength(_ delta: UInt32, bias: UInt32, to output: inout [UInt8]) {
        var rest = delta
        var k = base
        while true {
            let t = threshold(k, bias: bias)
            if rest < t { break }
            output.append(character(t + (rest - t) % (base - t)))
            rest = (rest - t) / (base - t)
            k += base
        }
        output.append(character(rest))
    }

    private static func threshold(_ k: UInt32, bias: UInt32) -> UInt32 {
        k <= bias ? tMin : min(max(k - bias, tMin), tMax)
    }

    /// Section 6.1.
    private static func adapted(_ delta: UInt32, points: UInt32, isFirst: Bool) -> UInt32 {
        var delta = isFirst ? delta / damp : delta / 2
        delta += delta / points
        var k: UInt32 = 0
        while delta > ((base - tMin) * tMax) / 2 {
            delta /= base - tMin
            k += base
        }
        return k + (base - tMin + 1) * delta / (delta + skew)
    }

    private static func character(_ digit: UInt32) -> UInt8 { UInt8(digit < 26 ? 0x61 + digit : 0x30 + digit - 26) }

    private static func digit(_ byte: UInt8) -> UInt32? {
        if byte.isASCIILetter { return UInt32(byte.asciiLowercased) - 0x61 }
        return byte.isASCIIDigit ? UInt32(byte) - 0x30 + 26 : nil
    }
}
