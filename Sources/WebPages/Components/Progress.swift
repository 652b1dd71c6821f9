import HTML
import Kernel

/// The states that a case passes through, and where it stands.
///
/// States before the current one are shown as passed; a current one that is not among them marks
/// none.
package func workflowBar(_ states: [String], current: String) -> HTML {
    let here = states.firstIndex(of: current)
    return ol(.class("gw-workflow"), .aria("label", "Progress")) {
        for (place, state) in states.enumerated() {
            li(
                .class("gw-workflow__step" + (here.map { place < $0 } == true ? passed : "")),
                place == here ? .aria("current", "step") : nil
            ) {
                state
                if here.map({ place < $0 }) == true {
                    span(.class("nhsuk-u-visually-hidden")) { ", passed" }
                }
            }
        }
    }
}

private let passed = " gw-workflow__step--passed"

/// When something is due, as a tag: overdue in red and with the word.
package func dueTag(_ due: CivilDate, today: CivilDate) -> HTML {
    let days = due - today
    switch days {
    case ..<0: return tag("overdue by \(inDays(-days))", .red)
    case 0: return tag("today", .yellow)
    case 1: return tag("tomorrow", .grey)
    default: return tag("in \(inDays(days))", .grey)
    }
}

private func inDays(_ days: Int) -> String { days == 1 ? "1 day" : "\(days) days" }

/// Links to the parts of one place, such as today's and this week's work.
package func tabs(
    _ label: String,
    _ links: [(words: String, path: String)],
    current: String
) -> HTML {
    nav(.class("gw-tabs"), .aria("label", label)) {
        ul(.class("gw-tabs__list")) {
            for link in links {
                li(.class("gw-tabs__item")) {
                    a(
                        .class("gw-tabs__link"),
                        .href(link.path),
                        link.path == current ? .aria("current", "page") : nil
                    ) { link.words }
                }
            }
        }
    }
}
