import Measures

extension Valuation {
    /// How far each assumption alone moves the ratio.
    package var swingTable: ValueTable {
        ValueTable(
            id: "sensitivity",
            title: "If one assumption were otherwise",
            says: ["The benefit-cost ratio of public value, all other assumptions staying."],
            headings: ["Assumption", "Low", "Then the ratio is", "High", "Then the ratio is"],
            rows: swings.map { swing in
                let unit = swing.assumption.unit
                return [
                    swing.assumption.name, unit.text(swing.low), Self.ratio(swing.atLow),
                    unit.text(swing.high), Self.ratio(swing.atHigh),
                ]
            },
            numeric: [1, 2, 3, 4]
        )
    }

    /// What each assumption would have to be for benefits to equal costs.
    package var breakEvenTable: ValueTable {
        ValueTable(
            id: "break-even",
            title: "Where benefits would equal costs",
            says: ["The value of each assumption at which the ratio is 1, all others staying."],
            headings: ["Assumption", "Now", "Benefits equal costs at"],
            rows: breakEvens.map { one in
                let unit = one.assumption.unit
                return [one.assumption.name, unit.text(one.now), one.text]
            },
            numeric: [1]
        )
    }

    /// Every number, with its source.
    package var assumptionTable: ValueTable {
        ValueTable(
            id: "assumptions",
            title: "Assumptions",
            headings: ["Name", "What", "Value", "Low", "High", "Where it is from"],
            rows: appraisal.assumptions.map { one in
                [
                    one.id, one.name, shown(one), one.low.map(one.unit.text) ?? "",
                    one.high.map(one.unit.text) ?? "", basis(of: one),
                ]
            },
            numeric: [2, 3, 4]
        )
    }

    /// What is reckoned with: the assumption's number, or the count of the report.
    package func shown(_ one: Assumption) -> String {
        if let text = one.text { return text }
        let line = outcomes.first { $0.outcome.assumption(.count) == one.id }
        return line?.count.text(one.unit.text) ?? ""
    }

    /// Where an assumption is from, and what the file says where it was changed.
    package func basis(of one: Assumption) -> String {
        guard one.isChanged else { return one.basis.text }
        let filed = one.filed.map { "The file says \(one.unit.text($0)). " } ?? ""
        return "Changed here. \(filed)\(one.basis.text)"
    }
}

extension BreakEven {
    /// Where, in words.
    package var text: String {
        switch answer {
        case .at(let number): assumption.unit.text(number)
        case .always(isAbove: true): "nowhere: benefits stay above costs"
        case .always(isAbove: false): "nowhere: benefits stay below costs"
        }
    }
}
