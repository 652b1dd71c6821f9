import Application
import Casework
import HTML
import Kernel
import Web

/// Employment status, fit notes, returns to work and changes at work.
enum WorkForms {
    static let routes = status.routes + fitNote.routes + comeBack.routes + adjustment.routes

    /// The changes at work that are counted.
    private static let adjustments = [
        "phased-return", "altered-hours", "amended-duties", "workplace-adaptation",
    ]

    private static let status = CaseForm(
        path: "work/status",
        title: "Record employment status",
        then: "#work",
        fields: { visit, file, fields in
            fields.radios(
                "status",
                "Employment status",
                SupportWords.statuses,
                or: file.case.employmentStatus
            ) + fields.date("on", "Since when we know", or: visit.today.iso)
        },
        read: { visit, _, reader in
            var fields = EmploymentStatusRecorded()
            fields.status =
                reader.choice(
                    "status",
                    "Choose the employment status",
                    among: SupportWords.statuses.map(\.value)
                ) ?? ""
            let day = reader.day("on", "Give the day", usually: visit.today)
            guard let day, reader.problems.isEmpty else { return nil }
            return Command(.employmentStatusRecorded(fields), on: day)
        }
    )

    private static let advice = [
        Choice("not-fit", "Not fit for work"), Choice("may-be-fit", "May be fit for work"),
    ]

    private static let fitNote = CaseForm(
        path: "work/fit-note",
        title: "Record a fit note",
        then: "#work",
        fields: { _, _, fields in
            fields.date("from", "First day")
                + fields.date("to", "Last day")
                + fields.radios("advice", "What it says", advice)
        },
        read: { visit, _, reader in
            var fields = FitNoteRecorded()
            let from = reader.day("from", "Give the first day of the fit note")
            let to = reader.day("to", "Give the last day of the fit note")
            fields.advice =
                reader.choice(
                    "advice",
                    "Choose what the fit note says",
                    among: advice.map(\.value)
                ) ?? ""
            guard let from, let to, reader.problems.isEmpty else { return nil }
            fields.from = from
            fields.to = to
            return Command(.fitNoteRecorded(fields), on: visit.today)
        }
    )

    private static let comeBack = CaseForm(
        path: "work/return",
        title: "Record a return to work",
        then: "#work",
        fields: { visit, _, fields in
            fields.date("return_on", "Day of the return", hint: "It may be still to come.")
                + fields.date("on", "Day on which it was agreed", or: visit.today.iso)
        },
        read: { visit, _, reader in
            var fields = ReturnToWorkAgreed()
            fields.returnOn = reader.day("return_on", "Give the day of the return")
            let day = reader.day("on", "Give the day", usually: visit.today)
            guard let day, reader.problems.isEmpty else { return nil }
            return Command(.returnToWorkAgreed(fields), on: day)
        }
    )

    private static let adjustment = CaseForm(
        path: "work/adjustment",
        title: "Record a change at work",
        then: "#work",
        fields: { visit, _, fields in
            fields.radios(
                "adjustment",
                "What was agreed with the employer?",
                CaseWords.choices(adjustments)
            ) + fields.date("on", "Day on which it was agreed", or: visit.today.iso)
        },
        read: { visit, _, reader in
            var fields = AdjustmentAgreed()
            fields.adjustment =
                reader.choice("adjustment", "Choose what was agreed", among: adjustments) ?? ""
            let day = reader.day("on", "Give the day", usually: visit.today)
            guard let day, reader.problems.isEmpty else { return nil }
            return Command(.adjustmentAgreed(fields), on: day)
        }
    )
}
