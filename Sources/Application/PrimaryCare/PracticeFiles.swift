import Foundation
import Kernel
import PrimaryCare

/// The files that practices' records are read by: `primary-care` beside the programme files.
package struct PracticeFiles: Sendable {
    package let directory: String

    package init(directory: String) { self.directory = directory }

    /// The code list.
    ///
    /// - Throws: every fault of it.
    package func codes() throws -> CodeList {
        let path = directory + "/codes.csv"
        var file = try CSVFile(path: path)
        let wanted = ["code", "system", "means", "name"]
        guard file.columns == wanted else {
            throw Faults(
                Fault(
                    file: path,
                    line: 1,
                    problem: "the headings are others",
                    expected: wanted.joined(separator: ",")
                )
            )
        }
        var lines: [CodeList.Line] = []
        var faults: [Fault] = []
        var seen: Set<RecordCode> = []
        while true {
            do {
                guard try file.next() else { break }
            } catch {
                faults += error.faults
                continue
            }
            let (line, found) = Self.line(file)
            faults += found
            guard let line else { continue }
            if !seen.insert(line.code).inserted {
                faults.append(file.fault(field: 0, problem: "the code comes twice"))
            }
            lines.append(line)
        }
        if !faults.isEmpty { throw Faults(faults: faults) }
        return CodeList(lines)
    }

    private static func line(_ file: CSVFile) -> (line: CodeList.Line?, faults: [Fault]) {
        var faults: [Fault] = []
        let code = RecordCode(file.field(0))
        if code?.hasRightCheckDigit != true {
            faults.append(
                file.fault(field: 0, problem: "\(file.field(0)) is not a code", expected: "a code")
            )
        }
        let system = file.field(1)
        if !CodeList.systems.contains(system) {
            let known = CodeList.systems.joined(separator: ", ")
            faults.append(
                file.fault(field: 1, problem: "\(system) is not known", expected: "one of \(known)")
            )
        }
        let meaning = CodeMeaning(file.field(2))
        if meaning == nil {
            let words = CodeMeaning.words
            let near = nearestSpelling(to: file.field(2), in: words).map { "; did you mean \($0)?" }
            faults.append(
                file.fault(
                    field: 2,
                    problem: "\(file.field(2)) is not known",
                    expected: "one of \(words.joined(separator: ", "))" + (near ?? "")
                )
            )
        }
        guard faults.isEmpty, let code, let meaning else { return (nil, faults) }
        let line = CodeList.Line(code: code, system: system, meaning: meaning, name: file.field(3))
        return (line, [])
    }

    /// Who might be offered support.
    ///
    /// - Throws: every fault of the rule.
    package func worklist() throws -> WorklistRule {
        let path = directory + "/worklist.json"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ServiceError(.notFound, "There is no file \(path).")
        }
        return try WorklistRule(json: Array(data), file: path)
    }
}

extension Goodwork {
    /// The files for practices, beside the programmes.
    package var practiceFiles: PracticeFiles {
        PracticeFiles(directory: library.directory + "/primary-care")
    }
}
