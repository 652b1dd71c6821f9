import Kernel
import Programmes

extension Trajectory {
    /// What a trajectory is set apart by.
    package enum By: String, Sendable, CaseIterable {
        case strand
        case provider
        case locality

        var grouping: Grouping {
            switch self {
            case .strand: .strand
            case .provider: .provider
            case .locality: .locality
            }
        }
    }

    /// A programme's trajectory, or that of a part of it, and those of its parts.
    ///
    /// The whole comes first. A part that is planned but has no cases is there too, and so are cases
    /// of no part, so that the parts add up.
    package static func evaluate(
        programme: Programme,
        table: FactTable,
        asAt: CivilDate,
        part: ProgrammePart = ProgrammePart(),
        by: By? = nil
    ) -> [Trajectory] {
        var plan = Plan(table, asAt: asAt, populations: programme.populations)
        let planned = PlannedTrajectory(part, in: &plan, of: programme)
        let scale = by?.grouping.scale(of: table, programme) ?? .whole
        var seen: Set<Tally> = []
        let result = TallyRun(
            plan,
            planned.tallies.filter { seen.insert($0).inserted },
            by: scale,
            calendar: .englandAndWales
        )
        .result()
        var found = [planned.made(result, programme, asAt: asAt)]
        guard let by else { return found }
        for key in keys(by, programme, scale) {
            let group = scale.groups.firstIndex { $0.key == key }
            let inner = part.with(by, key == ReportGroup.notKnown.key ? "" : key)
            let label = group.map { scale.groups[$0].label }
            let one = Trajectory(
                inner,
                name: label ?? by.grouping.label(of: key, programme),
                programme,
                group.map { planned.counted(result, group: $0) } ?? Counted(),
                asAt: asAt,
                counts: planned.counts
            )
            if one.actual > 0 || one.target != nil { found.append(one) }
        }
        return found
    }

    /// What was counted of one part.
    struct Counted {
        var days: [(day: CivilDate, count: Int)] = []
        var all = 0
        var statuses: [String: Int] = [:]
    }

    /// Parts that the programme names, then others that have cases, then cases of none.
    private static func keys(_ by: By, _ programme: Programme, _ scale: GroupScale) -> [String] {
        var keys: [String] =
            switch by {
            case .strand: programme.strands.map(\.id)
            case .provider: programme.strands.map(\.provider)
            case .locality: programme.strands.flatMap { $0.localities.map(\.id) }
            }
        keys += (programme.trajectory?.profiles ?? []).compactMap { profile in
            switch by {
            case .strand: profile.strand
            case .provider: profile.provider
            case .locality: profile.locality
            }
        }
        keys += scale.groups.map(\.key)
        var seen: Set<String> = []
        return keys.filter { seen.insert($0).inserted }
    }
}

extension ProgrammePart {
    fileprivate func with(_ by: Trajectory.By, _ key: String) -> ProgrammePart {
        var part = self
        switch by {
        case .strand: part.strand = key
        case .provider: part.provider = key
        case .locality: part.locality = key
        }
        return part
    }
}
