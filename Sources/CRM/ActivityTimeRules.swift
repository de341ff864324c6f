import Foundation

/// The rules for the days and times of an ``ActivityForm``.
struct ActivityTimeRules {
    private let form: ActivityForm
    private let zone: TimeZone
    private let kind: ActivityKind

    init(_ form: ActivityForm, _ zone: TimeZone) {
        self.form = form
        self.zone = zone
        kind = form.kind ?? .meeting
    }

    /// Nil with at least one problem added.
    func time(into problems: inout FormProblems) -> ActivityTime? {
        let (first, startText) = (day(form.startDay, .startDay, into: &problems), FieldRules.trimmed(form.startTime))
        if kind.isDue {
            guard let first else { return nil }
            if form.isAllDay || startText.isEmpty { return .days(first: first, last: first) }
            return point(first, startText, .startTime, into: &problems).map { .timed(start: $0, end: $0) }
        }
        let isSameDay = FieldRules.trimmed(form.endDay).isEmpty
        let last = isSameDay ? first : day(form.endDay, .endDay, into: &problems)
        if form.isAllDay {
            guard let first, let last else { return nil }
            return check(last < first, last.rawValue - first.rawValue + 1, into: &problems)
                ? .days(first: first, last: last) : nil
        }
        if startText.isEmpty {
            problems.add(.startTime, "Enter when it begins, or choose All day.")
            return nil
        }
        guard let first, let start = point(first, startText, .startTime, into: &problems), let last else { return nil }
        let endText = FieldRules.trimmed(form.endTime)
        if endText.isEmpty, isSameDay { return .timed(start: start, end: start + Int64(kind.usualLength) * 60) }
        if endText.isEmpty {
            problems.add(.endTime, "Enter when it ends, or choose All day.")
            return nil
        }
        guard let end = point(last, endText, .endTime, into: &problems) else { return nil }
        return check(end <= start, (end - start + 86_399) / 86_400, isSameDay, into: &problems)
            ? .timed(start: start, end: end) : nil
    }

    private func check(
        _ isBackward: Bool, _ days: Int64, _ isSameDay: Bool = false, into problems: inout FormProblems
    ) -> Bool {
        if isBackward {
            problems.add(
                isSameDay ? .endTime : .endDay, "It ends before it begins. Enter a later end, or leave the end empty.")
            return false
        }
        if days > Int64(ActivityForm.lengthLimit) {
            problems.add(
                .endDay,
                "It lasts longer than \(ActivityForm.lengthLimit) days. Enter an earlier end, or plan several of them.")
            return false
        }
        return true
    }

    private func day(_ text: String, _ field: FormField, into problems: inout FormProblems) -> CalendarDay? {
        let text = FieldRules.trimmed(text)
        if text.isEmpty {
            problems.add(field, kind.isDue ? "Enter the day on which it is due." : "Enter the day.")
            return nil
        }
        guard let day = CalendarDay(text) else {
            problems.add(field, "“\(text.prefix(30))” is not a date. Write it like 2026-11-23.")
            return nil
        }
        let years = ActivityForm.years
        guard years.contains(day.year) else {
            problems.add(field, "Enter a day in the years \(years.lowerBound) to \(years.upperBound).")
            return nil
        }
        return day
    }

    private func point(
        _ day: CalendarDay, _ text: String, _ field: FormField, into problems: inout FormProblems
    ) -> Int64? {
        guard let minute = LocalTime.minute(text) else {
            problems.add(field, "“\(text.prefix(30))” is not a time. Write it like 14:30.")
            return nil
        }
        let time = LocalTime(day: day, minute: minute)
        if case .timed(let start, let end) = form.present {
            let kept = field == .startTime ? start : end
            if LocalTime(kept, in: zone) == time { return kept }
        }
        if let seconds = time.seconds(in: zone) { return seconds }
        problems.add(
            field,
            "There is no \(time.time) on that day: the clocks are put forward in your time zone. Choose another time.")
        return nil
    }
}
