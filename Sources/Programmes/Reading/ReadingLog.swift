import Kernel

/// What is noted while one programme file is read: its faults, the names that it defines and uses,
/// and the keys that were asked for.
///
/// Reading never stops at a fault. It notes it and goes on, so that a person sees all of them.
final class ReadingLog {
    let file: String
    private(set) var faults: [Fault] = []
    var names = NameTable()
    /// The keys that the reader knows, by the shape of the mapping they stand in.
    private(set) var keys: [String: Set<String>] = [:]

    init(file: String) {
        self.file = file
    }

    /// Notes a fault.
    func add(line: Int?, column: Int?, field: String?, problem: String, expected: String?) {
        faults.append(
            Fault(
                file: file,
                line: line,
                column: column,
                field: field.flatMap { $0.isEmpty ? nil : $0 },
                problem: problem,
                expected: expected
            )
        )
    }

    /// Notes that mappings of this shape may have this key.
    func know(key: String, in shape: String) {
        keys[shape, default: []].insert(key)
    }

    /// The faults from the top of the file down.
    var sortedFaults: [Fault] {
        faults.sorted {
            ($0.line ?? 0, $0.column ?? 0, $0.field ?? "") < ($1.line ?? 0, $1.column ?? 0, $1.field ?? "")
        }
    }
}
