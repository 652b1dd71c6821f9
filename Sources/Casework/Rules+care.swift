import Kernel
import Programmes

extension Rules {
    func judgeTransfer(_ provider: String) throws(Refusal) {
        if `case`.transferAskedTo != provider {
            throw Refusal(
                .wrongOrder,
                field: "provider",
                "No transfer to \(provider) has been asked for."
            )
        }
    }

    /// Details that can be kept; what was taken once stands, whether or not it was opened.
    func judgeDetails(_ fields: DetailsChanged) throws(Refusal) {
        if isRecorded { return }
        if fields.fields.isEmpty {
            throw Refusal(
                .missingValue,
                subject: "details",
                field: "fields",
                "Say which of the details has changed."
            )
        }
        for name in fields.fields {
            try known(name, in: IdentityField.allCases.map(\.rawValue), "fields")
        }
        for field in IdentityField.allCases {
            guard fields.fields.contains(field.rawValue),
                let wrong = problem(of: field, fields.identity[field])
            else { continue }
            throw Refusal(
                .outOfRange,
                subject: field.rawValue.hyphened,
                field: field.rawValue,
                "The \(field.words) \(wrong)."
            )
        }
    }

    /// What is wrong with a detail, without repeating it.
    private func problem(of field: IdentityField, _ value: String?) -> String? {
        guard let value else {
            return [.givenName, .familyName].contains(field) ? "cannot be cleared" : nil
        }
        switch field {
        case .nhsNumber: return NHSNumber.problem(with: value)
        case .postcode: return Postcode(value) == nil ? "is no whole postcode" : nil
        case .birthDate:
            guard let born = CivilDate(iso: value), born <= today,
                born.adding(days: 130 * 366) > today
            else { return "is no birth date of somebody alive" }
            return nil
        case .givenName, .familyName, .address, .phone, .email:
            return value.isEmpty ? "is blank" : Identity.problem(with: value, in: field)
        }
    }

    func judgeRisk(_ fields: RiskRaised) throws(Refusal) {
        try unused(fields.risk, among: `case`.risks.map(\.id), "risk")
        // What was recorded before the list was closed stands.
        if isRecorded { return }
        try known(fields.about, in: RiskSubject.allCases.map(\.rawValue), "about")
        if let measure = fields.measure {
            try known(measure, in: programme.instruments.map(\.id), "measure")
        }
    }

    /// What a referrer is to read needs a yes; not having been asked is not enough.
    ///
    /// Nothing is forgiven on the day of a withdrawal: a note is read from when it is told.
    func judgeNote(_ fields: NoteWritten) throws(Refusal) {
        // What was shared cannot be unshared, whatever is corrected before it.
        guard fields.audience == .referrer, !isRecorded else { return }
        let scope = ConsentScope.shareWithReferrer
        let last = `case`.consents[scope]
        if last == .consentGiven { return }
        throw Refusal(
            .noConsent,
            subject: scope.rawValue,
            field: "audience",
            last == nil
                ? "The person has not been asked whether the referrer may be told. Ask them first."
                : "The person has not agreed to \(scope.words). Ask them first."
        )
    }

    func judgeBooking(_ fields: AppointmentBooked) throws(Refusal) {
        try known(fields.kind, in: programme.pathway.appointments.map(\.id), "kind")
        // What was recorded before these were checked stands.
        if isRecorded { return }
        if let place = fields.place {
            try known(place, in: AppointmentPlace.allCases.map(\.rawValue), "place")
        }
        if let time = fields.time, !Self.isTime(time) {
            throw Refusal(
                .outOfRange,
                field: "time",
                "A time is hours and minutes from 00:00 to 23:59, not \(time)."
            )
        }
        if let time = fields.time, Instant.isLeftOutUK(time: time, on: fields.day) {
            throw Refusal(
                .outOfRange,
                field: "time",
                "There is no \(time) on \(fields.day.uk): the clocks go from 01:00 to 02:00."
            )
        }
        if let minutes = fields.minutes, !(5...480).contains(minutes) {
            throw Refusal(
                .outOfRange,
                field: "minutes",
                "An appointment takes 5 to 480 minutes, not \(minutes)."
            )
        }
    }

    /// - Parameter earlier: the outcome that it may follow: whoever called off may come after all.
    func judgeOutcome(
        _ fields: AppointmentOutcome,
        after earlier: String? = nil
    ) throws(Refusal) {
        try known(fields.kind, in: programme.pathway.appointments.map(\.id), "kind")
        try judgeResult(fields.result)
        // What was recorded before this was checked stands.
        if isRecorded { return }
        // A list tells what came of appointments that were not booked, and names them by their day.
        guard let last = `case`.appointment(named: fields.appointment), let over = last.over,
            last.outcome != earlier,
            `case`.appointments.contains(where: { $0.id == last.id && $0.isBooked })
        else { return }
        throw Refusal(.alreadyOver, subject: "appointment", field: "appointment", over)
    }

    /// Refuses that somebody came to an appointment, or did not, before its day has come.
    ///
    /// Whoever came that day, or did not, may have been given a later day under the same name
    /// already.
    func judgeCome(_ fields: AppointmentOutcome, _ day: CivilDate) throws(Refusal) {
        // What was recorded before this was checked stands.
        if isRecorded { return }
        let booked = `case`.appointments.first { $0.id == fields.appointment && $0.outcome == nil }
        guard let appointment = booked, appointment.day > day, appointment.putOffOn != day else {
            return
        }
        throw Refusal(
            .inTheFuture,
            subject: "appointment",
            field: "on",
            "This appointment is on \(appointment.day.uk). Move or cancel it."
        )
    }

    /// Whether it is a time of the day, written `HH:MM`.
    private static func isTime(_ text: String) -> Bool {
        let digits = text.utf8.map { Int($0) - 0x30 }
        guard digits.count == 5, digits[2] == 10 else { return false }
        let numbers = [digits[0], digits[1], digits[3], digits[4]]
        return numbers.allSatisfy { (0...9).contains($0) }
            && digits[0] * 10 + digits[1] < 24 && digits[3] < 6
    }
}
