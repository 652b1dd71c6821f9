import Programmes

/// What is certain of a set of cases from the way in which it is made.
///
/// It is a list of conditions that all hold: columns of which only some codes are allowed, and other
/// steps of the plan, each of which holds or does not.
struct SetForm: Hashable {
    /// The allowed codes of a column, a bit each.
    var codes: [Plan.Column: [UInt64]] = [:]
    /// Other conditions: twice the step, and 1 more where it does not hold.
    var others: Set<Int> = []
    /// Whether no case can belong.
    var isEmpty = false

    /// Whether every case of this set is certainly in another.
    func isWithin(_ other: SetForm) -> Bool {
        if isEmpty { return true }
        guard !other.isEmpty, other.others.isSubset(of: others) else { return false }
        return other.codes.allSatisfy { column, allowed in
            guard let own = codes[column] else { return false }
            return zip(own, allowed).allSatisfy { $0 & ~$1 == 0 }
        }
    }

    /// Whether no case can be in both sets.
    func isApart(from other: SetForm) -> Bool {
        if isEmpty || other.isEmpty { return true }
        if others.contains(where: { other.others.contains($0 ^ 1) }) { return true }
        return codes.contains { column, allowed in
            guard let theirs = other.codes[column] else { return false }
            return zip(allowed, theirs).allSatisfy { $0 & $1 == 0 }
        }
    }

    /// The cases that are in this set and in another.
    func and(_ other: SetForm) -> SetForm {
        var result = self
        result.isEmpty = isEmpty || other.isEmpty
        result.others.formUnion(other.others)
        for (column, allowed) in other.codes {
            let both = result.codes[column].map { own in zip(own, allowed).map { $0 & $1 } }
            result.codes[column] = both ?? allowed
            if both?.allSatisfy({ $0 == 0 }) == true { result.isEmpty = true }
        }
        return result
    }

    /// The one column that the set is made from, if nothing else is.
    fileprivate var only: (column: Plan.Column, allowed: [UInt64])? {
        guard !isEmpty, others.isEmpty, codes.count == 1, let first = codes.first else {
            return nil
        }
        return (first.key, first.value)
    }
}

extension Plan {
    /// What is certain of a set.
    func form(_ set: Int) -> SetForm {
        switch steps[set] {
        case .everyone: return SetForm()
        case .nobody: return SetForm(isEmpty: true)
        case .dateUpTo, .number: return SetForm(others: [2 * set])
        case .lanes(let column, let allowed):
            var bits = bits(of: column)
            for code in allowed { bits[Int(code) / 64] |= 1 << (code % 64) }
            return SetForm(codes: [column: bits])
        case .table(let column, let flags):
            var bits = bits(of: column)
            for (code, flag) in flags.enumerated() where flag != 0 {
                bits[code / 64] |= 1 << (code % 64)
            }
            return SetForm(codes: [column: bits])
        case .all(let parts):
            return parts.reduce(SetForm()) { $0.and(form($1)) }
        case .any(let parts):
            let forms = parts.map { form($0).only }
            guard let first = forms.first ?? nil,
                forms.allSatisfy({ $0?.column == first.column })
            else { return SetForm(others: [2 * set]) }
            let union = forms.reduce(bits(of: first.column)) { bits, form in
                zip(bits, form?.allowed ?? []).map { $0 | $1 }
            }
            return SetForm(codes: [first.column: union])
        case .not(let inner):
            if let only = form(inner).only {
                return SetForm(codes: [only.column: others(than: only.allowed, in: only.column)])
            }
            if case .everyone = steps[inner] { return SetForm(isEmpty: true) }
            return SetForm(others: [2 * inner + 1])
        }
    }

    /// What is certain of the cases whose code in a column passes a test.
    func form(_ field: CodeField, where passes: (String) -> Bool) -> SetForm {
        let column = Column.code(field.place)
        let dictionary = table.codes[field.place].dictionary
        var bits = bits(of: column)
        for code in 0...dictionary.count where passes(dictionary[UInt32(code)]) {
            bits[code / 64] |= 1 << UInt64(code % 64)
        }
        return SetForm(codes: [column: bits])
    }

    /// The codes of a column that are not among some.
    private func others(than allowed: [UInt64], in column: Column) -> [UInt64] {
        var bits = allowed.map { ~$0 }
        // Beyond the last code there is nothing.
        let spare = bits.count * 64 - codes(of: column) - 1
        bits[bits.count - 1] &= UInt64.max >> UInt64(spare)
        return bits
    }

    /// No code of a column, blank included, with room for each.
    private func bits(of column: Column) -> [UInt64] {
        Array(repeating: 0, count: codes(of: column) / 64 + 1)
    }

    /// How many codes a column has, without the blank one.
    private func codes(of column: Column) -> Int {
        switch column {
        case .code(let place): table.codes[place].dictionary.count
        case .set(let place): table.sets[place].cells.dictionary.count
        }
    }
}
