import Kernel
import Programmes

extension DashboardPlan {
    /// A share by each of its fields.
    func shares(_ planned: PlannedEquity, _ result: TallyResult) -> [Equity] {
        planned.fields.map { field in
            let above = result.codes(.codeCounts(planned.figure.row.numerator, field))
            let below = result.codes(.codeCounts(planned.whole, field))
            let (count, whole) = (above.values.reduce(0, +), below.values.reduce(0, +))
            let grouping = field.grouping
            let keys = below.keys.filter { !$0.isEmpty }.sorted()
            let order = grouping?.order(of: keys, programme) ?? Array(keys.indices)
            func group(_ key: String, _ label: String) -> Equity.Group {
                let (mine, all) = (above[key] ?? 0, below[key] ?? 0)
                var made = Equity.Group(key: key, label: label, count: mine, of: all, ratio: nil)
                if !made.isTooFew {
                    made.ratio = Statistics.ratio(mine, of: all, to: count - mine, of: whole - all)
                }
                return made
            }
            let groups = zip(keys, order).sorted { $0.1 < $1.1 }.map { key, _ in
                group(key, grouping?.label(of: key, programme) ?? key)
            }
            let definition = planned.figure.row.row.indicator.definition(in: programme)
            return Equity(
                id: "\(planned.figure.id)/\(field.rawValue)",
                label: planned.figure.row.row.row,
                definition: definition,
                field: field,
                heading: grouping?.heading ?? field.words.capitalisedFirst,
                groups: groups,
                notKnown: group("", "Not known"),
                count: count,
                of: whole,
                gradient: field.rawValue == "deprivation_decile" ? Equity.gradient(groups) : nil
            )
        }
    }
}

extension CodeField {
    /// How reports name and order the groups of the column.
    fileprivate var grouping: Grouping? {
        switch self {
        case .ethnicityGroup: .ethnicity
        case .gender: .gender
        case .ageBand: .ageBand
        case .condition: .condition
        default: nil
        }
    }
}

extension String {
    fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
