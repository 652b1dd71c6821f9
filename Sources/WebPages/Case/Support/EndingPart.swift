import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// Discharge, tracking and closure, on the case page.
enum EndingPart {
    static func show(_ visit: Visit, _ file: CaseFile) -> HTML? {
        guard file.may.contains(.readCase) else { return nil }
        return facts(file) + distance(file) + linkButtons(links(file))
    }

    private static func facts(_ file: CaseFile) -> HTML {
        let folded = file.case
        var rows = Summary()
        rows.add("Discharged", folded.dischargedOn?.uk)
        rows.add(
            "Status at discharge",
            folded.discharge?.status.map {
                SupportWords.name($0, among: file.programme.pathway.dischargeStatus)
            }
        )
        rows.add("Closer to work", folded.discharge?.improved.map { $0 ? "Yes" : "No" })
        rows.add(
            "Reached since",
            folded.trackingContacts.map(\.uk).joined(separator: ", ")
        )
        if let next = file.workItems.first(where: { $0.kind == .tracking }) {
            rows.add("Next") {
                HTML("\(next.says): \(next.dueOn.uk)")
                    + SupportWords.overdue(next.dueOn, on: file.today)
            }
        }
        rows.add("Tracking ended", folded[.trackingEnded]?.uk)
        rows.add("Closed", folded[.closed]?.uk)
        rows.add("Why", folded.closure.map { Words.capital($0.rawValue) })
        return rows.rows.isEmpty ? p { "Support has not ended." } : rows.html
    }

    private static func distance(_ file: CaseFile) -> HTML {
        guard file.case.discharge != nil else { return HTML() }
        return h3 { "Distance travelled" } + DistancePart.show(file)
    }

    /// Only what the state of the case allows.
    private static func links(_ file: CaseFile) -> [(words: String, path: String)] {
        var discharged = Discharged()
        discharged.status = file.programme.pathway.dischargeStatus.first?.id
        var closed = Closed()
        let reasons = file.programme.pathway.closureReasons
        closed.reason = reasons.first { file.case.canClose(for: $0) } ?? .completed
        let all: [(body: EventBody, words: String, path: String)] = [
            (.discharged(discharged), "Discharge", "/discharge"),
            (.trackingContacted(TrackingContacted()), "Record a tracking contact", "/tracking"),
            (.trackingEnded(Plain()), "End tracking", "/tracking/end"),
            (.closed(closed), "Close the case", "/close"),
            (.reopened(Reopened()), "Reopen the case", "/reopen"),
        ]
        let isTracked = file.programme.pathway.tracking.weeks != nil
        return all.filter { isTracked || !$0.path.hasPrefix("/tracking") }
            .filter { file.offers($0.body) }.map { ($0.words, file.path + $0.path) }
    }
}
