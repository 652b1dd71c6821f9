import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// A period in a job: its start, a change of hours or pay, its end.
enum JobForms {
    static let routes = start.routes + change.routes + end.routes

    private static let kinds = [
        Choice("job", "Job"), Choice("self-employment", "Self-employment"),
        Choice("apprenticeship", "Apprenticeship"), Choice("placement", "Placement"),
    ]
    /// The codes that figures count.
    private static let reasons = [
        "contract-ended", "resigned", "dismissed", "redundancy", "health", "better-job", "other",
    ]

    private static let start = CaseForm(
        path: "work/job",
        title: "Record a job",
        then: "#work",
        fields: { _, _, fields in
            fields.radios("kind", "Kind of work", kinds)
                + fields.text("employer", "Employer", isOptional: true)
                + fields.date(
                    "on",
                    "First day in the job",
                    hint: "Also when that was before the referral."
                ) + terms(fields)
        },
        read: { visit, file, reader in
            var fields = JobStarted()
            var names = NewNames(visit, file)
            fields.spell = names.next("j")
            fields.jobKind =
                reader.choice("kind", "Choose the kind of work", among: kinds.map(\.value)) ?? ""
            fields.employer = reader.optionalText("employer", max: 200)
            (fields.hoursPerWeek, fields.weeklyPay) = readTerms(&reader)
            let first = reader.day("on", "Give the first day in the job")
            guard let first, reader.problems.isEmpty else { return nil }
            // A job held before the referral is entered with the referral.
            let referred = file.case[.referred] ?? first
            if first < referred { fields.since = first }
            return Command(.jobStarted(fields), on: max(first, referred))
        }
    )

    private static let change = CaseForm(
        path: "work/job-change",
        title: "Record new hours or pay",
        then: "#work",
        fields: { visit, file, fields in
            spell(visit, file, fields)
                + fields.date("on", "Since", or: visit.today.iso) + terms(fields)
        },
        read: { visit, file, reader in
            var fields = JobChanged()
            fields.spell = readSpell(file, &reader)
            (fields.hoursPerWeek, fields.weeklyPay) = readTerms(&reader)
            if fields.hoursPerWeek == nil, fields.weeklyPay == nil, reader.problems.isEmpty {
                reader.fault("hours_per_week", "Give the new hours, the new pay, or both")
            }
            let day = reader.day("on", "Give the day", usually: visit.today)
            guard let day, reader.problems.isEmpty else { return nil }
            return Command(.jobChanged(fields), on: day)
        }
    )

    private static let end = CaseForm(
        path: "work/job-end",
        title: "Record the end of a job",
        then: "#work",
        fields: { visit, file, fields in
            spell(visit, file, fields)
                + fields.date("on", "Last day in the job", or: visit.today.iso)
                + fields.choose("reason", "Why", CaseWords.choices(reasons), isOptional: true)
        },
        read: { visit, file, reader in
            var fields = JobEnded()
            fields.spell = readSpell(file, &reader)
            fields.reason = reader.optionalChoice("reason", among: reasons)
            let day = reader.day("on", "Give the last day", usually: visit.today)
            guard let day, reader.problems.isEmpty else { return nil }
            return Command(.jobEnded(fields), on: day)
        }
    )

    // MARK: - Hours and pay

    private static func terms(_ fields: Fields) -> HTML {
        fields.text(
            "hours_per_week",
            "Hours a week",
            width: 3,
            inputmode: "numeric",
            isOptional: true
        )
            + fields.text(
                "pay",
                "Pay for a week, in pounds",
                hint: "Before tax, such as 312.50.",
                width: 10,
                inputmode: "decimal",
                isOptional: true
            )
    }

    private static func readTerms(_ reader: inout FormReader) -> (hours: Int?, pay: Int?) {
        let hours = reader.number("hours_per_week", "Hours a week", in: 0...100)
        guard let text = reader.form["pay"] else { return (hours, nil) }
        guard let pay = Pence(pounds: text), (0...10_000_000).contains(pay.value) else {
            reader.fault("pay", "Write pounds from 0 to 100,000, such as 312.50")
            return (hours, nil)
        }
        return (hours, Int(pay.value))
    }

    // MARK: - Which job

    private static func spell(_ visit: Visit, _ file: CaseFile, _ fields: Fields) -> HTML {
        let open = file.case.spells.filter { $0.to == nil }
        if open.isEmpty { return inset { p { "No job is going on." } } }
        return fields.choose(
            "spell",
            "Job",
            open.map { Choice($0.id, "\(Words.capital($0.kind)) since \($0.from.uk)") },
            or: visit.request.query["spell"] ?? (open.count == 1 ? open[0].id : nil)
        )
    }

    private static func readSpell(_ file: CaseFile, _ reader: inout FormReader) -> String {
        reader.choice("spell", "Choose the job", among: file.case.spells.map(\.id)) ?? ""
    }
}
