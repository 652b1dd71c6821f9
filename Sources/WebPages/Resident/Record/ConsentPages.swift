import Application
import Casework
import HTML
import Kernel
import Web

/// Saying yes or no for one thing that a resident agreed to: two clicks from their data.
enum ConsentPages {
    /// What My data is told when the person has just taken back their yes to being helped.
    static let closed = "closed"
    private static let pattern = "\(MyPages.path)/cases/:own/consents/:scope"

    static let routes: [PageRoute] = [
        .get(pattern, .signedIn) { visit in
            let file = try await visit.goodwork.ownFile(MyPages.own(visit), by: visit.actor)
            return show(visit, file, try scope(visit, file), problems: [])
        },
        .post(pattern, .signedIn, take),
    ]

    static func path(_ scope: ConsentScope, of file: CaseFile) -> String {
        MyPages.path(of: file.header) + "/consents/\(scope.rawValue)"
    }

    /// What the person is asked: nobody referred those who came by themselves, so nobody is to be
    /// told; an answer that was recorded all the same can be taken back.
    static func scopes(of file: CaseFile) -> [ConsentScope] {
        let isOwn = file.case.referral?.source == Goodwork.selfSource
        return ConsentScope.allCases.filter { scope in
            scope != .shareWithReferrer || !isOwn || file.case.consents[scope] != nil
        }
    }

    private static func scope(_ visit: Visit, _ file: CaseFile) throws -> ConsentScope {
        guard let scope = ConsentScope(rawValue: visit.part("scope")),
            scopes(of: file).contains(scope)
        else {
            throw ServiceError(.notFound, "There is no such question.")
        }
        return scope
    }

    private static func show(
        _ visit: Visit,
        _ file: CaseFile,
        _ scope: ConsentScope,
        problems: [Problem]
    ) -> Response {
        let say = visit.phrases
        let words = OwnWords(say: say, names: visit.names)
        let last = file.case.consents[scope]
        let back = (say("Back to my data"), MyDataPages.path)
        return visit.page(words.scope(scope), problems: problems, back: back) {
            h1 { words.scope(scope) }
            p { say("Your answer now: {answer}", ["answer": words.consent(last)]) }
            if scope == .referral {
                warning(say("What happens if you take this back"), say) {
                    p { say("Your case closes today, and the support ends.") }
                    p { say("You can ask for help again at any time.") }
                }
            } else if file.case.isOpen {
                p { say("Your support goes on, whatever you answer.") }
            }
            if !file.case.isOpen {
                p { say("This case is closed. You can still take a yes back.") }
            }
            if file.case.isOpen, last != .consentGiven {
                form(visit, file, scope, "given") { submit(say("Yes, I agree")) }
            }
            if last == .consentGiven || (last != .consentWithdrawn && scope == .referral) {
                form(visit, file, scope, "withdrawn") {
                    submit(
                        scope == .referral
                            ? say("Take it back and close my case") : say("No, take it back"),
                        isWarning: true
                    )
                }
            } else if last == nil {
                form(visit, file, scope, "withdrawn") {
                    submit(say("No, I do not agree"), isSecondary: true)
                }
            }
            p { a(.href(MyDataPages.path)) { say("Leave it as it is") } }
        }
    }

    private static func form(
        _ visit: Visit,
        _ file: CaseFile,
        _ scope: ConsentScope,
        _ answer: String,
        @HTMLBuilder content: () -> HTML
    ) -> HTML {
        visit.sentForm(to: path(scope, of: file)) {
            Fields.hidden("answer", answer)
            content()
        }
    }

    private static func take(_ visit: Visit) async throws -> Response {
        let id = try MyPages.own(visit)
        let answer = visit.request.form["answer"]
        let file = try await visit.goodwork.ownFile(id, by: visit.actor)
        let scope = try scope(visit, file)
        guard answer == "given" || answer == "withdrawn" else {
            let problem = Problem(nil, visit.phrases("Choose an answer"))
            return show(visit, file, scope, problems: [problem])
        }
        do {
            try await visit.goodwork.setConsent(
                scope,
                to: answer == "given",
                of: id,
                by: visit.actor,
                key: visit.formKey
            )
        } catch let error as ServiceError where error.kind == .refused {
            let problems = error.problems.map { Problem(nil, visit.phrases($0.says)) }
            return show(visit, file, scope, problems: problems)
        }
        let isClosing = scope == .referral && answer == "withdrawn"
        return .redirect(to: MyDataPages.path + (isClosing ? "?done=\(closed)" : ""))
    }
}
