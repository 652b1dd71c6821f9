import Kernel
import Programmes

extension Appraisal {
    /// Reads an appraisal and checks it against its programme and its unit costs.
    ///
    /// - Throws: every fault of the file, each with its line, column and field.
    package init(
        yaml text: String,
        file: String,
        programme: Programme,
        unitCosts: UnitCosts
    ) throws(Faults) {
        let (appraisal, log) = Self.read(text, file: file, programme, unitCosts)
        guard let appraisal, log.faults.isEmpty else { throw Faults(faults: log.sortedFaults) }
        self = appraisal
    }

    /// Every fault of a file, from the top down; none if it is sound.
    ///
    /// - Parameters:
    ///   - programmes: the ids that there are.
    ///   - tables: the same of tables of unit costs.
    ///   - programme: nil where it could not be read: then nothing is held against it.
    ///   - unitCosts: nil the same.
    package static func check(
        yaml text: String,
        file: String,
        programmes: [String],
        tables: [String],
        programme: Programme?,
        unitCosts: UnitCosts?
    ) -> [Fault] {
        let known = (programmes: programmes, tables: tables)
        return read(text, file: file, programme, unitCosts, known).log.sortedFaults
    }

    /// Reads an appraisal as far as it can be read.
    ///
    /// - Parameter known: the ids that there are of what could not be read.
    static func read(
        _ text: String,
        file: String,
        _ programme: Programme?,
        _ unitCosts: UnitCosts?,
        _ known: (programmes: [String], tables: [String]) = ([], [])
    ) -> (appraisal: Appraisal?, log: ReadingLog) {
        let log = ReadingLog(file: file)
        var yaml = YAMLText(text, log: log)
        let reader = AppraisalReader(programme: programme, unitCosts: unitCosts, known: known)
        return (yaml.root()?.read("appraisal", reader.appraisal), log)
    }

    /// The ids of the programme and of the table of unit costs that a file is about; nil where it
    /// says none.
    ///
    /// They are needed before it can be checked.
    package static func subjects(yaml text: String) -> (programme: String?, unitCosts: String?) {
        var yaml = YAMLText(text, log: ReadingLog(file: ""))
        guard let root = yaml.root(), let reader = MappingReader(root, shape: "appraisal") else {
            return (nil, nil)
        }
        let programme = reader.required("programme")?.id()
        let table = reader.required("unit_costs")?.read("unit-costs-version") { inner in
            inner.required("table")?.id()
        }
        return (programme, table)
    }
}

extension Place {
    /// The id of something that is there.
    fileprivate func id(of kind: String, among known: [String]) -> String? {
        guard let found = id() else { return nil }
        if known.contains(found) { return found }
        fault("there is no \(kind) `\(found)`", expected: oneOf(known, nearest: found))
        return nil
    }
}

/// Reads an appraisal, which looks up rows, targets, money and unit values.
struct AppraisalReader {
    /// Nil when it could not be read: then nothing is held against it.
    let programme: Programme?
    /// The same.
    let unitCosts: UnitCosts?
    let known: (programmes: [String], tables: [String])

    func appraisal(_ reader: MappingReader) -> Appraisal? {
        let id = reader.required("appraisal")?.id()
        let version = reader.required("version")?.whole(1...Place.large)
        let name = reader.required("name")?.text()
        let about = reader.required("programme").flatMap(about)
        let source = reader.required("source")?.text()
        let table = reader.required("unit_costs")?.read("unit-costs-version", table)
        let years = reader.required("years")?.read("years", years)
        let prices = reader.required("prices")?.financialYear()
        let inflation = reader.required("inflation")?
            .assumption("inflation", "Rise of prices each year", .percent)
        let discount = reader.required("discount")?.read("discount", discount)
        let costs = reader.list("costs").compactMap(cost)
        let outcomes = reader.list("outcomes").compactMap(outcome)
        guard let id, let version, let name, let about, let source, let table, let years,
            let prices, let inflation, let discount
        else { return nil }
        var used: [UnitValue] = []
        for code in outcomes.flatMap(\.outcome.values)
        where !used.contains(where: { $0.code == code }) {
            used += (unitCosts?.values ?? []).filter { $0.code == code }
        }
        return Appraisal(
            id: id,
            version: version,
            name: name,
            programme: about,
            source: source,
            unitCosts: table,
            firstYear: years.first,
            years: years.count,
            prices: prices,
            timing: discount.timing,
            costs: costs.map(\.cost),
            outcomes: outcomes.map(\.outcome),
            values: used,
            assumptions: costs.flatMap(\.assumptions) + outcomes.flatMap(\.assumptions)
                + used.flatMap(assumptions) + [discount.rate, discount.health, inflation]
        )
    }

    private func about(_ place: Place) -> String? {
        guard let programme else { return place.id(of: "programme", among: known.programmes) }
        return place.word([programme.id])
    }

    private func table(_ reader: MappingReader) -> UnitCostsVersion? {
        let named = reader.required("table")
        let place = reader.required("version")
        let version = place?.whole(1...Place.large)
        guard let unitCosts else {
            _ = named?.id(of: "table", among: known.tables)
            return nil
        }
        guard let id = named?.word([unitCosts.id]), let place, let version else { return nil }
        if version != unitCosts.version {
            place.fault(
                "the table is of version \(unitCosts.version), and this was made with \(version)",
                expected: "\(unitCosts.version), when the appraisal has been looked over"
            )
        }
        return UnitCostsVersion(id: id, version: version, name: unitCosts.name)
    }

    /// The years that are looked at; the first is the programme's own unless another is stated.
    private func years(_ reader: MappingReader) -> (first: FinancialYear, count: Int)? {
        let place = reader.optional("from")
        let stated = place?.financialYear()
        // Beyond 30 years the rate falls, by the Green Book.
        let count = reader.required("count")?.whole(1...30)
        let began = programme?.runs.from
        let start = began.map { FinancialYear(holding: $0) }
        if let start, let stated, stated > start {
            place?
                .fault(
                    "\(stated) begins after the programme, which began in \(start)",
                    expected: "\(start) or earlier"
                )
        }
        guard let first = place == nil ? start : stated, let count else { return nil }
        return (first, count)
    }

    private func discount(
        _ reader: MappingReader
    ) -> (rate: Assumption, health: Assumption, timing: Appraisal.Timing)? {
        let rate = reader.required("rate")?.assumption("discount", "Discount rate", .percent)
        let health = reader.required("health")?
            .assumption("discount-health", "Discount rate for health", .percent)
        let timing = reader.required("timing")?.word(as: Appraisal.Timing.self)
        guard let rate, let health, let timing else { return nil }
        return (rate, health, timing)
    }

    /// A value's amount, and the correction that goes with its grade.
    private func assumptions(_ value: UnitValue) -> [Assumption] {
        guard let number = value.grade, let grade = unitCosts?.correction(number) else {
            return [value.amount]
        }
        return [
            value.amount,
            Assumption(
                id: "value.\(value.code).bias",
                name: "\(value.what): optimism bias",
                unit: .percent,
                value: grade.percent,
                basis: grade.basis
            ),
        ]
    }
}
