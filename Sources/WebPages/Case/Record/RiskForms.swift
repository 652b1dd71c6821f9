import Application
import Casework
import HTML
import Kernel
import Web

/// Raising a risk and resolving it.
enum RiskForms {
    static let routes: [PageRoute] =
        raise.routes
        + resolve.routes(where: { visit, file in
            risks(file).contains { $0.fields.risk == visit.part("risk") }
        })

    private static let subjects = [
        Choice("suicide", "Suicide"), Choice("self-harm", "Self-harm"),
        Choice("safeguarding", "Safeguarding a child or an adult"),
        Choice("violence", "Violence"), Choice("other", "Something else"),
    ]

    private static let raise = CaseForm(
        path: "risks",
        title: "Raise a risk",
        button: "Raise the risk",
        then: "#risks",
        fields: { visit, _, fields in
            inset { p { "If somebody is in danger now, ring 999 first." } }
            fields.radios("about", "What may happen", subjects)
            fields.area("text", "What you saw or heard, and what you have done")
            fields.date("on", "When", or: visit.today.iso)
        },
        read: { visit, _, reader in
            let about = reader.choice(
                "about",
                "Choose what may happen",
                among: subjects.map(\.value)
            )
            let text = reader.text("text", "Say what you saw or heard")
            let day = reader.day("on", "Say when it was", usually: visit.today)
            guard let about, let text, let day else { return nil }
            var risk = RiskRaised()
            risk.risk = visit.newName("r")
            risk.about = about
            risk.text = text
            return Command(.riskRaised(risk), on: day)
        }
    )

    private static let resolve = CaseForm(
        path: "risks/:risk/resolve",
        title: "Resolve a risk",
        tells: .riskResolved,
        button: "Resolve the risk",
        then: "#risks",
        fields: { visit, file, fields in
            let found = risks(file).last { $0.fields.risk == visit.part("risk") }
            // A refusal about the risk leads here.
            inset { p(.id("risk")) { found.map { words($0.fields.about) } ?? "" } }
            file.asking(fields.area("text", "What was done, and why the risk is over"))
            fields.date("on", "When", or: visit.today.iso)
        },
        read: { visit, file, reader in
            var risk = RiskRef()
            risk.risk = visit.part("risk")
            if !file.isErased { risk.text = reader.text("text", "Say what was done") }
            let day = reader.day("on", "Say when it was", usually: visit.today)
            guard let day, reader.problems.isEmpty else { return nil }
            return Command(.riskResolved(risk), on: day)
        }
    )

    private static func words(_ about: String) -> String {
        subjects.first { $0.value == about }?.label ?? Words.capital(about)
    }

    /// Each risk that was raised, with what resolved it.
    private struct Raised {
        var line: CaseFile.Line
        var fields: RiskRaised
        var end: (line: CaseFile.Line, fields: RiskRef)?
    }

    private static func risks(_ file: CaseFile) -> [Raised] {
        var raised: [Raised] = []
        for line in file.lines where line.voidedAt == nil {
            switch line.event.body {
            case .riskRaised(let fields): raised.append(Raised(line: line, fields: fields))
            case .riskResolved(let fields):
                let last = raised.lastIndex { $0.fields.risk == fields.risk && $0.end == nil }
                if let last { raised[last].end = (line, fields) }
            default: continue
            }
        }
        return raised
    }

    @Sendable static func list(_ visit: Visit, _ file: CaseFile) -> HTML? {
        guard file.may.contains(.readClinical) else { return nil }
        let all = risks(file)
        let shown = all.filter { $0.end == nil } + all.filter { $0.end != nil }
        let mayChange = file.may.contains(.changeCase)
        var html = HTML()
        for risk in shown { html.append(card(risk, visit, file, mayChange)) }
        if shown.isEmpty { html = p { "No risk has been raised." } }
        if mayChange, file.takes(.riskRaised) {
            html.append(partLink("Raise a risk", to: file.path + "/risks"))
        }
        return html
    }

    private static func card(
        _ risk: Raised,
        _ visit: Visit,
        _ file: CaseFile,
        _ mayChange: Bool
    ) -> HTML {
        let raised = risk.line.event
        return div(.class("gw-risk")) {
            h3(.class("nhsuk-heading-s")) {
                words(risk.fields.about)
                " "
                risk.end == nil ? tag("Open", .red) : tag("Resolved", .green)
            }
            p { "Raised on \(raised.occurredOn.uk) by \(visit.names[raised.by.user])." }
            if let text = risk.fields.text { p(.class("gw-words")) { text } }
            if let end = risk.end {
                let event = end.line.event
                p { "Resolved on \(event.occurredOn.uk) by \(visit.names[event.by.user])." }
                if let text = end.fields.text { p(.class("gw-words")) { text } }
            } else if mayChange {
                let place = URLEncoding.encode(risk.fields.risk)
                partLink("Resolve this risk", to: "\(file.path)/risks/\(place)/resolve")
            }
        }
    }
}
