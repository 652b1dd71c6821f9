import Kernel

/// What checking a list found.
package struct ImportCheck: Sendable {
    package var rows = 0
    package internal(set) var faults: [Fault] = []
    /// The rows at fault, by the line of referrals.csv.
    package internal(set) var faultyRows: [Int: (text: String, faults: [Fault])] = [:]

    mutating func note(_ listed: ListedCase, _ faults: [Fault]) {
        self.faults += faults
        faultyRows[listed.line, default: (text: listed.rowText, faults: [])].faults += faults
    }

    /// The faulty rows and the reasons, as a CSV file.
    package var faultyFile: String {
        var text = CSVWriter.line(["line", "file", "column", "field", "problem", "expected", "row"])
        for fault in faults {
            let row = fault.line.flatMap { faultyRows[$0]?.text }
            text += CSVWriter.line(
                [
                    fault.line.map { String($0) } ?? "", fault.file ?? "",
                    fault.column.map { String($0) } ?? "", fault.field ?? "", fault.problem,
                    fault.expected ?? "", row ?? "",
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
