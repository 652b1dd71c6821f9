import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// Sessions of an intervention, delivered within its limit.
enum InterventionForm {
    static let routes = form.routes

    private static let form = CaseForm(
        path: "deliver",
        title: "Record an intervention",
        then: "#support",
        fields: { visit, file, fields in questions(visit, file, fields) },
        read: { visit, file, reader in
            var fields = InterventionDelivered()
            fields.intervention =
                reader.choice(
                    "intervention",
                    "Choose what was delivered",
                    among: file.programme.pathway.interventions.map(\.id)
                ) ?? ""
            if reader.form["sessions"] == nil {
                reader.fault("sessions", "Write how many sessions, such as 1")
            }
            fields.sessions = reader.number("sessions", "Sessions", in: 1...1_000) ?? 1
            let day = reader.day("on", "Give the day", usually: visit.today)
            guard let day, reader.problems.isEmpty else { return nil }
            return Command(.interventionDelivered(fields), on: day)
        }
    )

    @HTMLBuilder
    private static func questions(_ visit: Visit, _ file: CaseFile, _ fields: Fields) -> HTML {
        let offered = file.programme.pathway.interventions
        if offered.isEmpty {
            inset { p { "This programme names no interventions." } }
        } else {
            fields.radios(
                "intervention",
                "What was delivered?",
                offered.map { Choice($0.id, $0.name, hint: $0.progress(of: file.case)) },
                or: offered.count == 1 ? offered[0].id : nil
            )
            fields.text("sessions", "Sessions", or: "1", width: 4, inputmode: "numeric")
            fields.date("on", "Day of the last of them", or: visit.today.iso)
        }
    }
}

extension Intervention {
    /// How much of it was delivered: `2 of 6 delivered`.
    func progress(of folded: Case) -> String {
        let done = folded.interventions.first { $0.intervention == id }?.sessions ?? 0
        return sessionsMax.map { "\(done) of \($0) delivered" } ?? "\(done) delivered"
    }
}
