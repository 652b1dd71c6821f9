import Application
import Casework
import FHIRMapping
import FHIRModel
import Kernel
import Web

/// Transactions, of which all holds or nothing, and batches, of which each entry is by itself.
enum BundleRoute {
    static let entriesMax = 100

    static let routes = [
        FHIRRoute(.post, "/", .bundle, .client, takes: .resource) { try await answer($0) }
    ]

    private static func answer(_ call: FHIRCall) async throws -> Response {
        let bundle = try call.resource()
        guard bundle.type == "Bundle" else {
            let says =
                "Send a Bundle here, or the \(bundle.type) to \(call.address)/\(bundle.type)."
            throw FHIRFault(400, .invalid, says)
        }
        switch bundle.root["type"]?.text {
        case "batch":
            var outcomes: [Bundles.Outcome] = []
            for entry in try BundleEntry.all(of: bundle, call) {
                outcomes.append(await outcome(of: entry, call))
            }
            return call.resource(Bundles.response(outcomes, isTransaction: false))
        case "transaction":
            let entries = try BundleEntry.all(of: bundle, call)
            let links = BundleLinks(entries)
            let outcomes =
                links.opening == nil
                ? try await tell(entries, links, call)
                : try await refer(bundle, entries, links, call)
            return call.resource(
                Bundles.response(
                    outcomes,
                    isTransaction: true,
                    isMinimal: ["minimal", "operationoutcome"].contains(call.wants)
                )
            )
        case let type:
            let says = "A bundle here is a transaction or a batch, not \(type ?? "of no type")."
            throw FHIRFault(422, .notSupported, says, at: "Bundle.type")
        }
    }

    /// What an entry of a batch is answered, as if it had come alone.
    private static func outcome(of entry: BundleEntry, _ call: FHIRCall) async -> Bundles.Outcome {
        let api = call.call.api
        var own = call.call
        own.request = entry.request
        do {
            let isBundle = entry.request.path == "\(FHIRRoute.base)/"
            if isBundle { throw FHIRFault(422, .notSupported, "No bundle stands within a bundle.") }
            try api.count("client", call.call.caller?.client.id ?? "", call.now)
            let route = try api.fhirRoute(&own)
            var outcome = try await Bundles.Outcome(api.run(route, own))
            if entry.isHead { outcome.resource = nil }
            return outcome
        } catch {
            let fault = entry.placed(api.fault(for: error, own))
            return Bundles.Outcome(status: String(fault.status), issues: fault.issues)
        }
    }

    // MARK: - Referring

    /// All entries together are one referral.
    private static func refer(
        _ bundle: FHIRResource,
        _ entries: [BundleEntry],
        _ links: BundleLinks,
        _ call: FHIRCall
    ) async throws -> [Bundles.Outcome] {
        if let entry = entries.first(where: { links.onward.contains($0.place) }) {
            let says = "A case is referred on once it is there: send this apart."
            throw entry.placed(FHIRFault(422, .businessRule, says, at: "Task.partOf"))
        }
        for entry in entries where entry.request.method != .post {
            let says = "Beside a referral nothing else is asked for: send this apart."
            throw entry.placed(FHIRFault(422, .businessRule, says))
        }
        try checkPlaces(entries)
        try call.needs("c", "ServiceRequest")
        let conditional = entries.first { entry in
            ["ServiceRequest", "Task"].contains(entry.type)
                && entry.request.headers["if-none-exist"] != nil
        }
        if let conditional, let text = conditional.request.headers["if-none-exist"] {
            let condition = Referring.condition(text)
            if let found = try await call.conditional(condition, conditional.type),
                let id = found.view.flatMap({ CaseReference.caseID(in: $0.id) })
            {
                try await Referring.check(id, isOf: SentReferral(bundle), on: condition, call)
                let record = try await call.record(of: call.goodwork.story(id, by: call.actor))
                return try await outcomes(entries, record, isNew: false, call)
            }
            return try await outcomes(
                entries,
                Referring.refer(bundle, call, on: condition),
                call
            )
        }
        return try await outcomes(entries, Referring.refer(bundle, call), call)
    }

    private static func outcomes(
        _ entries: [BundleEntry],
        _ referred: Referring.Referred,
        _ call: FHIRCall
    ) async throws -> [Bundles.Outcome] {
        try await outcomes(
            entries,
            referred.record,
            isNew: referred.isNew,
            leftOut: referred.leftOut,
            call
        )
    }

    /// Each entry is sent to the address of its type.
    private static func checkPlaces(_ entries: [BundleEntry]) throws {
        let issues = entries.compactMap { entry -> FHIRIssue? in
            if entry.request.path == "\(FHIRRoute.base)/\(entry.type)" { return nil }
            let place = "Bundle.entry[\(entry.place)].request.url"
            return FHIRIssue(.value, at: place, "A \(entry.type) is sent to \(entry.type).")
        }
        if !issues.isEmpty { throw FHIRFault(400, FHIRIssues(issues)) }
    }

    /// What became of each entry of a referral.
    private static func outcomes(
        _ entries: [BundleEntry],
        _ record: CaseRecord?,
        isNew: Bool,
        leftOut: [FHIRIssue] = [],
        _ call: FHIRCall
    ) async throws -> [Bundles.Outcome] {
        let status = isNew ? "201 Created" : "200 OK"
        var outcomes: [Bundles.Outcome] = []
        for entry in entries {
            let place = "Bundle.entry[\(entry.place)].resource"
            if let issue = leftOut.first(where: { $0.expression == place }) {
                outcomes.append(Bundles.Outcome(status: "200 OK", issues: FHIRIssues(issue)))
                continue
            }
            var version = record?.current(of: entry.type).first { $0.view != nil }
            if entry.type == "Patient", let person = record?.history.header.person {
                version = try await call.goodwork.seenPerson(person, by: call.actor)
                    .map(PatientSource.version)
            }
            var outcome = Bundles.Outcome(status: status, version: version)
            if version == nil {
                let says =
                    isNew
                    ? "It was read with the referral, and is not kept by itself."
                    : "The referral was there already."
                let issue = FHIRIssue(.informational, says, severity: .information)
                outcome = Bundles.Outcome(status: "200 OK", issues: FHIRIssues(issue))
            }
            outcomes.append(outcome)
        }
        return outcomes
    }

    // MARK: - Telling

    /// Entries of one case together are one command; what is only read is read after it.
    private static func tell(
        _ entries: [BundleEntry],
        _ links: BundleLinks,
        _ call: FHIRCall
    ) async throws -> [Bundles.Outcome] {
        var transaction = CaseTransaction()
        var faults: [FHIRFault] = []
        for entry in entries where entry.request.method != .get {
            do {
                if links.requests[entry.place] != nil {
                    try call.needs("c", "ServiceRequest")
                    transaction.note(entry)
                    continue
                }
                let about = links.caseNamed(by: entry)
                try await transaction.add(links.resolved(entry), about: about, call)
            } catch {
                faults.append(entry.placed(call.call.api.fault(for: error, call.call)))
            }
        }
        // Every fault is told at once, with the status of the first.
        if var fault = faults.first {
            fault.issues.issues = faults.flatMap(\.issues.issues)
            throw fault
        }
        let made = try await transaction.commit(call)
        var outcomes: [Bundles.Outcome] = []
        for entry in entries {
            if let outcome = made[entry.place] {
                outcomes.append(outcome)
            } else {
                outcomes.append(await outcome(of: entry, call))
            }
        }
        return outcomes
    }
}

extension Bundles.Outcome {
    /// The answer of a request as the outcome of an entry.
    fileprivate init(_ response: Response) throws {
        self.init(status: String(response.status))
        location = response["Location"]
        etag = response["ETag"]
        if !response.body.isEmpty { resource = try JSONValue(parsing: response.body).object }
    }
}
