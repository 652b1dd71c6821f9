import Kernel
import Programmes

extension UnitCosts {
    /// Reads a table of unit costs and checks it.
    ///
    /// - Throws: every fault of the file, each with its line, column and field.
    package init(yaml text: String, file: String) throws(Faults) {
        let (table, log) = Self.read(text, file: file)
        guard let table, log.faults.isEmpty else { throw Faults(faults: log.sortedFaults) }
        self = table
    }

    /// Reads a table as far as it can be read.
    static func read(_ text: String, file: String) -> (table: UnitCosts?, log: ReadingLog) {
        let log = ReadingLog(file: file)
        var yaml = YAMLText(text, log: log)
        return (yaml.root()?.read("unit-costs", UnitCostsReader.table), log)
    }

    /// The correction of a grade.
    func correction(_ grade: Int) -> Grade? { grades.first { $0.grade == grade } }
}

private let aValue = NameKind(label: "a unit value")

/// The parts of a table of unit costs.
private enum UnitCostsReader {
    static func table(_ reader: MappingReader) -> UnitCosts? {
        let id = reader.required("unit_costs")?.id()
        let version = reader.required("version")?.whole(1...Place.large)
        let name = reader.required("name")?.text()
        let grades = reader.list("grades").compactMap(grade)
        let values = (reader.required("values")?.list() ?? []).compactMap { value($0, grades) }
        guard let id, let version, let name else { return nil }
        return UnitCosts(id: id, version: version, name: name, grades: grades, values: values)
    }

    private static func grade(_ place: Place) -> Grade? {
        place.read("grade") { reader in
            let grade = reader.required("grade")?.whole(1...9)
            let says = reader.required("says")?.text()
            let percent = reader.required("percent")?.number(.percent)
            let basis = reader.basis()
            guard let grade, let says, let percent, let basis else { return nil }
            return Grade(grade: grade, says: says, percent: percent, basis: basis)
        }
    }

    private static func value(_ place: Place, _ grades: [Grade]) -> UnitValue? {
        place.read("unit-value") { reader in
            let code = reader.required("code")?.define(aValue)
            let what = reader.required("what")?.text()
            let unit = reader.required("unit")?.text()
            let pounds = reader.required("pounds")?.number(.pounds)
            let range = reader.range(.pounds, around: pounds)
            let basis = reader.basis()
            let prices = reader.required("prices")?.financialYear()
            let kind = reader.required("kind")?.word(as: UnitValue.Kind.self)
            let gains = reader.required("gains")?.word(as: UnitValue.Gainer.self)
            let recurrence = reader.required("per")?.word(as: UnitValue.Recurrence.self)
            let isAvoided = reader.optional("avoided")?.flag()
            let isTransfer = reader.optional("transfer")?.flag()
            let isHealth = reader.optional("health")?.flag()
            let grade = reader.optional("grade")?.grade(among: grades)
            guard let code, let what, let unit, let pounds, let basis, let prices, let kind,
                let gains, let recurrence
            else { return nil }
            return UnitValue(
                code: code,
                what: what,
                unit: unit,
                amount: Assumption(
                    id: "value.\(code)",
                    name: "\(what), for each \(unit)",
                    unit: .pounds,
                    value: pounds,
                    low: range.low,
                    high: range.high,
                    basis: basis
                ),
                prices: prices,
                kind: kind,
                gains: gains,
                recurrence: recurrence,
                isAvoided: isAvoided ?? false,
                isTransfer: isTransfer ?? false,
                isHealth: isHealth ?? false,
                grade: grade
            )
        }
    }
}

extension Place {
    /// One of a table's grades.
    func grade(among grades: [Grade]) -> Int? {
        let known = grades.map { String($0.grade) }
        return word(known).flatMap { Int($0) }
    }
}
