import Casework
import Kernel
import Programmes

@testable import Measures

/// People of a made-up year of WorkWell Manchester, most of them alike and some in small groups.
struct DashboardPeople {
    let programme: Programme
    private let everyone: [Facts]

    init(_ count: Int, seed: UInt64) throws {
        let name = "workwell-manchester"
        programme = try Programme(
            yaml: try repositoryFile("programmes/\(name).yaml"),
            file: "\(name).yaml"
        )
        var random = RandomGenerator(seed: seed)
        everyone = (1...count).map { Self.person($0, &random) }
    }

    /// The facts of those who were referred by a day.
    func table(asAt: CivilDate) -> FactTable {
        MeasuresTests.table(everyone.filter { ($0[.referred] ?? asAt) <= asAt })
    }

    /// The sheets of some days, each beside those before it.
    func sheets(_ days: [String], _ audience: Audience = .board) -> [FigureSheet] {
        var known: [ReleasedTable] = []
        return days.compactMap { sheet(day($0), audience, beside: &known) }
    }

    /// The sheet of a day beside others, which it joins.
    func sheet(
        _ asAt: CivilDate,
        _ audience: Audience = .board,
        by groupings: Set<Grouping> = [],
        beside known: inout [ReleasedTable]
    ) -> FigureSheet? {
        let sheet = FigureSheet.decide(
            programme: programme,
            table: table(asAt: asAt),
            asAt: asAt,
            groupings: groupings,
            control: DisclosureControl(audience: audience, released: known),
            latest: known.last { $0.asAt == asAt && $0.audience == audience }
        )
        if let sheet { known.append(sheet.released) }
        return sheet
    }

    private static func person(_ number: Int, _ random: inout RandomGenerator) -> Facts {
        func pick(_ codes: [String]) -> String { codes[random.below(codes.count)] }
        return facts(number) { facts in
            var on = day("2024-11-01").adding(days: random.below(240))
            for milestone in [
                Milestone.referred, .accepted, .firstContact, .assessed, .started, .planAgreed,
                .discharged,
            ] {
                facts[milestone] = on
                guard random.below(6) > 0 else { break }
                on = on.adding(days: 1 + random.below(20))
            }
            let strand = [0, 0, 0, 1, 1, 2][random.below(6)]
            facts[.strand] = ["msk", "be-well", "rmg"][strand]
            facts[.provider] =
                ["mft", pick(["big-life", "pathways-cic"]), "vcse-black-communities"][
                    strand
                ]
            facts[.area] = pick(["manchester", "manchester", "manchester", "trafford"])
            facts[.state] = pick(["started", "started", "closed", "engaged", "discharged"])
            let ethnic = ["white", "white", "white", "asian", "asian", "black", "mixed", ""]
            facts[.ethnicityGroup] = random.below(12) == 0 ? "other" : pick(ethnic)
            facts[.gender] = random.below(25) == 0 ? "non-binary" : pick(["female", "male"])
            facts[.ageBand] = pick(["16-24", "25-34", "35-49", "50-64"])
            facts[.condition] = pick(["msk", "msk", "mental-health", "mental-health", "other", ""])
            facts[.employmentStatus] = pick(["in-work", "in-work", "off-sick", "out-of-work", ""])
            facts[.clocks] = pick(["", "first-contact:met@2025-01-01"])
            if random.below(5) == 0 { facts[.outcomes] = "job@2025-03-03" }
        }
    }
}
