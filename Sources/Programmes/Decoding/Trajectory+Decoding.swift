import Kernel

/// What is planned for each month.
extension ProgrammeFile {
    static func trajectory(_ place: Place?, runs: DateRange?) -> TrajectoryRules? {
        place?.read("trajectory") { reader in
            let counts = reader.optional("counts")?.milestone()
            let mix = reader.optional("mix").map(mix) ?? []
            var profiles: [Profile] = []
            for item in reader.list("profiles") {
                guard let profile = item.read("profile", { profile($0, runs: runs) }) else {
                    continue
                }
                let isThere = profiles.contains {
                    $0.strand == profile.strand && $0.provider == profile.provider
                        && $0.locality == profile.locality
                }
                if isThere {
                    item.fault("there is a profile for the same already", expected: "each once")
                }
                profiles.append(profile)
            }
            return TrajectoryRules(counts: counts ?? .started, mix: mix, profiles: profiles)
        }
    }

    private static func profile(_ reader: MappingReader, runs: DateRange?) -> Profile? {
        let strand = reader.optional("strand")?.use(.strand)
        let provider = reader.optional("provider")?.use(.provider)
        let locality = reader.optional("locality")?.id()
        let dates = reader.dateRange()
        guard let (key, value) = reader.exactlyOne(["months", "total"]) else { return nil }
        let months: [PlannedMonth]?
        if key == "months" {
            months = plannedMonths(value)
        } else {
            months = value.whole(0...Place.large).flatMap { total in
                // Dates that could not be read have been told of already.
                guard let runs, let dates else { return nil }
                let from = dates.from ?? runs.from
                guard let from, let to = dates.to ?? runs.to else {
                    value.fault(
                        "a total without an end",
                        expected: "`to`, or a programme that ends"
                    )
                    return nil
                }
                return PlannedMonth.spread(total, from: from, to: to)
            }
        }
        guard let months else { return nil }
        return Profile(strand: strand, provider: provider, locality: locality, months: months)
    }

    private static func plannedMonths(_ place: Place) -> [PlannedMonth] {
        if place.isEmptyMapping {
            place.fault("no month is given", expected: "a month and people, such as 2024-10: 40")
        }
        var months: [PlannedMonth] = []
        for (key, value) in place.entries() {
            guard let month = key.month(), let people = value.whole(0...Place.large) else {
                continue
            }
            if let last = months.last?.month, month <= last {
                key.fault("\(month.iso) is not after \(last.iso)", expected: "months in order")
            }
            months.append(PlannedMonth(month: month, people: people))
        }
        return months
    }
}

extension Place {
    /// A month of the calendar.
    fileprivate func month() -> CivilMonth? {
        let expected = "a month, such as 2024-10"
        guard let text = text(expected: expected) else { return nil }
        guard let month = CivilMonth(iso: text) else {
            fault("`\(text)` is not a month", expected: expected)
            return nil
        }
        return month
    }
}
