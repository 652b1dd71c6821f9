import Kernel

/// One kind of record of Open Referral UK 3.0 (HSDS-UK), as data.
///
/// What may stand in a record, in JSON and in CSV, follows from this and is written nowhere else.
package struct GuideTable: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case uuid, text, uri, email, number, date, moment, time, status, rule
        case place, country, frequency
    }

    /// A value of the record itself.
    package struct Field: Sendable {
        package var name: String
        package var kind: Kind
        package var isRequired: Bool
    }

    /// Records of another table that belong to this one, or one that it points to.
    package struct Part: Sendable {
        package var name: String
        package var table: String
        /// Whether there may be several; else this record points to one by its id.
        package var isList: Bool
    }

    package var name: String
    /// The file of this table, where the guide is a folder of tables.
    package var file: String
    package var fields: [Field]
    package var parts: [Part]

    package func field(_ name: String) -> Field? { fields.first { $0.name == name } }

    /// The columns by which a record of this table says to what it belongs.
    package var parents: [(column: String, table: GuideTable)] {
        GuideTable.all.flatMap { parent in
            parent.parts.filter { $0.isList && $0.table == name }.map { _ in
                (name == "attribute" ? "link_id" : "\(parent.name)_id", parent)
            }
        }
    }

    /// The columns of the file: its own fields, what it points to, and what it belongs to.
    package var columns: [String] {
        var columns = fields.map(\.name)
        for column in parts.filter({ !$0.isList }).map({ "\($0.name)_id" }) + parents.map(\.column)
        where !columns.contains(column) {
            columns.append(column)
        }
        if name == "attribute" { columns.append("link_entity") }
        return columns
    }

    /// Every table, in the order of their names in `GuideTable.text`.
    package static let all: [GuideTable] = parsed(text)

    private static let byName = Dictionary(
        all.map { ($0.name, $0) },
        uniquingKeysWith: { first, _ in first }
    )

    /// A table that is known to be there.
    package static func named(_ name: String) -> GuideTable {
        guard let table = byName[name] else { preconditionFailure("no table \(name)") }
        return table
    }

    /// Reads the tables; a mistake in them is a programmer's.
    private static func parsed(_ text: String) -> [GuideTable] {
        var tables: [GuideTable] = []
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            if line.first != " " {
                precondition(words.count == 2, "no table: \(line)")
                tables.append(GuideTable(name: words[0], file: words[1], fields: [], parts: []))
                continue
            }
            for word in words { tables[tables.count - 1].add(word) }
        }
        return tables
    }

    /// `name`, `name:kind`, `name:kind!`, `name=one` and `name=[many]`.
    private mutating func add(_ word: String) {
        if let at = word.firstIndex(of: "=") {
            let target = word[word.index(after: at)...]
            let isList = target.hasPrefix("[")
            let table = String(isList ? target.dropFirst().dropLast() : target)
            parts.append(Part(name: String(word[..<at]), table: table, isList: isList))
            return
        }
        let isRequired = word.hasSuffix("!")
        let halves = word.prefix(word.count - (isRequired ? 1 : 0)).split(separator: ":")
        let kind = halves.count == 2 ? Kind(rawValue: String(halves[1])) : .text
        guard let kind else { preconditionFailure("no kind: \(word)") }
        fields.append(Field(name: String(halves[0]), kind: kind, isRequired: isRequired))
    }
}
