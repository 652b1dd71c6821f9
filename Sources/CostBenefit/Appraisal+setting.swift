import Kernel

extension Appraisal {
    /// The same with some assumptions at other values.
    ///
    /// - Parameter values: texts by the ids of assumptions, as somebody typed them; blank leaves
    ///   what the file says.
    /// - Throws: a fault for each that is not known or will not do, its `field` being the id.
    package func setting(_ values: [(id: String, text: String)]) throws(Faults) -> Appraisal {
        var changed = self
        var faults: [Fault] = []
        for (id, written) in values {
            let text = written.trimmedBlanks
            guard !text.isEmpty else { continue }
            guard let place = assumptions.firstIndex(where: { $0.id == id }) else {
                let near = nearestSpelling(to: id, in: assumptions.map(\.id))
                faults.append(
                    Fault(
                        field: id,
                        problem: "there is no such assumption",
                        expected: near.map { "another; did you mean `\($0)`?" }
                    )
                )
                continue
            }
            let filed = assumptions[place].value
            let unit = assumptions[place].unit
            guard let number = unit.read(text) else {
                let problem = "“\(text)” will not do"
                faults.append(Fault(field: id, problem: problem, expected: unit.expected))
                continue
            }
            // What the page shows is rounded to two decimals; sent back as it was, it changes nothing.
            if let filed, unit.typed(filed) == unit.typed(number) { continue }
            changed.assumptions[place].filed = filed
            changed.assumptions[place].value = number
            changed.assumptions[place].isChanged = true
        }
        guard faults.isEmpty else { throw Faults(faults: faults) }
        return changed
    }

    /// The assumptions that were put at something else than the file says.
    package var changes: [Assumption] { assumptions.filter(\.isChanged) }

    /// The assumptions that nobody has vouched for.
    package var assumed: [Assumption] { assumptions.filter(\.basis.isAssumed) }
}

extension String {
    fileprivate var trimmedBlanks: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text = text.dropFirst() }
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return String(text)
    }
}
