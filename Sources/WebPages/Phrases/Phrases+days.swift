import Foundation
import Kernel

extension Phrases {
    /// A day as it is written in this language, by Unicode's CLDR.
    package func day(_ day: CivilDate) -> String {
        if locale.isEnglish { return day.uk }
        let style = Date.FormatStyle(
            date: .long,
            time: .omitted,
            locale: Foundation.Locale(identifier: locale.tag),
            calendar: Calendar(identifier: .gregorian),
            timeZone: .gmt
        )
        let midnight = Double(Instant(midnightUTC: day).milliseconds) / 1_000
        return Date(timeIntervalSince1970: midnight).formatted(style)
    }
}
