import Kernel
import Programmes
import Testing

@testable import Measures

/// What anyone who reads a dashboard knows of how its numbers hang together, written by hand so that it
/// does not come from the code that is tested.
struct DashboardAttack {
    /// Names of counts that add up to another, or that leave a rest of it which is not printed.
    struct Tie {
        var total: CellName
        var parts: [CellName]
        var hasRest = true
    }

    static func count(_ row: String) -> CellName { CellName(row: row, part: "count") }
    static func of(_ row: String) -> CellName { CellName(row: row, part: "of") }

    static let everyone = count("stages/referred")

    /// All but what depends on a programme's own clocks, outcomes and measures.
    static var ties: [Tie] {
        var ties: [Tie] = []
        let stages = ["accepted", "engaged", "assessed", "started", "plan", "discharged"]
        for stage in stages { ties.append(Tie(total: everyone, parts: [count("stages/\(stage)")])) }
        let equal = [
            (count("stages/started"), count("trajectory")),
            (count("stages/started"), count("months/started")),
            (everyone, count("months/referred")), (everyone, of("stages/started")),
            (everyone, of("quality/gender")), (everyone, of("equity/started")),
            (count("stages/started"), count("equity/started")),
        ]
        for (one, other) in equal { ties.append(Tie(total: one, parts: [other], hasRest: false)) }
        ties.append(Tie(total: count("trajectory"), parts: [count("trajectory/weeks")]))
        let known = of("trajectory/status")
        let unknown = CellName(row: "trajectory/status", part: "not known")
        ties.append(Tie(total: count("trajectory"), parts: [known, unknown], hasRest: false))
        let statuses = ["in-work+off-sick", "out-of-work"].map { count("trajectory/status/\($0)") }
        ties.append(Tie(total: known, parts: statuses))
        let open = of("caseload/started")
        ties.append(Tie(total: everyone, parts: [open]))
        let states = ["referred", "accepted", "engaged", "started", "discharged", "tracking"]
        ties.append(Tie(total: open, parts: states.map { count("caseload/\($0)") }))
        for part in ["no-coach", "risk"] {
            ties.append(Tie(total: open, parts: [count("caseload/\(part)")]))
        }
        for field in ["ethnicity_group", "gender", "age_band", "condition"] {
            ties.append(Tie(total: everyone, parts: [count("quality/\(field)")]))
        }
        ties.append(Tie(total: of("equity/started"), parts: [count("equity/started")]))
        return ties + reportTies
    }

    /// Rows of the report of WorkWell Manchester, which the same sheet shows.
    private static var reportTies: [Tie] {
        func row(_ label: String) -> CellName { count("report/\(label)") }
        let participants = row("Participants")
        let equal = [
            (row("Referrals"), everyone), (row("Engaged"), count("stages/engaged")),
            (participants, count("stages/started")),
            (row("Participants in work"), count("trajectory/status/in-work+off-sick")),
        ]
        var ties = equal.map { Tie(total: $0, parts: [$1], hasRest: false) }
        let nested: [(CellName, [String])] = [
            (
                participants,
                [
                    "Participants in MSK pathways", "Participants in Be Well",
                    "Participants from racially minoritised groups' strand",
                ]
            ),
            (participants, ["Participants in work", "Participants out of work"]),
            (row("Participants in MSK pathways"), ["Participants in MSK pathways from Trafford"]),
            (participants, ["Plans to thrive in work", "Plans to move into work"]),
        ]
        for (total, parts) in nested { ties.append(Tie(total: total, parts: parts.map(row))) }
        let minority = "Be Well participants from racially minoritised communities"
        let known = of("report/\(minority)")
        ties.append(Tie(total: row("Participants in Be Well"), parts: [known]))
        ties.append(Tie(total: known, parts: [row(minority)]))
        let two = ["Be Well: Black or Black British", "Be Well: Asian or Asian British"]
        ties.append(Tie(total: row(minority), parts: two.map(row)))
        return ties
    }

    /// Rows that are the column of a strand of another row.
    private static let rowsOfStrands = [
        ("Participants in MSK pathways", "msk"), ("Participants in Be Well", "be-well"),
        ("Participants from racially minoritised groups' strand", "rmg"),
    ]

    /// Which columns add up to the whole: the start of their names.
    static let columns = [
        "strand=", "gender=", "ethnicity_group=", "age_band=", "condition=", "started=",
        "referred=", "provider=",
    ]

    private var places: [CellName: [String: Int]] = [:]
    private var system = CountSystem(cells: [], sums: [])

    /// The releases as one problem for whoever attacks them.
    static func problem(_ tables: [ReleasedTable], attacksMax: Int) -> RandomTables.Case {
        var attack = DashboardAttack()
        let wanted = Set(ties.flatMap { [$0.total] + $0.parts })
        for cell in tables.flatMap(\.named) where wanted.contains(cell.name) {
            let group = cell.column
            guard attack.places[cell.name]?[group] == nil else { continue }
            attack.places[cell.name, default: [:]][group] = attack.system.cells.count
            attack.system.cells.append(.init(prints: 1))
        }
        var releases = tables.map { table in
            attack.release(table)
        }
        attack.tie(&releases)
        return RandomTables.Case(
            system: attack.system,
            releases: releases,
            attacksMax: attacksMax
        )
    }

    private func release(_ table: ReleasedTable) -> CountRelease {
        let index = SheetIndex(table)
        var found: [Int: ReleasedCell?] = [:]
        for (name, groups) in places {
            for (group, place) in groups {
                found[place] = index.count(index.lines([name]), group)
            }
        }
        var release = CountRelease(method: table.audience.method ?? .below5, values: [])
        for place in system.cells.indices { release.append(found[place] ?? nil) }
        return release
    }

    private mutating func tie(_ releases: inout [CountRelease]) {
        for groups in places.values.sorted(by: { ($0[""] ?? 0) < ($1[""] ?? 0) }) {
            guard let total = groups[""] else { continue }
            for start in Self.columns {
                let parts = groups.filter { $0.key.hasPrefix(start) }.map(\.value).sorted()
                // Cases of no strand are in no column.
                if !parts.isEmpty { add(total, parts, hasRest: start == "strand=", &releases) }
            }
        }
        for (row, strand) in Self.rowsOfStrands {
            let started = places[Self.count("stages/started")]?["strand=\(strand)"]
            guard let total = places[Self.count("report/\(row)")]?[""], let started else {
                continue
            }
            add(total, [started], hasRest: false, &releases)
        }
        for tie in Self.ties {
            for (group, total) in (places[tie.total] ?? [:]).sorted(by: { $0.key < $1.key }) {
                let parts = tie.parts.compactMap { places[$0]?[group] }
                guard parts.count == tie.parts.count else { continue }
                add(total, parts, hasRest: tie.hasRest, &releases)
            }
        }
    }

    private mutating func add(
        _ total: Int,
        _ parts: [Int],
        hasRest: Bool,
        _ releases: inout [CountRelease]
    ) {
        guard hasRest else { return system.sums.append(.init(total: total, parts: parts)) }
        system.sums.append(.init(total: total, parts: parts + [system.cells.count]))
        system.cells.append(.init(prints: 0))
        for place in releases.indices {
            let rest = parts.reduce(releases[place].values[total]) { rest, part in
                guard let rest, let value = releases[place].values[part] else { return nil }
                return rest - value
            }
            releases[place].append(rest)
        }
    }
}
