import Kernel

/// How many people are planned for each month, for the programme and for parts of it.
package struct TrajectoryRules: Sendable, Hashable {
    /// What counts a case in its month.
    package var counts: Milestone
    /// Wanted share by employment status over the whole programme, in whole percent.
    package var mix: [MixTarget]
    package var profiles: [Profile]

    package init(counts: Milestone = .started, mix: [MixTarget] = [], profiles: [Profile] = []) {
        self.counts = counts
        self.mix = mix
        self.profiles = profiles
    }
}

/// People planned month by month, in all or for one strand, provider or locality.
package struct Profile: Sendable, Hashable {
    /// Nil for all strands; the same holds for the other two.
    package var strand: String?
    package var provider: String?
    package var locality: String?
    package var months: [PlannedMonth]

    package init(
        strand: String? = nil,
        provider: String? = nil,
        locality: String? = nil,
        months: [PlannedMonth]
    ) {
        self.strand = strand
        self.provider = provider
        self.locality = locality
        self.months = months
    }
}

/// How many are planned to be counted in one month.
package struct PlannedMonth: Sendable, Hashable {
    package var month: CivilMonth
    package var people: Int

    package init(month: CivilMonth, people: Int) {
        self.month = month
        self.people = people
    }

    /// A number of people spread evenly over the days of a range, in whole people a month.
    ///
    /// What has been planned by the end of each month is rounded, halves up, so that the months add
    /// up to the whole.
    package static func spread(
        _ people: Int,
        from: CivilDate,
        to: CivilDate
    ) -> [PlannedMonth] {
        guard from <= to else { return [] }
        let days = to - from + 1
        var months: [PlannedMonth] = []
        var month = from.civilMonth
        var planned = 0
        while month.firstDay <= to {
            let passed = min(month.lastDay, to) - from + 1
            let due = (people * passed * 2 + days) / (days * 2)
            months.append(PlannedMonth(month: month, people: due - planned))
            planned = due
            month = month.next
        }
        return months
    }
}
