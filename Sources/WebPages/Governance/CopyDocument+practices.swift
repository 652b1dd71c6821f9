import Application
import Casework
import HTML
import Kernel
import Store

extension CopyDocument {
    /// What a practice told of the person, and what it was asked to write.
    func practice(_ record: PersonCopy.PracticeRecord) -> HTML {
        var all = h2 { "What the practice \(names.organisation(record.practice)) told us" }
        var rows = CopyRows()
        rows.add("NHS number", NHSNumber(record.nhsNumber)?.spaced ?? record.nhsNumber)
        rows.add("Birth date", record.birthDate.uk)
        rows.add("Registered on", record.registeredOn?.uk)
        rows.add("Left on", record.leftOn?.uk)
        rows.add(
            "Use of the record",
            record.dissents ? "You asked that it is not used." : nil
        )
        all.append(rows.html)
        var told = CopyTable("Told by the practice", ["Day", "What", "For", "Told on"])
        for entry in record.entries {
            let days = [entry.from, entry.to].compactMap { $0?.uk }.joined(separator: " to ")
            let withdrawn = entry.withdrawnOn.map { " (taken back on \($0.uk))" } ?? ""
            told.add(
                entry.on.uk,
                (days.isEmpty ? entry.name : "\(entry.name), \(days)") + withdrawn,
                entry.conditionName ?? "",
                entry.toldOn.uk
            )
        }
        if !record.entries.isEmpty { all.append(told.html) }
        guard !record.returns.isEmpty else { return all }
        return all
            + ul {
                for asked in record.returns {
                    li {
                        "On \(asked.at.civilDateUK.uk) the practice was asked to write that you "
                        "were \(asked.status.rawValue.inWords) on \(asked.day.uk)."
                    }
                }
            }
    }
}
