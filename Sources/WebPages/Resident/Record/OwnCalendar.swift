import Casework
import Kernel

/// An appointment as a calendar file (RFC 5545) that names nobody.
struct OwnCalendar: Sendable {
    var appointment: Appointment
    /// The same for each version of one appointment, so that a calendar moves what it holds.
    var uid: String
    var summary: String
    var stampedAt: Instant

    var text: String {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Goodwork//EN", "METHOD:PUBLISH",
            "BEGIN:VEVENT", "UID:\(Self.escaped(uid))@goodwork", "DTSTAMP:\(stamp)",
        ]
        lines += when
        lines.append("SUMMARY:\(Self.escaped(summary))")
        if let place = appointment.location { lines.append("LOCATION:\(Self.escaped(place))") }
        if appointment.outcome == "cancelled" { lines.append("STATUS:CANCELLED") }
        lines += ["CLASS:PRIVATE", "END:VEVENT", "END:VCALENDAR"]
        return lines.map { Self.folded($0) + "\r\n" }.joined()
    }

    /// A time by the clock of the place, where it is known; else the whole day.
    private var when: [String] {
        let day = Self.compact(appointment.day)
        guard let time = appointment.time else {
            let next = Self.compact(appointment.day.adding(days: 1))
            return ["DTSTART;VALUE=DATE:\(day)", "DTEND;VALUE=DATE:\(next)"]
        }
        let clock = time.filter(\.isNumber)
        return [
            "DTSTART:\(day)T\(clock)00", "DURATION:PT\(appointment.minutes ?? 60)M",
        ]
    }

    private var stamp: String {
        // `2025-06-02T09:00:00.000Z` without its marks and its fraction.
        String(stampedAt.iso.prefix(19).filter { $0 != "-" && $0 != ":" }) + "Z"
    }

    private static func compact(_ day: CivilDate) -> String { day.iso.filter { $0 != "-" } }

    /// Text with what has a meaning of its own escaped (RFC 5545, 3.3.11).
    private static func escaped(_ text: String) -> String {
        text.map { character in
            switch character {
            case "\\", ";", ",": "\\\(character)"
            case _ where character.isNewline: "\\n"
            default: String(character)
            }
        }.joined()
    }

    /// A line in pieces of at most 75 octets, never within a character (RFC 5545, 3.1).
    private static func folded(_ line: String) -> String {
        var folded = ""
        var octets = 0
        for character in line {
            let length = String(character).utf8.count
            if octets + length > 75 {
                folded += "\r\n "
                octets = 1
            }
            folded.append(character)
            octets += length
        }
        return folded
    }
}
