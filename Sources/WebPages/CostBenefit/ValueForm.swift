import CostBenefit
import HTML
import Kernel
import Web

/// The assumptions as a form: each with where it is from, in groups that open.
struct ValueForm {
    private let visit: Visit
    private let found: Valuation
    private let problems: [Problem]
    private let fields: Fields

    init(_ visit: Visit, _ found: Valuation, _ problems: [Problem]) {
        self.visit = visit
        self.found = found
        self.problems = problems
        fields = Fields(visit.request.query, problems)
    }

    var html: HTML {
        let path = ValuePages.path(found.appraisal.programme)
        return section(.id("assumptions"), .class("gw-no-print")) {
            h2 { "Assumptions" }
            p {
                "Each number can be put at another value. What you change is reckoned with and kept "
                "nowhere; the address of the page holds it, so that it can be passed on."
            }
            form(.method("get"), .action(path), .flag("novalidate")) {
                if ValuePages.mayChooseDay(visit) {
                    fields.text(
                        "as-at",
                        "As at",
                        hint: "For example 31/3/2025",
                        or: found.basis.asAt.uk,
                        width: 10
                    )
                }
                for group in groups { opening(group) }
                submit("Reckon again")
            }
            if !found.appraisal.changes.isEmpty {
                p { a(.href(path)) { "Go back to what the file says" } }
            }
        }
    }

    // MARK: - Groups

    private struct Group {
        var title: String
        var assumptions: [Assumption]
    }

    private var groups: [Group] {
        let all = found.appraisal.assumptions
        func begins(_ words: String...) -> [Assumption] {
            all.filter { one in words.contains { one.id.hasPrefix($0) } }
        }
        var groups = [Group(title: "Costs", assumptions: begins("cost."))]
        for outcome in found.appraisal.outcomes {
            groups.append(Group(title: outcome.name, assumptions: begins("\(outcome.id).")))
        }
        groups.append(Group(title: "What one of each is worth", assumptions: begins("value.")))
        let rates = begins("discount", "inflation")
        groups.append(Group(title: "Years and prices", assumptions: rates))
        return groups.filter { !$0.assumptions.isEmpty }
    }

    private func opening(_ group: Group) -> HTML {
        let faulty = Set(problems.compactMap(\.field))
        let isOpen = group.assumptions.contains { $0.isChanged || faulty.contains($0.id) }
        return details(.class("nhsuk-details"), .flag("open", if: isOpen)) {
            summary(.class("nhsuk-details__summary")) {
                span(.class("nhsuk-details__summary-text")) { group.title }
            }
            div(.class("nhsuk-details__text")) {
                for one in group.assumptions { field(one) }
            }
        }
    }

    private func field(_ one: Assumption) -> HTML {
        fields.text(
            one.id,
            one.name + unit(one),
            hint: hint(one),
            or: one.value.map(one.unit.typed),
            width: 10,
            inputmode: "decimal"
        )
    }

    private func unit(_ one: Assumption) -> String {
        switch one.unit {
        case .percent: " (percent)"
        case .pounds: " (pounds)"
        case .years: " (years)"
        case .count: ""
        }
    }

    private func hint(_ one: Assumption) -> String {
        var says = found.basis(of: one)
        if says.last != "." { says += "." }
        if one.value == nil {
            says += " It is \(found.shown(one)). Leave this blank to reckon with it."
        }
        if let low = one.low, let high = one.high {
            says += " Between \(one.unit.text(low)) and \(one.unit.text(high))."
        }
        return says
    }
}
