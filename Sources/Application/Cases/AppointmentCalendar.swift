import Casework
import Kernel
import Programmes

/// An appointment as an iCalendar file (RFC 5545), which names nobody.
package struct AppointmentCalendar {
    /// The same for each version of one appointment, so that a calendar moves what it holds.
    var id: String
    var summary: String
    var day: CivilDate
    /// `HH:MM` by the clocks of the United Kingdom; nil when only the day is known.
    var time: String?
    var minutes: Int?
    /// For the coach the kind of place, never its address; for the person where to go.
    var place: String?
    var changedAt: Instant
    /// How often it changed; a calendar takes none for newer that has not more (RFC 5545, 3.8.7.4).
    var sequence: Int
    var isCancelled: Bool

    /// The calendar entry of an appointment, as it stands now.
    package init(
        _ known: BookedAppointment,
        in file: CaseFile,
        summary: String,
        place: String?,
        now: Instant
    ) {
        let appointment = known.appointment
        id = "\(file.header.id.text)-\(appointment.id)"
        self.summary = summary
        day = appointment.day
        time = appointment.time
        minutes = appointment.minutes
        self.place = place
        changedAt = known.changedAt ?? now
        sequence = known.changes
        isCancelled = known.isCalledOff
    }

    /// The case team's entry of an appointment: the kind of place, never its address.
    ///
    /// - Returns: nil where nothing was booked by that name.
    package init?(ofTeam appointment: String, in file: CaseFile, now: Instant) {
        guard let known = BookedAppointment(named: appointment, in: file), known.booking != nil
        else { return nil }
        self.init(
            known,
            in: file,
            summary: "\(file.programme.name), case \(file.header.reference)",
            place: known.booked?.place.map { Words.capital($0) },
            now: now
        )
    }

    /// The media type of the file that a calendar opens.
    package static let type = "text/calendar; charset=utf-8"

    /// The name of the case team's file.
    package static func name(in file: CaseFile) -> String {
        "appointment-\(file.header.reference).ics"
    }

    /// The file that a calendar opens.
    package var text: String {
        let stamp = Self.stamp(changedAt)
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Goodwork//Appointments//EN",
            // Whatever opens it offers to take out what was called off (RFC 5546, 3.2.5).
            "CALSCALE:GREGORIAN", "METHOD:\(isCancelled ? "CANCEL" : "PUBLISH")",
        ]
        if time != nil { lines += Self.timeZone }
        lines += [
            "BEGIN:VEVENT",
            "UID:\(Self.escaped(id))@goodwork", "DTSTAMP:\(stamp)", "LAST-MODIFIED:\(stamp)",
            "SEQUENCE:\(sequence)",
        ]
        lines += when
        lines.append("SUMMARY:\(Self.escaped(summary))")
        if let place { lines.append("LOCATION:\(Self.escaped(place))") }
        lines += [
            "STATUS:\(isCancelled ? "CANCELLED" : "CONFIRMED")", "CLASS:PRIVATE", "END:VEVENT",
            "END:VCALENDAR",
        ]
        return lines.map { Self.folded($0) + "\r\n" }.joined()
    }

    /// The time and how long it takes; a whole day where the time is not known.
    private var when: [String] {
        if let time {
            let digits = time.filter { $0 != ":" } + "00"
            let start = "DTSTART;TZID=Europe/London:\(Self.compact(day))T\(digits)"
            return [start] + (minutes.map { ["DURATION:PT\($0)M"] } ?? [])
        }
        return [
            "DTSTART;VALUE=DATE:\(Self.compact(day))",
            "DTEND;VALUE=DATE:\(Self.compact(day.adding(days: 1)))",
        ]
    }

    /// What a time by the clocks of London means (RFC 5545, 3.6.5), by the rule since 1996.
    private static let timeZone = [
        "BEGIN:VTIMEZONE", "TZID:Europe/London",
        "BEGIN:DAYLIGHT", "DTSTART:19960331T010000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "TZNAME:BST", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0100", "END:DAYLIGHT",
        "BEGIN:STANDARD", "DTSTART:19961027T020000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "TZNAME:GMT", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0000", "END:STANDARD",
        "END:VTIMEZONE",
    ]

    private static func compact(_ day: CivilDate) -> String { day.iso.filter { $0 != "-" } }

    /// A moment in UTC: `20250602T090000Z`.
    private static func stamp(_ instant: Instant) -> String {
        let seconds = instant.milliseconds / 1_000 % 86_400
        let parts = [seconds / 3_600, seconds / 60 % 60, seconds % 60]
            .map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(compact(instant.civilDateUTC))T\(parts.joined())Z"
    }

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
