import Kernel

/// The tables of a guide as rows of text, and the way between them and records.
package struct GuideRows {
    /// One row of one table.
    package struct Row {
        package var cells: [String: String]
        /// Says what is wrong with a column of it, in the file's own place.
        package var fault: (_ column: String, _ problem: String, _ expected: String?) -> Fault

        package init(
            cells: [String: String],
            fault: @escaping (_ column: String, _ problem: String, _ expected: String?) -> Fault
        ) {
            self.cells = cells
            self.fault = fault
        }
    }

    /// By the name of the table.
    package var rows: [String: [Row]] = [:]
    /// Tables of which some rows could not be read: what points to one of these is not judged.
    package var incomplete: Set<String> = []

    package init() {}

    /// The table that a file holds, by its name: `services.csv`, `service.csv`, `addresses.csv`.
    package static func table(ofFile name: String) -> GuideTable? {
        guard name.hasSuffix(".csv") else { return nil }
        let stem = String(name.dropLast(4)).lowercased()
        return GuideTable.all.first { table in
            let own = String(table.file.dropLast(4))
            return [own, table.name, table.name + "s", table.name + "es"].contains(stem)
        }
    }
}

extension GuideBatch {
    /// Puts the rows of tables together.
    ///
    /// - Throws: every fault, each at its row and column.
    package init(_ rows: GuideRows, known: GuideKnown = GuideKnown()) throws(Faults) {
        var assembly = GuideAssembly(rows)
        let value = assembly.value()
        var reader = GuideReader()
        reader.read(value)
        for stray in assembly.strays() where reader.faults.count < GuideReader.faultsMax {
            reader.record(.object(stray.record), stray.table, at: stray.pointer)
        }
        reader.checkIds(known, besides: rows.incomplete)
        // A place where several services are is read with each of them.
        var told: Set<Fault> = []
        let faults = (assembly.faults + reader.faults.compactMap { assembly.placed($0) })
            .filter { told.insert($0).inserted }
        guard faults.isEmpty else {
            throw Faults(faults: Array(faults.prefix(GuideReader.faultsMax)))
        }
        self = reader.batch
        leftOut = (reader.leftOut.union(assembly.leftOut)).sorted()
    }
}

/// Rows on their way to records, and which row each record came from.
private struct GuideAssembly {
    private let rows: GuideRows
    private(set) var faults: [Fault] = []
    private(set) var leftOut: Set<String> = []
    private var places: [String: GuideRows.Row] = [:]
    /// Rows that are part of a record, by table and place.
    private var used: Set<String> = []
    /// Where the reader has nothing to add: it was told already, or cannot be known.
    private var passed: Set<String> = []
    /// For each table and column, the rows by what stands there.
    private var byColumn: [String: [String: [Int]]] = [:]

    init(_ rows: GuideRows) {
        self.rows = rows
        for table in GuideTable.all {
            let own = rows.rows[table.name] ?? []
            for column in Set(table.parents.map(\.column) + ["id"]) {
                var index: [String: [Int]] = [:]
                for (place, row) in own.enumerated() {
                    guard let id = row.cells[column]?.lowercased(), !id.isEmpty else { continue }
                    index[id, default: []].append(place)
                }
                byColumn["\(table.name) \(column)"] = index
            }
        }
    }

    mutating func value() -> JSONValue {
        var object = JSONObject()
        for list in GuideBatch.lists {
            let table = GuideTable.all.first { $0.file == "\(list).csv" }
            guard let table, let own = rows.rows[table.name] else { continue }
            object[list] = .array(
                own.indices.map { index in
                    .object(record(index, of: table, at: "/\(list)/\(index)"))
                }
            )
        }
        if rows.rows["service"] == nil, object.isEmpty { object["services"] = .array([]) }
        checkIds()
        checkOwners()
        return .object(object)
    }

    /// Rows that are part of no record: they are read for their own faults alone.
    mutating func strays() -> [(table: String, pointer: String, record: JSONObject)] {
        var strays: [(table: String, pointer: String, record: JSONObject)] = []
        for table in GuideTable.all {
            for index in (rows.rows[table.name] ?? []).indices
            where !used.contains("\(table.name) \(index)") {
                let pointer = "/\(table.file)/\(index)"
                strays.append((table.name, pointer, record(index, of: table, at: pointer)))
            }
        }
        return strays
    }

    private mutating func record(
        _ index: Int,
        of table: GuideTable,
        at pointer: String
    ) -> JSONObject {
        let row = rows.rows[table.name, default: []][index]
        places[pointer] = row
        used.insert("\(table.name) \(index)")
        var object = JSONObject()
        for (column, text) in row.cells.sorted(by: { $0.key < $1.key }) where !text.isEmpty {
            guard let field = table.field(column) else {
                if !table.columns.contains(column) { leftOut.insert("\(table.file) \(column)") }
                continue
            }
            object[column] =
                field.kind == .number ? JSONValue(typedNumber: text) : .string(text)
        }
        let id = row.cells["id"]?.lowercased() ?? ""
        for part in table.parts {
            let inner = GuideTable.named(part.table)
            if part.isList {
                let column = part.table == "attribute" ? "link_id" : "\(table.name)_id"
                let own = byColumn["\(part.table) \(column)"]?[id] ?? []
                if own.isEmpty || id.isEmpty { continue }
                object[part.name] = .array(
                    own.enumerated().map { index, place in
                        .object(record(place, of: inner, at: "\(pointer)/\(part.name)/\(index)"))
                    }
                )
                continue
            }
            let column = "\(part.name)_id"
            guard let target = row.cells[column], !target.isEmpty else { continue }
            if part.table != "location" {
                object[column] = .string(target)
            } else if let place = byColumn["location id"]?[target.lowercased()]?.first {
                object[part.name] = .object(
                    record(place, of: inner, at: "\(pointer)/\(part.name)")
                )
            } else {
                passed.insert("\(pointer)/\(part.name)")
                if rows.incomplete.contains("location") { continue }
                let problem = "there is no location \(target) in locations.csv"
                faults.append(row.fault(column, problem, "the id of a row of locations.csv"))
            }
        }
        return object
    }

    /// Each row has an id of its own; only a part of two records stands there once for each.
    private mutating func checkIds() {
        for table in GuideTable.all {
            let owners = Set(table.parents.map(\.column)).sorted()
            var first: [[String]: GuideRows.Row] = [:]
            for (index, row) in (rows.rows[table.name] ?? []).enumerated() {
                let ids = (["id"] + owners).map { row.cells[$0]?.lowercased() ?? "" }
                if ids[0].isEmpty { continue }
                guard let other = first[ids] else {
                    first[ids] = row
                    continue
                }
                let line = other.fault("id", "", nil).line
                let place = line.map { "in line \($0)" } ?? "there"
                let words = table.name.replacing("_", with: " ")
                faults.append(row.fault("id", "stands \(place) already", "each \(words) once"))
                if table.name == "service" { passed.insert("/services/\(index)/id") }
            }
        }
    }

    /// Each row of a part belongs to something that is there.
    private mutating func checkOwners() {
        for table in GuideTable.all where !table.parents.isEmpty {
            let parents = table.parents
            for row in rows.rows[table.name] ?? [] {
                let said = parents.filter { row.cells[$0.column]?.isEmpty == false }
                if said.isEmpty {
                    let columns = Array(Set(parents.map(\.column))).sorted()
                    faults.append(
                        row.fault(
                            columns[0],
                            "it belongs to nothing",
                            columns.joined(separator: " or ")
                        )
                    )
                    continue
                }
                let isThere = said.contains { column, parent in
                    if rows.incomplete.contains(parent.name) { return true }
                    let id = row.cells[column]?.lowercased() ?? ""
                    return byColumn["\(parent.name) id"]?[id] != nil
                }
                if isThere { continue }
                let (column, parent) = said[0]
                let problem = "there is no \(row.cells[column] ?? "") in \(parent.file)"
                faults.append(row.fault(column, problem, "the id of a row of \(parent.file)"))
            }
        }
    }

    /// A fault at the row and the column that it is about; nil where there is none after all.
    func placed(_ fault: Fault) -> Fault? {
        guard let pointer = fault.field, let slash = pointer.lastIndex(of: "/") else {
            return fault
        }
        if passed.contains(pointer) { return nil }
        let column = String(pointer[pointer.index(after: slash)...])
        if let row = places[String(pointer[..<slash])] {
            // What is pointed to stands in the row by its id.
            let name = GuideTable.all.contains { $0.name == column } ? "\(column)_id" : column
            return row.fault(name, fault.problem, fault.expected)
        }
        if let row = places[pointer] { return row.fault("id", fault.problem, fault.expected) }
        return fault
    }
}

extension GuideBatch {
    /// The records as rows: for each table its columns and its rows.
    package func tables() -> [(table: GuideTable, rows: [[String]])] {
        var writer = GuideTableWriter()
        for service in services { writer.add(service, "service", owner: nil) }
        for one in organisations { writer.add(one, "organization", owner: nil) }
        for one in taxonomies { writer.add(one, "taxonomy", owner: nil) }
        for one in terms { writer.add(one, "taxonomy_term", owner: nil) }
        return GuideTable.all.map { table in (table, writer.rows[table.name] ?? []) }
    }
}

private struct GuideTableWriter {
    var rows: [String: [[String]]] = [:]
    /// A place where several services are is one row.
    private var locations: Set<String> = []

    mutating func add(_ object: JSONObject, _ name: String, owner: (table: String, id: String)?) {
        let table = GuideTable.named(name)
        let id = object["id"]?.string ?? ""
        if name == "location", !locations.insert(id).inserted { return }
        var cells: [String: String] = [:]
        for field in table.fields {
            switch object[field.name] {
            case .string(let text)?: cells[field.name] = text
            case .number(let text)?: cells[field.name] = text
            default: break
            }
        }
        if let owner {
            cells[name == "attribute" ? "link_id" : "\(owner.table)_id"] = owner.id
            if name == "attribute" { cells["link_entity"] = owner.table }
        }
        for part in table.parts {
            if part.isList {
                for item in object[part.name]?.array?.compactMap(\.object) ?? [] {
                    add(item, part.table, owner: (name, id))
                }
            } else if let inner = object[part.name]?.object {
                cells["\(part.name)_id"] = inner["id"]?.string
                add(inner, part.table, owner: nil)
            } else if let target = object["\(part.name)_id"]?.string {
                cells["\(part.name)_id"] = target
            }
        }
        rows[name, default: []].append(table.columns.map { cells[$0] ?? "" })
    }
}
