import Kernel
import Programmes

/// What may be shown of a dashboard, for the panels to ask.
struct ShownDashboard {
    let counts: ShownCounts
    let view: SheetView
    let lines: ReportCounts

    /// - Parameter lines: those of the part's dashboard.
    init(_ view: SheetView, _ lines: SheetLines, _ result: TallyResult) {
        self.view = view
        self.lines = lines.counts
        counts = view.counts(lines.counts) { result.sum(.count($0), group: nil) }
    }

    /// The cases of a line that has a name; nil if that is kept back.
    func shown(_ name: CellName) -> Int? {
        lines.lines.first { $0.names.contains(name) }.flatMap { counts.shown($0.place) }
    }

    /// The cases of a milestone in a month; only the whole programme is shown by month.
    func shown(_ milestone: Milestone, _ month: CivilMonth, truth: Int) -> Int? {
        guard view.isWhole else { return nil }
        let column = SheetDimension.month(milestone).column(month.iso)
        return view.shown([.months(milestone)], column: column, truth: truth)
    }

    /// The cases of a line in a group of a column.
    func shown(_ set: Int, _ field: CodeField, _ key: String, truth: Int) -> Int? {
        guard view.isWhole, let line = lines.lineOf[set] else { return nil }
        let column = SheetDimension.code(field).column(key)
        return view.shown(lines.lines[line].names, column: column, truth: truth)
    }

    /// Whether the counts of a line are withheld by group.
    func withholds(_ set: Int, by dimension: SheetDimension) -> Bool {
        guard let line = lines.lineOf[set] else { return false }
        return view.withholds(lines.lines[line].names, by: dimension)
    }

    /// Whether the time that nine in ten do not pass may be told: the tenth is a count too.
    func showsNinetieth(of set: Int) -> Bool {
        counts.shown(set).map { $0 / 10 > view.method.smallMax } ?? false
    }
}

extension Dashboard.Change {
    /// Keeps the change back where what it is made from is.
    mutating func keepBack(_ shown: ShownDashboard) {
        let parts: [CellPart] = [.numerator, .denominator, .leftOut]
        isHidden = parts.contains { shown.shown(.change(id, $0)) == nil }
    }
}

extension Trajectory {
    /// Keeps back what may not be shown; what is derived is made from what is left.
    mutating func keepBack(_ shown: ShownDashboard) {
        let total = shown.shown(.planned)
        isActualHidden = total == nil
        actual = total ?? 0
        let isExact = shown.view.method == .below5
        isForecastHidden =
            forecast != nil && (total == nil || shown.shown(.forecast) == nil || !isExact)
        if isForecastHidden { forecast = nil }
        for place in months.indices {
            months[place].actual = months[place].actual.flatMap {
                shown.shown(counts, months[place].month, truth: $0)
            }
        }
        // Rounded months do not add up to a rounded total.
        addUp(to: isExact ? total : nil)
        let known = shown.shown(.statusKnown)
        let named = Set(mix.map(\.status))
        for place in mix.indices {
            let taken = Trajectory.statuses(within: mix[place].status, named)
            let count = shown.shown(.status(taken.joined(separator: "+")))
            mix[place].isHidden = count == nil || known == nil
            mix[place].count = mix[place].isHidden ? 0 : count ?? 0
            mix[place].of = mix[place].isHidden ? 0 : known ?? 0
        }
        let unknown = shown.shown(.statusNotKnown)
        isStatusNotKnownHidden = unknown == nil && !mix.isEmpty
        statusNotKnown = unknown ?? 0
    }

    /// Keeps back what may not be shown of a part among others.
    mutating func keepBack(actual shown: Int?, hasForecast: Bool) {
        isActualHidden = shown == nil
        actual = shown ?? 0
        isForecastHidden = forecast != nil && !hasForecast
        if isForecastHidden { forecast = nil }
        for place in months.indices {
            months[place].actual = nil
            months[place].actualSoFar = nil
        }
        mix = []
    }

    /// Sums so far, where they follow from months that are shown: from the first on, or back from the
    /// total.
    private mutating func addUp(to total: Int?) {
        let past = months.indices.filter { months[$0].month <= asAt.civilMonth }
        for place in months.indices { months[place].actualSoFar = nil }
        var sum: Int? = 0
        for place in past {
            sum = sum.flatMap { sum in months[place].actual.map { sum + $0 } }
            months[place].actualSoFar = sum
        }
        var rest = total
        for place in past.reversed() where months[place].actualSoFar == nil {
            months[place].actualSoFar = rest
            rest = rest.flatMap { rest in months[place].actual.map { rest - $0 } }
        }
    }
}
