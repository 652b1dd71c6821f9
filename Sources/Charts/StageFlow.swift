import Measures

/// How many got how far, from the first stage to the last.
package struct StageFlow: Chart {
    package struct Stage: Sendable, Hashable {
        package var name: String
        /// Nil where it is kept back.
        package var count: Int?
        /// Whether those who came so far are some of those at the stage before.
        package var follows: Bool

        package init(_ name: String, _ count: Int?, follows: Bool = true) {
            self.name = name
            self.count = count
            self.follows = follows
        }
    }

    package var title: String
    package var stages: [Stage]

    package init(title: String, stages: [Stage]) {
        self.title = title
        self.stages = stages
    }

    package var says: String {
        guard let first = stages.first, let last = stages.last, stages.count > 1 else {
            return "There are no stages."
        }
        guard first.count != nil, last.count != nil else { return "" }
        let share = Self.share(last.count, of: first.count).map { ", \($0)" } ?? ""
        return "Of \(Self.text(first.count)) at “\(first.name)”, "
            + "\(Self.text(last.count)) came to “\(last.name)”\(share)."
    }

    package var table: ChartTable {
        let first = stages.first?.count
        let rows = zip(stages, befores).map { stage, before in
            [
                stage.name, Self.text(stage.count),
                Self.share(stage.count, of: first) ?? "",
                Self.share(stage.count, of: before) ?? "",
            ]
        }
        let headings = ["Stage", "Cases", "Of the first stage", "Of the stage before"]
        return ChartTable(headings: headings, rows: rows)
    }

    package func drawn(in frame: Frame) -> Drawing {
        let bars = zip(zip(stages, befores), table.rows).map { pair, row in
            let (stage, before) = pair
            var shown = row[1]
            if !row[2].isEmpty { shown += " (\(row[2]))" }
            if !row[3].isEmpty, row[3] != row[2] { shown += ", \(row[3]) of before" }
            return BarChart.Bar(
                stage.name,
                stage.count.map(Double.init),
                shown: shown,
                ghost: before.map(Double.init)
            )
        }
        let chart = BarChart(
            title: title,
            says: says,
            rowHeading: "Stage",
            valueHeading: "Cases",
            bars: bars
        )
        return chart.drawn(in: frame)
    }

    private static func share(_ count: Int?, of whole: Int?) -> String? {
        guard let count, let whole else { return nil }
        return Ratio(count, over: whole).map { NumberForm.percent.text($0.double) }
    }

    private static func text(_ count: Int?) -> String {
        count.map { NumberForm.count.text(Double($0)) } ?? KeptBack.sign
    }

    /// What each stage can be a share of: the one before, where it follows from that.
    private var befores: [Int?] {
        let earlier: [Int?] = [nil] + stages.map(\.count)
        return zip(stages, earlier).map { stage, before -> Int? in
            guard stage.follows, let before, let count = stage.count, before >= count else {
                return nil
            }
            return before
        }
    }
}
