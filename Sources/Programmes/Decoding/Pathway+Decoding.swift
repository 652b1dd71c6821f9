import Kernel

/// The pathway: what can happen to a case.
extension ProgrammeFile {
    static func pathway(_ place: Place?, log: ReadingLog) -> Pathway {
        let pathway = place?.read("pathway", pathway)
        if pathway?.closureReasons == nil {
            ClosureReason.allCases.forEach { log.names.allow(.closureReason, $0.rawValue) }
        }
        return pathway
            ?? Pathway(
                intensity: [],
                plans: [],
                plansBeforeOnward: [],
                appointments: [],
                interventions: [],
                onward: [],
                barriers: [],
                support: SupportRules(weeks: nil),
                tracking: TrackingRules(weeks: nil, contacts: []),
                reviewDays: 28,
                dischargeStatus: [],
                closureReasons: ClosureReason.allCases
            )
    }

    private static func pathway(_ reader: MappingReader) -> Pathway? {
        let log = reader.place.log
        let intensity = reader.list("intensity").compactMap { $0.define(.intensity) }
        let plans = reader.list("plans").compactMap { $0.define(.plan) }
        let before = reader.list("plans_before_onward").compactMap { $0.use(.plan) }
        let appointments = reader.list("appointments").compactMap { $0.named(.appointment) }
        let interventions = reader.list("interventions").compactMap(intervention)
        let onward = reader.list("onward").compactMap(onwardService)
        let barriers = reader.list("barriers").compactMap { $0.named(.barrier) }
        let support = support(reader)
        let tracking = reader.optional("tracking")?.read("tracking", tracking)
        let reviewDays = reader.optional("review_days")?.whole(1...366)
        let statuses = reader.list("discharge_status").compactMap { $0.named(.dischargeStatus) }
        let reasons = reader.optional("closure_reasons")?.list()
            .compactMap { $0.word(as: ClosureReason.self) }
        for reason in reasons ?? ClosureReason.allCases {
            log.names.allow(.closureReason, reason.rawValue)
        }
        return Pathway(
            intensity: intensity,
            plans: plans,
            plansBeforeOnward: before,
            appointments: appointments,
            interventions: interventions,
            onward: onward,
            barriers: barriers,
            support: support ?? SupportRules(weeks: nil),
            tracking: tracking ?? TrackingRules(weeks: nil, contacts: []),
            reviewDays: reviewDays ?? 28,
            dischargeStatus: statuses,
            closureReasons: reasons ?? ClosureReason.allCases
        )
    }

    /// How long support lasts, of the pathway or of one strand.
    static func support(_ reader: MappingReader) -> SupportRules? {
        guard let place = reader.optional("support") else { return nil }
        let weeks = place.read("support") { $0.required("weeks")?.whole(1...520) }
        return SupportRules(weeks: weeks)
    }

    private static func intervention(_ place: Place) -> Intervention? {
        guard place.isMapping else {
            return place.define(.intervention).map { Intervention(id: $0, name: $0.asName) }
        }
        return place.read("intervention") { reader in
            let id = reader.required("id")?.define(.intervention)
            let name = reader.name(or: id)
            let cost = reader.optional("unit_cost")?.pounds()
            let sessions = reader.optional("sessions_max")?.whole(1...1000)
            guard let id, let name else { return nil }
            return Intervention(id: id, name: name, sessionsMax: sessions, unitCost: cost)
        }
    }

    private static func onwardService(_ place: Place) -> OnwardService? {
        guard place.isMapping else {
            return place.define(.service).map {
                OnwardService(id: $0, name: $0.asName, takes: DateRange(), organisation: $0)
            }
        }
        return place.read("onward-service") { reader in
            let id = reader.required("id")?.define(.service)
            let name = reader.name(or: id)
            let takes = reader.dateRange()
            let answer = reader.optional("answer_within")?.period()
            let condition = reader.optional("require")
            let require = condition?.condition()
            let says = reader.optional("says")?.text()
            let organisation = reader.optional("organisation")?.id()
            if let condition, reader.optional("says") == nil {
                condition.fault("a rule that says nothing", expected: "`says` beside `require`")
            }
            guard let id, let name, let takes else { return nil }
            return OnwardService(
                id: id,
                name: name,
                takes: takes,
                answerWithin: answer,
                require: require,
                says: says,
                organisation: organisation ?? id
            )
        }
    }

    private static func tracking(_ reader: MappingReader) -> TrackingRules? {
        let weeks = reader.required("weeks")?.whole(1...520)
        var contacts: [Int] = []
        for place in reader.list("contacts") {
            guard let week = place.whole(0...520) else { continue }
            if let weeks, week > weeks {
                place.fault("week \(week) is after tracking ends", expected: "at most \(weeks)")
            }
            if let last = contacts.last, week <= last {
                place.fault("week \(week) is not after week \(last)", expected: "weeks in order")
            }
            contacts.append(week)
        }
        return TrackingRules(weeks: weeks, contacts: contacts)
    }
}
