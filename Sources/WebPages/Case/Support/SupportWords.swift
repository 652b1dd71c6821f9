import Application
import Casework
import HTML
import Kernel
import Programmes

/// How the pages about support put codes, numbers and days.
enum SupportWords {
    /// What people read for an id: its name, or its words where the file no longer names it.
    static func name(_ id: String, among named: [Named]) -> String {
        named.first { $0.id == id }?.name ?? Words.capital(id)
    }

    static func status(_ code: String) -> String {
        EmploymentStatus(rawValue: code)?.name ?? Words.capital(code)
    }

    static let statuses = EmploymentStatus.allCases.map { Choice($0.rawValue, $0.name) }

    /// How long something has been overdue, in red and in words; nothing when it is not.
    static func overdue(_ day: CivilDate?, on today: CivilDate) -> HTML {
        guard let day, day < today else { return HTML() }
        return HTML(" ") + dueTag(day, today: today)
    }

    static func occasion(_ occasion: Occasion) -> String {
        switch occasion {
        case .baseline: "Baseline"
        case .review: "Review"
        case .exit: "Exit"
        case .tracking: "Tracking"
        }
    }
}

extension CaseFile {
    /// Why the event would be refused today; nil when it may be entered.
    func refusal(of body: EventBody) -> Refusal? {
        `case`.refusal(of: body, on: today, in: programme)
    }

    /// Whether the actor may enter the event and the case's state allows it.
    func offers(_ body: EventBody) -> Bool {
        may.contains(.changeCase) && takes(body.kind) && refusal(of: body) == nil
    }

    /// Whether the actor may enter something, the case is open, and there is somebody to help.
    var isOpenToChange: Bool { may.contains(.changeCase) && `case`.isOpen && !isErased }
}

/// Links that look like buttons, side by side; nothing where there are none.
func linkButtons(_ links: [(words: String, path: String)]) -> HTML {
    if links.isEmpty { return HTML() }
    return div(.class("nhsuk-button-group gw-no-print")) {
        for (place, link) in links.enumerated() {
            linkButton(link.words, to: link.path, isSecondary: place > 0)
        }
    }
}
