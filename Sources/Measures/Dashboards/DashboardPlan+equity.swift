import Kernel
import Programmes

extension DashboardPlan {
    /// A share by each of its fields.
    func shares(
        _ planned: PlannedEquity,
        _ result: TallyResult,
        _ shown: ShownDashboard?
    ) -> [Equity] {
        planned.fields.map { field in
            let above = field.grouped(
                result.codes(.codeCounts(planned.figure.row.numerator, field))
            )
            let below = field.grouped(result.codes(.codeCounts(planned.whole, field)))
            let sets = (planned.figure.row.numerator, planned.whole)
            func seen(_ set: Int, _ count: Int, _ key: String? = nil) -> Int? {
                guard let shown else { return count }
                return key.map { shown.shown(set, field, $0, truth: count) }
                    ?? shown.counts.shown(set)
            }
            let all = (
                seen(sets.0, above.values.reduce(0, +)), seen(sets.1, below.values.reduce(0, +))
            )
            let isHidden = all.0 == nil || all.1 == nil
            let (count, whole) = isHidden ? (0, 0) : (all.0 ?? 0, all.1 ?? 0)
            let grouping = field.grouping
            // That somebody is in a group would be told by its name.
            let isTold = !(shown?.withholds(planned.whole, by: .code(field)) ?? false)
            let keys = isTold ? below.keys.filter { !$0.isEmpty }.sorted() : []
            let order = grouping?.order(of: keys, programme) ?? Array(keys.indices)
            func group(_ key: String, _ label: String) -> Equity.Group {
                var made = Equity.Group(key: key, label: label, count: 0, of: 0, ratio: nil)
                guard let mine = seen(sets.0, above[key] ?? 0, key),
                    let all = seen(sets.1, below[key] ?? 0, key)
                else {
                    made.isHidden = true
                    return made
                }
                (made.count, made.of) = (mine, all)
                // Rounded counts need not add up.
                if !made.isTooFew, !isHidden, mine <= count, all <= whole {
                    made.ratio = Statistics.ratio(mine, of: all, to: count - mine, of: whole - all)
                }
                return made
            }
            let groups = zip(keys, order).sorted { $0.1 < $1.1 }.map { key, _ in
                group(key, grouping?.label(of: key, programme) ?? field.label(ofGroup: key))
            }
            let definition = planned.figure.row.row.indicator.definition(in: programme)
            return Equity(
                id: "\(planned.figure.id)/\(field.rawValue)",
                label: planned.figure.row.row.row,
                definition: definition,
                field: field,
                heading: grouping?.heading ?? field.groupsHeading,
                groups: groups,
                notKnown: group("", "Not known"),
                count: count,
                of: whole,
                isHidden: isHidden,
                gradient: field == .deprivation ? Equity.gradient(groups) : nil
            )
        }
    }
}

extension CodeField {
    /// The groups that a column is shown in, from the counts of its codes: deciles are shown by fifths.
    func grouped(_ counts: [String: Int]) -> [String: Int] {
        guard self == .deprivation else { return counts }
        var fifths: [String: Int] = [:]
        for (decile, count) in counts { fifths[group(ofCode: decile), default: 0] += count }
        return fifths
    }

    /// The group that a code is shown in.
    func group(ofCode code: String) -> String {
        guard self == .deprivation else { return code }
        return Int(code).map { "\(($0 + 1) / 2)" } ?? ""
    }

    /// The codes of a group.
    func codes(ofGroup key: String) -> [String] {
        guard self == .deprivation, let fifth = Int(key) else { return [key] }
        return ["\(fifth * 2 - 1)", "\(fifth * 2)"]
    }

    fileprivate func label(ofGroup key: String) -> String {
        guard self == .deprivation else { return key }
        switch key {
        case "1": return "1, the most deprived fifth"
        case "5": return "5, the least deprived fifth"
        default: return key
        }
    }

    fileprivate var groupsHeading: String {
        self == .deprivation ? "Deprivation" : words.capitalisedFirst
    }

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
