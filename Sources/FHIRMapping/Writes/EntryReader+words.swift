import Casework
import FHIRModel
import Kernel

/// What is said, and what the person agrees to.
extension EntryReader {
    /// Words for the case team from the referrer; from the provider, for whom they are sent to.
    mutating func communication() -> Command? {
        let contents = resource.all("payload").compactMap { $0["content"] }
        for content in contents where content.type != "string" {
            let says = "Only words are kept, as contentString; send nothing else along."
            incoming.fault(.notSupported, content, says)
        }
        let texts = contents.compactMap(\.text)
        if texts.isEmpty {
            let says = "Say something: contentString."
            incoming.fault(.required, resource, "payload", says)
            return nil
        }
        if let status = resource["status"], status.text != "completed" {
            incoming.fault(.businessRule, status, "Send what was said: completed.")
        }
        let on = min(day(resource["sent"]), today)
        return Command(
            entries: audiences().map { audience in
                var note = NoteWritten()
                note.text = texts.joined(separator: "\n")
                note.audience = audience
                return Command.Entry(body: .noteWritten(note), on: on)
            }
        )
    }

    /// Whom the provider tells; nobody else hears of it, so nobody else can be named.
    private mutating func audiences() -> [NoteAudience] {
        guard view.parties.provider == organisation else { return [.team] }
        let staff = ["CareTeam", "HealthcareService", "Practitioner", "PractitionerRole"]
        var told: Set<NoteAudience> = []
        for recipient in resource.all("recipient") {
            let text = recipient["reference"]?.text
            if text == "Patient/\(view.person)" {
                told.insert(.person)
            } else if recipient.referredID == view.parties.referrer {
                told.insert(.referrer)
            } else if recipient.referredID == organisation
                || staff.contains(text.flatMap { FHIRReference($0) }?.type ?? "")
            {
                told.insert(.team)
            } else {
                let says =
                    "The person, whoever referred and the case team are told; nobody else is."
                incoming.fault(.notFound, recipient, says)
            }
        }
        let outside = told.subtracting([.team])
        // What the person or the referrer may read, the team reads as well.
        return outside.isEmpty ? [.team] : NoteAudience.allCases.filter(outside.contains)
    }

    mutating func consent() -> Command? {
        guard var read = incoming.consent(resource, on: today) else { return nil }
        if let id {
            // One that is changed stays one for its own purpose.
            let own = ConsentScope.allCases.first { id == "\(view.id).\($0.rawValue)" }
            let isNamed = resource["provision"]?.all("purpose").isEmpty == false
            guard let own, !isNamed || read.scopes == [own] else {
                let says = "This Consent is for another purpose: send one for each."
                incoming.fault(.businessRule, resource["provision"], says)
                return nil
            }
            let before = view.folded.consents[own]
            // One that was read and sent back with another status says no in its other parts too.
            if before != .consentGiven, !read.isGiven, resource["status"]?.text == "active" {
                let says = "This is active, and says no by its policyRule or provision: say which."
                incoming.fault(.businessRule, resource["status"], says)
                return nil
            }
            if (before == .consentGiven) == read.isGiven { return Command() }
            read.scopes = [own]
        }
        // One that was read and is sent back changed has still the day of what stood there.
        let isOld =
            id != nil
            && resource["dateTime"]?.day
                == read.scopes.first.flatMap {
                    view.folded.consentDays[$0]
                }
        let day = isOld ? today : day(resource["dateTime"])
        let isWithdrawn = resource["status"]?.text == "inactive"
        return Command(
            entries: read.scopes.map { scope in
                var fields = Consent()
                fields.scope = scope
                let body: EventBody =
                    read.isGiven
                    ? .consentGiven(fields)
                    : isWithdrawn ? .consentWithdrawn(fields) : .consentRefused(fields)
                return Command.Entry(body: body, on: day)
            }
        )
    }
}
