import Testing

@testable import Mail

struct MailDateTests {
    private func parse(_ text: String) -> MailDate? { MailDate.parse(Array(text.utf8)) }

    @Test(arguments: [
        ("Fri, 21 Nov 1997 09:55:06 -0600", 880_127_706, -360),
        ("Tue, 1 Jul 2003 10:52:37 +0200", 1_057_049_557, 120),
        ("Thu, 13 Feb 1969 23:32:54 -0330", -27_723_426, -210),
        ("Thu,\r\n   13\r\n  Feb\r\n    1969\r\n  23:32\r\n  -0330 (Newfoundland Time)", -27_723_480, -210),
        ("21 Nov 97 09:55:06 GMT", 880_106_106, 0),
        ("Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", 880_127_706, -360),
        ("Thu, 01 Jan 1970 00:00:00 +0000", 0, 0),
        ("Thu, 29 Feb 2024 12:00:00 -0000", 1_709_208_000, 0),
        ("Sat, 31 Dec 2016 23:59:60 +0000", 1_483_228_800, 0),
    ])
    func `the dates of RFC 5322 are read`(text: String, seconds: Int64, offset: Int) {
        #expect(parse(text) == MailDate(seconds: seconds, offsetMinutes: offset))
    }

    /// All of them 1 July 2003, 08:52:37 UTC.
    @Test(arguments: [
        "1 Jul 2003 10:52:37 +0200", "Tue 1 Jul 2003 10:52:37 +0200", "tue, 1 JUL 2003 10:52:37 +0200",
        "Tuesday, 1 July 2003 10:52:37 +0200", "Tue,1 Jul 2003 10:52:37 +0200", "Wed, 1 Jul 2003 10:52:37 +0200",
        "Tue, 01-Jul-2003 10:52:37 +0200", "Tue, 01-Jul-03 08:52:37 GMT", "Tue, 1 Jul 03 10:52:37 +0200",
        "Tue, 1 Jul 103 10:52:37 +0200", "Tue, 1 Jul 19103 10:52:37 +0200", "Tue Jul  1 08:52:37 2003",
        "Tue Jul 1 10:52:37 CEST 2003",
        "Tue Jul  1 10:52:37 2003 +0200", "Tue Jul  1 10:52:37 +0200 2003", "Jul 1, 2003 10:52:37 AM +0200",
        "Tue, Jul 01, 2003 10:52:37 +0200", "2003-07-01T10:52:37+02:00", "2003-07-01T08:52:37Z",
        "2003-07-01 08:52:37.000Z",
        "2003-07-01 10:52:37 +0200", "2003/07/01 08:52:37", "2003 Jul 1 08:52:37", "2003-Jul-01 08:52:37",
        "1 Jul 2003 10:52:37 GMT+0200", "1 Jul 2003 10:52:37 UTC+02:00", "1 Jul 2003 10:52:37 +02",
        "1 Jul 2003 10:52:37 +2",
        "1 Jul 2003 10:52:37 +02:00", "1 Jul 2003 10:52:37 +200", "1 Jul 2003 10:52:37 +0200 (CEST)",
        "1 Jul 2003 10:52:37 +0200 CEST",
        "1 Jul 2003 10:52:37 CEST", "1 Jul 2003 10.52.37 +0200", "1 Jul 2003 10:52:37.123 +0200", "1 Jul 2003 08:52:37",
        "1 Jul 2003 08:52:37 A", "1 Jul 2003 08:52:37 ZZZZ", "1 Jul 2003 04:52:37 EDT", "1 Jul 2003 01:52:37 PDT",
        "1 Jul 2003 04:52:37AM -0400", "1 Jul 2003 (a comment) 10:52:37 +0200",
        "(1) 1 Jul 2003 ((tricky)\r\n comment) 10:52:37 +0200",
        "1 Jul 2003 10:52:37 \"+0200\"", "01.07.2003 10:52:37 +0200", "Tue, 1 Jul 2003 08:52:37 UT",
        " 1 7 2003 08:52:37 ",
        "from a by b with SMTP id c20; Tue, 1 Jul 2003 10:52:37 +0200", "1 Jul 2003 10:52:37 +0200 (unclosed",
        "Tue, 001 Jul 2003 10:52:37 +0200", "1 Jul 2003 10:52:37 +0200Message-Id: <a@b>From: \"P\" <p@q>; x",
        "1 Jul 2003 10:52:37 +0200 (a;b)",
        "(a;b) 1 Jul 2003 10:52:37 +0200", "1 Jul 2003 08:52:37 +9999", "1 Jul 2003 08:52:37 +0260",
    ])
    func `a date written in another way is the same date`(text: String) {
        #expect(parse(text)?.seconds == 1_057_049_557)
    }

    @Test(arguments: [
        ("1 Jul 2003 12:00:00 AM", 0), ("1 Jul 2003 12:30:00 AM", 1800), ("1 Jul 2003 12:00:00 PM", 43_200),
        ("1 Jul 2003 11:59:59 pm", 86_399), ("1 Jul 2003 13:00:00 PM", 46_800),
    ])
    func `hours with AM and PM are read`(text: String, secondsOfDay: Int64) {
        #expect(parse(text)?.seconds == 1_057_017_600 + secondsOfDay)
    }

    @Test(arguments: [
        ("1 Jan 49 00:00:00 GMT", 2_493_072_000), ("1 Jan 50 00:00:00 GMT", -631_152_000),
        ("1 Jan 00 00:00:00 GMT", 946_684_800),
        ("1 Jan 99 00:00:00 GMT", 915_148_800), ("1 Jan 100 00:00:00 GMT", 946_684_800),
        ("1 Jan 1900 00:00:00 GMT", -2_208_988_800),
        ("31 Dec 9999 23:59:59 GMT", 253_402_300_799),
    ])
    func `short years are completed`(text: String, seconds: Int64) {
        #expect(parse(text)?.seconds == seconds)
    }

    @Test(arguments: ["13/07/2003 08:52:37", "07/13/2003 08:52:37"])
    func `a date in figures is read where only one order is possible`(text: String) {
        #expect(parse(text)?.seconds == 1_058_086_357)
    }

    @Test(arguments: [
        "", " ", "now", "1 Jul 2003", "10:52:37 +0200", "1 Jul 10:52:37", "Tue, 7 All 2026 19:14:51 +0000",
        "13 zzz 2021 09:55:06 +0200",
        "Tue, 7 00 2026 19:14:51 +0000", "31 Feb 2021 00:00:00 GMT", "29 Feb 2023 00:00:00 GMT",
        "29 Feb 1900 00:00:00 GMT",
        "0 Jul 2003 10:52:37 GMT", "32 Jul 2003 10:52:37 GMT", "1 Jul 2003 24:00:00 GMT", "1 Jul 2003 10:60:37 GMT",
        "1 Jul 2003 10:52:61 GMT", "1 Jul 1899 10:52:37 GMT", "1 Jul 10000 10:52:37 GMT", "03/04/2020 10:00:00",
        "99999999999999999999 Jul 2003 10:52:37", "1 Jul 99999999999999999999 10:52:37",
        "some numbers 0 1 2 but invalid",
        "0 Jan 0000 00:00:00 +0000", "2003-13-01T00:00:00Z", "1 Jul 2003 1052 GMT",
    ])
    func `what is no date, or could be two, is none`(text: String) {
        #expect(parse(text) == nil)
    }

    @Test func `the days of four centuries are counted`() {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        var seconds: Int64 = -2_208_988_800
        for year in 1900...2300 {
            let isLeapYear = year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400)
            for (month, days) in zip(months, [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) {
                seconds += Int64(days) * 86_400
                #expect(parse("\(days) \(month) \(year) 00:00:00 +0000")?.seconds == seconds - 86_400)
                #expect(parse("\(days + 1) \(month) \(year) 00:00:00 +0000") == nil)
            }
        }
    }

    @Test func `what lies behind the limit is not read`() {
        #expect(parse(String(repeating: " ", count: MailDate.limit) + "1 Jul 2003 10:52:37 +0200") == nil)
    }
}
