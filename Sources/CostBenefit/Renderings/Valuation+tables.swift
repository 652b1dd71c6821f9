import Kernel
import Measures

/// A table of texts with a title and what is said before it.
package struct ValueTable: Sendable, Hashable {
    /// For addresses within a page.
    package var id: String
    package var title: String
    package var says: [String] = []
    package var headings: [String]
    package var rows: [[String]]
    /// The columns of numbers, counted from 0.
    package var numeric: Set<Int> = []
}

extension Valuation {
    /// What is reckoned, of what, and how far it may be relied on.
    package var preamble: [String] {
        var says = [
            "As at \(basis.asAt.uk), from \(appraisal.name), version \(appraisal.version), and "
                + "\(appraisal.unitCosts.name), version \(appraisal.unitCosts.version).",
            "\(appraisal.years) financial years from \(appraisal.firstYear.uk), at the prices of "
                + "\(appraisal.prices.uk), discounted \(appraisal.timing.words).",
        ]
        if let caution { says.append(caution) }
        if !appraisal.changes.isEmpty {
            let count = appraisal.changes.count
            says.append(
                count == 1
                    ? "1 assumption was put at another value than the file's. It is not kept."
                    : "\(count) assumptions were put at other values than the file's. They are not "
                        + "kept."
            )
        }
        if !rowsKeptBack.isEmpty {
            let rows = rowsKeptBack.map { "“\($0)”" }.joined(separator: ", ")
            says.append(
                "* stands for what rests on a count that is kept back from this report's readers: "
                    + "\(rows)."
            )
        }
        return says
    }

    /// How many of the assumptions nobody has vouched for; nil where all have a source.
    package var caution: String? {
        let assumed = appraisal.assumed.count
        guard assumed > 0 else { return nil }
        let all = appraisal.assumptions.count
        return "\(assumed) of \(all) assumptions are examples that nobody has vouched for. "
            + "No decision should rest on this before they are replaced."
    }

    /// Every table, in the order in which it is read.
    package var tables: [ValueTable] { results + judgements }

    /// The tables of what it comes to.
    package var results: [ValueTable] {
        [short, costTable, benefitTable, kindTable, gainerTable, eachTable, yearTable]
            .filter { !$0.rows.isEmpty }
    }

    /// What a change of an assumption does, and the assumptions.
    private var judgements: [ValueTable] {
        [swingTable, breakEvenTable].filter { !$0.rows.isEmpty } + [assumptionTable]
    }

    private var short: ValueTable {
        let each = namedFigures.filter { !$0.name.hasPrefix("cost_each.") }
        return ValueTable(
            id: "short",
            title: "In short",
            says: [
                "Public value is what everybody gains. Fiscal is what public bodies save or take in; "
                    + "money that only moves from one pocket to another counts there alone."
            ],
            headings: ["Figure", "Value"],
            rows: each.map { [$0.words, $0.text] },
            numeric: [1]
        )
    }

    private var costTable: ValueTable {
        ValueTable(
            id: "costs",
            title: "Costs",
            headings: ["Cost", "Who spends it", "Spent", "Corrected", "Present value"],
            rows: costs.map { line in
                [line.cost.name, line.cost.payer]
                    + [line.spent, line.corrected, line.present].map { $0.text(Money.whole) }
            },
            numeric: [2, 3, 4]
        )
    }

    private var benefitTable: ValueTable {
        ValueTable(
            id: "benefits",
            title: "Benefits",
            says: [
                "Gross is the count times the value. Net is what is left for the programme after "
                    + "deadweight, attribution, optimism and the years."
            ],
            headings: [
                "Outcome", "Value", "Kind", "Who gains", "How many", "One is worth", "Gross", "Net",
                "Present value",
            ],
            rows: benefits.map { line in
                let amount = appraisal.assumption("value.\(line.value.code)")?.text ?? ""
                return [
                    line.outcome.name, line.value.what, line.value.kind.words,
                    line.value.gains.words, line.count.text(Assumption.Unit.count.text),
                    amount + (line.value.recurrence == .year ? " a year" : ""),
                ] + [line.gross, line.net, line.present].map { $0.text(Money.whole) }
            },
            numeric: [4, 5, 6, 7, 8]
        )
    }

    private var kindTable: ValueTable {
        ValueTable(
            id: "kinds",
            title: "Present value by kind",
            headings: ["Kind", "Present value"],
            rows: UnitValue.Kind.allCases.filter { kind in
                benefits.contains { $0.value.kind == kind }
            }
            .map { [$0.words, present($0).text(Money.whole)] },
            numeric: [1]
        )
    }

    private var gainerTable: ValueTable {
        ValueTable(
            id: "gainers",
            title: "Present value by who gains",
            headings: ["Who gains", "Present value"],
            rows: gainers.map { [$0.words, present($0).text(Money.whole)] },
            numeric: [1]
        )
    }

    private var eachTable: ValueTable {
        ValueTable(
            id: "each",
            title: "What was spent for each outcome",
            says: ["All that was spent, over the count of one outcome alone."],
            headings: ["Outcome", "How many", "Spent for each"],
            rows: outcomes.map { line in
                [
                    line.outcome.name, line.count.text(Assumption.Unit.count.text),
                    line.costEach.text(Money.text),
                ]
            },
            numeric: [1, 2]
        )
    }

    private var yearTable: ValueTable {
        ValueTable(
            id: "years",
            title: "Present values, year by year",
            says: ["So far is all benefits up to the end of the year, less all costs."],
            headings: [
                "Year", "Costs", "Fiscal benefits", "Public value", "Fiscal so far",
                "Public so far",
            ],
            rows: years.map { line in
                [line.year.uk]
                    + [
                        line.cost, line.fiscal, line.publicValue, line.fiscalSoFar,
                        line.publicSoFar,
                    ]
                    .map { $0.text(Money.whole) }
            },
            numeric: [1, 2, 3, 4, 5]
        )
    }
}
