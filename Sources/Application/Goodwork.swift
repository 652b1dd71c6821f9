import Casework
import Crypto
import Kernel
import Programmes
import SQL
import Store

/// The use cases.
///
/// Pages, interfaces, imports and the command line all come in here.
package struct Goodwork: Sendable {
    package let store: Store
    package let library: ProgrammeLibrary
    package let costs: CostLibrary
    /// The time; a value, so that tests and simulations can set it.
    package let now: @Sendable () -> Instant
    package let passwords: any PasswordHashing
    package var signInRules: SignInRules
    /// The files of board packs.
    package var packs = PackLibrary(directory: "boards")
    /// What makes PDF and DOCX of them.
    package var press = Press()
    /// What webhooks and subscriptions may be.
    package var hookRules = HookRules()
    /// What is wrong with the search of a scope; whoever knows FHIR's searches says so.
    package var scopeProblem: ScopeProblem = { scope in
        scope.constraint == nil
            ? nil : Fault(field: "scopes", problem: "\(scope.text) cannot be read here")
    }
    /// For how long the files of an export are kept.
    package var exportHours = 24
    /// Facts kept between questions; every copy of this value shares it.
    let memory = FactsMemory()
    /// What was read of the register of releases, and counted for it.
    let released = ReleaseMemory()
    /// The service guide, kept until it changes.
    let guideMemory = GuideMemory()

    package init(
        store: Store,
        library: ProgrammeLibrary,
        costs: CostLibrary? = nil,
        now: @escaping @Sendable () -> Instant,
        passwords: any PasswordHashing = NoPasswords(),
        signInRules: SignInRules = SignInRules()
    ) {
        self.store = store
        self.library = library
        self.costs = costs ?? CostLibrary(besideProgrammes: library.directory)
        self.now = now
        self.passwords = passwords
        self.signInRules = signInRules
    }

    /// Asks `Access` and writes the answer down, whichever it is.
    ///
    /// - Parameter reason: why; words that somebody typed are kept sealed.
    /// - Throws: `ServiceError` when it may not be done.
    package func authorise(
        _ actor: Actor,
        _ action: Action,
        on subject: String,
        resource: Resource = .installation,
        because reason: AccessReason? = nil
    ) async throws {
        let entry = try await permit(actor, action, on: subject, resource, because: reason)
        let store = store
        try await store.committer.submit { try store.log(entry, in: $0) }
    }

    /// Reads what the actor may read while its entry in the access log is on its way to the disk.
    ///
    /// Nothing is answered before the entry is durable.
    func whileLogging<R: Sendable>(
        _ actor: Actor,
        _ action: Action,
        on subject: String,
        _ read: @Sendable () async throws -> R
    ) async throws -> R {
        let entry = try await permit(actor, action, on: subject, .installation)
        let store = store
        async let logged: Void = store.committer.submit { try store.log(entry, in: $0) }
        let answer = try await read()
        try await logged
        return answer
    }

    /// Asks and writes down, with a reason that somebody typed.
    package func authorise(
        _ actor: Actor,
        _ action: Action,
        on subject: String,
        resource: Resource = .installation,
        reason: String?
    ) async throws {
        try await authorise(
            actor,
            action,
            on: subject,
            resource: resource,
            because: reason.map { .words($0) }
        )
    }

    /// Asks `Access`; a refusal is written down, leave is for the caller to write down.
    private func permit(
        _ actor: Actor,
        _ action: Action,
        on subject: String,
        _ resource: Resource,
        because reason: AccessReason? = nil
    ) async throws -> AccessEntry {
        let decision = Access.decide(actor, action, on: resource, reason: reason?.text)
        let outcome =
            switch decision {
            case .allowed: "allowed"
            case .refused(let why): "refused: \(why)"
            case .hidden: "refused: no part in the case"
            }
        let entry = AccessEntry(
            at: now(),
            actor: actor.user,
            organisation: actor.organisation,
            action: action.rawValue,
            subject: subject,
            reason: actor.reason(reason),
            outcome: outcome
        )
        if decision == .allowed { return entry }
        let store = store
        try await store.committer.submit { try store.log(entry, in: $0) }
        // Somebody else's case is answered as one that does not exist.
        if decision == .hidden {
            if case .claim = resource { throw ServiceError(.notFound, "There is no such claim.") }
            if case .practice = resource {
                throw ServiceError(.notFound, "There is no such practice.")
            }
            if case .guideService = resource {
                throw ServiceError(.notFound, "There is no such service of yours.")
            }
            if case .runChart = resource {
                throw ServiceError(.notFound, "There is no such chart of yours.")
            }
            throw ServiceError(.notFound, "There is no such case.")
        }
        let why = outcome.dropFirst("refused: ".count)
        throw ServiceError(.forbidden, "This is not allowed: \(why).")
    }

    /// Writes what the actor may write, with its entry in the access log, in one durable step.
    ///
    /// - Throws: what the job throws; the entry then stands alone.
    func write<R: Sendable>(
        by actor: Actor,
        _ action: Action,
        on subject: String,
        resource: Resource = .installation,
        because reason: AccessReason? = nil,
        _ job: @Sendable @escaping (any Transaction) throws -> R
    ) async throws -> R {
        try await write(by: actor, action, on: subject, resource: resource, because: reason) {
        } _: { _, transaction in
            try job(transaction)
        }
    }

    /// The same, with what can be made before the write, on a thread that does not hold up others.
    ///
    /// - Parameter prepare: runs once leave is given; the job checks that what it made still holds.
    func write<P: Sendable, R: Sendable>(
        by actor: Actor,
        _ action: Action,
        on subject: String,
        resource: Resource = .installation,
        because reason: AccessReason? = nil,
        preparing prepare: @Sendable () -> P,
        _ job: @Sendable @escaping (P, any Transaction) throws -> R
    ) async throws -> R {
        let entry = try await permit(actor, action, on: subject, resource, because: reason)
        let store = store
        let prepared = prepare()
        do {
            return try await store.committer.submit { transaction in
                try store.log(entry, in: transaction)
                return try job(prepared, transaction)
            }
        } catch {
            try await store.committer.submit { try store.log(entry, in: $0) }
            throw error
        }
    }

    /// The case that a sender's reference names.
    ///
    /// - Parameter programme: needed only where programmes use the same reference.
    package func header(reference: String, programme: String?) async throws -> CaseHeader {
        let store = store
        let found = try await store.database.read { transaction in
            if let programme {
                let header = try store.header(
                    programme: programme,
                    reference: reference,
                    in: transaction
                )
                return header.map { [$0] } ?? []
            }
            if let id = CaseID(reference), let header = try store.header(id: id, in: transaction) {
                return [header]
            }
            return try store.headers(reference: reference, in: transaction)
        }
        if found.count > 1 {
            let programmes = found.map(\.programme).joined(separator: ", ")
            throw ServiceError(
                .invalid,
                "\(reference) is a case of \(programmes): say which with --programme."
            )
        }
        guard let header = found.first else {
            throw ServiceError(.notFound, "There is no case \(reference).")
        }
        return header
    }

    /// All that was told of a case, and the rules that it was decided under.
    ///
    /// - Parameter key: the person's; without it identity and free text stay blank.
    func told(
        of header: CaseHeader,
        key: PersonKey? = nil,
        in transaction: any Transaction
    ) throws -> (history: History, rules: Programme) {
        let history = try store.history(header, key: key, in: transaction)
        let rules = try library.kept(
            header.programme,
            version: header.programmeVersion,
            store: store,
            in: transaction
        )
        return (history, rules)
    }

    /// The row of a person whose identity the events give anew, or the command fills.
    private func identified(
        _ person: Person,
        by events: [CaseEvent],
        filling blanks: Identity?,
        at now: Instant
    ) throws -> PersonWrite? {
        guard let key = person.key, let wrapped = person.wrappedKey else { return nil }
        var identity: Identity?
        for event in events where identity == nil {
            if case .referralReceived(let referral) = event.body { identity = referral.identity }
        }
        if let blanks {
            var filled = try identity ?? person.identity() ?? Identity()
            filled.fill(from: blanks)
            identity = filled
        }
        guard let identity else { return nil }
        return try PersonWrite(
            id: person.id,
            wrappedKey: wrapped,
            key: key,
            identity: identity,
            vault: store.vault,
            at: now
        )
    }

    /// What a change left behind.
    package struct Change: Sendable, Hashable {
        package var caseID: CaseID
        package var version: Int
        package var events: [CaseEvent]
    }

    /// Decides a command on a case and makes it durable.
    ///
    /// - Parameters:
    ///   - action: what the change is by the rules of access.
    ///   - version: the version the caller decided on; another one now is a conflict.
    ///   - idempotencyKey: the same key with the same command gets the first answer again.
    package func change(
        _ header: CaseHeader,
        _ command: Command,
        by actor: Actor,
        as action: Action = .changeCase,
        version: Int? = nil,
        idempotencyKey: String? = nil,
        seed: UInt64
    ) async throws -> Change {
        let store = store
        let relations = try await store.database.read { transaction in
            try self.relations(of: header, for: actor, in: transaction)
        }
        let now = now()
        let digest = Array(SHA256.hash(data: command.fingerprint(of: header, by: actor)))
        let guide = command.refersOn ? try await guide() : nil
        return try await write(
            by: actor,
            action,
            on: header.id.text,
            resource: .case(relations)
        ) { transaction in
            if let key = idempotencyKey,
                let answer = try store.answer(toKey: key, digest: digest, in: transaction)
            {
                return try store.change(answer, of: header, in: transaction)
            }
            let person = try store.person(header.person, in: transaction)
            let (history, programme) = try told(of: header, key: person?.key, in: transaction)
            if let version, version != history.version {
                throw StoreError.conflict(reference: header.reference)
            }
            var context = Context(
                now: now,
                today: now.civilDateUK,
                by: Recorder(user: actor.user, organisation: actor.organisation),
                ids: IDMaker(seed: seed)
            )
            let events: [CaseEvent]
            var told = command
            try told.fillDeprivation(from: store, in: transaction)
            do {
                if let guide {
                    try told.nameGuideServices(in: guide, of: history.fold(), under: programme)
                }
                events = try Casework.decide(
                    told,
                    history: history,
                    programme: programme,
                    context: &context
                )
            } catch let refusal as Refusal {
                throw ServiceError(
                    .refused,
                    code: refusal.code,
                    refusal.says,
                    field: refusal.field,
                    entry: refusal.entry
                )
            }
            let names =
                command.identity != nil || events.contains { !$0.body.encoded().sealed.isEmpty }
            if person?.key == nil, names {
                throw ServiceError(
                    .refused,
                    code: "person-erased",
                    "The person of \(header.reference) has been erased: nothing that names them, and "
                        + "no free text, can be kept."
                )
            }
            let write = try CaseWrite(
                history: history,
                events: events,
                programme: programme,
                key: person?.key,
                person: try person.flatMap {
                    try identified($0, by: events, filling: command.identity, at: now)
                },
                notifies: true
            )
            try store.write([write], in: transaction)
            let after = history.version + events.count
            if let key = idempotencyKey {
                try store.keepAnswer(
                    "\(history.version) \(after)",
                    toKey: key,
                    digest: digest,
                    at: now,
                    in: transaction
                )
            }
            return Change(caseID: header.id, version: after, events: events)
        }
    }
}

extension Store {
    /// The first answer to an idempotency key: the versions before and after it, in words.
    fileprivate func change(
        _ answer: String,
        of header: CaseHeader,
        in transaction: any Transaction
    ) throws -> Goodwork.Change {
        let versions = answer.split(separator: " ").compactMap { Int($0) }
        guard versions.count == 2 else {
            throw StoreError.damaged("an answer given to an idempotency key cannot be read")
        }
        let person = try person(header.person, in: transaction)
        let events = try history(header, key: person?.key, in: transaction).events
        return Goodwork.Change(
            caseID: header.id,
            version: versions[1],
            events: events.filter { $0.sequence > versions[0] && $0.sequence <= versions[1] }
        )
    }
}

extension Command {
    /// Bytes that are the same only for the same command of the same person on the same case.
    fileprivate func fingerprint(of header: CaseHeader, by actor: Actor) -> [UInt8] {
        var parts = [Array(header.id.text.utf8), Array(actor.user.utf8)]
        for entry in entries {
            let encoded = entry.body.encoded()
            let texts = [
                "entry", entry.body.kind.rawValue, entry.on.iso, entry.key ?? "",
                entry.replaces?.text ?? "",
            ]
            parts += texts.map { Array($0.utf8) } + [encoded.payload, encoded.sealed]
        }
        for void in voids {
            let texts = ["void", void.event.text, void.reason, void.text ?? ""]
            parts += texts.map { Array($0.utf8) }
        }
        if let identity { parts += [Array("identity".utf8), identity.encoded()] }
        return parts.flatMap { Array("\($0.count):".utf8) + $0 }
    }
}
