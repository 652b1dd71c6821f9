import Kernel
import Yams

/// The text of a file, read as YAML.
///
/// A key that is written twice makes the YAML library give up. So that the rest of the file can be
/// checked too, the earlier key is marked with a letter of the private use area, and the file is
/// read again; the fault is then reported where the key stands the second time.
package struct YAMLText {
    private static let duplicatesMax = 100
    private static let marker = "\u{E000}"

    private var text: String
    /// Keys that were found twice, by name.
    private var duplicates: [String] = []
    private let log: ReadingLog

    package init(_ text: String, log: ReadingLog) {
        self.text = text
        self.log = log
    }

    /// The root of the document, or nil if it is no YAML or uses what our files may not.
    ///
    /// - Parameter what: what the file should hold, to follow "expected".
    package mutating func root(of what: String = "a programme") -> Place? {
        for _ in 0...Self.duplicatesMax {
            do {
                // A node keeps its anchor only while the parser is there.
                let parser = try Parser(yaml: text)
                defer { withExtendedLifetime(parser) {} }
                guard let node = try parser.singleRoot() else {
                    log.add(
                        line: 1,
                        column: 1,
                        field: nil,
                        problem: "the file is empty",
                        expected: what
                    )
                    return nil
                }
                guard !reportAnchors(in: node) else { return nil }
                return Place(node: reportDuplicates(in: node, path: ""), path: "", log: log)
            } catch let YamlError.duplicatedKeysInMapping(keys, context) {
                guard markDuplicate(keys, at: context.mark) else { return nil }
            } catch {
                report(error)
                return nil
            }
        }
        log.add(
            line: 1,
            column: 1,
            field: nil,
            problem: "more than \(Self.duplicatesMax) keys are written twice",
            expected: "each key once"
        )
        return nil
    }

    /// Marks the earlier of two equal keys.
    ///
    /// - Returns: False, with a fault noted, if it cannot be found in the text.
    private mutating func markDuplicate(_ keys: [String], at mark: Mark) -> Bool {
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map(String.init)
        if lines.indices.contains(mark.line - 1) {
            let line = lines[mark.line - 1].unicodeScalars
            let column = mark.column - 1
            let start = line.index(line.startIndex, offsetBy: column, limitedBy: line.endIndex)
            for key in keys {
                guard let start, line[start...].starts(with: key.unicodeScalars) else { continue }
                let end = line.index(start, offsetBy: key.unicodeScalars.count)
                let extra = String(repeating: Self.marker, count: duplicates.count + 1)
                lines[mark.line - 1] = String(line[..<end]) + extra + String(line[end...])
                text = lines.joined(separator: "\n")
                for offset in 0..<extra.unicodeScalars.count {
                    let column = mark.column + key.unicodeScalars.count + offset
                    log.noteInsertion(line: mark.line, column: column)
                }
                duplicates.append(key)
                return true
            }
        }
        log.add(
            line: mark.line,
            column: mark.column,
            field: keys.first,
            problem: "`\(keys.joined(separator: "`, `"))` is written twice",
            expected: "each key once"
        )
        return false
    }

    /// Reports the keys that were marked, and answers the document without them.
    private func reportDuplicates(in node: Node, path: String) -> Node {
        guard !duplicates.isEmpty else { return node }
        switch node {
        case .sequence(let sequence):
            let nodes = sequence.enumerated().map {
                reportDuplicates(in: $0.element, path: "\(path)[\($0.offset + 1)]")
            }
            return .sequence(
                .init(nodes, sequence.tag, sequence.style, sequence.mark, sequence.anchor)
            )
        case .mapping(let mapping):
            var firstLines: [String: Int] = [:]
            var pairs: [(Node, Node)] = []
            for (key, value) in mapping {
                let written = key.scalar?.string ?? "?"
                let name = written.replacing(Self.marker, with: "")
                let below = path.isEmpty ? name : "\(path).\(name)"
                if let line = firstLines[name] {
                    log.add(
                        line: key.mark?.line,
                        column: key.mark?.column,
                        field: below,
                        problem: "`\(name)` is written twice",
                        expected: "each key once; the first is on line \(line)"
                    )
                }
                if written != name {
                    firstLines[name] = firstLines[name] ?? key.mark?.line
                } else {
                    pairs.append((key, reportDuplicates(in: value, path: below)))
                }
            }
            return .mapping(.init(pairs, mapping.tag, mapping.style, mapping.mark, mapping.anchor))
        case .scalar, .alias:
            return node
        }
    }

    /// Reports anchors, whose copies could make a small file endless.
    private func reportAnchors(in node: Node) -> Bool {
        if node.anchor != nil {
            Place(node: node, path: "", log: log)
                .fault(
                    "anchors (&) and aliases (*) are not read here",
                    expected: "the value, written out"
                )
            return true
        }
        return switch node {
        case .sequence(let nodes): nodes.reduce(false) { reportAnchors(in: $1) || $0 }
        case .mapping(let pairs): pairs.reduce(false) { reportAnchors(in: $1.value) || $0 }
        case .scalar: false
        case .alias: true
        }
    }

    /// Reports what the YAML library says.
    private func report(_ error: any Error) {
        switch error {
        case YamlError.scanner(let context, let problem, let mark, _),
            YamlError.parser(let context, let problem, let mark, _),
            YamlError.composer(let context, let problem, let mark, _):
            let words = [problem, context?.text].compactMap { $0 }.joined(separator: " ")
            log.add(
                line: mark.line,
                column: mark.column,
                field: nil,
                problem: "the file is not YAML: \(words)",
                expected: nil
            )
        case YamlError.reader(let problem, let offset, _, _):
            let before = text.utf8.prefix(offset ?? 0)
            log.add(
                line: before.count { $0 == 10 } + 1,
                column: 1,
                field: nil,
                problem: "the file is not YAML: \(problem)",
                expected: nil
            )
        default:
            log.add(line: 1, column: 1, field: nil, problem: "the file is not YAML", expected: nil)
        }
    }
}
