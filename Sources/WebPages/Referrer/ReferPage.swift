import Application
import Casework
import Directory
import HTML
import Kernel
import Programmes
import Store
import Web

/// Refer a person: one page, and what it answers.
enum ReferPage {
    static let path = "/refer"
    static let routes: [PageRoute] = [
        .get(path, .action(.refer)) { try await show($0) },
        .post(path, .action(.refer)) { try await send($0) },
    ]

    /// All that the page is made of.
    struct Content: Sendable {
        var typed: Form
        var problems: [Problem] = []
        /// Which services could help; nil until it was asked.
        var offers: [Offer]?
        /// What was said of the person when the offers were asked for.
        var said: ReferralReceived?
        /// Other services that are in the guide, and the guide; looked up where offers are shown.
        var others: (matches: [GuideMatch], guide: Guide)?
        /// The programmes that take referrals today, or the one that was asked for.
        var programmes: [Programme]
        var last: LastReferral?
        /// The practice that the visitor works for; nil for those who are no practice.
        var ownPractice: String?

        var questions: ReferralQuestions { ReferralQuestions(programmes: programmes) }
        var fields: Fields { Fields(typed, problems) }
        var source: String { typed["source"] ?? last?.source ?? "" }

        /// Those that could take the person, or might.
        var possible: [Offer] { (offers ?? []).filter { $0.verdict != .notMet } }

        /// The service that is meant when none was chosen; nil when that must be asked.
        ///
        /// One programme's strands are told apart by its rules; between programmes only the one
        /// that this organisation referred to last is taken for granted.
        var usual: Offer? {
            let own = possible.first { $0.programme == last?.programme }
            if let own { return own }
            return Set(possible.map(\.programme)).count == 1 ? possible.first : nil
        }
    }

    private static func content(_ visit: Visit, _ typed: Form) async throws -> Content {
        var (open, last) = try await visit.goodwork.referring(by: visit.actor, on: visit.today)
        if let id = typed["programme"], let wanted = open.first(where: { $0.id == id }) {
            open = [wanted]
        } else if let usual = open.firstIndex(where: { $0.id == last?.programme }), usual > 0 {
            // The programme that this organisation uses comes first.
            open.insert(open.remove(at: usual), at: 0)
        }
        let own = ODSCode(visit.actor.organisation)
        return Content(
            typed: typed,
            programmes: open,
            last: last,
            ownPractice: own?.looksLikePractice == true ? own?.text : nil
        )
    }

    private static func show(_ visit: Visit) async throws -> Response {
        var typed = visit.typed
        if typed["programme"] == nil, let programme = visit.request.query["programme"] {
            typed.set("programme", programme)
        }
        var content = try await content(visit, typed)
        // Practices refer their own patients; another code can be written over it.
        if typed["gp_practice"] == nil { content.typed.set("gp_practice", content.ownPractice) }
        return page(visit, content)
    }

    private static func send(_ visit: Visit) async throws -> Response {
        let form = visit.request.form
        var content = try await content(visit, form.without(prefix: "_"))
        if form["change"] != nil { return try await answer(visit, content) }
        let read = ReferForm(form, content.programmes, on: visit.today)
        let isCheck = form["check"] != nil
        if isCheck || read.problems.isEmpty {
            content.said = read.referral
            content.offers = visit.goodwork.offers(
                for: read.referral,
                in: content.programmes,
                on: visit.today
            )
        }
        if isCheck {
            // What is still blank is no mistake yet.
            content.problems = read.problems.filter { problem in
                problem.field.map { form[$0] != nil } ?? true
            }
            return try await answer(visit, content)
        }
        content.problems = read.problems
        guard content.problems.isEmpty, let offer = chosen(form, &content) else {
            return try await answer(visit, content)
        }
        return try await refer(visit, read, to: offer, content)
    }

    /// The page, with what else is in the guide where it says who could take the person.
    private static func answer(_ visit: Visit, _ content: Content) async throws -> Response {
        guard let said = content.said else { return page(visit, content) }
        var content = content
        content.others = (
            try await visit.goodwork.guideMatches(said, on: visit.today),
            try await visit.goodwork.guide()
        )
        return page(visit, content)
    }

    /// The service that the person is referred to; nil, with a problem, when none can be.
    private static func chosen(_ form: Form, _ content: inout Content) -> Offer? {
        if content.possible.isEmpty {
            let says = "No service can take this person as described. See why below"
            content.problems.append(Problem("offers", says))
            return nil
        }
        if let wanted = form["service"] {
            if let offer = content.possible.first(where: { $0.id == wanted }) { return offer }
            content.problems.append(
                Problem("service", "That service cannot take this person. Choose another")
            )
            return nil
        }
        if let usual = content.usual { return usual }
        content.problems.append(Problem("service", "Choose a service"))
        return nil
    }

    private static func refer(
        _ visit: Visit,
        _ read: ReferForm,
        to offer: Offer,
        _ content: Content
    ) async throws -> Response {
        var content = content
        var new = read.new(
            to: offer,
            of: content.programmes,
            on: visit.today,
            anyway: visit.request.form["anyway"] != nil
        )
        new.referral.referrer = visit.actor.organisation
        do {
            let answer = try await visit.goodwork.refer(
                new,
                by: visit.actor,
                key: visit.formKey,
                seed: .random(in: .min ... .max)
            )
            switch answer {
            case .referred(let header, _):
                return .redirect(to: try await SentPage.path(for: header.id, visit))
            case .alreadyThere(let rows):
                content.typed.set("service", offer.id)
                return alreadyThere(visit, rows, content)
            }
        } catch let error as ServiceError where error.kind == .refused {
            content.problems = error.problems
            return try await answer(visit, content)
        } catch StoreError.keyReused {
            // The back button led to a form that was sent already, and it was changed.
            var again = visit
            again.request.form.set("_key", nil)
            content.problems = [
                Problem(
                    nil,
                    "This form was sent already, and that referral stands. "
                        + "To refer somebody else, check the answers and send them once more"
                )
            ]
            return try await answer(again, content)
        }
    }
}
