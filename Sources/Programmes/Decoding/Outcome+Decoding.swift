import Kernel

/// Job outcomes.
extension ProgrammeFile {
    static func outcome(_ place: Place) -> OutcomeRule? {
        place.read("outcome") { reader in
            let id = reader.required("id")?.define(.outcome)
            let name = reader.name(or: id)
            let kinds = reader.optional("kinds")?.list().compactMap { $0.word(JobWords.kinds) }
            let hours = reader.optional("hours_min")?.whole(0...168)
            let days = reader.optional("within_days")?.whole(1...10_000)
            let test = reader.exactlyOne(["started", "sustained", "cumulative_days", "earnings"])
                .flatMap { Self.test($0.key, $0.value) }
            guard let id, let name, let test else { return nil }
            return OutcomeRule(
                id: id,
                name: name,
                test: test,
                hoursMin: hours ?? 0,
                kinds: kinds ?? ["job"],
                withinDays: days
            )
        }
    }

    private static func test(_ key: String, _ place: Place) -> OutcomeRule.Test? {
        switch key {
        case "started": return place.word(["true"]) == nil ? nil : .started
        case "sustained": return place.read("sustained", sustained)
        case "cumulative_days": return place.whole(1...10_000).map { .cumulative(days: $0) }
        default: return place.read("earnings", earnings)
        }
    }

    private static func sustained(_ reader: MappingReader) -> OutcomeRule.Test? {
        let weeks = reader.required("weeks")?.whole(1...1000)
        let window = reader.optional("within_weeks")
        let within = window?.whole(1...1000)
        guard let weeks else { return nil }
        if let within, within < weeks {
            window?.fault("\(within) weeks cannot hold \(weeks)", expected: "\(weeks) or more")
        }
        return .sustained(weeks: weeks, withinWeeks: within ?? weeks)
    }

    private static func earnings(_ reader: MappingReader) -> OutcomeRule.Test? {
        let hours = reader.required("hours_per_week")?.whole(1...168)
        let weeks = reader.required("weeks")?.whole(1...1000)
        let table = reader.required("hourly")
        var hourly: [DatedPence] = []
        for (key, value) in table?.entries() ?? [] {
            guard let from = key.date(), let amount = value.pounds() else { continue }
            if let last = hourly.last, from <= last.from {
                key.fault("\(from.iso) is not after \(last.from.iso)", expected: "days in order")
            }
            hourly.append(DatedPence(from: from, amount: amount))
        }
        if let table, table.isEmptyMapping {
            table.fault(
                "no wage is given",
                expected: "a day and an amount, such as 2024-04-01: 11.44"
            )
        }
        guard let hours, let weeks else { return nil }
        return .earnings(Earnings(hoursPerWeek: hours, weeks: weeks, hourly: hourly))
    }
}

/// Words about jobs that facts use and files may ask for.
enum JobWords {
    static let kinds = ["job", "self-employment", "placement", "apprenticeship"]
}
