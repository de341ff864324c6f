extension CharsetEncoding {
    /// By the label's letters and digits.
    static let named: [String: CharsetEncoding] = {
        var named: [String: CharsetEncoding] = [:]
        func add(_ encoding: CharsetEncoding, _ keys: String) {
            for key in keys.split(separator: " ") { named[String(key)] = encoding }
        }
        add(.utf8, "utf8 unicode11utf8 unicode20utf8 xunicode20utf8 utf utf8mb4 unicode111utf8 ut8 utf8n")
        add(
            .unspecified,
            "usascii ascii ansix341968 ansix341986 iso646us iso646irv1991 us unknown8bit unknown xunknown none default "
                + "8bit 7bit xuserdefined user defined ansi binary null undefined ascii8bit")
        add(.utf16(.unknown), "utf16 unicode csunicode ucs2 iso10646ucs2 utf16bom")
        add(.utf16(.big), "utf16be unicodefffe ucs2be")
        add(.utf16(.little), "utf16le unicodefeff ucs2le")
        add(.utf32(.unknown), "utf32 ucs4 iso10646ucs4")
        add(.utf32(.big), "utf32be ucs4be")
        add(.utf32(.little), "utf32le ucs4le")
        add(.utf7, "utf7 unicode11utf7 unicode20utf7 xunicode20utf7 csutf7 csunicode11utf7")
        add(.hz, "hz hzgb2312 hzgb")
        add(
            .iso2022JP, "iso2022jp csiso2022jp iso2022jpms iso2022jp1 cp50220 cp50221 cp50222 xiso2022jp jis jis7 junet"
        )
        add(.iconv("ISO-2022-JP-2", .shifting), "iso2022jp2 csiso2022jp2")
        add(.iconv("ISO-2022-JP-3", .shifting), "iso2022jp3 iso2022jp2004")
        add(.iconv("ISO-2022-KR", .shifting), "iso2022kr csiso2022kr")
        add(.iconv("ISO-2022-CN", .shifting), "iso2022cn iso2022cnext")
        add(
            multi("CP932"),
            "shiftjis sjis xsjis csshiftjis ms932 mskanji windows31j cswindows31j shiftjisms sjisms xmacjapanese msjis")
        add(multi("EUC-JP-MS"), "eucjp xeucjp eucjpms cseucpkdfmtjapanese xeuc ujis eucjpwin")
        add(
            multi("GB18030"),
            "gb2312 gb231280 csgb2312 iso58gb231280 csiso58gb231280 chinese euccn cngb gbk xgbk gb18030 gb "
                + "gb2312charset xmacchinesesimp xeuccn gbkeuc zhcn gb180302000 gb180302022 zhgb2312 simplifiedchinese")
        add(
            multi("CP949"),
            "ksc5601 ksc56011987 ksc56011989 csksc56011987 isoir149 korean euckr cseuckr ksx1001 uhc "
                + "xmackorean ms949 xwindows949"
        )
        add(
            multi("BIG5-HKSCS"),
            "big5 cnbig5 csbig5 xxbig5 big5hkscs big5eten xmacchinesetrad bigfive zhtw "
                + "big5charset xbig5 traditionalchinese"
        )
        add(multi("EUC-TW"), "euctw xeuctw cns11643")
        add(
            single("CP1252"),
            "iso88591 88591 latin1 l1 isolatin1 iso885911987 isoir100 csisolatin1 ibm819 cp819 iso8859 88591en")
        add(single("CP1252"), "latin isolatin western we8mswin1252 ansi1252 cswindows1252 iso88951")
        add(single("CP1254"), "iso88599 88599 latin5 l5 iso885991989 isoir148 csisolatin5")
        add(single("CP874"), "iso885911 885911 tis620 tis62025290 tis62025331 thai cstis620")
        add(single("ISO-8859-2"), "88592 latin2 l2 isoir101 csisolatin2")
        add(single("ISO-8859-3"), "88593 latin3 l3 isoir109 csisolatin3")
        add(single("ISO-8859-4"), "88594 latin4 l4 isoir110 csisolatin4")
        add(single("ISO-8859-5"), "88595 cyrillic isoir144 csisolatincyrillic")
        add(single("ISO-8859-6"), "88596 arabic asmo708 ecma114 iso88596i iso88596e csisolatinarabic isoir127")
        add(single("ISO-8859-7"), "88597 greek greek8 elot928 ecma118 csisolatingreek isoir126 suneugreek")
        add(
            single("ISO-8859-8"),
            "88598 hebrew iso88598i iso88598e logical visual csisolatinhebrew isoir138 dos862visual")
        add(single("ISO-8859-10"), "885910 latin6 l6 isoir157 csisolatin6")
        add(single("ISO-8859-13"), "885913 latin7 l7")
        add(single("ISO-8859-14"), "885914 latin8 l8")
        add(single("ISO-8859-15"), "885915 latin9 l9 latin0 csisolatin9")
        add(single("ISO-8859-16"), "885916 latin10 l10")
        for part in [2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16] { named["iso8859\(part)"] = single("ISO-8859-\(part)") }
        add(single("KOI8-R"), "koi8r koi8 koi cskoi8r")
        add(single("KOI8-U"), "koi8u koi8ru")
        add(single("MACINTOSH"), "macintosh mac xmacroman macroman xmac csmacintosh xmacwestern xmacintosh applemac")
        add(single("MAC-CENTRALEUROPE"), "xmacce macce xmaccentraleurroman maccentraleurope xmaccentraleurope")
        add(single("MAC-CYRILLIC"), "xmaccyrillic maccyrillic")
        add(single("MAC-UK"), "xmacukrainian macukrainian")
        add(single("VISCII"), "viscii csviscii viscii11")
        add(single("TCVN5712-1"), "tcvn tcvn5712 xvietvps")
        add(single("ISO_6937"), "iso6937")
        return named
    }()
}
