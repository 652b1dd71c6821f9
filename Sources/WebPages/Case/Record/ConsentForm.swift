import Application
import Casework
import HTML
import Kernel
import Web

/// What the person agreed to, each scope by itself.
enum ConsentForm {
    private static let answers = [
        Choice("given", "Agreed"), Choice("refused", "Said no"),
        Choice("withdrawn", "Took it back"),
    ]

    static let form = CaseForm(
        path: "consent",
        title: "Consent",
        tells: .consentWithdrawn,
        then: "#consent",
        fields: { visit, file, fields in
            for scope in ConsentScope.allCases {
                let known = word(file.case.consents[scope])
                // What was shown: only what differs from it was changed in this form.
                Fields.hidden("had-\(scope.rawValue)", known ?? "")
                fields.radios(
                    scope.rawValue,
                    words(scope),
                    offered(file),
                    hint: scope == .referral
                        ? "If the person takes this back, the case is closed." : nil,
                    or: known,
                    isInline: true
                )
            }
            fields.date(
                "on",
                "When the person said so",
                hint: "One day for all that you change here.",
                or: visit.today.iso
            )
        },
        read: { visit, file, reader in
            var changes: [(ConsentScope, String)] = []
            for scope in ConsentScope.allCases {
                let name = scope.rawValue
                let answer = reader.optionalChoice(name, among: offered(file).map(\.value))
                if let answer, answer != reader.form["had-\(name)"] {
                    changes.append((scope, answer))
                }
            }
            let day = reader.day("on", "Say when it was", usually: visit.today)
            if changes.isEmpty, reader.problems.isEmpty {
                reader.fault(ConsentScope.referral.rawValue, "Change at least one answer")
            }
            guard let day else { return nil }
            return Command(entries: changes.map { .init(body: body($0, $1), on: day) })
        }
    )

    /// Nobody who was erased can have agreed since.
    private static func offered(_ file: CaseFile) -> [Choice] {
        file.takes(.consentGiven) ? answers : answers.filter { $0.value != "given" }
    }

    private static func body(_ scope: ConsentScope, _ answer: String) -> EventBody {
        var consent = Consent()
        consent.scope = scope
        switch answer {
        case "given": return .consentGiven(consent)
        case "refused": return .consentRefused(consent)
        default: return .consentWithdrawn(consent)
        }
    }

    private static func word(_ kind: EventKind?) -> String? {
        switch kind {
        case .consentGiven: "given"
        case .consentRefused: "refused"
        case .consentWithdrawn: "withdrawn"
        default: nil
        }
    }

    static func words(_ scope: ConsentScope) -> String {
        switch scope {
        case .referral: "To be referred and supported here"
        case .shareWithReferrer: "To tell whoever referred them what came of it"
        case .practiceRecord: "To share with their general practice"
        case .employer: "To talk with their employer"
        case .evaluation: "To be counted in the evaluation"
        }
    }

    @Sendable static func list(_ visit: Visit, _ file: CaseFile) -> HTML? {
        guard file.may.contains(.readCase) else { return nil }
        var rows = Summary()
        for scope in ConsentScope.allCases {
            rows.add(words(scope)) {
                mark(file.case.consents[scope])
                if let day = file.case.consentDays[scope] { " since \(day.uk)" }
            }
        }
        let mayChange = file.may.contains(.changeCase)
        return rows.html
            + (mayChange ? partLink("Change consent", to: file.path + "/consent") : HTML())
    }

    private static func mark(_ kind: EventKind?) -> HTML {
        switch kind {
        case .consentGiven: tag("Agreed", .green)
        case .consentRefused: tag("Said no", .red)
        case .consentWithdrawn: tag("Took it back", .red)
        default: tag("Not asked", .grey)
        }
    }
}
