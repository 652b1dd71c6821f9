import Kernel

/// Reads the cells of one row by the names of their columns, gathering every fault.
struct CellReader {
    let places: [String: Int]
    private(set) var faults: [Fault] = []

    init(columns: [String]) {
        places = Dictionary(
            columns.enumerated().map { ($1, $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Faults of the headings: columns that are missing, and columns that nobody knows.
    ///
    /// - Parameter file: one whose headings alone have been read.
    static func headingFaults(
        _ file: CSVFile,
        _ known: [ListColumns.Column],
        asking questions: [String] = []
    ) -> [Fault] {
        var faults: [Fault] = []
        let names = known.map(\.name) + questions
        for column in known where column.isRequired && !file.columns.contains(column.name) {
            faults.append(
                Fault(
                    file: file.file,
                    line: file.line,
                    column: 1,
                    field: column.name,
                    problem: "this column is missing",
                    expected: column.says
                )
            )
        }
        for (place, name) in file.columns.enumerated()
        where !name.isEmpty && !names.contains(name)
            && !ListColumns.commonQuestions.contains(name)
        {
            let near = nearestSpelling(to: name, in: names).map { "; did you mean \($0)?" } ?? ""
            faults.append(
                file.fault(
                    field: place,
                    problem: "nothing is known of this column",
                    expected: "one of \(names.joined(separator: ", "))" + near
                )
            )
        }
        return faults
    }

    mutating func clear() { faults.removeAll(keepingCapacity: true) }

    mutating func note(_ file: CSVFile, _ column: String, _ problem: String, _ expected: String?) {
        faults.append(
            file.fault(field: places[column] ?? 0, problem: problem, expected: expected)
        )
    }

    /// The text of a cell; nil when it is blank or there is no such column.
    func text(_ file: CSVFile, _ column: String) -> String? {
        guard let place = places[column] else { return nil }
        let text = file.field(place)
        return text.isEmpty ? nil : text
    }

    mutating func required(_ file: CSVFile, _ column: String, _ expected: String) -> String? {
        let found = text(file, column)
        if found == nil { note(file, column, "is blank", expected) }
        return found
    }

    mutating func date(_ file: CSVFile, _ column: String) -> CivilDate? {
        guard let text = text(file, column) else { return nil }
        guard let date = CivilDate(text: text) else {
            note(file, column, "\(text) is not a date", "YYYY-MM-DD or DD/MM/YYYY")
            return nil
        }
        return date
    }

    mutating func requiredDate(_ file: CSVFile, _ column: String) -> CivilDate? {
        guard text(file, column) != nil else {
            note(file, column, "is blank", "a date, YYYY-MM-DD or DD/MM/YYYY")
            return nil
        }
        return date(file, column)
    }

    mutating func flag(_ file: CSVFile, _ column: String) -> Bool? {
        guard let text = text(file, column)?.lowercased() else { return nil }
        if text == "yes" { return true }
        if text == "no" { return false }
        note(file, column, "\(text) is not an answer", "yes or no")
        return nil
    }

    mutating func number(_ file: CSVFile, _ column: String, _ range: ClosedRange<Int>) -> Int? {
        guard let text = text(file, column) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            note(
                file,
                column,
                "\(text) will not do",
                "a whole number from \(range.lowerBound) to \(range.upperBound)"
            )
            return nil
        }
        return number
    }

    /// Hours a week; a part of an hour is let go, since rules ask for whole ones at least.
    mutating func hours(_ file: CSVFile, _ column: String) -> Int? {
        guard let text = text(file, column) else { return nil }
        guard let hours = Double(text), (0...100).contains(hours) else {
            note(file, column, "\(text) will not do", "hours from 0 to 100, such as 37.5")
            return nil
        }
        return Int(hours)
    }

    /// A code of nobody's list: small letters, digits and hyphens, so that a spelling is one group.
    mutating func freeCode(_ file: CSVFile, _ column: String) -> String? {
        guard let text = text(file, column) else { return nil }
        let isCode = text.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "-")
        }
        if isCode { return text }
        note(file, column, "\(text) is not a code", "small letters, digits and hyphens")
        return nil
    }

    mutating func code(_ file: CSVFile, _ column: String, _ codes: [String]) -> String? {
        guard let text = text(file, column) else { return nil }
        if codes.contains(text) { return text }
        let near = nearestSpelling(to: text, in: codes).map { "; did you mean \($0)?" } ?? ""
        let list = codes.isEmpty ? "blank" : "one of \(codes.joined(separator: ", "))"
        note(file, column, "\(text) is not known here", list + near)
        return nil
    }
}
