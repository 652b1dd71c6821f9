import Casework
import FHIRModel
import Kernel
import Programmes

extension EntryReader {
    /// An employment status, or the score of a measure.
    mutating func observation() -> Command? {
        if let status = resource["status"],
            !["final", "amended", "corrected"].contains(status.text ?? "")
        {
            incoming.fault(.businessRule, status, "Send what is final.")
        }
        let codings = resource["code"]?.codings ?? []
        let on = day(resource["effective"])
        if codings.contains(where: { ["74165-2", "224362002"].contains($0.code) }) {
            return employment(on)
        }
        let own = codings.first { $0.system == Systems.code("instrument") }?.code
        let known = Codes.scores.first { entry in
            codings.contains { $0.system == Systems.snomed && $0.code == entry.value.0 }
        }?.key
        guard let id = own ?? known else {
            let says = "Send an employment status, or a score of an instrument that is known here."
            incoming.fault(.notSupported, resource["code"], says)
            return nil
        }
        guard let instrument = instrument(id, resource["code"]) else { return nil }
        let value = resource["value"]
        if let comparator = value?["comparator"] {
            incoming.fault(.businessRule, comparator, "A score is a number, not a limit of one.")
        }
        let score = value?.int ?? value?["value"]?.int
        guard let score else {
            incoming.fault(.required, resource, "value", "Give the score as a whole number.")
            return nil
        }
        var taken = MeasureTaken()
        taken.instrument = instrument.id
        taken.score = score
        taken.occasion = occasion(instrument)
        return Command(.measureTaken(taken), on: on)
    }

    private mutating func employment(_ on: CivilDate) -> Command? {
        guard let value = resource["value"] else {
            incoming.fault(.required, resource, "value", "Give the employment status.")
            return nil
        }
        let status = value.codings.lazy.compactMap {
            Codes.status(system: $0.system, code: $0.code)
        }.first
        guard let status else {
            let says = "No code of this is an employment status that is known here."
            incoming.fault(.codeInvalid, value, says)
            return nil
        }
        var fields = EmploymentStatusRecorded()
        fields.status = status.rawValue
        return Command(.employmentStatusRecorded(fields), on: on)
    }

    private mutating func instrument(_ id: String, _ at: FHIRElement?) -> Instrument? {
        if let found = view.programme.instrument(id) { return found }
        let all = view.programme.instruments.map(\.id)
        let near = nearestSpelling(to: id, in: all).map { " Did you mean \($0)?" } ?? ""
        incoming.fault(.notFound, at, "This programme has no measure \(id).\(near)")
        return nil
    }

    /// When it was taken: as said, or the start the first time and a review after that.
    private mutating func occasion(_ instrument: Instrument) -> Occasion {
        if let said = resource.extension(Systems.extension("occasion"))?["value"] {
            if let known = said.text.flatMap({ Occasion(rawValue: $0) }) { return known }
            let list = instrument.occasions.map(\.rawValue).joined(separator: ", ")
            incoming.fault(.codeInvalid, said, "An occasion is one of \(list).")
        }
        let isFirst = !view.folded.readings.contains { $0.instrument == instrument.id }
        let usual: Occasion = isFirst ? .baseline : .review
        return instrument.occasions.contains(usual) ? usual : instrument.occasions.first ?? usual
    }

    /// The answers to an instrument's questions.
    mutating func response() -> Command? {
        if let status = resource["status"],
            !["completed", "amended"].contains(status.text ?? "")
        {
            incoming.fault(.businessRule, status, "Send what is completed.")
        }
        guard let form = resource["questionnaire"], let url = form.text else {
            incoming.fault(.required, resource, "questionnaire", "Name the questionnaire.")
            return nil
        }
        let name = String(url.prefix { $0 != "|" })
        let prefix = Systems.questionnaire("")
        guard name.hasPrefix(prefix),
            let instrument = instrument(String(name.dropFirst(prefix.count)), form)
        else {
            if !name.hasPrefix(prefix) {
                incoming.fault(.notFound, form, "This system has no questionnaire \(name).")
            }
            return nil
        }
        var taken = MeasureTaken()
        taken.instrument = instrument.id
        taken.occasion = occasion(instrument)
        for item in resource.answeredItems { read(item, instrument, &taken) }
        if taken.answers.isEmpty, incoming.issues.isEmpty {
            incoming.fault(.required, resource, "item", "Give an answer.")
        }
        return Command(.measureTaken(taken), on: day(resource["authored"]))
    }

    private mutating func read(
        _ item: FHIRElement,
        _ instrument: Instrument,
        _ taken: inout MeasureTaken
    ) {
        guard let id = item["linkId"]?.text, let answer = item["answer"]?["value"] else { return }
        guard let question = instrument.item(id) else {
            incoming.fault(.notFound, item["linkId"], "\(instrument.name) has no question \(id).")
            return
        }
        let text = answer.answerText
        // A number may stand for the answer that scores it, where answers are words.
        let scored = answer.int.flatMap { score in
            question.scores.firstIndex(of: score).map { question.answers[$0] }
        }
        let known = [text, scored].compactMap { $0 }.first(where: question.answers.contains)
        guard let known else {
            let list = question.answers.joined(separator: ", ")
            incoming.fault(.codeInvalid, answer, "Answer one of \(list).")
            return
        }
        taken.answers[id] = known
    }

    /// A booking, or what came of one.
    mutating func appointment() -> Command? {
        let kinds = view.programme.pathway.appointments.map(\.id)
        let status = resource["status"]?.text ?? ""
        if let id { return outcome(of: id, status) }
        guard ["booked", "pending"].contains(status) else {
            incoming.fault(.businessRule, resource["status"], "A new appointment is booked.")
            return nil
        }
        var booked = AppointmentBooked()
        let type = resource.all("serviceType").first
        booked.kind = code(type, "appointment", "serviceType", among: kinds) ?? ""
        let named = resource.identifier(of: Systems.identifier("appointment"))?["value"]?.text
        let used = view.folded.appointments.map(\.id)
        booked.appointment = named ?? unusedName("appointment", among: used)
        guard let start = resource["start"]?.time?.start else {
            incoming.fault(.required, resource, "start", "Say when it begins.")
            return nil
        }
        if let end = resource["end"], let moment = end.time?.start, moment <= start {
            incoming.fault(.value, end, "It ends after it begins.")
        }
        booked.day = start.civilDateUK
        booked.time = start.clockUK
        booked.minutes = resource["minutesDuration"]?.int ?? minutes(from: start)
        booked.location = resource["comment"]?.text
        return Command(.appointmentBooked(booked), on: today)
    }

    private func minutes(from start: Instant) -> Int? {
        guard let end = resource["end"]?.time?.start, end > start else { return nil }
        return Int((end.milliseconds - start.milliseconds) / 60_000)
    }

    private mutating func outcome(of id: String, _ status: String) -> Command? {
        let event = view.events.first { view.id(of: $0) == id }
        guard let name = event?.body.appointmentName,
            let known = view.folded.appointment(named: name)
        else {
            incoming.fault(.notFound, resource["id"], "There is no such appointment.")
            return nil
        }
        var fields = AppointmentOutcome()
        fields.appointment = known.id
        fields.kind = known.kind
        let on = min(known.day, today)
        if let settled = known.outcome { return again(status, settled, known) }
        switch status {
        case "fulfilled", "arrived", "checked-in":
            return Command(.appointmentAttended(fields), on: on)
        case "noshow": return Command(.appointmentMissed(fields), on: on)
        case "cancelled": return Command(.appointmentCancelled(fields), on: today)
        case "booked":
            guard let start = resource["start"]?.time?.start else { return Command() }
            // Booking it again moves it.
            if start.civilDateUK == known.day, start.clockUK == known.time ?? "00:00" {
                return Command()
            }
            var moved = AppointmentBooked()
            moved.appointment = known.id
            moved.kind = known.kind
            moved.day = start.civilDateUK
            moved.time = start.clockUK
            moved.minutes = resource["minutesDuration"]?.int ?? minutes(from: start)
            moved.place = known.place
            moved.location = resource["comment"]?.text ?? known.location
            return Command(.appointmentBooked(moved), on: today)
        default:
            let says = "An appointment is booked, fulfilled, noshow or cancelled."
            incoming.fault(.businessRule, resource["status"], says)
            return nil
        }
    }
}

extension EntryReader {
    /// What is sent of an appointment of which something came already: the same, or nothing.
    ///
    /// The same sent twice is one outcome; another one is a correction, which takes an entry back.
    private mutating func again(
        _ status: String,
        _ outcome: String,
        _ known: Appointment
    ) -> Command? {
        let isSame =
            switch status {
            case "fulfilled", "arrived", "checked-in": known.isAttended
            case "noshow": outcome == Appointment.missed
            case "cancelled": outcome == Appointment.cancelled
            default: false
            }
        if isSame { return Command() }
        let says = "This appointment is over (\(outcome)): book another, or withdraw that entry."
        incoming.fault(.businessRule, resource["status"], says)
        return nil
    }
}

extension Instant {
    /// The time of the day by the clocks of the United Kingdom, `HH:MM`.
    var clockUK: String {
        let local = adding(milliseconds: isBritishSummerTime ? 3_600_000 : 0)
        return String(local.iso.dropFirst(11).prefix(5))
    }
}
