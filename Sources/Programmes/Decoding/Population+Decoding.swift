import Kernel

/// Populations: sets of cases, said in terms of facts.
extension ProgrammeFile {
    static func populations(_ place: Place?) -> [NamedPopulation] {
        guard let place else { return [] }
        var places: [String: Place] = [:]
        let populations = place.entries().compactMap { key, value -> NamedPopulation? in
            guard let id = key.define(.population) else { return nil }
            if id == "everyone" {
                key.fault("`everyone` has its meaning already", expected: "another name")
            }
            places[id] = places[id] ?? key
            return value.population().map { NamedPopulation(id: id, population: $0) }
        }
        reportCycles(populations, at: places)
        return populations
    }

    /// Reports each population that is said in terms of itself.
    private static func reportCycles(_ populations: [NamedPopulation], at places: [String: Place]) {
        let names = Dictionary(populations.map { ($0.id, $0.population.names) }) { first, _ in first
        }
        var done: Set<String> = []
        func visit(_ name: String, path: [String]) {
            if let start = path.firstIndex(of: name) {
                let circle = (path[start...] + [name]).joined(separator: " → ")
                places[name]?.fault("\(circle) goes round in a circle", expected: "an end")
                return
            }
            guard !done.contains(name) else { return }
            for next in names[name] ?? [] { visit(next, path: path + [name]) }
            done.insert(name)
        }
        for population in populations { visit(population.id, path: []) }
    }
}

extension Population {
    /// The named populations that this one refers to.
    fileprivate var names: [String] {
        switch self {
        case .named(let name): [name]
        case .all(let parts), .any(let parts): parts.flatMap(\.names)
        case .not(let part): part.names
        case .everyone, .reached, .code, .blank, .token, .number: []
        }
    }
}

extension Place {
    /// A population: a name, or a mapping with one or more keys, all of which must hold.
    func population() -> Population? {
        guard isMapping else {
            guard let name = text(expected: "the name of a population, or a mapping") else {
                return nil
            }
            if name == "everyone" { return .everyone }
            return use(.population).map { .named($0) }
        }
        return read("population") { reader in
            var parts: [Population?] = []
            if let place = reader.optional("all") { parts.append(.all(place.populations())) }
            if let place = reader.optional("any") { parts.append(.any(place.populations())) }
            if let place = reader.optional("not") {
                parts.append(place.population().map { .not($0) })
            }
            if let place = reader.optional("reached") {
                parts.append(place.milestone().map { .reached($0) })
            }
            for field in CodeField.allCases {
                guard let place = reader.optional(field.rawValue) else { continue }
                parts.append(place.codes(of: field))
            }
            for field in NumberField.allCases {
                guard let place = reader.optional(field.rawValue) else { continue }
                parts.append(place.numbers(of: field))
            }
            for field in SetField.allCases {
                guard let place = reader.optional(field.word) else { continue }
                parts.append(place.tokens(of: field))
            }
            return reader.joined(parts) { .all($0) }
        }
    }

    private func populations() -> [Population] {
        let items = list()
        if isEmptyList {
            fault("an empty list of populations", expected: "at least one population")
        }
        return items.compactMap { $0.population() }
    }

    private func numbers(of field: NumberField) -> Population? {
        guard isMapping else {
            return whole(0...Place.large).map { .number(field, from: $0, to: $0) }
        }
        return read("bounds") { reader in
            let bounds = reader.bounds()
            return .number(field, from: bounds.from, to: bounds.to)
        }
    }

    private func codes(of field: CodeField) -> Population? {
        guard isMapping else { return listedCodes(of: field) }
        return read("not-codes") { reader in
            reader.required("not")?.listedCodes(of: field).map { .not($0) }
        }
    }

    /// One value or a list of values, of which `blank` means that there is none.
    private func listedCodes(of field: CodeField) -> Population? {
        let places = listOrOne()
        if isEmptyList { fault("an empty list", expected: "at least one") }
        var values: [String] = []
        var allowsBlank = false
        for place in places {
            if place.scalarText == "blank" {
                allowsBlank = true
            } else if let value = field.codes.read(place) {
                values.append(value)
            }
        }
        if values.isEmpty { return allowsBlank ? .blank(field) : nil }
        return allowsBlank ? .any([.blank(field), .code(field, values)]) : .code(field, values)
    }

    /// A token's key, a list of keys of which one will do, or keys each with the values it may have.
    private func tokens(of field: SetField) -> Population? {
        guard isMapping else {
            let keys = listOrOne().compactMap { field.keys.read($0) }
            let parts = keys.map { Population.token(field, key: $0, values: []) }
            return parts.count <= 1 ? parts.first : .any(parts)
        }
        guard field.hasValues else {
            fault("a mapping stands where names should", expected: "a name or a list of names")
            return nil
        }
        let parts = entries().compactMap { key, value -> Population? in
            guard let name = field.keys.read(key) else { return nil }
            let values = value.listOrOne().compactMap { field.values(of: name).read($0) }
            return .token(field, key: name, values: values)
        }
        if isEmptyMapping {
            fault("nothing is asked for", expected: "at least one name")
        }
        return parts.count <= 1 ? parts.first : .all(parts)
    }
}
