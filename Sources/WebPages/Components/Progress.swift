import HTML
import Kernel

/// The states of a case, those passed, the one it is in and those to come.
///
/// - Parameter states: in order; each before the current one is told as passed, so that one which
///   the case never reached does not belong there.
/// - Parameter days: the day on which each was reached, where that is known.
package func workflowBar(
    _ states: [String],
    current: String,
    days: [CivilDate?] = []
) -> HTML {
    let here = states.firstIndex(of: current)
    return ol(.class("gw-workflow"), .aria("label", "Progress")) {
        for (place, state) in states.enumerated() {
            let isPassed = here.map { place < $0 } == true
            let day = place < days.count ? days[place] : nil
            li(
                .class("gw-workflow__step" + (isPassed ? " gw-workflow__step--passed" : "")),
                place == here ? .aria("current", "step") : nil
            ) {
                span(.class("gw-workflow__words")) { state }
                if isPassed { span(.class("nhsuk-u-visually-hidden")) { ", passed" } }
                if let day { span(.class("gw-workflow__day")) { " " + day.uk } }
            }
        }
    }
}

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

/// The day by which something is due, with its tag where it has passed or is near.
package func dueDay(_ due: CivilDate?, today: CivilDate) -> HTML {
    guard let due else { return HTML("No date") }
    return HTML(due.uk) + (due - today > 1 ? HTML() : HTML(" ") + dueTag(due, today: today))
}

private func inDays(_ days: Int) -> String { days == 1 ? "1 day" : "\(days) days" }
