import Measures

/// One number of a valuation, for files that programs read.
struct ValueEntry {
    /// `figure`, `cost`, `benefit`, `outcome`, `year`, `assumption`, `sensitivity` or `break-even`.
    var part: String
    /// For example `bcr`, `entered-work/wages`, `2024-25`.
    var item: String
    var name: String
    var value: Reckoned

    /// The number with four decimals at most; `*` where it is kept back; empty where there is none.
    var text: String {
        switch value {
        case .known(let number):
            var text = Decimals.four(number)
            while text.last == "0" { text.removeLast() }
            if text.last == "." { text.removeLast() }
            return text
        case .keptBack: return "*"
        case .none: return ""
        }
    }
}

extension Valuation {
    /// Every number, in pounds where it is money.
    var entries: [ValueEntry] {
        var all = namedFigures.map {
            ValueEntry(part: "figure", item: $0.name, name: "value", value: $0.value)
        }
        func add(_ part: String, _ item: String, _ values: [(String, Reckoned)]) {
            all += values.map { ValueEntry(part: part, item: item, name: $0.0, value: $0.1) }
        }
        for line in costs {
            add(
                "cost",
                line.cost.id,
                [("spent", line.spent), ("corrected", line.corrected), ("present", line.present)]
            )
        }
        for line in benefits {
            add(
                "benefit",
                "\(line.outcome.id)/\(line.value.code)",
                [
                    ("count", line.count), ("gross", line.gross), ("net", line.net),
                    ("present", line.present),
                ]
            )
        }
        for kind in UnitValue.Kind.allCases {
            add("kind", kind.rawValue, [("present", present(kind))])
        }
        for gainer in gainers { add("gainer", gainer.rawValue, [("present", present(gainer))]) }
        for line in years {
            add(
                "year",
                line.year.text,
                [
                    ("cost", line.cost), ("fiscal", line.fiscal),
                    ("public_value", line.publicValue), ("fiscal_so_far", line.fiscalSoFar),
                    ("public_so_far", line.publicSoFar),
                ]
            )
        }
        for one in appraisal.assumptions {
            var values = [("value", one.value.map(Reckoned.known) ?? .none)]
            if let low = one.low { values.append(("low", .known(low))) }
            if let high = one.high { values.append(("high", .known(high))) }
            if let filed = one.filed { values.append(("filed", .known(filed))) }
            add("assumption", one.id, values)
        }
        for swing in swings {
            add(
                "sensitivity",
                swing.assumption.id,
                [("bcr_at_low", .known(swing.atLow)), ("bcr_at_high", .known(swing.atHigh))]
            )
        }
        for one in breakEvens {
            guard case .at(let number) = one.answer else { continue }
            add("break-even", one.assumption.id, [("at", .known(number))])
        }
        return all
    }

    /// As CSV: a number a line, in pounds where it is money, with no more than four decimals.
    package var csv: String {
        "part,item,figure,value\n"
            + entries.map { entry in
                [entry.part, entry.item, entry.name, entry.text].map(CSVText.field)
                    .joined(separator: ",") + "\n"
            }
            .joined()
    }
}
