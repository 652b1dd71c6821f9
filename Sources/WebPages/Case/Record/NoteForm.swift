import Application
import Casework
import HTML
import Kernel

/// Words for the case team.
enum NoteForm {
    static let form = CaseForm(
        path: "notes",
        title: "Write a note",
        then: "#notes",
        fields: { visit, _, fields in
            fields.area("text", "Note", hint: "Only the case team can read it.", rows: 8)
            fields.date("on", "When it happened", or: visit.today.iso)
        },
        read: { visit, _, reader in
            let text = reader.text("text", "Write the note")
            let day = reader.day("on", "Say when it was", usually: visit.today)
            guard let text, let day else { return nil }
            return Command(entries: [entry(text, on: day)])
        }
    )

    static func entry(_ text: String, on day: CivilDate) -> Command.Entry {
        var note = NoteWritten()
        note.text = text
        return Command.Entry(body: .noteWritten(note), on: day)
    }

    @Sendable static func list(_ visit: Visit, _ file: CaseFile) -> HTML? {
        guard file.may.contains(.readClinical) else { return nil }
        var notes = Timeline()
        for line in file.lines.reversed() where line.voidedAt == nil {
            guard case .noteWritten(let fields) = line.event.body else { continue }
            let by = visit.names[line.event.by.user]
            notes.add(line.event.occurredOn, by: by) {
                span(.class("gw-words")) { fields.text ?? "The words were erased." }
            }
        }
        let mayWrite = file.may.contains(.changeCase) && file.takes(.noteWritten)
        return (notes.items.isEmpty ? p { "No notes yet." } : notes.html)
            + (mayWrite ? partLink("Write a note", to: file.path + "/notes") : HTML())
    }
}
