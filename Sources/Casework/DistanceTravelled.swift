import Kernel
import Programmes

/// How far somebody has come, by what they were asked at first and asked again.
package struct DistanceTravelled: Sendable, Hashable {
    /// One score, or one item that is read by itself, then and now.
    package struct Change: Sendable, Hashable {
        package var instrument: String
        package var name: String
        /// The item, where the instrument has no score of its own.
        package var item: String?
        package var before: Int
        package var beforeOn: CivilDate
        package var now: Int
        package var nowOn: CivilDate
        /// The occasion of the later score.
        package var occasion: Occasion
        /// nil when nothing has changed.
        package var isBetter: Bool?

        package var difference: Int { now - before }
    }

    package var changes: [Change]
    /// `EmploymentStatus` at referral.
    package var statusThen: String?
    /// `EmploymentStatus` recorded last.
    package var statusNow: String?
}

extension Case {
    /// Each instrument with a baseline and a later answer: the last of either.
    package func distanceTravelled(in programme: Programme) -> DistanceTravelled {
        DistanceTravelled(
            changes: programme.instruments.flatMap(changes),
            statusThen: referral?.employmentStatus,
            statusNow: employmentStatus
        )
    }

    private func changes(of instrument: Instrument) -> [DistanceTravelled.Change] {
        let taken = readings.filter { $0.instrument == instrument.id }
        if instrument.score != nil {
            let change = change(of: instrument, item: nil, taken.map { ($0, $0.score) })
            return change.map { [$0] } ?? []
        }
        return instrument.items.filter { !$0.scores.isEmpty }.compactMap { item in
            change(
                of: instrument,
                item: item,
                taken.map { ($0, $0.answers[item.id].flatMap(item.score)) }
            )
        }
    }

    private func change(
        of instrument: Instrument,
        item: Question?,
        _ taken: [(reading: MeasureReading, value: Int?)]
    ) -> DistanceTravelled.Change? {
        let known = taken.filter { $0.value != nil }
        guard let first = known.lastIndex(where: { $0.reading.occasion == .baseline }),
            let last = known.lastIndex(where: { $0.reading.occasion != .baseline }), last > first,
            let before = known[first].value, let now = known[last].value
        else { return nil }
        let lowerIsBetter = item?.lowerIsBetter ?? instrument.lowerIsBetter
        return DistanceTravelled.Change(
            instrument: instrument.id,
            name: item?.question ?? instrument.name,
            item: item?.id,
            before: before,
            beforeOn: known[first].reading.takenOn,
            now: now,
            nowOn: known[last].reading.takenOn,
            occasion: known[last].reading.occasion,
            isBetter: now == before ? nil : (now < before) == lowerIsBetter
        )
    }
}
