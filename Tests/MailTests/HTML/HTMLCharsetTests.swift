import Testing

@testable import Mail

@Suite struct HTMLCharsetTests {
    @Test(arguments: [
        ("<meta charset=utf-8>", "utf-8"),
        ("<META CharSet='ISO-8859-1' />", "iso-8859-1"),
        (
            "<html><head><meta name=x><meta http-equiv=Content-Type content='text/html; charset=windows-1252'>",
            "windows-1252"
        ),
        ("<meta content=\"text/html;charset = 'koi8-r'\" http-equiv='content-type'>", "koi8-r"),
        ("<!-- <meta charset=a> --><meta charset=b>", "b"),
        ("<!--><meta charset=b>", "b"),
        ("<p title='<meta charset=a>'><meta charset=b>", "b"),
        ("</p x='<meta charset=a>'><?x <meta charset=a?><meta charset=b>", "b"),
        ("<meta charset=utf-16le>", "utf-8"),
        ("<meta charset=x-user-defined>", "windows-1252"),
        ("<meta/charset=b>", "b"),
        ("<meta charset=a charset=b>", "a"),
        ("<meta charset=' gb2312 '>", "gb2312"),
        ("<meta http-equiv=content-type content='charset; charset=b'>", "b"),
    ])
    func `a declared charset is found`(html: String, charset: String) {
        #expect(HTMLText.declaredCharset(in: Array(html.utf8)) == charset)
    }

    @Test(arguments: [
        "", "<", "<meta", "<meta charset", "<meta charset=", "<meta charset=''>", "<metax charset=a>", "charset=utf-8",
        "<meta content='text/html; charset=a'>", "<meta http-equiv=refresh content='text/html; charset=a'>",
        "<!-- <meta charset=a>", "<meta http-equiv=content-type content='charset=\"a'>", "<a '<meta charset=a>",
    ])
    func `where none is declared there is none`(html: String) {
        #expect(HTMLText.declaredCharset(in: Array(html.utf8)) == nil)
    }

    @Test func `only the first bytes are searched`() {
        let padding = String(repeating: " ", count: HTMLText.charsetPrefixLimit)
        #expect(HTMLText.declaredCharset(in: Array((padding + "<meta charset=a>").utf8)) == nil)
    }

    @Test func `every prefix of a declaration is read without harm`() {
        let html = Array(
            "<!-- x --><html a='b' c=d><meta http-equiv=\"Content-Type\" content=\"text/html; charset='utf-8'\">".utf8)
        for count in 0..<html.count { _ = HTMLText.declaredCharset(in: Array(html[..<count])) }
        #expect(HTMLText.declaredCharset(in: html) == "utf-8")
    }
}
