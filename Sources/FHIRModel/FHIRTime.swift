import Kernel

/// A date or a time of FHIR, with its precision: a span from its first moment to after its last.
///
/// Dates are days in the United Kingdom, as all days here are.
package struct FHIRTime: Hashable, Sendable {
    /// The first moment.
    package var start: Instant
    /// The moment after the last.
    package var end: Instant
    /// The date, when it says one; of a time with its zone, the date in the United Kingdom.
    package var day: CivilDate?

    /// From a year, a month, a date, or a date and time with its zone.
    package init?(_ text: String) {
        let count = text.utf8.count
        if count > 10 {
            guard let moment = Instant(iso: text) else { return nil }
            start = moment
            // A time without a fraction is the whole of its second.
            end = moment.adding(milliseconds: text.contains(".") ? 1 : 1_000)
            day = moment.civilDateUK
            return
        }
        let rest = count == 4 ? "-01-01" : count == 7 ? "-01" : ""
        guard let first = CivilDate(iso: text + rest) else { return nil }
        let after =
            count == 10 ? first.adding(days: 1) : first.adding(months: count == 4 ? 12 : 1)
        start = Instant(startOfDayUK: first)
        end = Instant(startOfDayUK: after)
        day = count == 10 ? first : nil
    }
}
