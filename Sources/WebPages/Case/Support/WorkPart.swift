import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// Work: status, fit notes, jobs, and what the outcomes still need, on the case page.
enum WorkPart {
    static func show(_ visit: Visit, _ file: CaseFile) -> HTML? {
        guard file.may.contains(.readCase) else { return nil }
        return facts(file) + jobs(file) + OutcomePart.show(file) + linkButtons(links(file))
    }

    private static func facts(_ file: CaseFile) -> HTML {
        let folded = file.case
        var rows = Summary()
        rows.add(
            "Employment status",
            folded.employmentStatus.map(SupportWords.status) ?? "Not known",
            changeAt: file.isOpenToChange ? file.path + "/work/status" : nil
        )
        rows.add(
            "Last fit note",
            folded.fitNotes.last.map { note in
                let advice = note.advice == "may-be-fit" ? "May be fit" : "Not fit"
                return "\(advice), \(note.from.uk) to \(note.to.uk)"
            }
        )
        rows.add("Return to work", folded.returnOn?.uk)
        rows.add(
            "Changes at work",
            folded.adjustments.map { Words.capital($0) }.joined(separator: ", ")
        )
        return rows.html
    }

    private static func links(_ file: CaseFile) -> [(words: String, path: String)] {
        guard file.isOpenToChange else { return [] }
        return [
            ("Record a job", file.path + "/work/job"),
            ("Record a fit note", file.path + "/work/fit-note"),
            ("Record a return to work", file.path + "/work/return"),
            ("Record a change at work", file.path + "/work/adjustment"),
        ]
    }

    private static func jobs(_ file: CaseFile) -> HTML {
        if file.case.spells.isEmpty { return p { "No job is recorded yet." } }
        let employers = employers(file)
        let mayEnd = file.may.contains(.changeCase)
        var table = ListTable(
            "Jobs",
            ["Job", "From", "To", "Hours a week", "Pay for a week"] + (mayEnd ? ["Change"] : [])
        )
        table.endsInActs = mayEnd
        for spell in file.case.spells {
            let terms = spell.terms(on: spell.to ?? file.today)
            let employer = employers[spell.id].map { ", " + $0 } ?? ""
            let cells = [
                HTML(Words.capital(spell.kind) + employer),
                HTML(spell.from.uk),
                spell.to.map { HTML($0.uk) } ?? tag("Going on", .green),
                HTML(terms?.hoursPerWeek.map { "\($0)" } ?? "Not known"),
                HTML(terms?.weeklyPay.map { Pence(Int64($0)).text } ?? "Not known"),
            ]
            table.rows.append(cells + (mayEnd ? [changes(spell, file)] : []))
        }
        return table.html
    }

    /// Names of employers, where they may be read.
    private static func employers(_ file: CaseFile) -> [String: String] {
        var names: [String: String] = [:]
        for line in file.lines where line.voidedAt == nil {
            guard case .jobStarted(let fields) = line.event.body else { continue }
            names[fields.spell] = fields.employer
        }
        return names
    }

    private static func changes(_ spell: JobSpell, _ file: CaseFile) -> HTML {
        if spell.to != nil { return HTML("–") }
        let id = URLEncoding.encode(spell.id)
        let about = span(.class("nhsuk-u-visually-hidden")) { " of the job since \(spell.from.uk)" }
        let end = a(.href("\(file.path)/work/job-end?spell=\(id)")) {
            "Record the end"
            about
        }
        guard file.case.isOpen else { return end }
        return a(.href("\(file.path)/work/job-change?spell=\(id)")) {
            "New hours or pay"
            about
        } + HTML(" ") + end
    }
}
