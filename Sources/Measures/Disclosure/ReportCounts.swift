import Programmes

/// Every count that is printed, as lines: one for each set of cases, by whatever names.
struct ReportCounts {
    /// A set of cases that is counted.
    struct Line {
        var form: SetForm
        var place: Int
        var names: [CellName] = []
        var prints = 0
        var smallMax = 0
    }

    private(set) var lines: [Line] = []
    /// The line of each set that is counted.
    private(set) var lineOf: [Int: Int] = [:]

    init() {}

    /// Takes in every count that one row prints.
    mutating func add(_ row: RowPlan, named name: String, in plan: Plan) {
        var smallMax = 0
        switch row.figure {
        case .one(.count), .distinct: break
        case .one, .mean, .median: smallMax = DisclosureMethod.meanLeast - 1
        }
        let count = CellName(row: name, part: CellName.count)
        add(row.numerator, count, prints: 3, smallMax, in: plan)
        if case .rows(let set) = row.beside {
            add(set, CellName(row: name, part: CellName.of), prints: 2, in: plan)
        }
        for omission in row.omissions {
            let part = CellName.leftOut(omission.reason)
            add(omission.set, CellName(row: name, part: part), prints: 1, in: plan)
        }
    }

    /// Takes in one count.
    mutating func add(
        _ place: Int,
        _ name: CellName,
        prints: Int,
        _ smallMax: Int = 0,
        in plan: Plan
    ) {
        let form = plan.form(place)
        let line =
            lineOf[place] ?? lines.firstIndex { $0.form == form && !form.isEmpty } ?? lines.count
        if line == lines.count { lines.append(Line(form: form, place: place)) }
        lineOf[place] = line
        lines[line].names.append(name)
        lines[line].prints += prints
        lines[line].smallMax = max(lines[line].smallMax, smallMax)
    }

    /// What must be counted for the system.
    var tallies: [Tally] { lines.map { .count($0.place) } }

    /// Lines that lie in another, so that those of one family cannot overlap.
    struct Family {
        var whole: Int
        var parts: [Int]
    }

    /// The families of some of the lines, as if there were no others.
    func families(among chosen: [Int]) -> [Family] {
        func isWithin(_ inner: Int, _ outer: Int) -> Bool {
            inner != outer && !lines[inner].form.isEmpty
                && lines[inner].form.isWithin(lines[outer].form)
        }
        var within: [Int: Set<Int>] = [:]
        for outer in chosen { within[outer] = Set(chosen.filter { isWithin($0, outer) }) }
        var families: [Family] = []
        for whole in chosen {
            let inner = chosen.filter { within[whole]?.contains($0) == true }
            let nearest = inner.filter { part in
                !inner.contains { $0 != part && within[$0]?.contains(part) == true }
            }
            var grouped: [[Int]] = []
            for part in nearest {
                let form = lines[part].form
                let place = grouped.firstIndex { family in
                    family.allSatisfy { lines[$0].form.isApart(from: form) }
                }
                if let place { grouped[place].append(part) } else { grouped.append([part]) }
            }
            families += grouped.map { Family(whole: whole, parts: $0) }
        }
        return families
    }
}
