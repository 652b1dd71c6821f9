import Application
import Casework
import HTML
import Kernel
import Programmes

/// What whoever opens a case must know first.
enum CaseAlerts {
    static func html(_ visit: Visit, _ file: CaseFile) -> HTML {
        risk(file) + erased(file) + ended(file) + consent(file) + eligibility(file)
    }

    private static func risk(_ file: CaseFile) -> HTML {
        // Whoever holds the case must know of it, even where the person hides the words.
        guard file.may.contains(.readClinical) || file.may.contains(.changeCase),
            !file.case.risks.isEmpty
        else { return HTML() }
        return warning("A risk is open") {
            p {
                "Somebody may come to harm. "
                if file.may.contains(.readClinical) {
                    a(.href("#risks")) { "Read what was said of it" }
                    " before you do anything else."
                } else {
                    "Speak with your manager: the person has not agreed that its words are shown."
                }
            }
        }
    }

    private static func erased(_ file: CaseFile) -> HTML {
        guard file.isErased else { return HTML() }
        return inset {
            p { "This person was erased. Nothing that names them is held any more." }
        }
    }

    private static func ended(_ file: CaseFile) -> HTML {
        guard let reason = file.case.closure else { return HTML() }
        let day = file.case[.closed].map { " on \($0.uk)" } ?? ""
        return inset {
            p { "This case was closed\(day): \(Words.plain(reason.rawValue))." }
        }
    }

    private static func consent(_ file: CaseFile) -> HTML {
        if file.isErased || file.relations.consents[.referral] == true { return HTML() }
        let isRefused = file.relations.consents[.referral] == false
        return warning(isRefused ? "The person has not agreed" : "Consent is not recorded") {
            p {
                if isRefused {
                    "The person said no to being supported here, or took their consent back. "
                    if file.identity == nil { "Their name, notes and measures are not shown." }
                } else {
                    "Nobody has recorded whether the person agrees to be supported here. "
                    "Ask them at the next contact."
                }
            }
            if file.may.contains(.changeCase) {
                partLink("Record consent", to: file.path + "/consent")
            }
        }
    }

    private static func eligibility(_ file: CaseFile) -> HTML {
        guard let decided = file.case.eligibility, file.case.isOpen, decided.verdict != .met else {
            return HTML()
        }
        let isNot = decided.verdict == .notMet
        return inset {
            h2(.class("nhsuk-heading-s")) {
                isNot ? "Not eligible" : "Not known yet whether eligible"
            }
            for sentence in decided.says { p { sentence } }
            if !decided.missing.isEmpty {
                p {
                    "Still to ask: "
                    decided.missing.map { Words.plain($0) }.joined(separator: ", ")
                    "."
                }
            }
        }
    }
}
