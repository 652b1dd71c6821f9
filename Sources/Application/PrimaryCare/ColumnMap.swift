import Kernel
import PrimaryCare

/// Which column of an extract holds what, where its headings are not ours.
package struct ColumnMap: Sendable, Hashable {
    /// Theirs to ours; nil for a column that is passed over.
    package var fields: [String: ExtractField?]

    package init(fields: [String: ExtractField?] = [:]) { self.fields = fields }

    /// From lines such as `NHS No=nhs_number` and, for a column that is passed over, `Surname=-`.
    ///
    /// - Throws: every fault of them.
    package init(_ lines: [String], file: String? = nil) throws(Faults) {
        var fields: [String: ExtractField?] = [:]
        var faults: [Fault] = []
        let names = ExtractField.allCases.map(\.rawValue)
        for (place, line) in lines.enumerated() {
            let text = line.trimmed
            if text.isEmpty || text.hasPrefix("#") { continue }
            let halves = text.split(separator: "=", omittingEmptySubsequences: false)
            let theirs = halves.dropLast().joined(separator: "=").trimmed
            let ours = String(halves.last ?? "").trimmed
            let field = ExtractField(rawValue: ours)
            guard halves.count > 1, !theirs.isEmpty, field != nil || ours == "-" else {
                let near = nearestSpelling(to: ours, in: names).map { "; did you mean \($0)?" }
                faults.append(
                    Fault(
                        file: file,
                        line: file == nil ? nil : place + 1,
                        problem: "“\(text)” cannot be read",
                        expected: "THEIRS=OURS, where OURS is - or one of "
                            + names.joined(separator: ", ") + (near ?? "")
                    )
                )
                continue
            }
            fields[theirs] = .some(field)
        }
        if !faults.isEmpty { throw Faults(faults: faults) }
        self.fields = fields
    }

    /// The field of each column of a file, or every fault of its headings.
    func places(of file: CSVFile) throws(Faults) -> [ExtractField?] {
        var faults: [Fault] = []
        var places: [ExtractField?] = []
        let names = ExtractField.allCases.map(\.rawValue)
        for (index, name) in file.columns.enumerated() {
            guard !name.isEmpty else {
                places.append(nil)
                continue
            }
            let mapped = fields[name]
            let field = mapped ?? ExtractField(rawValue: name)
            if mapped == nil, field == nil {
                let near = nearestSpelling(to: name, in: names).map { "; did you mean \($0)?" }
                faults.append(
                    file.fault(
                        field: index,
                        problem: "nothing is known of this column",
                        expected: "--map \"\(name)=FIELD\", or \"\(name)=-\" to pass over it"
                            + (near ?? "")
                    )
                )
            }
            if let field, places.contains(field) {
                faults.append(
                    file.fault(field: index, problem: "\(field.rawValue) comes twice")
                )
            }
            places.append(field)
        }
        if !places.contains(.nhsNumber) {
            faults.append(
                Fault(
                    file: file.file,
                    line: 1,
                    field: ExtractField.nhsNumber.rawValue,
                    problem: "this column is missing",
                    expected: ExtractField.nhsNumber.says
                )
            )
        }
        if !faults.isEmpty { throw Faults(faults: faults) }
        return places
    }
}

extension StringProtocol {
    /// Without the spaces at its ends.
    fileprivate var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text = text.dropFirst() }
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return String(text)
    }
}
