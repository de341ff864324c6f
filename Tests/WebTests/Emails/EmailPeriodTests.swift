import Store
import Testing

@testable import Web

@Suite struct EmailPeriodTests {
    private func period(_ query: String) -> EmailPeriod {
        EmailPeriod(FormFields(encoded: query), zone: "Europe/London")
    }

    @Test func `both days belong to the period, as long as they last where the viewer is`() {
        let day = period("from=2026-09-10&until=+2026-09-10+")
        #expect(day.begin.map(DateText.machine) == "2026-09-09T23:00Z")
        #expect(day.end.map(DateText.machine) == "2026-09-10T23:00Z")
        #expect(day.isNarrowed && !day.hasProblem)
        #expect(day.firstDay == "2026-09-10" && day.lastDay == "2026-09-10")
    }

    @Test func `without days nothing is narrowed`() {
        for query in ["", "from=&until=", "x=1"] {
            #expect(!period(query).isNarrowed && !period(query).hasProblem, "\(query)")
        }
    }

    @Test(arguments: ["2026-02-31", "yesterday", "10.09.2026", "2026-9-10-1", "\u{1F600}"])
    func `what is no date narrows nothing, is said, and is not kept in links`(text: String) {
        let shown = period("from=2026-09-10&until=" + PathText.escaped(text))
        #expect(shown.begin != nil && shown.end == nil && shown.lastDay == nil)
        #expect(shown.from.problem == nil && shown.until.value == text)
        #expect(shown.until.problem?.english.hasPrefix("“\(text)” is not a date") == true)
    }

    @Test func `days in the wrong order are told, and no email fits them`() {
        let shown = period("from=2026-09-11&until=2026-09-10")
        #expect(shown.until.problem?.english.hasPrefix("The last day is before the first") == true)
        #expect(shown.isNarrowed)
    }
}
