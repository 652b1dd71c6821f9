import Casework
import HTML
import Kernel
import Web

/// When and where: the fields that booking and moving share.
enum BookingFields {
    @HTMLBuilder static func fields(_ fields: Fields, known: AppointmentBooked?) -> HTML {
        fields.date("day", "Day", or: known?.day.iso)
        fields.text(
            "time",
            "Time",
            hint: "Such as 14:30.",
            or: known?.time,
            width: 5,
            type: "time",
            isOptional: true
        )
        fields.text(
            "minutes",
            "How many minutes it takes",
            or: known?.minutes.map(String.init),
            width: 3,
            inputmode: "numeric",
            isOptional: true
        )
        fields.radios("place", "Kind of place", CaseWords.choices(places), or: known?.place)
        fields.text(
            "where",
            "Where",
            hint: "The address, the number or the link. Only the case team and the person read it.",
            or: known?.location,
            isOptional: true
        )
    }

    static func read(_ reader: inout FormReader) -> AppointmentBooked? {
        var booked = AppointmentBooked()
        let day = reader.day("day", "Give the day of the appointment")
        booked.time = reader.time("time")
        booked.minutes = reader.number("minutes", "Minutes", in: 5...480)
        booked.place = reader.choice("place", "Choose where it is", among: places)
        booked.location = reader.optionalText("where", max: 300)
        if let day, day < reader.today {
            reader.fault("day", "Give today or a later day")
        }
        if booked.time == nil, booked.minutes != nil, reader.form["time"] == nil {
            reader.fault("time", "Give the time too, or leave the minutes out")
        }
        guard let day, booked.place != nil else { return nil }
        booked.day = day
        return booked
    }

    private static let places = AppointmentPlace.allCases.map(\.rawValue)
}

extension FormReader {
    /// A time of day written `9:30` or `09.30`, as `09:30`; nil when blank.
    mutating func time(_ name: String) -> String? {
        guard let text = form[name] else { return nil }
        let parts = text.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "." }
        guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
            let hours = Int64(parts[0]), let minutes = Int64(parts[1]),
            (0..<24).contains(hours), (0..<60).contains(minutes)
        else {
            fault(name, "Write a time such as 14:30, not “\(text)”")
            return nil
        }
        return "\(CaseWords.two(hours)):\(CaseWords.two(minutes))"
    }
}
