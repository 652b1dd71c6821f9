import Kernel

/// What checking a list found.
package struct ImportCheck: Sendable {
    package var rows = 0
    package private(set) var faults: [Fault] = []
    /// The cases at fault, by the line of referrals.csv: their references.
    package private(set) var faultyCases: [Int: String] = [:]
    /// For each of `faults`, the line of its case in referrals.csv; nil for a row without one.
    private var caseLines: [Int?] = []
    /// The rows at fault, by the places of their faults; not those that cannot be read.
    private var rowsAtFault: [Place: FaultyRow] = [:]

    /// A line of a file.
    private struct Place: Hashable {
        var file: String?
        var line: Int?
    }

    /// A row: the line that it begins on, and how it stands in its file.
    private struct FaultyRow {
        var line: Int
        var text: String
    }

    /// Notes faults of a case, in whichever file they stand.
    mutating func note(_ listed: ListedCase, _ faults: [Fault]) {
        note(faults)
        caseLines.removeLast(faults.count)
        caseLines += faults.map { _ in listed.line }
        faultyCases[listed.line] = listed.reference
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

    /// How many rows are left out: those of cases at fault, and those at fault that belong to no case.
    package var faultyRows: Int {
        var alone: Set<Place> = []
        for (fault, caseLine) in zip(faults, caseLines) where caseLine == nil {
            let place = Place(file: fault.file, line: fault.line)
            let line = rowsAtFault[place]?.line ?? fault.line
            alone.insert(Place(file: fault.file, line: line))
        }
        return faultyCases.count + alone.count
    }

    /// Reads the rows at fault again from their files.
    mutating func readRows(of files: [CSVFile]) {
        for file in files {
            let lines = Set(faults.filter { $0.file == file.file }.compactMap(\.line))
            readRows(at: lines.sorted(), of: file)
        }
    }

    /// - Parameters:
    ///   - lines: where faults of the file are, in order. A cell may begin on a later line than its row.
    ///   - start: the file from before its first row.
    private mutating func readRows(at lines: [Int], of start: CSVFile) {
        var (file, lines) = (start, lines[...])
        while !lines.isEmpty {
            do {
                guard try file.next() else { return }
            } catch {
                // What cannot be read cannot be shown.
                continue
            }
            let (begin, end) = (file.line, file.line(ofField: file.count - 1))
            lines = lines.drop { $0 < begin }
            let own = lines.prefix { $0 <= end }
            if own.isEmpty { continue }
            let row = FaultyRow(line: begin, text: file.rowText)
            for line in own { rowsAtFault[Place(file: file.file, line: line)] = row }
            lines = lines.dropFirst(own.count)
        }
    }

    /// The faults as a CSV file, each with the row that it stands in.
    package var faultyFile: String {
        var text = CSVWriter.line(
            ["case_ref", "file", "line", "column", "field", "problem", "expected", "row"]
        )
        for (fault, caseLine) in zip(faults, caseLines) {
            let row = rowsAtFault[Place(file: fault.file, line: fault.line)]
            text += CSVWriter.line(
                [
                    caseLine.flatMap { faultyCases[$0] } ?? "", fault.file ?? "",
                    fault.line.map { String($0) } ?? "",
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
