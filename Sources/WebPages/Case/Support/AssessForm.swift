import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// Assessing somebody, and starting their support.
enum AssessForm {
    static let routes: [PageRoute] =
        CaseForm.routes(at: "assess") { _, file in assess(file) } + start.routes

    private static func assess(_ file: CaseFile) -> CaseForm {
        CaseForm(
            path: "assess",
            title: "Assess",
            button: "Save and go on to the measures",
            then: "\(file.path)/measures",
            fields: { visit, file, fields in questions(visit, file, fields) },
            read: { visit, file, reader in
                let pathway = file.programme.pathway
                var fields = AssessmentCompleted()
                if !pathway.intensity.isEmpty {
                    fields.intensity = reader.choice(
                        "intensity",
                        "Choose how much support the person needs",
                        among: pathway.intensity
                    )
                }
                fields.barriers = reader.choices(
                    "barriers",
                    among: pathway.barriers.map(\.id)
                )
                let day = reader.day("on", "Give the day", usually: visit.today)
                guard let day, reader.problems.isEmpty else { return nil }
                return Command(.assessmentCompleted(fields), on: day)
            }
        )
    }

    @HTMLBuilder
    private static func questions(_ visit: Visit, _ file: CaseFile, _ fields: Fields) -> HTML {
        let pathway = file.programme.pathway
        if !pathway.intensity.isEmpty {
            fields.radios(
                "intensity",
                "How much support does the person need?",
                CaseWords.choices(pathway.intensity),
                or: file.case.intensity
            )
        }
        if !pathway.barriers.isEmpty {
            fields.checkboxes(
                "barriers",
                "What makes work harder?",
                CaseWords.choices(pathway.barriers),
                hint: "Choose all that the person names.",
                or: file.case.barriers,
                isOptional: true
            )
        }
        fields.date("on", "Day of the assessment", or: visit.today.iso)
    }

    private static let start = CaseForm(
        path: "start",
        title: "Start support",
        button: "Start support",
        then: "#support",
        fields: { visit, _, fields in
            fields.date("on", "Day on which support starts", or: visit.today.iso)
        },
        read: { visit, _, reader in
            let day = reader.day("on", "Give the day", usually: visit.today)
            return day.map { Command(.supportStarted(Plain()), on: $0) }
        }
    )
}
