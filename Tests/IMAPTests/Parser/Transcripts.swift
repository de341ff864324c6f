/// What servers send, in their style, and what each response has to be read as.
struct Transcript: Sendable, CustomStringConvertible {
    let server: String
    /// Lines without their ends, each with the beginning of what it is read as.
    let lines: [(line: String, reads: String)]

    var bytes: [UInt8] { lines.flatMap { Array($0.line.utf8) + [0x0d, 0x0a] } }
    var description: String { server }

    static let all = [dovecot, cyrus, gmail, exchange, courier, odd]

    static let dovecot = Transcript(
        server: "Dovecot",
        lines: [
            (
                "* OK [CAPABILITY IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ STARTTLS AUTH=PLAIN] Dovecot ready.",
                "status"
            ),
            ("a1 OK [CAPABILITY IMAP4rev1 QRESYNC ESEARCH NOTIFY SPECIAL-USE] Logged in", "tagged"),
            ("* LIST (\\HasNoChildren \\UnMarked \\Trash) \".\" Papierkorb", "list"),
            ("* LIST (\\HasNoChildren) \".\" \"Entw&APw-rfe 2024\"", "list"),
            ("* STATUS Papierkorb (MESSAGES 3 UIDNEXT 44 UIDVALIDITY 1391890700)", "mailboxStatus"),
            ("* OK [CLOSED] Previous mailbox closed.", "status"),
            ("* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft $Forwarded)", "other"),
            ("* OK [PERMANENTFLAGS ()] Read-only mailbox.", "status"), ("* 172 EXISTS", "exists"),
            ("* 0 RECENT", "other"),
            ("* VANISHED (EARLIER) 41,43:116,118,120:211", "vanished"),
            ("* ESEARCH (TAG \"a5\") UID ALL 2:9,11,15:4294967295", "extendedSearch"),
            (
                "* 1 FETCH (UID 2 RFC822.SIZE 1044 INTERNALDATE \"17-Jul-2023 02:44:25 +0200\" ENVELOPE (\"Mon, 17 Jul 2023 02:44:20 +0200\" "
                    + "\"=?utf-8?q?Gr=C3=BC=C3=9Fe?=\" ((\"Anna\" NIL \"anna\" \"x.test\")) ((\"Anna\" NIL \"anna\" \"x.test\")) "
                    + "((\"Anna\" NIL \"anna\" \"x.test\")) ((NIL NIL \"list\" \"x.test\")) NIL NIL NIL \"<1@x.test>\"))",
                "fetch"
            ),
            (
                "* 2 FETCH (UID 3 BODY[HEADER.FIELDS (REFERENCES)] {26}\r\nReferences: <1@x.test>\r\n\r\n BODY[1]<0> {5}\r\nab\r\n) MODSEQ (65402))",
                "fetch"
            ),
            ("* 3 EXPUNGE", "expunge"), ("* OK Still here", "status"),
            ("a6 NO [NONEXISTENT] Mailbox doesn't exist: x (0.001 + 0.000 secs).", "tagged"),
        ])

    static let cyrus = Transcript(
        server: "Cyrus",
        lines: [
            (
                "* OK [CAPABILITY IMAP4rev1 LITERAL+ ID ENABLE AUTH=PLAIN SASL-IR] mail.x.test Cyrus IMAP 3.6.1 server ready",
                "status"
            ),
            ("* ENABLED CONDSTORE QRESYNC", "enabled"),
            ("* LIST (\\HasNoChildren \\sent) \".\" \"INBOX.Sent\"", "list"),
            ("* NAMESPACE ((\"INBOX.\" \".\")) ((\"user.\" \".\")) ((\"\" \".\"))", "namespace"),
            ("* OK [HIGHESTMODSEQ 20] Ok", "status"), ("* OK [MAILBOXID (P7b2f)] Ok", "status"),
            ("* OK [URLMECH INTERNAL] Ok", "status"),
            ("* SEARCH 1 2 3 (MODSEQ 23)", "search"),
            (
                "* 1 FETCH (UID 1 BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" (\"CHARSET\" {7}\r\nu\"t\\f-8) NIL NIL \"7BIT\" 12 1 NIL NIL NIL NIL)"
                    + "(\"APPLICATION\" \"PDF\" (\"NAME\" {12}\r\nÜber)\"(.pdf) NIL NIL \"BASE64\" 1400 NIL (\"ATTACHMENT\" (\"FILENAME\" {12}\r\n"
                    + "Über)\"(.pdf)) NIL NIL) \"MIXED\" (\"BOUNDARY\" \"=_b\") NIL NIL NIL) MODSEQ (19))", "fetch"
            ),
            ("* VANISHED 4,7:9", "vanished"), ("t3 OK Completed (0.000 sec)", "tagged"),
        ])

    static let gmail = Transcript(
        server: "Gmail",
        lines: [
            ("* OK Gimap ready for requests from 192.0.2.1 x12mb55", "status"),
            (
                "* CAPABILITY IMAP4rev1 UNSELECT IDLE NAMESPACE X-GM-EXT-1 XYZZY SASL-IR AUTH=XOAUTH2 AUTH=PLAIN AUTH=OAUTHBEARER",
                "capability"
            ),
            ("+ eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIn0=", "continuation"),
            ("* LIST (\\All \\HasNoChildren) \"/\" \"[Gmail]/Alle Nachrichten\"", "list"),
            ("* LIST (\\HasChildren \\Noselect) \"/\" \"[Gmail]\"", "list"),
            ("* SEARCH", "search"),
            (
                "* 5 FETCH (X-GM-THRID 1278455344230334865 X-GM-LABELS (\"\\\\Inbox\" \"A (b)\") UID 9 BODYSTRUCTURE "
                    + "((\"MIXED\" (\"BOUNDARY\" \"q\") NIL NIL)(\"TEXT\" \"HTML\" (\"CHARSET\" \"UTF-8\") NIL NIL \"BASE64\" 88 2 NIL NIL NIL) "
                    + "\"MIXED\" (\"BOUNDARY\" \"z\") NIL NIL))", "fetch"
            ),
            ("A3 NO [ALERT] Too many simultaneous connections. (Failure)", "tagged"),
            ("* BYE Session expired, please login again.", "status"),
        ])

    static let exchange = Transcript(
        server: "Exchange",
        lines: [
            ("* OK The Microsoft Exchange IMAP4 service is ready. [QQBNADkA]", "status"), ("* 12 EXISTS", "exists"),
            ("* OK [UIDVALIDITY 14] UIDVALIDITY value", "status"),
            (
                "* 3 FETCH (ENVELOPE (NIL \"\" NIL NIL NIL NIL NIL NIL NIL NIL) UID 41 BODYSTRUCTURE (\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 900 "
                    + "NIL (\"attachment\" (\"filename\" \"a.eml\")) NIL NIL))", "fetch"
            ),
            ("* LIST (\\Marked \\HasNoChildren) \"/\" \"Kalender/Geburtstage\"", "list"),
            ("A2 BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds", "tagged"),
            ("* BYE Connection is closed. 13", "status"),
        ])

    static let courier = Transcript(
        server: "Courier",
        lines: [
            (
                "* OK [CAPABILITY IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=ORDEREDSUBJECT SORT QUOTA IDLE ACL] Courier-IMAP ready.",
                "status"
            ),
            ("* NAMESPACE ((\"INBOX.\" \".\")) NIL ((\"#shared.\" \".\")(\"shared.\" \".\"))", "namespace"),
            ("* LIST (\\Unmarked \\HasChildren) \".\" \"INBOX\"", "list"), ("* 0 EXISTS", "exists"),
            ("* 1 FETCH (UID 5 INTERNALDATE \" 7-Jul-2003 10:00:00 +0000\" BODY[TEXT] {0}\r\n)", "fetch"),
            ("A9 OK FETCH completed.", "tagged"),
        ])

    static let odd = Transcript(
        server: "odd ones",
        lines: [
            ("* OK [UIDVALIDITY 0] none", "status"), ("* OK [UIDVALIDITY 99999999999] wide", "status"),
            ("* OK [NOMODSEQ] none", "status"),
            ("* 2 FETCH (UID 6 ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) THREADID NIL EMAILID NIL)", "fetch"),
            ("* 7 FETCH (FLAGS (\\Seen))", "fetch"), ("* VANISHED (EARLIER) 1:26183,26185,30000:*", "vanished"),
            ("\0\0\0* LIST () NIL Entwürfe", "list"), ("* LIST () \"/\" {4}\r\na{3}", "list"),
            ("* 3 FETCH (UID 7 BINARY[1] ~{3}\r\n\0\r\n RFC822.HEADER \"\")", "fetch"),
            ("* 4 FETCH (UID 8 ENVELOPE (", "unparsable"),
            ("garbage", "unparsable"), ("", "unparsable"), ("* 9999999999 EXISTS", "unparsable"),
            ("* XSOMETHING (new)", "other"), ("x OK end", "tagged"),
        ])
}
