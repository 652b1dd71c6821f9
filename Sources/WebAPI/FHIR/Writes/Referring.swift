import Application
import Casework
import FHIRMapping
import FHIRModel
import Kernel
import Programmes
import Store
import Web

/// Referring by FHIR: whatever is sent becomes the referral that a page would make.
enum Referring {
    /// A case that a referral opened, or had opened before.
    struct Referred {
        var id: CaseID
        var isNew: Bool
        /// Nil where whoever referred may not read it, or need not.
        var record: CaseRecord?
        /// What was sent beside it, and not read.
        var leftOut: [FHIRIssue] = []
    }

    /// Who sends, and the programmes that take referrals today.
    struct Sending {
        var sender: ReferralSender
        var open: [Programme]
    }

    /// Answers the creation of a ServiceRequest or a Task.
    static func create(_ call: FHIRCall) async throws -> Response {
        let resource = try call.resource()
        guard resource.type == call.type else {
            throw FHIRFault(400, .invalid, "Send a \(call.type), not a \(resource.type).")
        }
        // A Task that is part of a case's refers that case on.
        if call.type == "Task", !resource.root.all("partOf").isEmpty {
            return try await EntryWriting.create(call)
        }
        let condition = condition(call)
        if let condition, let found = try await call.conditional(condition, call.type) {
            if let id = found.view.flatMap({ CaseReference.caseID(in: $0.id) }) {
                try await check(id, isOf: SentReferral(resource), on: condition, call)
            }
            return try call.answer(found, isPlaced: true)
        }
        let referred = try await refer(resource, call, on: condition, isRead: !isPlain(call))
        return try answer(call, referred)
    }

    /// Whether nothing of a new referral has to be read to answer: its first version was just made,
    /// which whoever referred may always know of.
    private static func isPlain(_ call: FHIRCall) -> Bool {
        call.wants == "minimal" && call.actor.roles.contains(.referrer)
    }

    private static func answer(_ call: FHIRCall, _ referred: Referred) throws -> Response {
        let id = referred.id.text
        if referred.isNew, referred.record == nil, isPlain(call) {
            let view = FHIRView(call.type, id, JSONObject())
            let first = FHIRVersion(number: 1, lastUpdated: referred.id.instant, view: view)
            return try call.answer(first, status: 201, isPlaced: true)
        }
        guard let version = referred.record?.versions(of: call.type, id).last else {
            let place = "\(call.address)/\(call.type)/\(id)"
            return Response(status: 201, headers: [("Location", place)])
        }
        return try call.answer(version, status: referred.isNew ? 201 : 200, isPlaced: true)
    }

    /// `If-None-Exist`, or the query of fhirpy's get-or-create.
    static func condition(_ call: FHIRCall) -> Form? {
        if let text = call.request.headers["if-none-exist"] { return condition(text) }
        var query = call.request.query
        for name in ["_format", "_pretty"] { query.set(name, nil) }
        return query.isEmpty ? nil : query
    }

    /// Refuses a condition on something that is made whatever is there already.
    static func refuseCondition(_ call: FHIRCall, instead: String) throws {
        if condition(call) == nil { return }
        let says = "Only a referral can be made on a condition: \(instead)."
        throw FHIRFault(412, .notSupported, says)
    }

    static func condition(_ text: String) -> Form {
        let query = text.split(separator: "?", maxSplits: 1).last.map(String.init) ?? text
        return URLEncoding.decode(query.utf8) ?? Form()
    }

    /// Refers, unless the same sender's identifier has referred before.
    static func refer(
        _ resource: FHIRResource,
        _ call: FHIRCall,
        on condition: Form? = nil,
        isRead: Bool = true
    ) async throws -> Referred {
        let sent = SentReferral(resource)
        do {
            return try await refer(sent, call, on: condition, isRead: isRead)
        } catch let error as FHIRFault {
            var fault = error
            // What is refused is named as it stands in what was sent.
            for place in fault.issues.issues.indices {
                let expression = fault.issues.issues[place].expression
                fault.issues.issues[place].expression = expression.map { sent.path(of: $0) }
            }
            throw fault
        }
    }

    private static func refer(
        _ sent: SentReferral,
        _ call: FHIRCall,
        on condition: Form?,
        isRead: Bool
    ) async throws -> Referred {
        let sending = try await sending(call)
        let asked = try key(askedBy: condition, in: sent)
        let person = personID(sent.patient, call)
        if let repeated = sent.repeated(from: sending.sender, named: asked),
            let first = try await first(repeated, sent, named: person, call)
        {
            return first
        }
        let patient = try await patient(person, call)
        var incoming = try sent.read(from: sending.sender, beside: patient)
        incoming.key = asked ?? incoming.key
        return try await refer(incoming, call, from: sending, isRead: isRead)
    }

    /// The referral that was made with a key, where one that is sent again is of the same person.
    ///
    /// It was judged when it came first: what has changed since, and whoever may read the person by
    /// now, does not matter.
    private static func first(
        _ repeated: SentReferral.Repeated,
        _ sent: SentReferral,
        named person: PersonID?,
        _ call: FHIRCall
    ) async throws -> Referred? {
        guard let known = try await known(repeated.key, call) else { return nil }
        // Without anybody there is nobody who could be the same.
        if sent.identity(on: call.today) == nil, person == nil { return nil }
        let placer = PlacerIdentifier(key: repeated.key)
        try await check(known, isOf: sent, named: person, by: placer, call)
        let standing = try await call.goodwork.consents(of: known)
        let refused = repeated.consents.filter { !$0.value && standing[$0.key] == true }
        if let scope = refused.keys.map(\.rawValue).min() {
            let says =
                "This referral is here already, and its consent to \(scope) stands: what the "
                + "person refuses since is sent as a Consent by itself."
            throw FHIRFault(422, .businessRule, says, at: "Consent.status")
        }
        return Referred(id: known, isNew: false, record: try await record(known, call))
    }

    /// - Parameter isRead: whether a new case is read, to be answered with.
    private static func refer(
        _ incoming: IncomingReferral,
        _ call: FHIRCall,
        from sending: Sending,
        isRead: Bool
    ) async throws -> Referred {
        let open =
            incoming.on == call.today
            ? sending.open
            : try await call.goodwork.sending(by: call.actor, on: incoming.on).open
        let offer = try offer(for: incoming, call, open)
        var referral = incoming.referral
        referral.strand = offer.strand
        let new = NewReferral(
            programme: offer.programme,
            referral: referral,
            consents: incoming.consents,
            on: incoming.on,
            note: incoming.note,
            entryKey: incoming.key,
            person: incoming.person
        )
        let key = incoming.key.map { "\(call.actor.organisation) \($0)" }
        let answer = try await call.judged("ServiceRequest") {
            try await call.goodwork.refer(
                new,
                by: call.actor,
                key: try key ?? call.key(),
                seed: call.call.seed
            )
        }
        switch answer {
        case .referred(let header, let eligibility):
            // One that another request made meanwhile is read all the same.
            if !isRead, eligibility != nil { return Referred(id: header.id, isNew: true) }
            // What one has just referred oneself is no look at it.
            let found = try await call.goodwork.seen(header.id, by: call.actor)
            let record = try await call.records(of: [found].compactMap(\.self)).first
            return Referred(
                id: header.id,
                isNew: true,
                record: record,
                leftOut: incoming.leftOut
            )
        case .alreadyThere(let rows):
            let tasks = rows.map { "Task/\($0.header.id.text)" }.joined(separator: ", ")
            let says = "This person has an open case in \(incoming.programme) already: \(tasks)."
            throw FHIRFault(409, .duplicate, says)
        }
    }

    /// The service that is meant: the one that was named, or the first that can take the person.
    private static func offer(
        for incoming: IncomingReferral,
        _ call: FHIRCall,
        _ open: [Programme]
    ) throws -> Offer {
        let offers = call.goodwork.offers(
            for: incoming.referral,
            in: open.filter { $0.id == incoming.programme },
            on: incoming.on
        )
        let named = offers.filter {
            incoming.referral.strand == nil || $0.strand == incoming.referral.strand
        }
        if let chosen = named.first, chosen.verdict != .notMet { return chosen }
        if !named.isEmpty { throw ReferralRoutes.refused(named) }
        let says = "\(incoming.programme) takes no such referrals on \(incoming.on.uk)."
        throw FHIRFault(422, .businessRule, says, at: "ServiceRequest.performer")
    }

    /// The Patient of this system whom a referral names instead of sending one along; nil where the
    /// caller may read nobody of that name.
    private static func patient(_ id: PersonID?, _ call: FHIRCall) async throws -> FHIRResource? {
        guard let id, call.allows("r", "Patient") else { return nil }
        do {
            let seen = try await call.goodwork.readPerson(id, by: call.actor)
            return try FHIRResource(PatientSource.version(seen).resource ?? JSONObject())
        } catch let error as ServiceError where error.kind == .notFound {
            return nil
        }
    }

    /// The person whom a reference to a Patient of this system names.
    private static func personID(_ reference: String?, _ call: FHIRCall) -> PersonID? {
        guard let text = reference, let named = FHIRReference(text), named.type == "Patient",
            text.hasPrefix("Patient/") || text.hasPrefix("\(call.address)/")
        else { return nil }
        return PersonID(named.id)
    }

    /// Who sends, and as what: as it did the last time, or as a practice if it is one.
    private static func sending(_ call: FHIRCall) async throws -> Sending {
        let found = try await call.goodwork.sending(by: call.actor, on: call.today)
        let isPractice = ODSCode(call.actor.organisation)?.looksLikePractice ?? false
        let sender = ReferralSender(
            organisation: call.actor.organisation,
            source: found.last?.source ?? (isPractice ? "gp" : ""),
            // Whether one takes referrals on the day of this one is asked when that is known.
            programmes: found.current,
            today: call.today,
            isLenient: call.isLenient
        )
        return Sending(sender: sender, open: found.open)
    }

    /// The case that an identifier of the caller's organisation opened.
    static func known(_ key: String, _ call: FHIRCall) async throws -> CaseID? {
        try await call.goodwork.caseReferred(withKey: key, by: call.actor)
    }

    private static func record(_ id: CaseID, _ call: FHIRCall) async throws -> CaseRecord? {
        do {
            return try await call.record(of: call.goodwork.story(id, by: call.actor))
        } catch let error as ServiceError where error.kind == .notFound || error.kind == .forbidden
        {
            return nil
        }
    }

    /// The key of the identifier that a condition names; nil where it names none.
    ///
    /// - Throws: 422 where what is sent has not that identifier.
    private static func key(
        askedBy condition: Form?,
        in sent: SentReferral
    ) throws -> String? {
        guard let named = condition?["identifier"] else { return nil }
        if let key = sent.key(of: named) { return key }
        let says = "What is sent has not the identifier \(named) of the condition."
        throw FHIRFault(422, .businessRule, says, at: "ServiceRequest.identifier")
    }
}

extension FHIRCall {
    /// What fits the condition of a creation; nil where there is nothing.
    ///
    /// - Throws: 412 where there are several.
    func conditional(_ condition: Form, _ type: String) async throws -> FHIRVersion? {
        let query: SearchQuery
        do {
            query = try SearchQuery(type, condition.fields.map { ($0.name, $0.value) })
        } catch {
            throw FHIRFault(400, error)
        }
        var search = FHIRSearch(query, counts: false, CaseSource.source(self, query))
        try await search.run(from: nil)
        for (version, issues) in search.unread { report(version, issues) }
        if search.hits.count > 1 || search.next != nil {
            throw FHIRFault(412, .multipleMatches, "Several of these are there already.")
        }
        let hit = search.hits.first
        try await goodwork.looked(at: [hit?.group.story].compactMap(\.self), by: actor)
        return hit?.version
    }
}
