import Kernel
import Measures
import Store

/// How a table came to leave the case team.
package enum ReleaseKind: String, Sendable, CaseIterable {
    /// Somebody outside the case team looked at it for the first time.
    case look
    /// It was released, to the board or to everyone.
    case release
    /// It was taken away as a file.
    case export

    /// What it is called on pages.
    package var words: String {
        switch self {
        case .look: "Looked at"
        case .release: "Released"
        case .export: "Exported"
        }
    }
}

/// One line of the register, as it is shown: without its counts.
package struct Release: Sendable, Hashable {
    package var programme: String
    /// Whether it is a day's dashboards, not the programme's report.
    package var isDashboard: Bool
    package var grouping: Grouping?
    package var asAt: CivilDate
    package var audience: Audience
    package var kind: ReleaseKind
    package var purpose: String?
    package var at: Instant
    package var by: String
    package var hidden: Int
    package var figures: Int

    init?(_ stored: StoredRelease) {
        guard let audience = Audience(rawValue: stored.audience),
            let kind = ReleaseKind(rawValue: stored.kind)
        else { return nil }
        programme = stored.programme
        isDashboard = stored.report == Goodwork.dashboards
        grouping = stored.grouping.flatMap(Grouping.init)
        asAt = stored.asAt
        self.audience = audience
        self.kind = kind
        purpose = stored.purpose
        at = stored.at
        by = stored.by
        hidden = stored.hidden
        figures = stored.figures
    }
}

extension ReleasedTable {
    /// A line of the register with its counts.
    init(_ stored: StoredRelease) throws {
        guard let audience = Audience(rawValue: stored.audience),
            let cells = try JSONValue(parsing: stored.cells).array
        else { throw StoreError.damaged("the counts of a release cannot be read") }
        self.init(
            audience: audience,
            asAt: stored.asAt,
            grouping: stored.grouping.flatMap(Grouping.init),
            cells: try cells.map { try ReleasedCell($0) }
        )
    }
}

extension ReleasedCell {
    init(_ value: JSONValue) throws {
        guard let fields = value.array, fields.count == 5, let row = fields[0].string,
            let part = fields[1].string, let count = fields[3].int, let isHidden = fields[4].bool
        else { throw StoreError.damaged("a count of a release cannot be read") }
        self.init(
            name: CellName(row: row, part: part),
            group: fields[2].string,
            count: count,
            isHidden: isHidden
        )
    }

    /// The counts as JSON: for each its row, its part, its group, the count and whether it is hidden.
    static func text(_ cells: [ReleasedCell]) -> String {
        var writer = JSONWriter()
        writer.beginArray()
        for cell in cells {
            writer.beginArray()
            writer.string(cell.name.row)
            writer.string(cell.name.part)
            if let group = cell.group { writer.string(group) } else { writer.null() }
            writer.int(cell.count)
            writer.bool(cell.isHidden)
            writer.endArray()
        }
        writer.endArray()
        return writer.text
    }
}

extension Audience {
    /// Who may have figures of which nothing is kept back: the case team, and who runs it all.
    package static let caseTeam: Set<Role> = [.operator, .manager, .coach]

    /// Who a table is for when nothing else is asked.
    package static func usual(for actor: Actor) -> Audience {
        actor.roles.isDisjoint(with: caseTeam) ? .board : .operational
    }
}
