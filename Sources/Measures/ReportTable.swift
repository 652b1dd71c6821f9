import Kernel
import Programmes

/// A report with its figures, ready to be shown.
package struct ReportTable: Sendable, Hashable {
    package var title: String
    package var programme: String
    package var programmeVersion: Int
    package var programmeName: String
    /// The day that is described.
    package var asAt: CivilDate
    /// The moment up to which events were known, in words; nil if all are used.
    package var knownAt: String?
    package var grouping: Grouping?
    /// The groups that have cases, in order; empty without a grouping.
    package var groups: [ReportGroup]
    package var rows: [ReportLine]
    /// What was kept back for its readers; nil when nothing is.
    package var keptBack: KeptBack?
}

/// One of the groups that cases are set apart in.
package struct ReportGroup: Sendable, Hashable {
    /// The code, or `2015-01` for a month.
    package var key: String
    package var label: String

    /// The group of cases for which it is blank.
    package static let notKnown = ReportGroup(key: "not-known", label: "not known")
}

/// One row of a report, with its figures.
package struct ReportLine: Sendable, Hashable {
    package var label: String
    /// What is counted, as a sentence.
    package var definition: String
    package var note: String?
    /// What the paper printed.
    package var printed: String?
    /// `agrees`, or `differs:` and how; nil if the paper printed nothing.
    package var verdict: String?
    /// The figure over all groups.
    package var whole: ReportCell
    /// The figure of each group.
    package var cells: [ReportCell]
}

/// A figure, with what it was made from.
package struct ReportCell: Sendable, Hashable {
    /// The count, mean, median or sum; nil if there is nothing to average.
    package var numerator: Ratio?
    /// Whether `numerator` is counted in whole cases or things, and so shown without decimals.
    package var isWhole: Bool
    package var denominator: Int?
    /// The figure in the words of the report.
    package var shown: String
    /// The 95% interval, when the figure is a share of cases.
    package var interval: Interval?
    /// What the figure does not cover; reasons with no cases are not listed.
    package var leftOut: [LeftOut]
    /// Whether the figure is kept back.
    package var isHidden = false
}

/// Cases that a figure could not take in, with the reason in words.
package struct LeftOut: Sendable, Hashable {
    package var reason: String
    package var count: Int
    /// Whether the count is kept back; it is 0 here then.
    package var isHidden = false

    /// The count as it is shown.
    package var countText: String { isHidden ? Show.hidden : Show.thousands(count) }
}

extension ReportLine {
    /// Sets a figure beside what the paper printed.
    ///
    /// Where a figure is shown as `155 (71%)` and the paper printed one of the two alone, that one is
    /// compared. Spaces and commas do not count.
    static func verdict(printed: String, shown: String) -> String {
        var given = shown
        if !printed.contains("("), let open = shown.firstIndex(of: "(") {
            let inside = shown[open...].dropFirst().prefix { $0 != ")" }
            let takesInside = printed.hasSuffix("%") && inside.hasSuffix("%")
            given = takesInside ? String(inside) : String(shown[..<open].dropLast())
        }
        func plain(_ text: String) -> String { text.filter { $0 != " " && $0 != "," } }
        if plain(printed) == plain(given) { return "agrees" }
        return "differs: the paper printed \(printed), the cases give \(given)"
    }
}
