import Testing

@testable import Web

@Suite struct FormFieldsTests {
    @Test func `fields of a form are decoded`() {
        let form = FormFields(encoded: "a=1+2&b=%C3%A9%2B&a=%26&c&=x&d=%zz%4&e=%E9")
        #expect(form["a"] == "1 2" && form.all("a") == ["1 2", "&"] && form["b"] == "é+")
        #expect(form.contains("c") && form["c"].isEmpty && form.optional("c") == nil && !form.contains("f"))
        #expect(form["d"] == "%zz%4" && form["e"] == "\u{FFFD}")
    }

    @Test func `more fields than any form has are passed over`() {
        let form = FormFields(encoded: (0..<100_000).map { "a=\($0)" }.joined(separator: "&"))
        #expect(form.pairs.count == FormFields.limit)
    }

    @Test func `what is escaped for an address is read back`() {
        let text = "é&=+ %/?#<>\"'\n\u{1F600}"
        let path = PathText.with("/x", ["q": text, "empty": "", "none": nil])
        #expect(path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
        #expect(FormFields(encoded: path.dropFirst(3)) == FormFields(encoded: "q=" + PathText.escaped(text)))
        #expect(FormFields(encoded: path.dropFirst(3))["q"] == text)
    }

    @Test func `only addresses within this site are local`() {
        for local in ["/", "/contacts?q=x", "/a//b"] { #expect(PathText.local(local) == local) }
        for foreign in ["", "//x", "/\\x", "x", "https://x", "/x\ny", "/é", "/\t/x", " /x"] {
            #expect(PathText.local(foreign) == nil, "\(foreign)")
        }
    }

    @Test func `tokens are compared whole, and an empty one equals nothing`() {
        #expect(GuestToken.areEqual("abc", "abc"))
        for (one, other) in [("abc", "abd"), ("abc", "ab"), ("", ""), ("", "a")] {
            #expect(!GuestToken.areEqual(one, other))
        }
    }
}
