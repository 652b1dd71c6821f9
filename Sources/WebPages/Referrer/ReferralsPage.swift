import Application
import Casework
import HTML
import Kernel
import Store
import Web

/// What an account, or its organisation, referred, and what each referral waits for.
enum ReferralsPage {
    static let path = "/referrals"
    static let routes: [PageRoute] = [
        .get(path, .action(.listReferrals)) { try await show($0) }
    ]

    private static let pageRows = 50

    /// What the list shows: all of it stands in the address, and none of it is about a person.
    private struct Wanted: Sendable {
        var isAll: Bool
        var shelf: MyReferrals.Shelf?
        var page: Int

        init(_ query: Form) {
            isAll = query["whose"] == "all"
            shelf = query["show"].flatMap(MyReferrals.Shelf.init(rawValue:))
            page = query["page"].flatMap { Int($0) } ?? 1
        }

        func path(_ change: (inout Wanted) -> Void) -> String {
            var other = self
            other.page = 1
            change(&other)
            var query = Form()
            if other.isAll { query.add("whose", "all") }
            if let shelf = other.shelf { query.add("show", shelf.rawValue) }
            if other.page > 1 { query.add("page", String(other.page)) }
            return ReferralsPage.path + (query.isEmpty ? "" : "?" + URLEncoding.encode(query))
        }
    }

    private static func show(_ visit: Visit) async throws -> Response {
        let wanted = Wanted(visit.request.query)
        let all = try await visit.goodwork.referrals(ofAll: wanted.isAll, by: visit.actor)
        let kept = all.entries.filter { entry in
            wanted.shelf.map { entry.isOn($0) } ?? (entry.row.closedOn == nil)
        }
        // Whatever waits for the reader comes first.
        let ordered =
            kept.filter { $0.isOn(.needsMe) } + kept.filter { !$0.isOn(.needsMe) }
        let pages = max(1, (ordered.count + pageRows - 1) / pageRows)
        let page = min(max(1, wanted.page), pages)
        let entries = Array(ordered.dropFirst((page - 1) * pageRows).prefix(pageRows))
        let named = try await visit.goodwork.named(entries.map(\.row), by: visit.actor)
        return visit.page("My referrals", width: .full) {
            h1 { "My referrals" }
            whose(wanted)
            shelves(all, wanted)
            h2 { heading(wanted) }
            if entries.isEmpty {
                empty(wanted)
            } else {
                table(zip(entries, named).map { ($0, $1) }, heading(wanted), visit).html
            }
            pagination(page: page, of: pages) { number in wanted.path { $0.page = number } }
            linkButton("Refer a person", to: ReferPage.path)
        }
    }

    private static func whose(_ wanted: Wanted) -> HTML {
        nav(.aria("label", "Whose referrals")) {
            ul(.class("nhsuk-list gw-filters")) {
                for (words, isAll) in [("Mine", false), ("My organisation's", true)] {
                    li {
                        a(
                            .href(wanted.path { $0.isAll = isAll }),
                            wanted.isAll == isAll ? .aria("current", "page") : nil
                        ) { words }
                    }
                }
            }
        }
    }

    private static func shelves(_ all: MyReferrals, _ wanted: Wanted) -> HTML {
        tiles(
            MyReferrals.Shelf.allCases.map { shelf in
                Tile(
                    all.count(shelf),
                    words(shelf),
                    wanted.path { $0.shelf = shelf },
                    one: shelf == .needsMe ? "needs me" : nil,
                    isUrgent: shelf == .needsMe
                )
            },
            selected: wanted.shelf == nil ? nil : wanted.path { _ in }
        )
    }

    private static func words(_ shelf: MyReferrals.Shelf) -> String {
        switch shelf {
        case .needsMe: "need me"
        case .waiting: "waiting"
        case .support: "in support"
        case .closed: "closed"
        }
    }

    private static func heading(_ wanted: Wanted) -> String {
        switch wanted.shelf {
        case nil: "Open referrals"
        case .needsMe: "Referrals that need me"
        case .waiting: "Referrals waiting for first contact"
        case .support: "Referrals in support"
        case .closed: "Closed referrals"
        }
    }

    private static func empty(_ wanted: Wanted) -> HTML {
        p {
            switch wanted.shelf {
            case .needsMe: "Nothing waits for you."
            case .closed: "No referral has been closed yet."
            default: "There are none here. Refer a person, or look at another list above."
            }
        }
    }

    /// By when; once there has been contact, only where the person agreed that the referrer knows.
    private static func due(_ entry: MyReferrals.Entry, _ today: CivilDate) -> HTML {
        if entry.next?.dueOn == nil, entry.sight < .outcome, entry.step > .accepted {
            return HTML("Not shared")
        }
        return dueDay(entry.next?.dueOn, today: today)
    }

    private static func table(
        _ entries: [(MyReferrals.Entry, ListedRow)],
        _ caption: String,
        _ visit: Visit
    ) -> ListTable {
        var table = ListTable(
            caption,
            ["Person", "Service", "Next step", "Whose", "By", "State"],
            hidesCaption: true
        )
        table.rowHeading = 0
        for (entry, listed) in entries {
            let row = entry.row
            table.add(
                a(.href("/cases/\(row.header.id.text)/status")) {
                    listed.name ?? "Referral \(row.header.reference)"
                },
                HTML(row.provider.map(visit.names.organisation) ?? "Not placed yet"),
                HTML(entry.next?.says ?? "Nothing more"),
                HTML(entry.next?.owner(visit, provider: row.provider) ?? "Nobody"),
                entry.next == nil
                    ? HTML(row.closedOn.map { "Closed \($0.uk)" } ?? "")
                    : due(entry, visit.today),
                ReferralWords.tag(entry.step)
            )
        }
        return table
    }
}
