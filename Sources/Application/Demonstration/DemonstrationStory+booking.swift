import Casework
import Kernel

extension DemonstrationStory {
    /// An appointment that is made, and what can come of it.
    struct Booking: Sendable {
        var fields: AppointmentBooked
        /// Minutes after midnight at which it begins.
        var minute: Int

        var booked: EventBody { .appointmentBooked(fields) }
        var attended: EventBody { .appointmentAttended(outcome) }
        var missed: EventBody { .appointmentMissed(outcome) }
        var cancelled: EventBody { .appointmentCancelled(outcome) }

        private var outcome: AppointmentOutcome {
            AppointmentOutcome().with {
                $0.appointment = fields.appointment
                $0.kind = fields.kind
            }
        }
    }

    mutating func book(on day: CivilDate) -> Booking {
        let kind =
            strand == "msk"
            ? random.weighted(("clinic", 45), ("phone", 30), ("virtual", 15), ("community", 10))
            : random.weighted(("community", 50), ("phone", 32), ("virtual", 18))
        let minute = random.of(18...30) * 30
        let fields = AppointmentBooked().with { fields in
            fields.appointment = name("visit")
            fields.kind = kind
            fields.day = day
            fields.time = Self.clock(minute)
            fields.minutes = kind == "phone" ? 30 : 45
            switch kind {
            case "clinic":
                fields.place = AppointmentPlace.clinic.rawValue
                fields.location = "Musculo-skeletal clinic, room 4"
            case "community":
                fields.place = AppointmentPlace.community.rawValue
                fields.location = random.text(DemonstrationTexts.places)
            case "phone":
                fields.place = AppointmentPlace.phone.rawValue
                fields.location = person.identity.phone
            default:
                fields.place = AppointmentPlace.video.rawValue
                fields.location = "https://meet.example/workwell"
            }
        }
        return Booking(fields: fields, minute: minute)
    }

    private static func clock(_ minute: Int) -> String {
        let (hour, rest) = (minute / 60, minute % 60)
        return "\(hour < 10 ? "0" : "")\(hour):\(rest < 10 ? "0" : "")\(rest)"
    }
}
