import Kernel

/// What is noted while one file is read: its faults, the names that it defines and uses,
/// and the keys that were asked for.
///
/// Reading never stops at a fault. It notes it and goes on, so that a person sees all of them.
package final class ReadingLog {
    package let file: String
    package private(set) var faults: [Fault] = []
    package var names = NameTable()
    /// The keys that the reader knows, by the shape of the mapping they stand in.
    package private(set) var keys: [String: Set<String>] = [:]
    /// Letters that were put into the text before it was read, which people do not count.
    private var insertions: [Int: [Int]] = [:]

    /// Whether the text was accepted once: what is a fault since then is passed over.
    package let isKept: Bool

    package init(file: String, isKept: Bool = false) {
        self.file = file
        self.isKept = isKept
    }

    /// Notes a fault.
    package func add(line: Int?, column: Int?, field: String?, problem: String, expected: String?) {
        faults.append(
            Fault(
                file: file,
                line: line,
                column: column.map { trueColumn($0, line: line) },
                field: field.flatMap { $0.isEmpty ? nil : $0 },
                problem: problem,
                expected: expected
            )
        )
    }

    /// Notes that mappings of this shape may have this key.
    package func know(key: String, in shape: String) {
        keys[shape, default: []].insert(key)
    }

    /// The faults from the top of the file down.
    package var sortedFaults: [Fault] {
        faults.sorted { a, b in
            (a.line ?? 0, a.column ?? 0, a.field ?? "") < (
                b.line ?? 0, b.column ?? 0, b.field ?? ""
            )
        }
    }

    /// Notes that the text has a letter more at this line and column, both from 1.
    func noteInsertion(line: Int, column: Int) {
        insertions[line, default: []].append(column)
    }

    private func trueColumn(_ column: Int, line: Int?) -> Int {
        guard let line, let inserted = insertions[line] else { return column }
        return column - inserted.count { $0 < column }
    }
}
