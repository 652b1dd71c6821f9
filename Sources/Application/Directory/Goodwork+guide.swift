import Casework
import Directory
import Kernel
import Programmes
import SQL
import Store

extension Goodwork {
    /// The guide as it stands today: public, for anybody to read.
    ///
    /// What programme files tell and what was written or imported are one.
    package func guide() async throws -> Guide {
        let (store, library, day) = (store, library, now().civilDateUK)
        let (changes, programmes, organisations) = try await store.database.read { transaction in
            (
                try store.guideChanges(in: transaction),
                try library.current(store: store, in: transaction),
                try store.organisations(in: transaction)
            )
        }
        let names = Dictionary(organisations.map { ($0.id, $0.name) }) { first, _ in first }
        let told =
            programmes.map { "\($0.id) \($0.version)" } + names.map { "\($0) \($1)" }.sorted()
        let key = GuideMemory.Key(changes: changes, told: [day.iso] + told)
        if let known = await guideMemory.guide(key) { return known }
        let named = Self.namedByServices(programmes)
        func name(_ id: String) -> String { names[id] ?? named[id] ?? Words.organisation(id) }
        let whole = try await storedGuide().adding(
            programmes.flatMap {
                GuideService.of($0, on: day, uuid: StableUUID.of, name: name)
            },
            organisations: programmes.flatMap {
                GuideService.organisations(of: $0, uuid: StableUUID.of, name: name)
            }
        )
        await guideMemory.keep(whole, key)
        return whole
    }

    /// Organisations that answer for a service under its own id are called as the service is.
    private static func namedByServices(_ programmes: [Programme]) -> [String: String] {
        let services = programmes.flatMap(\.pathway.onward).filter { $0.organisation == $0.id }
        return Dictionary(services.map { ($0.id, $0.name) }) { first, _ in first }
    }

    /// What was written or imported here.
    func storedGuide() async throws -> Guide {
        let store = store
        let memory = guideMemory
        let changes = try await store.database.read { try store.guideChanges(in: $0) }
        if let known = await memory.guide(at: changes) { return known }
        let (now, records) = try await store.database.read { transaction in
            (try store.guideChanges(in: transaction), try store.guideRecords(in: transaction))
        }
        let guide = Guide(records)
        await memory.keep(guide, at: now)
        return guide
    }

    /// Where postcodes lie, as far as the table says.
    package func points(of postcodes: [Postcode]) async throws -> [String: GuidePoint] {
        let store = store
        return try await store.database.read { transaction in
            var points: [String: GuidePoint] = [:]
            for postcode in Set(postcodes) {
                guard let point = try store.point(of: postcode, in: transaction) else { continue }
                points[postcode.text] = GuidePoint(
                    latitude: Double(point.latitude) / 1_000_000,
                    longitude: Double(point.longitude) / 1_000_000
                )
            }
            return points
        }
    }
}

extension Guide {
    /// The guide of what is stored.
    ///
    /// A record that cannot be read is left out, and stays stored: `verify` names it. It keeps
    /// nobody from the others, and the same record brought again replaces it.
    init(_ records: [StoredGuideRecord]) {
        var services: [GuideService] = []
        var others: [StoredGuideRecord.Kind: [JSONObject]] = [:]
        for record in records {
            guard let object = record.object else { continue }
            if record.kind == .service {
                services.append(
                    GuideService(
                        object,
                        origin: .stored(owner: record.owner),
                        modified: record.modifiedAt,
                        version: record.version
                    )
                )
            } else {
                others[record.kind, default: []].append(object)
            }
        }
        self.init(
            services: services,
            organisations: others[.organisation] ?? [],
            taxonomies: others[.taxonomy] ?? [],
            terms: others[.term] ?? []
        )
    }
}
