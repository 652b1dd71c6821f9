import Kernel

/// What checking a list found.
package struct ImportCheck: Sendable {
    package var rows = 0
    package private(set) var faults: [Fault] = []
    /// The cases at fault: their reference and row, by the line of referrals.csv.
    package private(set) var faultyRows: [Int: (reference: String, text: String)] = [:]
    /// For each of `faults`, the line of its case in referrals.csv; nil for a row without one.
    private var caseLines: [Int?] = []

    /// Notes faults of a case, in whichever file they stand.
    mutating func note(_ listed: ListedCase, _ faults: [Fault]) {
        note(faults)
        caseLines.removeLast(faults.count)
        caseLines += faults.map { _ in listed.line }
        faultyRows[listed.line] = (reference: listed.reference, text: listed.rowText)
    }

    /// Puts the faults into the order of the files, referrals.csv first, and of their lines.
    mutating func sort() {
        func key(_ fault: Fault) -> (Int, String, Int, Int) {
            let file = fault.file ?? ""
            let rank = file.hasSuffix(ListFile.referrals.rawValue) ? 0 : 1
            return (rank, file, fault.line ?? 0, fault.column ?? 0)
        }
        let sorted = zip(faults, caseLines).sorted { key($0.0) < key($1.0) }
        faults = sorted.map(\.0)
        caseLines = sorted.map(\.1)
    }

    /// Notes faults of rows that belong to no case.
    mutating func note(_ faults: [Fault]) {
        self.faults += faults
        caseLines += faults.map { _ in nil }
    }

    /// The faults as a CSV file, each with the row of referrals.csv that is left out for it.
    package var faultyFile: String {
        var text = CSVWriter.line(
            ["case_ref", "file", "line", "column", "field", "problem", "expected", "row"]
        )
        for (fault, caseLine) in zip(faults, caseLines) {
            let row = caseLine.flatMap { faultyRows[$0] }
            text += CSVWriter.line(
                [
                    row?.reference ?? "", fault.file ?? "", fault.line.map { String($0) } ?? "",
                    fault.column.map { String($0) } ?? "", fault.field ?? "", fault.problem,
                    fault.expected ?? "", row?.text ?? "",
                ],
                spreadsheetSafe: true
            )
        }
        return text
    }
}

/// What an import did.
package struct ImportResult: Sendable {
    package enum Match: String, Sendable {
        /// The same person as in another case.
        case matched
        /// The same name and birth date; look whether it is one person.
        case possible
        /// The same NHS number with another birth date; one of them is wrong.
        case sameNumber = "same-number"
    }

    package var rows = 0
    package var added = 0
    package var corrected = 0
    package var unchanged = 0
    package var skipped = 0
    /// Rows of people who have been erased, and stay so.
    package var erased = 0
    package var events = 0
    package var counts: [Match: Int] = [:]
    /// The first hundred of them: the match, this case, and the other one where it is in the list.
    package var matches: [(match: Match, reference: String, other: String?)] = []

    mutating func note(_ match: Match, _ reference: String, _ other: String?) {
        counts[match, default: 0] += 1
        if matches.count < 100 {
            matches.append((match: match, reference: reference, other: other))
        }
    }
}
