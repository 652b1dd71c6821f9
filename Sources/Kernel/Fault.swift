/// Something wrong in what a person wrote or sent: where it is, what is wrong and what was
/// expected, in words for that person.
package struct Fault: Hashable, Sendable, CustomStringConvertible {
    /// The file, as the person named it.
    package var file: String?

    /// The line, from 1.
    package var line: Int?

    /// The column in characters, from 1.
    package var column: Int?

    /// The field, column heading or path within the file.
    package var field: String?

    /// What is wrong.
    package var problem: String

    /// What would have been right, to follow the word "expected".
    package var expected: String?

    /// A fault.
    package init(
        file: String? = nil,
        line: Int? = nil,
        column: Int? = nil,
        field: String? = nil,
        problem: String,
        expected: String? = nil
    ) {
        self.file = file
        self.line = line
        self.column = column
        self.field = field
        self.problem = problem
        self.expected = expected
    }

    /// One line, "file:line:column: field: problem; expected …", without what is not known.
    package var description: String {
        var place: [String] = []
        if let file { place.append(file) }
        if let line { place.append(String(line)) }
        if let column { place.append(String(column)) }
        var parts: [String] = []
        if !place.isEmpty { parts.append(place.joined(separator: ":")) }
        if let field { parts.append(field) }
        parts.append(problem)
        let text = parts.joined(separator: ": ")
        guard let expected else { return text }
        return "\(text); expected \(expected)"
    }
}

/// One or more faults found together.
package struct Faults: Error, Sendable, CustomStringConvertible {
    /// The faults, in the order they were found.
    package var faults: [Fault]

    /// Some faults.
    package init(faults: [Fault]) { self.faults = faults }

    /// A single fault.
    package init(_ fault: Fault) { faults = [fault] }

    /// One line for each fault.
    package var description: String {
        faults.map(\.description).joined(separator: "\n")
    }
}
