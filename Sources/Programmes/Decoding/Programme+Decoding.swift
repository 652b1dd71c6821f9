import Kernel

extension Programme {
    /// Reads a programme file and checks it.
    ///
    /// - Parameters:
    ///   - text: The file's YAML, in the format of `docs/programme-file.md`.
    ///   - file: The file's name, for the faults.
    /// - Throws: Every fault of the file, each with its line, column and field.
    package init(yaml text: String, file: String) throws(Faults) {
        let (programme, log) = ProgrammeFile.read(text, file: file)
        guard let programme, log.faults.isEmpty else {
            throw Faults(faults: log.sortedFaults)
        }
        self = programme
    }

    /// Reads the text of a version that was accepted once, whatever has become a fault since then.
    package init(kept text: String, file: String) throws(Faults) {
        let (programme, log) = ProgrammeFile.read(text, file: file, isKept: true)
        guard let programme else { throw Faults(faults: log.sortedFaults) }
        self = programme
    }

    /// The id that a file says it has, whatever else is wrong with it; nil when it says none.
    package static func id(yaml text: String, file: String) -> String? {
        var yaml = YAMLText(text, log: ReadingLog(file: file))
        guard let root = yaml.root(), let reader = MappingReader(root, shape: "programme") else {
            return nil
        }
        return reader.required("programme")?.id()
    }

    /// Every fault of a programme file, from the top down; none if it is sound.
    package static func check(yaml text: String, file: String) -> [Fault] {
        ProgrammeFile.read(text, file: file).log.sortedFaults
    }
}

/// The top level of a programme file.
enum ProgrammeFile {
    /// Reads a file as far as it can be read; there is a programme only if there is no fault.
    static func read(
        _ text: String,
        file: String,
        isKept: Bool = false
    ) -> (programme: Programme?, log: ReadingLog) {
        let log = ReadingLog(file: file, isKept: isKept)
        var yaml = YAMLText(text, log: log)
        guard let root = yaml.root() else { return (nil, log) }
        let programme = root.read("programme", programme)
        log.names.reportUndefined()
        return (log.faults.isEmpty ? programme : nil, log)
    }

    private static func programme(_ reader: MappingReader) -> Programme? {
        let id = reader.required("programme")?.id()
        let version = reader.required("version")?.whole(1...Place.large)
        let name = reader.required("name")?.text()
        let runs = reader.required("runs")?.read("dates") { $0.dateRange(requiresFrom: true) }
        let source = reader.required("source")?.text()
        let calendar = reader.required("calendar")?.word(WorkingDayCalendar.ids)
        let retention = reader.optional("retention")
        let years = retention?.read("retention") { $0.required("years")?.whole(0...100) }
        let areas = areas(reader.optional("areas"))
        let referral = reader.required("referral")?.read("referral", referral)
        let eligibility = reader.list("eligibility").compactMap(eligibilityRule)
        let strands = strands(reader.required("strands"))
        let targets = targets(reader.optional("targets"))
        let trajectory = trajectory(reader.optional("trajectory"), runs: runs)
        let runCharts = runCharts(reader.list("run_charts"), targets: targets)
        let pathway = pathway(reader.optional("pathway"), log: reader.place.log)
        let clocks = reader.list("clocks").compactMap(clock)
        let priority = reader.list("priority").compactMap(priorityRule)
        let measures = reader.list("measures").compactMap(instrument)
        allowPublished(beside: measures, log: reader.place.log)
        let messages = messages(reader.list("messages"))
        let outcomes = reader.list("outcomes").compactMap(outcome)
        let populations = populations(reader.optional("populations"))
        let figures = FigureReader(targets: targets, interventions: pathway.interventions)
        let indicators = figures.indicators(reader.optional("indicators"))
        let report = reader.optional("report")?.read("report") {
            figures.report($0, indicators: indicators, programme: name)
        }
        let money = FundingReader(strands: strands, indicators: indicators)
        let funding = reader.optional("funding")?.read("funding", money.funding)
        guard let id, let version, let name, let runs, let source, let calendar, let referral
        else { return nil }
        let parts = ProgrammeParts(
            id: id,
            version: version,
            name: name,
            runs: runs,
            source: source,
            calendar: calendar,
            retentionYears: years ?? 8,
            areas: areas,
            referral: referral,
            eligibility: eligibility,
            strands: strands,
            targets: targets,
            trajectory: trajectory,
            runCharts: runCharts,
            clocks: clocks,
            pathway: pathway,
            priority: priority,
            measures: measures,
            messages: messages,
            outcomes: outcomes,
            populations: populations,
            indicators: indicators,
            report: report,
            funding: funding
        )
        return Programme(parts)
    }

    static func areas(_ place: Place?) -> [Area] {
        guard let place else { return [] }
        return place.entries().compactMap { key, value in
            guard let id = key.define(.area) else { return nil }
            return value.read("area") { reader in
                let name = reader.name(or: id)
                let outward = reader.list("outward").compactMap { $0.text() }
                let practices = reader.list("gp_practices").compactMap { $0.text() }
                let jobcentres = reader.list("jobcentres").compactMap { $0.text() }
                if outward.isEmpty, practices.isEmpty, jobcentres.isEmpty {
                    value.fault(
                        "an area without places",
                        expected: "outward, gp_practices or jobcentres"
                    )
                }
                guard let name else { return nil }
                return Area(
                    id: id,
                    name: name,
                    outward: outward,
                    practices: practices,
                    jobcentres: jobcentres
                )
            }
        }
    }

    private static func targets(_ place: Place?) -> [Target] {
        guard let place else { return [] }
        return place.entries().compactMap { key, value in
            guard let id = key.define(.target), let number = value.whole(0...Place.large)
            else { return nil }
            return Target(id: id, value: number)
        }
    }

    private static func clock(_ place: Place) -> Clock? {
        place.read("clock") { reader in
            let id = reader.required("id")?.define(.clock)
            let name = reader.name(or: id)
            let from = reader.required("from")?.milestone()
            let end = reader.required("to")
            let to = end?.milestone()
            let within = reader.required("within")?.period()
            let pauses = reader.list("pauses").compactMap { $0.id() }
            let owner = reader.optional("owner")
            let ownerWord = owner?.word(["coach", "manager", "provider", "referrer"])
            let strands = reader.list("strands").compactMap { $0.use(.strand) }
            if let from, from == to {
                end?.fault("a clock from a milestone to itself", expected: "two milestones")
            }
            guard let id, let name, let from, let to, let within else { return nil }
            return Clock(
                id: id,
                name: name,
                from: from,
                to: to,
                within: within,
                pauses: pauses,
                owner: ownerWord ?? "coach",
                strands: strands
            )
        }
    }
}

extension Place {
    /// A milestone; `engaged` is another word for `first-contact`.
    func milestone() -> Milestone? {
        let words = Milestone.allCases.map(\.rawValue) + ["engaged"]
        guard let word = word(words) else { return nil }
        return word == "engaged" ? .firstContact : Milestone(rawValue: word)
    }

    /// A length of time: one unit and how many.
    func period() -> Period? {
        read("period") { reader in
            guard let (key, value) = reader.exactlyOne(Period.Unit.allCases.map(\.rawValue)),
                let unit = Period.Unit(rawValue: key), let count = value.whole(0...10_000)
            else { return nil }
            return Period(unit: unit, count: count)
        }
    }

    /// An id alone, or an id with a name.
    func named(_ kind: NameKind) -> Named? {
        guard isMapping else { return define(kind).map { Named(id: $0, name: $0.asName) } }
        return read("named") { reader in
            let id = reader.required("id")?.define(kind)
            let name = reader.name(or: id)
            guard let id, let name else { return nil }
            return Named(id: id, name: name)
        }
    }
}
