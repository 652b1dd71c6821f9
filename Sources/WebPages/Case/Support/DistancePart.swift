import Application
import Casework
import HTML
import Kernel
import Programmes

/// How far somebody has come since the baseline.
enum DistancePart {
    /// Each score and status then and now; only for those who may see measures.
    static func show(_ file: CaseFile) -> HTML {
        let distance = file.case.distanceTravelled(in: file.programme)
        return status(distance)
            + (file.may.contains(.readClinical) ? measures(distance) : HTML())
    }

    private static func status(_ distance: DistanceTravelled) -> HTML {
        var rows = Summary()
        rows.add("At referral", distance.statusThen.map(SupportWords.status))
        rows.add("Now", distance.statusNow.map(SupportWords.status))
        return rows.rows.isEmpty ? HTML() : rows.html
    }

    private static func measures(_ distance: DistanceTravelled) -> HTML {
        if distance.changes.isEmpty {
            return p { "No questionnaire has been asked twice yet, so no change can be shown." }
        }
        return table(distance.changes)
    }

    static func table(_ changes: [DistanceTravelled.Change]) -> HTML {
        if changes.isEmpty { return HTML() }
        var table = ListTable("Answers then and now", ["Measure", "Then", "Now", "Change"])
        for change in changes {
            table.add(
                HTML(change.name),
                HTML("\(change.before) (\(change.beforeOn.uk))"),
                HTML("\(change.now) (\(change.nowOn.uk))"),
                words(change)
            )
        }
        return table.html
    }

    /// The change with its sign, and whether it is for the better.
    static func words(_ change: DistanceTravelled.Change) -> HTML {
        guard let isBetter = change.isBetter else { return tag("Unchanged", .grey) }
        let sign = change.difference > 0 ? "+" : "−"
        return HTML("\(sign)\(abs(change.difference)) ")
            + (isBetter ? tag("Better", .green) : tag("Worse", .orange))
    }
}
