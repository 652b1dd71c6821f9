import Application
import Casework
import HTML
import Kernel

/// Contacts, appointments, next steps.
package enum ContactPages {
    package static let routes: [PageRoute] =
        ContactForm.form.routes + AppointmentForms.routes + ClockForms.routes

    package static let sections: [CaseSection] = [
        CaseSection(id: "contacts", title: "Contacts", show: contacts),
        CaseSection(id: "appointments", title: "Appointments", show: AppointmentList.show),
        CaseSection(id: "clocks", title: "Clocks", show: ClockList.show),
    ]

    @Sendable private static func contacts(_ visit: Visit, _ file: CaseFile) -> HTML? {
        guard file.may.contains(.readCase) else { return nil }
        var table = ListTable(
            "Contacts, the latest first",
            ["Day", "How", "What came of it", "By"],
            hidesCaption: true
        )
        for line in file.lines.reversed() where line.voidedAt == nil {
            guard case .contactAttempted(let fields) = line.event.body else { continue }
            table.add(
                HTML(line.event.occurredOn.uk),
                HTML(fields.channel.map { Words.capital($0) } ?? "Not said"),
                HTML(ContactForm.words(fields.outcome)),
                HTML(visit.names[line.event.by.user])
            )
        }
        let mayLog = file.isOpenToChange
        return (table.rows.isEmpty ? p { "Nobody has tried to reach the person yet." } : table.html)
            + (mayLog ? partLink("Log a contact", to: file.path + "/contact") : HTML())
    }
}
