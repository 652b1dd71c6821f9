import Kernel

/// Reads records by their tables.
struct GuideReader {
    static let faultsMax = 1_000
    static let servicesMax = 20_000

    var batch = GuideBatch()
    var faults: [Fault] = []
    var leftOut: Set<String> = []
    /// Where each id of a kind was found first.
    private var found: [String: [String: String]] = [:]
    /// What has to be there: the kind, the id, and where it is asked for.
    private var asked: [(kind: String, id: String, pointer: String)] = []

    mutating func read(_ value: JSONValue) {
        switch value {
        case .array(let services): list(services, "service", at: "")
        case .object(let object):
            if let contents = object["contents"] {
                readList(contents, "service", at: "/contents")
                return
            }
            guard object.keys.contains(where: GuideBatch.lists.contains) else {
                record(value, "service", at: "", isOfItself: true)
                return
            }
            for (key, value) in object.members {
                let names = [
                    "services": "service", "organizations": "organization",
                    "taxonomies": "taxonomy", "taxonomy_terms": "taxonomy_term",
                ]
                guard let table = names[key] else {
                    leftOut.insert(key)
                    continue
                }
                readList(value, table, at: "/" + key)
            }
        default:
            faults.append(
                Fault(
                    field: "",
                    problem: "\(value.shown) is no guide",
                    expected: "a service, a list of services, or an object with lists"
                )
            )
        }
    }

    private mutating func readList(_ value: JSONValue, _ table: String, at pointer: String) {
        guard let records = value.array else {
            let problem = "\(value.shown) is no list"
            faults.append(Fault(field: pointer, problem: problem, expected: "a list of records"))
            return
        }
        list(records, table, at: pointer)
    }

    private mutating func list(_ records: [JSONValue], _ table: String, at pointer: String) {
        if records.count > Self.servicesMax {
            let problem = "has \(grouped(records.count)) records"
            let expected = "at most \(grouped(Self.servicesMax)) at once"
            faults.append(Fault(field: pointer, problem: problem, expected: expected))
            return
        }
        for (index, value) in records.enumerated() where faults.count < Self.faultsMax {
            record(value, table, at: "\(pointer)/\(index)", isOfItself: true)
        }
    }

    /// Reads one record, and files it when it stands by itself or is pointed to.
    ///
    /// - Returns: the record without what it points to, which is filed apart.
    @discardableResult
    mutating func record(
        _ value: JSONValue,
        _ name: String,
        at pointer: String,
        isOfItself: Bool = false
    ) -> JSONObject? {
        guard let object = value.object else {
            let problem = "\(value.shown) is no record"
            faults.append(Fault(field: pointer, problem: problem, expected: "an object"))
            return nil
        }
        let table = GuideTable.named(name)
        var read = JSONObject()
        for field in table.fields {
            let place = "\(pointer)/\(field.name)"
            guard let value = object[field.name] ?? Self.usual(field.name, of: name, object),
                !value.isNull
            else {
                if field.isRequired {
                    faults.append(
                        Fault(
                            field: place,
                            problem: "is missing",
                            expected: field.kind.expected
                        )
                    )
                }
                continue
            }
            // Others write an empty text where they know nothing.
            if !field.isRequired, value.string == "" { continue }
            let wrong = field.faults(in: value, at: place)
            faults += wrong
            if wrong.isEmpty { read[field.name] = field.kind == .uuid ? value.lowered : value }
        }
        checkAges(read, at: pointer)
        for part in table.parts { readPart(part, of: object, into: &read, name, at: pointer) }
        leaveOut(object, table)
        file(read, table, at: pointer, isOfItself: isOfItself)
        return read
    }

    /// Whom a service is for: nobody is younger than 0, or older than its greatest age and as old as
    /// its least.
    private mutating func checkAges(_ read: JSONObject, at pointer: String) {
        for name in ["minimum_age", "maximum_age"] {
            guard let age = read[name], let years = age.double, years < 0 else { continue }
            faults.append(
                Fault(
                    field: "\(pointer)/\(name)",
                    problem: "\(age.shown) is no age",
                    expected: "0 or more"
                )
            )
        }
        guard let from = read["minimum_age"], let to = read["maximum_age"],
            let least = from.double, let most = to.double, least > most
        else { return }
        faults.append(
            Fault(
                field: "\(pointer)/maximum_age",
                problem: "\(to.shown) is below the `minimum_age`, \(from.shown)",
                expected: "\(from.shown) or more"
            )
        )
    }

    /// What older publishers write under another name.
    private static func usual(_ field: String, of table: String, _ object: JSONObject) -> JSONValue?
    {
        guard table == "taxonomy_term" else { return nil }
        switch field {
        case "name": return object["term"]
        case "description": return object["name"] ?? object["term"]
        default: return nil
        }
    }

    private mutating func readPart(
        _ part: GuideTable.Part,
        of object: JSONObject,
        into read: inout JSONObject,
        _ owner: String,
        at pointer: String
    ) {
        let place = "\(pointer)/\(part.name)"
        if part.isList {
            guard let value = object[part.name], !value.isNull else { return }
            guard let items = value.array else {
                let problem = "\(value.shown) is no list"
                faults.append(Fault(field: place, problem: problem, expected: "a list"))
                return
            }
            let records = items.enumerated().compactMap { index, item in
                record(item, part.table, at: "\(place)/\(index)")
            }
            if !records.isEmpty { read[part.name] = .array(records.map { .object($0) }) }
            return
        }
        let column = "\(part.name)_id"
        if let value = object[part.name], !value.isNull {
            guard let inner = record(value, part.table, at: place, isOfItself: true) else { return }
            if part.table == "location" {
                read[part.name] = .object(inner)
            } else {
                read[column] = inner["id"]
            }
            return
        }
        guard let id = object[column], !id.isNull else {
            // A service is somebody's, and is at a place where it is at one.
            if part.table != "taxonomy_term" {
                let problem = "is missing"
                let article = part.table == "organization" ? "an" : "a"
                faults.append(
                    Fault(field: place, problem: problem, expected: "\(article) \(part.table)")
                )
            }
            return
        }
        let field = GuideTable.Field(name: column, kind: .uuid, isRequired: true)
        let wrong = field.faults(in: id, at: "\(pointer)/\(column)")
        faults += wrong
        guard wrong.isEmpty, let text = id.lowered.string else { return }
        if part.table == "location" {
            let problem = "names a place that is not written out"
            let expected = "the location itself, under `location`"
            faults.append(
                Fault(field: "\(pointer)/\(column)", problem: problem, expected: expected)
            )
            return
        }
        read[column] = .string(text)
        asked.append((part.table, text, "\(pointer)/\(column)"))
    }

    private mutating func leaveOut(_ object: JSONObject, _ table: GuideTable) {
        let parts = table.parts.flatMap { [$0.name, "\($0.name)_id"] }
        let known = Set(table.columns + parts)
        for key in object.keys where !known.contains(key) {
            if leftOut.count < 100 { leftOut.insert("\(table.name).\(key)") }
        }
    }

    /// Keeps a record of its own kind; one that is told twice stays as it was told first.
    private mutating func file(
        _ read: JSONObject,
        _ table: GuideTable,
        at pointer: String,
        isOfItself: Bool
    ) {
        guard let id = read["id"]?.string else { return }
        if table.name == "taxonomy_term", let taxonomy = read["taxonomy_id"]?.string {
            asked.append(("taxonomy", taxonomy, "\(pointer)/taxonomy_id"))
        }
        guard isOfItself else { return }
        if found[table.name]?[id] != nil {
            if table.name == "service" {
                let problem = "stands there already"
                faults.append(
                    Fault(field: "\(pointer)/id", problem: problem, expected: "each service once")
                )
            }
            return
        }
        found[table.name, default: [:]][id] = pointer
        switch table.name {
        case "service": batch.services.append(read)
        case "organization": batch.organisations.append(read)
        case "taxonomy": batch.taxonomies.append(read)
        case "taxonomy_term": batch.terms.append(read)
        default: break
        }
    }

    /// Services are the bringer's to change, and whatever is pointed to has come too, or is there.
    ///
    /// - Parameter unknown: kinds of which not all that came could be read.
    mutating func checkIds(_ known: GuideKnown, besides unknown: Set<String> = []) {
        for id in batch.services.compactMap({ $0["id"]?.string }) where known.others.contains(id) {
            faults.append(
                Fault(
                    field: found["service"]?[id].map { "\($0)/id" },
                    problem: "service \(id) belongs to another organisation",
                    expected: "services of your own"
                )
            )
        }
        let there = [
            "organization": known.organisations, "taxonomy": known.taxonomies,
            "taxonomy_term": known.terms,
        ]
        for (kind, id, pointer) in asked where !unknown.contains(kind) {
            if found[kind]?[id] != nil || there[kind]?.contains(id) == true { continue }
            let words = kind.replacing("_", with: " ")
            faults.append(
                Fault(
                    field: pointer,
                    problem: "there is no \(words) \(id) here or in the guide",
                    expected: "the id of one that comes with it, or is there"
                )
            )
        }
    }
}

extension JSONValue {
    /// A text in small letters, as ids are compared.
    fileprivate var lowered: JSONValue { string.map { .string($0.lowercased()) } ?? self }
}
