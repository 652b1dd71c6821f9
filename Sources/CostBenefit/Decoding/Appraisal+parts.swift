import Kernel
import Programmes

private let anOutcome = NameKind(label: "an outcome")
private let aCost = NameKind(label: "a cost")

/// Words with which the ids of other assumptions begin.
private let taken = ["cost", "value", "discount", "discount-health", "inflation"]

extension AppraisalReader {
    /// A cost, with the numbers that it rests on.
    func cost(_ place: Place) -> (cost: Cost, assumptions: [Assumption])? {
        place.read("cost") { reader in
            let id = reader.required("id")?.define(aCost)
            let name = reader.name(or: id)
            let payer = reader.required("who")?.text()
            let amount = reader.exactlyOne(["pounds", "funding", "years"])
            let earnedPlace = reader.optional("earned")
            let read = earnedPlace?.read("earned", earned)
            if amount?.key == "years" {
                earnedPlace?.fault("`earned` beside `years`", expected: "`pounds` or `funding`")
            }
            let bias = correction(reader, id: "cost.\(id ?? "").bias", name: name ?? "")
            guard let id, let name, let payer, let (key, value) = amount, let bias else {
                return nil
            }
            var cost = Cost(id: id, name: name, payer: payer, earned: read ?? .byDay)
            let found: [Assumption?]
            switch key {
            case "pounds": found = [value.assumption("cost.\(id)", name, .pounds)]
            case "funding": found = [funding(value, id: "cost.\(id)", name: name)]
            default:
                let (years, stated) = years(value, id: id, name: name)
                cost.earned = .byYear(years)
                found = stated
            }
            if cost.earned == .byDay, let programme, programme.runs.to == nil {
                place.fault("the programme has no end to spread this over", expected: "`earned`")
            }
            return (cost, found.compactMap { $0 } + [bias])
        }
    }

    private func earned(_ reader: MappingReader) -> Cost.Earned? {
        let row = reader.required("row")?.row(of: programme)
        let target = reader.required("target")?.target(of: programme)
        guard let row, let number = programme?.targets.first(where: { $0.id == target })?.value
        else { return nil }
        return .byCount(row: row, target: number)
    }

    /// A part of the money of the programme file, which stands there with its source.
    private func funding(_ place: Place, id: String, name: String) -> Assumption? {
        guard let part = place.word(["total", "guaranteed", "performance"]), let programme else {
            return nil
        }
        guard let total = programme.funding?.total else {
            place.fault("the programme file tells no total of money", expected: "`pounds`")
            return nil
        }
        var amount = total
        if part != "total" {
            guard let shares = programme.funding?.shares else {
                place.fault("the programme file tells no shares of money", expected: "`total`")
                return nil
            }
            let parts = total.split(by: [shares.guaranteed, shares.performance])
            amount = part == "guaranteed" ? parts[0] : parts[1]
        }
        return Assumption(
            id: id,
            name: name,
            unit: .pounds,
            value: Double(amount.value) / 100,
            basis: .source(
                "The funding of \(programme.id), version \(programme.version); "
                    + programme.source,
                link: nil
            )
        )
    }

    private func years(
        _ place: Place,
        id: String,
        name: String
    ) -> ([FinancialYear], [Assumption?]) {
        var years: [FinancialYear] = []
        var found: [Assumption?] = []
        for (key, value) in place.entries() {
            guard let year = key.financialYear() else { continue }
            years.append(year)
            let id = "cost.\(id).\(year.text)"
            found.append(value.assumption(id, "\(name), \(year.uk)", .pounds))
        }
        return (years, found)
    }

    /// An outcome, with the numbers that it rests on.
    func outcome(_ place: Place) -> (outcome: Outcome, assumptions: [Assumption])? {
        place.read("outcome") { reader -> (outcome: Outcome, assumptions: [Assumption])? in
            let idPlace = reader.required("id")
            let id = idPlace?.define(anOutcome)
            if let id, taken.contains(id) {
                idPlace?.fault("`\(id)` is the name of something else", expected: "another name")
            }
            let name = reader.name(or: id)
            let count = reader.required("count")?.read("count") { counted($0, id, name) }
            let codes = (reader.required("values")?.list() ?? [])
                .compactMap { $0.value(of: unitCosts) }
            let bias = correction(reader, id: "\(id ?? "").bias", name: name ?? "")
            var found: [Assumption] = []
            for part in OutcomePart.allCases where part != .count {
                let key = part == .dropOff ? "drop_off" : part.rawValue
                let full = "\(id ?? "").\(part.rawValue)"
                let words = "\(name ?? ""): \(part.words)"
                let one: Assumption?
                if part == .bias {
                    one = bias
                } else if let stated = reader.optional(key) {
                    one = stated.assumption(full, words, part.unit)
                } else {
                    one = unsaid(part, full, words)
                }
                if let one { found.append(one) }
            }
            if reader.optional("lasts") == nil, comesEachYear(codes) {
                place.fault("a value comes each year, and `lasts` is missing", expected: "`lasts`")
            }
            guard let id, let name, let count else { return nil }
            let outcome = Outcome(id: id, name: name, row: count.row, values: codes)
            return (outcome, [count.assumption] + found)
        }
    }

    private func comesEachYear(_ codes: [String]) -> Bool {
        (unitCosts?.values ?? []).contains { codes.contains($0.code) && $0.recurrence == .year }
    }

    private func counted(
        _ reader: MappingReader,
        _ id: String?,
        _ name: String?
    ) -> (row: String?, assumption: Assumption)? {
        let id = "\(id ?? "").count"
        let words = "\(name ?? ""): \(OutcomePart.count.words)"
        guard reader.optional("value") == nil else {
            let value = reader.required("value")?.number(.count)
            let range = reader.range(.count, around: value)
            let basis = reader.basis()
            for key in ["row", "indicator"] {
                reader.optional(key)?.fault("`\(key)` beside `value`", expected: "one of the two")
            }
            guard let value, let basis else { return nil }
            let assumption = Assumption(
                id: id,
                name: words,
                unit: .count,
                value: value,
                low: range.low,
                high: range.high,
                basis: basis
            )
            return (nil, assumption)
        }
        for key in ["low", "high", "source", "assumed", "link", "replace"] {
            reader.optional(key)?.fault("`\(key)` without `value`", expected: "a row's own count")
        }
        guard let (key, place) = reader.exactlyOne(["row", "indicator"]),
            let row = key == "row" ? place.row(of: programme) : place.indicator(of: programme)
        else { return nil }
        let basis = Basis.source("Counted: the row “\(row)” of the programme's report", link: nil)
        return (row, Assumption(id: id, name: words, unit: .count, basis: basis))
    }

    private func unsaid(_ part: OutcomePart, _ id: String, _ name: String) -> Assumption {
        Assumption(
            id: id,
            name: name,
            unit: part.unit,
            value: part == .attribution ? 100 : part == .lasts ? 1 : 0,
            basis: .assumed(
                part == .attribution
                    ? "The file says nothing, so all of it." : "The file says nothing.",
                replace: "whoever keeps the file"
            )
        )
    }

    /// The correction for optimism: by a grade, as stated, or none.
    private func correction(_ reader: MappingReader, id: String, name: String) -> Assumption? {
        let words = "\(name): optimism bias"
        let (grade, stated) = (reader.optional("grade"), reader.optional("bias"))
        if let grade, stated != nil {
            grade.fault("`grade` beside `bias`", expected: "one of the two")
        }
        if let stated { return stated.assumption(id, words, .percent) }
        guard let grade else { return unsaid(.bias, id, words) }
        guard let unitCosts else {
            _ = grade.whole(1...9)
            return unsaid(.bias, id, words)
        }
        guard let number = grade.grade(among: unitCosts.grades),
            let found = unitCosts.correction(number)
        else { return nil }
        return Assumption(
            id: id,
            name: words,
            unit: .percent,
            value: found.percent,
            basis: found.basis
        )
    }
}

/// What stands in the programme or the table; where that could not be read, any text will do.
extension Place {
    /// The label of a row of the report that counts cases or things.
    fileprivate func row(of programme: Programme?) -> String? {
        guard let programme else { return text() }
        let rows = (programme.report?.rows ?? []).filter(\.indicator.isCount)
        return word(rows.map(\.row))
    }

    /// The label of the row that shows an indicator of the programme.
    fileprivate func indicator(of programme: Programme?) -> String? {
        guard let programme else { return text() }
        guard let id = word(programme.indicators.map(\.id)),
            let found = programme.indicators.first(where: { $0.id == id })
        else { return nil }
        let rows = programme.report?.rows ?? []
        guard let row = rows.first(where: { $0.indicator == found.indicator }),
            row.indicator.isCount
        else {
            fault("no row of the report counts `\(id)`", expected: "an indicator that a row shows")
            return nil
        }
        return row.row
    }

    /// The id of a target of the programme.
    fileprivate func target(of programme: Programme?) -> String? {
        guard let programme else { return text() }
        return word(programme.targets.map(\.id))
    }

    /// The code of a value of the table.
    fileprivate func value(of table: UnitCosts?) -> String? {
        guard let table else { return text() }
        return word(table.values.map(\.code))
    }
}

extension Indicator {
    /// Whether its figure is a number of cases.
    fileprivate var isCount: Bool {
        switch kind {
        case .count, .met, .outcome: true
        case .mean, .median, .distinct, .sum: false
        }
    }
}
