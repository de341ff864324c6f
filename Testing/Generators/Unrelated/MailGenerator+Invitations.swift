extension MailGenerator {
    /// An invitation to a meeting (RFC 6047): text, and the event as `text/calendar` both inside and attached.
    mutating func invitation(from organizer: Person, to people: [Person], owner: Person) -> GeneratedMessage {
        let date = someTime()
        let start = CivilDate(date + Int64(random.number(2...20)) * 86_400, zoneMinutes: 0)
        let hour = random.number(8...16)
        let (title, place) = random.pick([
            ("Review of the measuring points", "Meeting room 2"), ("Project call", "Video call"),
            ("Acceptance test", "Pilot hall"),
            ("Quarterly review", "Video call"), ("Site visit", "Main gate"),
        ])
        let text =
            "\(title)\n\n\(start.weekdayName(.english)) \(start.dayAndMonth(.english)) \(start.year), \(hour):00 to \(hour + 1):00 UTC\n\nWhere: \(place)"
        let letter = Letter(
            from: organizer, to: people, subject: "Invitation: \(title)", date: date,
            messageID: nextMessageID(organizer),
            language: .english, body: BodyText(text))
        let attendees = people.map {
            "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:\($0.address)"
        }
        let stamp = CivilDate(date, zoneMinutes: 0)
        let twoDigits = hour < 10 ? "0\(hour)" : "\(hour)"
        let next = hour + 1 < 10 ? "0\(hour + 1)" : "\(hour + 1)"
        let event =
            ([
                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Calendar//EN", "METHOD:REQUEST", "BEGIN:VEVENT",
                "UID:\(mark())@\(organizer.domain)",
                "DTSTAMP:\(stamp.compact)T\(twoDigits)0000Z", "DTSTART:\(start.compact)T\(twoDigits)0000Z",
                "DTEND:\(start.compact)T\(next)0000Z", "SUMMARY:\(title)", "LOCATION:\(place)",
                "ORGANIZER:mailto:\(organizer.address)",
            ] + attendees + ["END:VEVENT", "END:VCALENDAR"]).joined(separator: "\r\n") + "\r\n"
        let plain = PlainText(letter, headerBlocks: false).text(.unbroken)
        let part = MIMEPart.multipart(
            "mixed", boundary: "inv\(mark())", parameters: "",
            parts: [
                .multipart(
                    "alternative", boundary: "alt\(mark())", parameters: "",
                    parts: [
                        .text(plain, charset: .utf8, encoding: .sevenBit),
                        .text(
                            event, subtype: "calendar", charset: .utf8, encoding: .eightBit,
                            parameters: "; method=REQUEST"),
                    ]),
                .attachment(Attachment(name: "invite.ics", type: "application/ics", bytes: Array(event.utf8))),
            ])
        return write(letter, part, folder: organizer.address == owner.address ? .sent : .inbox)
    }
}
