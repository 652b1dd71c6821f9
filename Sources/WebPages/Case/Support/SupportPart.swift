import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// The assessment, the start of support and what was delivered, on the case page.
enum SupportPart {
    static func show(_ visit: Visit, _ file: CaseFile) -> HTML? {
        guard file.may.contains(.readCase) else { return nil }
        return assessment(file) + start(visit, file) + interventions(file)
    }

    private static func assessment(_ file: CaseFile) -> HTML {
        let pathway = file.programme.pathway
        var rows = Summary()
        guard let day = file.case[.assessed] else {
            return p { "Not assessed yet." }
                + linkButtons(file.isOpenToChange ? [("Assess", file.path + "/assess")] : [])
        }
        let change = file.isOpenToChange ? file.path + "/assess" : nil
        rows.add("Assessed", day.uk, changeAt: change)
        rows.add("Support needed", file.case.intensity.map { Words.capital($0) })
        rows.add(
            "What makes work harder",
            file.case.barriers.map { SupportWords.name($0, among: pathway.barriers) }
                .joined(separator: ", ")
        )
        rows.add("Support started", file.case[.started]?.uk)
        return rows.html
    }

    private static func start(_ visit: Visit, _ file: CaseFile) -> HTML {
        guard file.case[.started] == nil, file.isOpenToChange else { return HTML() }
        if let refusal = file.refusal(of: .supportStarted(Plain())) {
            return inset { p { "Support cannot start yet. \(refusal.says)" } }
        }
        if file.case[.assessed] == nil {
            return p { "Support starts when the person agrees and has been assessed." }
        }
        if file.case.consents[.referral] == nil {
            return p {
                "Support starts when the person agrees. "
                a(.href(file.path + "/consent")) { "Record consent" }
            }
        }
        return visit.sentForm(to: file.path + "/start") {
            Fields.hidden("_version", String(file.version))
            submit("Start support")
        }
    }

    private static func interventions(_ file: CaseFile) -> HTML {
        let offered = file.programme.pathway.interventions
        if offered.isEmpty { return HTML() }
        let delivered = offered.filter { intervention in
            file.case.interventions.contains { $0.intervention == intervention.id }
        }
        var table = ListTable("Interventions", ["Intervention", "Sessions"])
        for intervention in delivered {
            table.add(HTML(intervention.name), HTML(intervention.progress(of: file.case)))
        }
        let links = [("Record an intervention", file.path + "/deliver")]
        return (delivered.isEmpty ? p { "No intervention has been delivered yet." } : table.html)
            + linkButtons(file.isOpenToChange ? links : [])
    }
}
