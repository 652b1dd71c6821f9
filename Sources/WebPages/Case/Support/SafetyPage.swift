import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// What to do at once when somebody may harm themselves.
enum SafetyPage {
    static let routes: [PageRoute] = [
        .get("/cases/:case/safety", .onCase(.readCase)) { try show($0) }
    ]

    private static func show(_ visit: Visit) throws -> Response {
        let file = try visit.file()
        return visit.page("What to do now", back: ("Back to the case", file.path)) {
            h1 {
                span(.class("nhsuk-caption-l")) { file.title }
                "What to do now"
            }
            open(file)
            steps(file)
        }
    }

    @HTMLBuilder private static func open(_ file: CaseFile) -> HTML {
        if file.may.contains(.readClinical), !file.case.risks.isEmpty {
            inset {
                for risk in file.case.risks {
                    p { risk.sentence(in: file) }
                }
            }
        }
    }

    /// The steps, in the order in which they are done.
    static func steps(_ file: CaseFile) -> HTML {
        ol(.class("nhsuk-list nhsuk-list--number")) {
            li {
                strong { "Stay with the person. " }
                "Stay in the room or on the line. Do not leave them alone."
            }
            li {
                strong { "Ask. " }
                "Say it plainly: “Are you thinking of ending your life?” Asking does not put the "
                "thought there. Ask if they have a plan, and when."
            }
            li {
                strong { "In danger now: call 999. " }
                a(.href("tel:999")) { "Call 999" }
                " or take them to A&E. Stay until help comes."
            }
            li {
                strong { "Not in danger now, but needs help soon: call NHS 111, option 2. " }
                a(.href("tel:111")) { "Call 111" }
                " and choose option 2, mental health. It is open day and night. Call together."
            }
            li {
                strong { "Tell your manager. " }
                "Do it today, before you go home."
            }
            li {
                strong { "Record it. " }
                "Write down what was said and what you did. "
                if file.may.contains(.changeCase), file.takes(.riskRaised) {
                    a(.href(file.path + "/risks")) { "Record the risk" }
                }
            }
        }
    }
}

extension Risk {
    /// What it is and since when: one sentence, without the words that were written of it.
    func sentence(in file: CaseFile) -> String {
        let name = measure.flatMap { file.programme.instrument($0)?.name }
        let why = name.map { ", because of an answer to \($0)" } ?? ""
        return "A risk is open since \(raisedOn.uk): \(Words.plain(about))\(why)."
    }
}
