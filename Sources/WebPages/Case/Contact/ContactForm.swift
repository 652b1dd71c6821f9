import Application
import Casework
import HTML
import Kernel

/// A contact in four fields.
enum ContactForm {
    static let channels = ["phone", "video", "in-person", "text", "email", "letter"]

    static let form = CaseForm(
        path: "contact",
        title: "Log a contact",
        then: "#contacts",
        fields: { visit, _, fields in
            fields.radios("channel", "How", CaseWords.choices(channels), isInline: true)
            fields.radios(
                "outcome",
                "What came of it",
                ContactOutcome.allCases.map { Choice($0.rawValue, words($0)) }
            )
            fields.date("on", "When", or: visit.today.iso)
            fields.area(
                "note",
                "Note",
                hint: "Only the case team can read it.",
                isOptional: true
            )
        },
        read: { visit, _, reader in
            let channel = reader.choice(
                "channel",
                "Choose how you tried to reach the person",
                among: channels
            )
            let outcome = reader.choice(
                "outcome",
                "Choose what came of it",
                among: ContactOutcome.allCases.map(\.rawValue)
            )
            let day = reader.day("on", "Say when it was", usually: visit.today)
            let note = reader.optionalText("note")
            guard let outcome = outcome.flatMap(ContactOutcome.init(rawValue:)), let day else {
                return nil
            }
            var contact = ContactAttempted()
            contact.channel = channel
            contact.outcome = outcome
            var command = Command(.contactAttempted(contact), on: day)
            if let note { command.entries.append(NoteForm.entry(note, on: day)) }
            return command
        }
    )

    static func words(_ outcome: ContactOutcome) -> String {
        switch outcome {
        case .reached: "Spoke with the person"
        case .leftMessage: "Left a message"
        case .noAnswer: "No answer"
        case .wrongNumber: "Wrong number or address"
        case .declined: "The person did not want to talk"
        }
    }
}
