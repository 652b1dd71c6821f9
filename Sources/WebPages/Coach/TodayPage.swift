import Application
import Casework
import HTML
import Kernel
import Programmes
import Store
import Web

/// A coach's work, the overdue first.
enum TodayPage {
    /// Days ahead that are shown.
    private static let days = 7

    static func show(_ visit: Visit) async throws -> Response {
        let today = visit.today
        let (work, later) = try await visit.goodwork.worklist(
            until: today.adding(days: days),
            by: visit.actor
        )
        // Appointments of one day stand in the order of their times, which their words begin with.
        let lines = work.sorted { ($0.item.dueOn, $0.item.says) < ($1.item.dueOn, $1.item.says) }
        let rules = try await visit.goodwork.rules(ofCases: lines.map(\.listed.row.header))
        let shown = visit.request.query["show"].flatMap(Part.init(rawValue:))
        return visit.page("Today", width: .full) {
            h1 { "Today" }
            p { today.uk }
            tiles(
                Part.allCases.map { part in
                    Tile(
                        lines.count { part.holds($0.item, today) },
                        part.words,
                        part.path,
                        one: part.one,
                        isUrgent: part == .overdue || part == .risks
                    )
                },
                selected: shown?.path
            )
            if shown != nil { p { a(.href("/today")) { "Show everything" } } }
            for part in shown.map({ [$0] }) ?? Part.allCases.filter(\.isSection) {
                let held = lines.filter { part.holds($0.item, today) }
                list(part, held, rules, visit)
                if part == shown, held.isEmpty { inset { p { "None: \(part.words)." } } }
            }
            if shown == nil, lines.isEmpty { nothing(later, visit) }
            if later > 0 {
                p {
                    "\(CaseWords.count(later, "more step")) due after that: see "
                    a(.href("/caseload")) { "your caseload" }
                    "."
                }
            }
        }
    }

    /// The parts of the page, which are also its tiles.
    enum Part: String, CaseIterable {
        case overdue, today, week, appointments, risks

        var words: String {
            switch self {
            case .overdue: "overdue"
            case .today: "due today"
            case .week: "in the next 7 days"
            case .appointments: "appointments today"
            case .risks: "open risks"
            }
        }

        /// The words of a tile that counts one.
        var one: String? {
            switch self {
            case .appointments: "appointment today"
            case .risks: "open risk"
            case .overdue, .today, .week: nil
            }
        }

        var path: String { "/today?show=\(rawValue)" }

        /// Whether it stands on the page that shows everything; the others repeat lines of these.
        var isSection: Bool { self != .appointments && self != .risks }

        func holds(_ item: WorkItem, _ today: CivilDate) -> Bool {
            switch self {
            case .overdue: item.dueOn < today
            case .today: item.dueOn == today
            case .week: item.dueOn > today
            case .appointments: item.kind == .appointment && item.dueOn == today
            case .risks: item.kind == .risk
            }
        }
    }

    private static func list(
        _ part: Part,
        _ lines: [WorkLine],
        _ rules: [RulesKey: Programme],
        _ visit: Visit
    ) -> HTML {
        if lines.isEmpty { return HTML() }
        var table = ListTable(
            Words.capital(part.words),
            ["Due", "What", "Whose case", "Do it"],
            hidesCaption: true
        )
        table.rowHeading = 2
        table.endsInActs = true
        for line in lines {
            let header = line.listed.row.header
            let step = SettlingStep(line.item, of: header.id, rules: rules[RulesKey(header)], visit)
            let waiting = CaseWords.waiting(for: line.item.owner, visit.names)
            table.add(
                dueDay(line.item.dueOn, today: visit.today),
                HTML(line.item.says + (waiting.map { " (\($0))" } ?? "")),
                CaseLink.html(line.listed),
                a(.href(step.path)) {
                    step.words
                    span(.class("nhsuk-u-visually-hidden")) { " for case \(header.reference)" }
                }
            )
        }
        return section(.id(part.rawValue), .aria("labelledby", "\(part.rawValue)-title")) {
            h2(.id("\(part.rawValue)-title")) { Words.capital(part.words) }
            table.html
        }
    }

    private static func nothing(_ later: Int, _ visit: Visit) -> HTML {
        inset {
            if later > 0 {
                p { "Nothing is overdue, and nothing is due in the next 7 days." }
            } else if visit.may(.listQueue) {
                p {
                    "You hold no cases yourself. Your team's work is on "
                    a(.href("/team")) { "the team page" }
                    "."
                }
            } else {
                p {
                    "You hold no open cases yet. Your manager gives them to you. "
                    "You can also "
                    a(.href("/refer")) { "refer somebody" }
                    "."
                }
            }
        }
    }
}

/// A case in a list: the person's name where it may be seen, and the reference.
enum CaseLink {
    static func html(_ listed: ListedRow) -> HTML {
        let header = listed.row.header
        return a(.href("/cases/\(header.id.text)")) { listed.name ?? "Case \(header.reference)" }
            + HTML(listed.name == nil ? "" : " (\(header.reference))")
    }
}
