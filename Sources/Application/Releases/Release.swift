import Kernel
import Measures
import Programmes
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
    /// Whether it is all of a day for a board, not one table of the report.
    package var isSheet: Bool
    /// What the report that was asked for sets apart by.
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
        isSheet = stored.report == Goodwork.sheets
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

extension StoredRelease {
    /// A sheet as it is entered in the register; its kind is an export until another is said.
    init(
        _ sheet: FigureSheet,
        at position: Int,
        of programme: Programme,
        knownAt: Instant,
        by actor: Actor
    ) {
        let table = sheet.released
        let asked = SheetQuestion(
            asAt: table.asAt,
            audience: table.audience
        )
        self.init(
            id: "\(programme.id)-\(position)",
            position: position,
            programme: programme.id,
            programmeVersion: programme.version,
            report: asked.report,
            grouping: nil,
            asAt: table.asAt,
            knownAt: knownAt,
            audience: table.audience.rawValue,
            kind: ReleaseKind.export.rawValue,
            purpose: nil,
            at: knownAt,
            by: actor.user,
            organisation: actor.organisation,
            hidden: sheet.hidden.hidden,
            figures: sheet.hidden.figures,
            cells: table.text
        )
    }
}

extension ReleasedTable {
    /// A line of the register with its counts.
    init(_ stored: StoredRelease) throws {
        let value = try JSONValue(parsing: stored.cells)
        guard let audience = Audience(rawValue: stored.audience),
            let groupings = value["groupings"]?.array, let lines = value["lines"]?.array,
            let columns = value["columns"]?.array
        else { throw StoreError.damaged("the counts of a release cannot be read") }
        var cells: [ReleasedCell] = []
        for column in columns {
            guard let name = column["name"]?.string, let counts = column["counts"]?.array else {
                throw StoreError.damaged("a column of a release cannot be read")
            }
            cells += try counts.map { try ReleasedCell($0, in: name) }
        }
        self.init(
            audience: audience,
            asAt: stored.asAt,
            groupings: Set(groupings.compactMap { $0.string.flatMap(Grouping.init) }),
            lines: lines.map { names in
                (names.array ?? []).compactMap { name in
                    guard let fields = name.array, fields.count == 2, let row = fields[0].string,
                        let part = fields[1].string
                    else { return nil }
                    return CellName(row: row, part: part)
                }
            },
            cells: cells
        )
    }

    /// The counts as JSON: what each line is called, and in each column the lines with their counts and
    /// whether they are hidden, and withheld.
    var text: String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("groupings")
        writer.beginArray()
        for grouping in groupings.map(\.rawValue).sorted() { writer.string(grouping) }
        writer.endArray()
        writer.key("lines")
        writer.beginArray()
        for names in lines {
            writer.beginArray()
            for name in names {
                writer.beginArray()
                writer.string(name.row)
                writer.string(name.part)
                writer.endArray()
            }
            writer.endArray()
        }
        writer.endArray()
        writer.key("columns")
        writer.beginArray()
        for (name, counts) in Dictionary(grouping: cells, by: \.column)
            .sorted(by: { $0.key < $1.key })
        {
            writer.beginObject()
            writer.key("name")
            writer.string(name)
            writer.key("counts")
            writer.beginArray()
            for cell in counts {
                writer.beginArray()
                writer.int(cell.line)
                writer.int(cell.count)
                writer.bool(cell.isHidden)
                if cell.isWithheld { writer.bool(true) }
                writer.endArray()
            }
            writer.endArray()
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.text
    }
}

extension ReleasedCell {
    fileprivate init(_ value: JSONValue, in column: String) throws {
        guard let fields = value.array, fields.count >= 3, let line = fields[0].int,
            let count = fields[1].int, let isHidden = fields[2].bool
        else { throw StoreError.damaged("a count of a release cannot be read") }
        self.init(
            line: line,
            column: column,
            count: count,
            isHidden: isHidden,
            isWithheld: fields.count > 3
        )
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
