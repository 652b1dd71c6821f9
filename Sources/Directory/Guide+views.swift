import Kernel

/// How much of a record is shown.
package enum GuideView: Sendable, Hashable {
    /// Its id, and when it changed.
    case minimal
    /// Its own values and those of what it points to.
    case brief
    /// Everything.
    case full
}

extension Guide {
    /// A service as Open Referral UK shows it.
    ///
    /// - Parameter address: of the directory: where a service has none of its own, it is shown here.
    package func json(
        _ service: GuideService,
        _ view: GuideView,
        address: String
    ) -> JSONObject {
        if view == .minimal {
            var object: JSONObject = ["id": .string(service.id)]
            if let modified = service.modified?.iso {
                object["last_modified"] = .string(modified)
                object["modified_date"] = .string(modified)
            }
            return object
        }
        var document = service.document
        if document["url"] == nil {
            document["url"] = .string("\(address)/services/\(service.id)")
        }
        if let modified = service.modified { document["last_modified"] = .string(modified.iso) }
        return json(document, GuideTable.named("service"), view)
    }

    /// A service at a place, with the service.
    package func json(
        _ place: GuidePlace,
        of service: GuideService,
        _ view: GuideView,
        address: String
    ) -> JSONObject {
        if view == .minimal { return ["id": .string(place.id)] }
        var object = json(place.document, GuideTable.named("service_at_location"), view)
        var whole = json(service, view, address: address)
        // The places of the service would be told a second time.
        whole["service_at_locations"] = nil
        object["service"] = .object(whole)
        return object
    }

    package func json(organisation id: String, _ view: GuideView) -> JSONObject? {
        organisations[id.lowercased()].map { json($0, GuideTable.named("organization"), view) }
    }

    package func json(term id: String) -> JSONObject? {
        terms[id.lowercased()].map(json(term:))
    }

    package func json(taxonomy id: String) -> JSONObject? {
        taxonomies[id.lowercased()].map { json($0, GuideTable.named("taxonomy"), .full) }
    }

    /// A term, with its name under each of the two names that the standard has had for it.
    private func json(term: JSONObject) -> JSONObject {
        var term = term
        if term["term"] == nil { term["term"] = term["name"] }
        let taxonomy = term["taxonomy_id"]?.string.flatMap { taxonomies[$0] }
        if term["taxonomy"] == nil { term["taxonomy"] = taxonomy?["name"] }
        return json(term, GuideTable.named("taxonomy_term"), .full)
    }

    private func json(_ record: JSONObject, _ table: GuideTable, _ view: GuideView) -> JSONObject {
        var members: [(key: String, value: JSONValue)] = []
        for field in table.fields {
            if let value = record[field.name] { members.append((field.name, value)) }
        }
        for part in table.parts {
            if part.isList {
                guard view == .full, let items = record[part.name]?.array else { continue }
                let inner = GuideTable.named(part.table)
                let shown = items.compactMap(\.object).map {
                    JSONValue.object(json($0, inner, view))
                }
                members.append((part.name, .array(shown)))
                continue
            }
            if let inner = record[part.name]?.object {
                let shown = json(inner, GuideTable.named(part.table), view)
                members.append((part.name, .object(shown)))
                continue
            }
            let column = "\(part.name)_id"
            guard let id = record[column]?.string else { continue }
            members.append((column, .string(id)))
            let whole =
                part.table == "organization"
                ? json(organisation: id, view) : json(term: id)
            if let whole { members.append((part.name, .object(whole))) }
        }
        return JSONObject(members)
    }
}
