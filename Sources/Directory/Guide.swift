import Kernel

/// The whole guide: what programme files tell and what was written or imported, as one.
package struct Guide: Sendable {
    /// By name.
    package private(set) var services: [GuideService] = []
    package private(set) var organisations: [String: JSONObject] = [:]
    package private(set) var taxonomies: [String: JSONObject] = [:]
    package private(set) var terms: [String: JSONObject] = [:]
    private var index: [String: Int] = [:]

    package init() {}

    package init(
        services: [GuideService],
        organisations: [JSONObject],
        taxonomies: [JSONObject] = [],
        terms: [JSONObject] = []
    ) {
        self.organisations = Self.byId(organisations)
        self.taxonomies = Self.byId(taxonomies)
        self.terms = Self.byId(terms)
        self.services = services
        settle()
    }

    private static func byId(_ records: [JSONObject]) -> [String: JSONObject] {
        let pairs = records.compactMap { record in record["id"]?.string.map { ($0, record) } }
        return Dictionary(pairs) { first, _ in first }
    }

    private mutating func settle() {
        services.sort { ($0.name, $0.id) < ($1.name, $1.id) }
        let pairs = services.enumerated().map { ($0.element.id, $0.offset) }
        index = Dictionary(pairs) { first, _ in first }
    }

    package func service(_ id: String) -> GuideService? {
        index[id.lowercased()].map { services[$0] }
    }

    /// The same with what programme files tell.
    ///
    /// Where somebody wrote more of such a service under its id, that stands; who gives it, whether
    /// it takes people, and whom, is for the programme file to say.
    package func adding(_ told: [GuideService], organisations others: [JSONObject]) -> Guide {
        var guide = self
        for service in told {
            if let at = guide.index[service.id] {
                guide.services[at] = guide.services[at].told(by: service)
            } else {
                guide.services.append(service)
            }
        }
        guide.organisations.merge(Self.byId(others)) { stored, told in
            var both = stored
            both["name"] = told["name"]
            return both
        }
        guide.settle()
        return guide
    }

    /// The records as they are read in.
    package var batch: GuideBatch {
        func sorted(_ records: [String: JSONObject]) -> [JSONObject] {
            records.sorted { $0.key < $1.key }.map(\.value)
        }
        var batch = GuideBatch()
        batch.services = services.map(\.document)
        batch.organisations = sorted(organisations)
        batch.taxonomies = sorted(taxonomies)
        batch.terms = sorted(terms)
        return batch
    }

    /// What is there for records to point to.
    package var known: GuideKnown {
        var known = GuideKnown()
        known.organisations = Set(organisations.keys)
        known.taxonomies = Set(taxonomies.keys)
        known.terms = Set(terms.keys)
        return known
    }

    /// The ids of the terms of one taxonomy, under one term; of all where neither is said.
    package func terms(of taxonomy: String? = nil, under parent: String? = nil) -> [String] {
        terms.filter { _, term in
            (taxonomy == nil || term["taxonomy_id"]?.string == taxonomy)
                && (parent == nil || term["parent_id"]?.string == parent)
        }.keys.sorted()
    }

    /// The taxonomies of a service's terms.
    func taxonomies(of service: GuideService) -> Set<String> {
        Set(service.terms.compactMap { terms[$0]?["taxonomy_id"]?.string })
    }
}

extension GuideService {
    /// What only the programme file can say of its services, even by saying nothing.
    private static let told = [
        "name", "status", "organization_id", "minimum_age", "maximum_age",
        "eligibility_description", "eligibility_rule",
    ]

    /// This record, with what the programme file alone can say.
    fileprivate func told(by told: GuideService) -> GuideService {
        var document = document
        for name in Self.told { document[name] = told.document[name] }
        return GuideService(
            document,
            origin: told.origin,
            modified: modified,
            version: version,
            takes: told.takes,
            sources: told.sources,
            rules: told.rules
        )
    }
}
