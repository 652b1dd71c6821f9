import Programmes

extension ReportTable {
    /// The report as CSV (RFC 4180, lines ended by a line feed).
    ///
    /// The first four columns are those of the fixtures' `expected.csv`. Means and medians have four
    /// decimals, the ends of an interval are shares from 0 to 1, and `group` is the group's key, empty
    /// for all cases. Where figures are kept back a last column says of each that is, and why.
    package var csv: String {
        var lines = ["row,numerator,denominator,shown,group,lower,upper,left_out,printed,verdict"]
        if keptBack != nil { lines[0] += ",kept_back" }
        for row in rows {
            lines.append(line(row, row.whole, group: "", isWhole: true))
            for (group, cell) in zip(groups, row.cells) {
                lines.append(line(row, cell, group: group.key, isWhole: false))
            }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private func line(
        _ row: ReportLine,
        _ cell: ReportCell,
        group: String,
        isWhole: Bool
    ) -> String {
        [
            row.label,
            cell.numeratorText,
            cell.denominator.map(String.init) ?? "",
            cell.shown,
            Self.plain(group),
            cell.interval.flatMap { Self.share($0.lower) } ?? "",
            cell.interval.flatMap { Self.share($0.upper) } ?? "",
            cell.leftOutText,
            isWhole ? row.printed ?? "" : "",
            isWhole ? row.verdict ?? "" : "",
        ]
        .appending(keptBack.map { cell.isHidden ? $0.reason : "" })
        .map(CSVText.field).joined(separator: ",")
    }

    /// A group's key, which may have been typed by somebody, so that no spreadsheet takes it for a
    /// formula.
    private static func plain(_ key: String) -> String {
        guard let first = key.first, "=+-@\t\r".contains(first) else { return key }
        return "'" + key
    }

    /// A share with four decimals.
    private static func share(_ value: Double) -> String? {
        Ratio(Int((value * 10_000).rounded()), over: 10_000)?.fourPlaces
    }
}

extension [String] {
    fileprivate func appending(_ field: String?) -> [String] { field.map { self + [$0] } ?? self }
}

extension ReportCell {
    /// The numerator without commas; means and medians with four decimals; empty if there is none.
    package var numeratorText: String {
        guard let numerator else { return "" }
        if isWhole, let whole = numerator.whole { return String(whole) }
        return numerator.fourPlaces
    }

    /// What was left out, in one line: "3 no date for discharge; 2 not yet mature".
    package var leftOutText: String {
        leftOut.map { "\($0.isHidden ? Show.hidden : String($0.count)) \($0.reason)" }.joined(
            separator: "; "
        )
    }
}
