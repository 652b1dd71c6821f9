import Kernel
import Programmes

/// What is asked of a report.
package struct ReportRequest: Sendable, Hashable {
    /// The day that is described.
    package var asAt: CivilDate
    /// What the cases are set apart by; nil for one column of figures.
    package var grouping: Grouping?
    /// The moment up to which events were known, in words, if the report is one of earlier knowledge.
    package var knownAt: String?

    package init(asAt: CivilDate, grouping: Grouping? = nil, knownAt: String? = nil) {
        self.asAt = asAt
        self.grouping = grouping
        self.knownAt = knownAt
    }
}

/// What a report sets cases apart by.
package enum Grouping: String, Sendable, CaseIterable, Comparable {
    case strand
    /// The month of referral.
    case month
    case referrer
    case condition
    /// The ethnic group.
    case ethnicity
    case gender
    case ageBand = "age-band"
    case provider
    /// The area of the programme file that the postcode lies in.
    case locality

    package static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }

    /// What the groups are, as a heading.
    package var heading: String {
        switch self {
        case .strand: "Strand"
        case .month: "Month of referral"
        case .referrer: "Referrer"
        case .condition: "Condition"
        case .ethnicity: "Ethnic group"
        case .gender: "Gender"
        case .ageBand: "Age band"
        case .provider: "Provider"
        case .locality: "Locality"
        }
    }

    /// The column that holds the groups; nil for the month.
    var field: CodeField? {
        switch self {
        case .strand: .strand
        case .month: nil
        case .referrer: .referrer
        case .condition: .condition
        case .ethnicity: .ethnicityGroup
        case .gender: .gender
        case .ageBand: .ageBand
        case .provider: .provider
        case .locality: .area
        }
    }

    /// The groups of a table's rows.
    func scale(of table: FactTable, _ programme: Programme) -> GroupScale {
        guard let field else { return GroupScale(monthOf: .referred, in: table) }
        return GroupScale(field, in: table, like: self, programme)
    }

    /// What people read for a group's code.
    func label(of key: String, _ programme: Programme) -> String {
        switch self {
        case .strand:
            return programme.strands.first { $0.id == key }?.name ?? key
        case .locality:
            return programme.areas.first { $0.id == key }?.name ?? key
        case .ethnicity:
            return EthnicGroup(rawValue: key)?.name ?? key
        case .gender:
            return Gender(rawValue: key)?.name ?? key
        case .condition:
            let words = key.map { $0 == "-" ? " " : $0 }
            return words.prefix(1).map { $0.uppercased() }.joined() + String(words.dropFirst())
        case .month, .referrer, .ageBand, .provider:
            return key
        }
    }

    /// The order of some codes, as a rank for each: that of the programme file for strands and
    /// providers, that of age for age bands, and otherwise that of the alphabet.
    func order(of keys: [String], _ programme: Programme) -> [Int] {
        func first(_ key: String) -> Int {
            switch self {
            case .strand:
                return programme.strands.firstIndex { $0.id == key } ?? Int.max
            case .provider:
                return programme.strands.firstIndex { $0.provider == key } ?? Int.max
            case .locality:
                return programme.areas.firstIndex { $0.id == key } ?? Int.max
            case .ageBand:
                let digits = key.drop { !$0.isNumber }.prefix { $0.isNumber }
                return (Int(digits) ?? Int.max / 2) * 2 - (key.first?.isNumber == true ? 0 : 1)
            default:
                return 0
            }
        }
        let ranked = keys.indices.map { (first(keys[$0]), keys[$0], $0) }.sorted(by: <)
        var ranks = Array(repeating: 0, count: keys.count)
        for (rank, entry) in ranked.enumerated() { ranks[entry.2] = rank }
        return ranks
    }
}
