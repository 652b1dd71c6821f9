import Kernel
import Programmes

/// The sets of rows that a report needs, each once, in an order in which they can be made.
///
/// A set is known by its place among the steps. Asking again for a set that is already there, by
/// whatever name, gives the same place.
struct Plan {
    /// A column of codes.
    enum Column: Hashable, Sendable {
        case code(Int)
        case set(Int)
    }

    /// How one set of rows is made, from a column or from sets that come before it.
    enum Step: Sendable {
        case everyone
        case nobody
        /// The date is there and not after a day.
        case dateUpTo(Int, Int16)
        /// The cell is one of a few codes.
        case lanes(Column, [UInt32])
        /// The cell is a code for which the table has 1.
        case table(Column, [UInt8])
        /// The number is there and within bounds.
        case number(Int, Int32, Int32)
        case all([Int])
        case any([Int])
        case not(Int)
    }

    /// What a step stands for, by which it is found again.
    private enum Meaning: Hashable {
        case everyone
        case nobody
        case dateUpTo(Int, Int16)
        case codes(Column, [UInt32])
        case token(SetField, String, [String], CivilDate)
        case number(Int, Int32, Int32)
        case all([Int])
        case any([Int])
        case not(Int)
    }

    /// At most so many codes are compared one by one; for more, a table is looked up.
    private static let lanesMax = 4

    let table: FactTable
    let asAt: CivilDate
    private(set) var steps: [Step] = []
    private var places: [Meaning: Int] = [:]
    private let named: [String: Population]
    /// Names that are being resolved, so that a circle ends.
    private var open: Set<String> = []

    init(_ table: FactTable, asAt: CivilDate, populations: [NamedPopulation]) {
        self.table = table
        self.asAt = asAt
        named = Dictionary(populations.map { ($0.id, $0.population) }) { first, _ in first }
    }

    /// The set of every row.
    var everyone: Int { mutating get { step(.everyone, .everyone) } }

    /// The empty set.
    var nobody: Int { mutating get { step(.nobody, .nobody) } }

    /// The set of rows of a population.
    mutating func rows(_ population: Population) -> Int {
        switch population {
        case .everyone: return everyone
        case .named(let id): return rows(named: id)
        case .all(let parts): return all(parts.map { rows($0) })
        case .any(let parts): return any(parts.map { rows($0) })
        case .not(let part): return not(rows(part))
        case .reached(let milestone): return reached(milestone, by: asAt)
        case .code(let field, let values): return codes(field, values)
        case .blank(let field): return codes(field, [""])
        case .token(let field, let key, let values): return token(field, key, values, by: asAt)
        case .number(let field, let from, let to): return number(field, from, to)
        }
    }

    /// The rows that have a milestone's date, not after a day.
    mutating func reached(_ milestone: Milestone, by day: CivilDate) -> Int {
        guard let limit = DateColumn.limit(day) else { return nobody }
        let place = milestone.place
        return step(.dateUpTo(place, limit), .dateUpTo(place, limit))
    }

    /// The rows that have an outcome, or will have it if nothing changes.
    mutating func promised(_ outcome: String) -> Int {
        token(.outcomes, outcome, [], by: CivilDate(day: .max))
    }

    /// The rows that are in all of some sets.
    mutating func all(_ sets: [Int]) -> Int {
        let everyone = everyone
        let parts = Set(sets).subtracting([everyone]).sorted()
        if parts.isEmpty { return everyone }
        if parts.contains(nobody) { return nobody }
        return parts.count == 1 ? parts[0] : step(.all(parts), .all(parts))
    }

    /// The rows that are in any of some sets.
    mutating func any(_ sets: [Int]) -> Int {
        let parts = Set(sets).subtracting([nobody]).sorted()
        if parts.isEmpty { return nobody }
        return parts.count == 1 ? parts[0] : step(.any(parts), .any(parts))
    }

    /// The rows that are not in a set.
    mutating func not(_ set: Int) -> Int {
        if case .not(let inner) = steps[set] { return inner }
        return step(.not(set), .not(set))
    }

    /// The rows whose number is there.
    mutating func known(_ field: NumberField) -> Int { number(field, nil, nil) }

    private mutating func rows(named id: String) -> Int {
        guard let population = named[id], open.insert(id).inserted else { return nobody }
        defer { open.remove(id) }
        return rows(population)
    }

    private mutating func codes(_ field: CodeField, _ values: [String]) -> Int {
        let dictionary = table.codes[field.place].dictionary
        let codes = Set(values.compactMap { dictionary.find($0) }).sorted()
        let column = Column.code(field.place)
        guard !codes.isEmpty else { return nobody }
        if codes.count <= Plan.lanesMax {
            return step(.codes(column, codes), .lanes(column, codes))
        }
        var flags = Array(repeating: UInt8(0), count: dictionary.count + 1)
        for code in codes { flags[Int(code)] = 1 }
        return step(.codes(column, codes), .table(column, flags))
    }

    private mutating func token(
        _ field: SetField,
        _ key: String,
        _ values: [String],
        by day: CivilDate
    ) -> Int {
        let meaning = Meaning.token(field, key, values, day)
        if let place = places[meaning] { return place }
        let test = TokenTest(field, key: key, values: values, asAt: day)
        let flags = table.sets[field.place].texts { test.passes($0) }
        var codes: [UInt32] = []
        for (code, flag) in flags.enumerated() where flag != 0 {
            codes.append(UInt32(code))
            if codes.count > Plan.lanesMax { break }
        }
        guard !codes.isEmpty else { return nobody }
        let column = Column.set(field.place)
        return step(
            meaning,
            codes.count <= Plan.lanesMax ? .lanes(column, codes) : .table(column, flags)
        )
    }

    private mutating func number(_ field: NumberField, _ from: Int?, _ to: Int?) -> Int {
        let least = Int32(clamping: max(from ?? Int.min, Int(NumberColumn.blank) + 1))
        let most = Int32(clamping: to ?? Int.max)
        guard least <= most, (from ?? 0) <= Int(Int32.max) else { return nobody }
        return step(.number(field.place, least, most), .number(field.place, least, most))
    }

    private mutating func step(_ meaning: Meaning, _ step: @autoclosure () -> Step) -> Int {
        if let place = places[meaning] { return place }
        steps.append(step())
        places[meaning] = steps.count - 1
        return steps.count - 1
    }
}
