import Casework
import Crypto
import Kernel
import Programmes
import SQL
import Store

extension Goodwork {
    /// Closes a case as transferred, and refers the person to another programme, in one go.
    ///
    /// The new referral has the same person, referrer and source, and what was said and agreed to.
    /// The wish about messages and the open risks go with it.
    /// Both decisions are written in one transaction: either both hold or neither.
    ///
    /// - Parameters:
    ///   - strand: of the other programme, when it has strands.
    ///   - version: the version of the case that the caller decided on.
    ///   - key: the same key with the same wish gets the first answer again.
    ///   - seed: for the new ids.
    /// - Returns: the new case.
    /// - Throws: `ServiceError`, refused, when the rules of either programme refuse.
    package func reroute(
        _ header: CaseHeader,
        toProgramme programme: String,
        strand: String?,
        by actor: Actor,
        version: Int? = nil,
        key: String? = nil,
        seed: UInt64
    ) async throws -> CaseHeader {
        let (store, now) = (store, now())
        let relations = try await store.database.read { transaction in
            try self.relations(of: header, for: actor, in: transaction)
        }
        try await authorise(actor, .manageCase, on: header.id.text, resource: .case(relations))
        try await authorise(actor, .refer, on: programme)
        let wish = ["reroute", header.id.text, actor.user, programme, strand ?? ""]
        let digest = Array(
            SHA256.hash(data: wish.flatMap { Array("\($0.utf8.count):\($0)".utf8) })
        )
        return try await store.committer.submit { transaction in
            if let key, let answer = try store.answer(toKey: key, digest: digest, in: transaction) {
                guard let id = CaseID(answer),
                    let there = try store.header(id: id, in: transaction)
                else { throw StoreError.damaged("an answer given to a key names no case") }
                return there
            }
            let person = try store.person(header.person, in: transaction)
            guard let person, person.key != nil else { throw Reroute.erased(header) }
            let (history, rules) = try told(of: header, key: person.key, in: transaction)
            if let version, version != history.version {
                throw StoreError.conflict(reference: header.reference)
            }
            let there = try library.current(programme, store: store, at: now, in: transaction)
            try refuseSecond(header, there, by: actor, in: transaction)
            var reroute = Reroute(
                history: history,
                rules: rules,
                there: there,
                strand: strand,
                person: person,
                actor: actor,
                now: now,
                seed: seed
            )
            let opened = try reroute.write(store, in: transaction)
            if let key {
                try store.keepAnswer(
                    opened.id.text,
                    toKey: key,
                    digest: digest,
                    at: now,
                    in: transaction
                )
            }
            return opened
        }
    }

    /// Refuses a second open case in the other programme, where the actor may know of the first.
    private func refuseSecond(
        _ header: CaseHeader,
        _ there: Programme,
        by actor: Actor,
        in transaction: any Transaction
    ) throws {
        let open = try store.records(of: header.person, in: transaction)
            .flatMap { try store.caseRows(.person($0), in: transaction) }
            .first { row in
                row.header.programme == there.id && row.closedOn == nil
                    && Access.decide(actor, .readStatus, on: .case(CaseRelations(row))) == .allowed
            }
        guard let open else { return }
        throw ServiceError(
            .refused,
            code: "already-referred",
            "This person has an open case in \(there.name) already: \(open.header.reference). "
                + "Return this one as a duplicate.",
            field: "place"
        )
    }
}

/// Two decisions on their way: one case closes, another opens.
private struct Reroute {
    let history: History
    let rules: Programme
    let there: Programme
    let strand: String?
    let person: Person
    let actor: Actor
    let now: Instant
    let seed: UInt64

    static func erased(_ header: CaseHeader) -> ServiceError {
        ServiceError(
            .refused,
            code: "person-erased",
            "The person of \(header.reference) has been erased: there is nobody to refer."
        )
    }

    mutating func write(_ store: Store, in transaction: any Transaction) throws -> CaseHeader {
        let folded = history.fold()
        guard let referral = folded.referral else { throw Self.erased(history.header) }
        let today = now.civilDateUK
        var carried = referral.carried(
            to: there,
            strand: strand,
            knowing: try person.identity(),
            on: today
        )
        carried.referredBy = history.referredBy
        try carried.fillDeprivation(from: store, in: transaction)
        try judge(folded, carried)
        var draft = ReferralDraft(
            new: NewReferral(
                programme: there.id,
                referral: carried,
                consents: folded.consents.mapValues { $0 == .consentGiven },
                on: today,
                person: person.id
            ),
            programme: there,
            actor: actor,
            now: now,
            ids: IDMaker(seed: seed),
            besides: besides(folded)
        )
        let opened = try draft.write(known: person, store: store, in: transaction)
        try store.write([try closing(opened, on: today)], in: transaction)
        return opened
    }

    /// What whoever takes the person on must know from the first day: by which way they wish to be
    /// reached, and what harm may come to them.
    private func besides(_ folded: Case) -> [EventBody] {
        var bodies: [EventBody] = []
        if let wish = folded.contactWish { bodies.append(.contactPreferred(wish)) }
        let measures = there.instruments.map(\.id)
        for risk in folded.risks {
            var raised = RiskRaised()
            raised.risk = risk.id
            // What was recorded before the list of subjects was closed may be none of them.
            raised.about = RiskSubject(rawValue: risk.about)?.rawValue ?? raised.about
            if let measure = risk.measure, measures.contains(measure) { raised.measure = measure }
            // No entry is older than its referral.
            let since = "Open since \(risk.raisedOn.uk) in case \(history.header.reference)."
            raised.text = risk.text.map { "\($0) \(since)" } ?? since
            bodies.append(.riskRaised(raised))
        }
        return bodies
    }

    /// Refuses to send anybody where they are known not to be taken, or against their will.
    private func judge(_ folded: Case, _ carried: ReferralReceived) throws {
        if let said = folded.consents[.referral], said != .consentGiven {
            throw ServiceError(
                .refused,
                code: "referral-no-consent",
                "The person has not agreed to be referred. Ask them first."
            )
        }
        if strand == nil, !there.strands.isEmpty {
            throw ServiceError(
                .refused,
                code: "strand-missing-value",
                "Choose a strand of \(there.name).",
                field: "place"
            )
        }
        let decided = Eligibility.decide(carried, programme: there)
        guard decided.verdict == .notMet else { return }
        throw ServiceError(
            .refused,
            code: "not-eligible",
            decided.says.joined(separator: " "),
            field: "place"
        )
    }

    /// The first case closes; its story says where the person went.
    private func closing(_ opened: CaseHeader, on today: CivilDate) throws -> CaseWrite {
        var closed = Closed()
        closed.reason = .transferred
        var note = NoteWritten()
        note.text = "Referred to \(there.name) instead, as case \(opened.reference)"
        var context = Context(
            now: now,
            today: today,
            by: Recorder(user: actor.user, organisation: actor.organisation),
            ids: IDMaker(seed: ~seed)
        )
        let events: [CaseEvent]
        do {
            events = try Casework.decide(
                Command(
                    entries: [
                        Command.Entry(body: .closed(closed), on: today),
                        Command.Entry(body: .noteWritten(note), on: today),
                    ]
                ),
                history: history,
                programme: rules,
                context: &context
            )
        } catch {
            throw ServiceError(.refused, code: error.code, error.says, field: error.field)
        }
        return try CaseWrite(
            history: history,
            events: events,
            programme: rules,
            key: person.key,
            notifies: true
        )
    }
}
