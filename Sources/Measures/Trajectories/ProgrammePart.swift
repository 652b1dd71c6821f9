import Kernel
import Programmes

/// A programme, or a part of it: one strand, one provider, one locality, or where they meet.
package struct ProgrammePart: Sendable, Hashable {
    package var strand: String?
    package var provider: String?
    package var locality: String?

    package init(strand: String? = nil, provider: String? = nil, locality: String? = nil) {
        self.strand = strand
        self.provider = provider
        self.locality = locality
    }

    /// The cases of the part.
    package var population: Population {
        let parts: [(CodeField, String?)] = [
            (.strand, strand), (.provider, provider), (.area, locality),
        ]
        let asked = parts.compactMap { field, id in id.map { Population.code(field, [$0]) } }
        return asked.isEmpty ? .everyone : .all(asked)
    }

    /// What the part is called: its names with commas between, or that of the programme.
    package func name(in programme: Programme) -> String {
        let names = [
            strand.map { Grouping.strand.label(of: $0, programme) },
            provider.map { Grouping.provider.label(of: $0, programme) },
            locality.map { Grouping.locality.label(of: $0, programme) },
        ]
        .compactMap { $0 }
        return names.isEmpty ? programme.name : names.joined(separator: ", ")
    }

    /// What is planned for the part month by month; nil if nothing is said.
    package func profile(in programme: Programme) -> [PlannedMonth]? {
        let written = programme.trajectory?.profiles.first {
            $0.strand == strand && $0.provider == provider && $0.locality == locality
        }
        if let written { return written.months }
        switch (strand, provider, locality) {
        case (let id?, nil, nil):
            guard let strand = programme.strand(id) else { return nil }
            return strand.target.flatMap { strand.spread($0, programme) }
        case (let id?, nil, let place?):
            guard let strand = programme.strand(id) else { return nil }
            let target = strand.localities.first { $0.id == place }?.target
            return target.flatMap { strand.spread($0, programme) }
        case (nil, let provider?, nil):
            let strands = programme.strands.filter { $0.provider == provider }
            return added(strands.map { ProgrammePart(strand: $0.id).profile(in: programme) })
        case (nil, nil, let place?):
            let parts = programme.strands.map { ProgrammePart(strand: $0.id, locality: place) }
            return added(parts.map { $0.profile(in: programme) })
        case (nil, nil, nil):
            let strands = programme.strands.map {
                ProgrammePart(strand: $0.id).profile(in: programme)
            }
            if let all = added(strands) { return all }
            guard let target = programme.targets.first(where: { $0.id == "participants" })?.value,
                let from = programme.runs.from, let to = programme.runs.to
            else { return nil }
            return PlannedMonth.spread(target, from: from, to: to)
        default:
            return nil
        }
    }

    /// The wanted mix of the part; empty if none is said.
    package func mix(in programme: Programme) -> [MixTarget] {
        if let strand { return programme.strand(strand)?.mix ?? [] }
        if let mix = programme.trajectory?.mix, !mix.isEmpty { return mix }
        let mixes = Set(programme.strands.map(\.mix))
        return mixes.count == 1 ? mixes.first ?? [] : []
    }

    /// Profiles month by month added up; nil if there are none.
    private func added(_ profiles: [[PlannedMonth]?]) -> [PlannedMonth]? {
        let known = profiles.compactMap { $0 }
        guard !known.isEmpty else { return nil }
        var people: [CivilMonth: Int] = [:]
        for planned in known.flatMap({ $0 }) { people[planned.month, default: 0] += planned.people }
        return people.sorted { $0.key < $1.key }.map {
            PlannedMonth(month: $0.key, people: $0.value)
        }
    }
}

extension Programme {
    fileprivate func strand(_ id: String) -> Strand? { strands.first { $0.id == id } }
}

extension Strand {
    /// People spread evenly over the days on which the strand runs; nil if it has no end.
    fileprivate func spread(_ people: Int, _ programme: Programme) -> [PlannedMonth]? {
        guard let from = runs.from ?? programme.runs.from, let to = runs.to ?? programme.runs.to
        else { return nil }
        return PlannedMonth.spread(people, from: from, to: to)
    }
}
