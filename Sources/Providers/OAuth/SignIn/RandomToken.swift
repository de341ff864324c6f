/// Values that nobody can guess, in letters that need no escaping in a URL.
public enum RandomToken {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// 43 letters with six bits of chance each: the 256 bits that RFC 7636, section 7.1, asks of a code verifier.
    public static func make(using random: inout some RandomNumberGenerator) -> String {
        String(
            decoding: (0..<43).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] }, as: UTF8.self)
    }
}
