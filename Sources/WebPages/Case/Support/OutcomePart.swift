import Application
import Casework
import HTML
import Kernel
import Programmes

/// Each outcome of the programme: met on a day, or what it still needs.
enum OutcomePart {
    static func show(_ file: CaseFile) -> HTML {
        if file.outcomes.isEmpty { return HTML() }
        var table = ListTable("Outcomes", ["Outcome", "So far", "Evidence"])
        for reading in file.outcomes {
            table.add(
                HTML(reading.rule.name),
                progress(reading, file.today),
                HTML(evidence(reading))
            )
        }
        return table.html
    }

    private static func progress(_ reading: OutcomeReading, _ today: CivilDate) -> HTML {
        if let met = reading.metOn, met <= today {
            return tag("Met", .green) + HTML(" on \(met.uk)")
        }
        let earliest =
            reading.earliest.map { "earliest \($0.uk)" } ?? "it cannot be met any more"
        return tag("Not met", .grey) + HTML(" \(counted(reading)); \(earliest)")
    }

    /// `63 of 91 days`, or `£2,310.00 of £4,900.00`.
    private static func counted(_ reading: OutcomeReading) -> String {
        if let pay = reading.payCounted {
            return "\(Pence(Int64(pay)).text) of \(Pence(Int64(reading.needed)).text)"
        }
        return "\(reading.daysCounted) of \(CaseWords.count(reading.needed, "day"))"
    }

    private static func evidence(_ reading: OutcomeReading) -> String {
        if reading.evidence.isEmpty { return "No job counts yet" }
        return reading.evidence.map { spell in
            let end = spell.to.map { " to \($0.uk)" } ?? ""
            return "\(Words.capital(spell.kind)) from \(spell.from.uk)\(end)"
        }.joined(separator: "; ")
    }
}
