import Application
import Crypto
import Directory
import FHIRMapping
import FHIRModel
import Kernel
import Programmes
import Web

/// Organisations, people at work, services, areas and questionnaires: no secret to any client.
enum SharedSource {
    static let types: Set<String> = [
        "HealthcareService", "Location", "Organization", "Practitioner", "PractitionerRole",
        "Questionnaire",
    ]

    static func read(_ call: FHIRCall) async throws -> Response {
        guard let found = try await version(call.type, call.id, call) else {
            throw FHIRFault.unknown("\(call.type)/\(call.id)")
        }
        return try call.answer(found)
    }

    static func version(_ type: String, _ id: String, _ call: FHIRCall) async throws -> FHIRVersion?
    {
        // The guide may have thousands: one of them is made alone.
        if type == "HealthcareService", let service = try await call.goodwork.guide().service(id),
            service.id == id
        {
            let found = try await guideServices(call.goodwork, today: call.today) { $0.id == id }
            if let one = found.first { return one }
        }
        return try await versions(type, call).first { $0.view?.id == id }
    }

    static func source(_ call: FHIRCall, _ query: SearchQuery) async throws -> SearchSource {
        SearchPortion.source(of: try await versions(query.type, call))
    }

    static func versions(_ type: String, _ call: FHIRCall) async throws -> [FHIRVersion] {
        try await versions(type, call.goodwork, today: call.today)
    }

    /// Everything of a type, in the order of the ids.
    static func versions(
        _ type: String,
        _ goodwork: Goodwork,
        today: CivilDate
    ) async throws -> [FHIRVersion] {
        let found: [FHIRVersion]
        switch type {
        case "Organization":
            found = try await goodwork.organisationsKnown().map { known in
                let organisation = DirectoryOrganisation(
                    id: known.organisation.id,
                    name: known.organisation.name,
                    kinds: known.organisation.kinds.map(\.rawValue).sorted()
                )
                return FHIRVersion(of: organisation.view, at: known.since)
            }
        case "Practitioner", "PractitionerRole":
            found = try await workers(goodwork).map { worker, since in
                let view = type == "Practitioner" ? worker.practitioner : worker.role
                return FHIRVersion(of: view, at: since)
            }
        case "HealthcareService":
            found =
                try await programmes(type, goodwork, today: today)
                + guideServices(goodwork, today: today)
        default: found = try await programmes(type, goodwork, today: today)
        }
        let sorted = found.sorted { $0.view?.id ?? "" < $1.view?.id ?? "" }
        var seen: Set<String> = []
        return sorted.filter { seen.insert($0.view?.id ?? "").inserted }
    }

    private static func workers(
        _ goodwork: Goodwork
    ) async throws -> [(DirectoryWorker, since: Instant)] {
        let all = try await goodwork.workers()
        let names = try await goodwork.organisationNames(Set(all.map(\.organisation)))
        return all.map { worker in
            let shown = DirectoryWorker(
                id: worker.id.text,
                name: worker.name,
                organisation: worker.organisation,
                organisationName: names[worker.organisation],
                roles: worker.roles.map(\.rawValue).sorted(),
                isActive: !worker.isDisabled
            )
            return (shown, worker.createdAt)
        }
    }

    /// The services that were written into the guide, or imported: cases can be referred on to them.
    private static func guideServices(
        _ goodwork: Goodwork,
        today: CivilDate,
        where isWanted: (GuideService) -> Bool = { _ in true }
    ) async throws -> [FHIRVersion] {
        let guide = try await goodwork.guide()
        return guide.services.compactMap { service in
            guard case .stored = service.origin, isWanted(service) else { return nil }
            let phones = service.document["phones"]?.array ?? []
            let shown = DirectoryService(
                id: service.id,
                name: service.name,
                says: service.document["description"]?.string,
                isActive: service.isOpen(on: today),
                organisation: service.answerer,
                organisationName: guide.organisations[service.organisation]?["name"]?.string,
                phone: phones.lazy.compactMap { $0["number"]?.string }.first,
                email: service.document["email"]?.string,
                eligibility: service.rules.eligibility
            )
            let since = service.modified ?? Instant(midnightUTC: today)
            return FHIRVersion(of: shown.view, at: since)
        }
    }

    /// What programme files say; they are taken to be as old as the programme.
    private static func programmes(
        _ type: String,
        _ goodwork: Goodwork,
        today: CivilDate
    ) async throws -> [FHIRVersion] {
        let current = try await goodwork.currentProgrammes()
        let providers = Set(
            current.flatMap { $0.strands.map(\.provider) + $0.pathway.onward.map(\.organisation) }
        )
        let names = try await goodwork.organisationNames(providers)
        return current.flatMap { programme in
            let views: [FHIRView] =
                switch type {
                case "HealthcareService": programme.services(names: names)
                case "Location": programme.areas.map { $0.location(in: programme) }
                default: programme.instruments.compactMap(\.questionnaire)
                }
            let since = Instant(midnightUTC: programme.runs.from ?? today)
            return views.map { FHIRVersion(of: $0, at: since) }
        }
    }
}

extension FHIRVersion {
    /// What has one version alone, numbered by its content, so that its tag says when it changed.
    init(of view: FHIRView, at moment: Instant) {
        let bytes = Array(JSONValue.object(view.body).text.utf8)
        let number = SHA256.hash(data: bytes).prefix(6).reduce(0) { $0 << 8 | Int($1) }
        self.init(number: number, lastUpdated: moment, view: view)
    }
}
