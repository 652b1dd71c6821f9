import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// Ending support: with how far the person has come, and what is still open.
enum DischargeForm {
    static let routes = form.routes

    private static let form = CaseForm(
        path: "discharge",
        title: "Discharge",
        tells: .discharged,
        button: "Discharge",
        then: "#ending",
        fields: { visit, file, fields in questions(visit, file, fields) },
        read: { visit, file, reader in
            var fields = Discharged()
            let statuses = file.programme.pathway.dischargeStatus
            if !statuses.isEmpty {
                fields.status = reader.choice(
                    "status",
                    "Choose the status at discharge",
                    among: statuses.map(\.id)
                )
            }
            fields.improved = reader.optionalChoice("improved", among: ["yes", "no"])
                .map { $0 == "yes" }
            let day = reader.day("on", "Give the day", usually: visit.today)
            guard let day, reader.problems.isEmpty else { return nil }
            return Command(.discharged(fields), on: day)
        }
    )

    @HTMLBuilder
    private static func questions(_ visit: Visit, _ file: CaseFile, _ fields: Fields) -> HTML {
        h2 { "How far the person has come" }
        DistancePart.show(file)
        StillOpen.show(file)
        let statuses = file.programme.pathway.dischargeStatus
        if !statuses.isEmpty {
            fields.radios("status", "Status at discharge", CaseWords.choices(statuses))
        }
        fields.radios(
            "improved",
            "Has the person come closer to work?",
            [Choice("yes", "Yes"), Choice("no", "No")],
            isInline: true,
            isOptional: true
        )
        fields.date("on", "Day of the discharge", or: visit.today.iso)
    }
}

/// What waits on a case that is about to end.
enum StillOpen {
    static func show(_ file: CaseFile) -> HTML {
        let lines = lines(file)
        if lines.isEmpty { return HTML() }
        return inset {
            p { "Still open on this case:" }
            ul { for line in lines { li { line } } }
        }
    }

    private static func lines(_ file: CaseFile) -> [String] {
        let folded = file.case
        let onward = folded.onward.filter { !$0.status.isOver }.map {
            "Onward referral to \($0.name(in: file.programme)), sent \($0.sentOn.uk)"
        }
        let actions = folded.actions.filter { $0.state == .open }
            .map { "Action: \($0.words("Action"))" }
        let appointments = folded.appointments.filter { $0.outcome == nil }.map {
            let kind = SupportWords.name($0.kind, among: file.programme.pathway.appointments)
            return "Appointment on \($0.day.uk): \(kind)"
        }
        let risks = folded.risks.map { $0.sentence(in: file) }
        return risks + onward + actions + appointments
    }
}
