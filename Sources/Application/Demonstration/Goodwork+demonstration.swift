import Casework
import Crypto
import Kernel
import Programmes
import SQL
import Store

extension Goodwork {
    /// Marks a database where nobody has an account as a demonstration's, before it is filled.
    ///
    /// - Throws: `ServiceError` when somebody has an account: then the installation is a real one.
    package func beginDemonstration() async throws {
        let store = store
        try await store.database.write { transaction in
            if try store.hasAccounts(in: transaction) { throw Self.isReal }
            try store.markDemonstration(secret: Demonstration.secret, in: transaction)
        }
    }

    private static let isReal = ServiceError(
        .invalid,
        "This database has accounts: it is no demonstration's."
    )

    /// Makes a year of WorkWell Manchester in a database where nobody has an account yet.
    ///
    /// - Parameter progress: told how many cases are written.
    /// - Throws: `ServiceError` when somebody has an account: then the installation is a real one.
    package func makeDemonstration(
        _ demonstration: Demonstration = Demonstration(),
        _ progress: @Sendable (Int) -> Void = { _ in }
    ) async throws -> DemonstrationResult {
        let (store, now) = (store, now())
        let today = now.civilDateUK
        let isTaken = try await store.database.read { try store.hasAccounts(in: $0) }
        if isTaken { throw Self.isReal }
        let start = Demonstration.firstDay(today).adding(days: -30)
        let cast = DemonstrationCast(demonstration, from: start)
        let (programme, text) = try Demonstration.extended(
            try library.file(Demonstration.programme),
            today: today
        )
        try await found(cast, programme, text, since: Instant(midnightUTC: start))
        let year = await DemonstrationYear(demonstration, cast, programme, today: today)
        try await write(year.cases, year.histories, programme, progress)
        try await addAreas(year.histories)
        try await addClaims(cast, programme, from: Demonstration.firstDay(today))
        try await addVisits(year.cases, cast, today: today)
        try await addPractices(demonstration, year.cases, today: today)
        try await addClient(cast)
        try await addGuide(cast)
        return DemonstrationResult(
            cases: year.histories.count,
            events: year.histories.reduce(0) { $0 + $1.version },
            refusals: year.refusals
        )
    }

    /// A clinical system of the referrer's, which nobody has the key of.
    private func addClient(_ cast: DemonstrationCast) async throws {
        guard let admin = cast.worker(login: DemonstrationCast.login("admin")),
            let referrer = cast.worker(login: DemonstrationCast.login("referrer"))
        else { return }
        _ = try await addClient(
            NewClient(
                name: "The practice's own system",
                organisation: referrer.organisation,
                roles: [.referrer],
                purpose: "Refer from the record, and read where referrals stand",
                scopes: "\(ClientScope.read) \(ClientScope.write)",
                keys: .address("https://practice.example/jwks.json")
            ),
            by: Actor(
                user: admin.id.text,
                organisation: admin.organisation,
                roles: admin.roles
            )
        )
    }

    /// The table from which the referrals had their deciles, so that the next ones have them too.
    private func addAreas(_ histories: [History]) async throws {
        var postcodes: Set<Postcode> = []
        for event in histories.flatMap(\.events) {
            guard case .referralReceived(let fields) = event.body else { continue }
            if let postcode = fields.identity.postcode.flatMap({ Postcode($0) }) {
                postcodes.insert(postcode)
            }
        }
        let areas = postcodes.map { DemonstrationAreas.area(of: $0) }
        let store = store
        try await store.database.write { try store.keep(areas, in: $0) }
    }

    /// Organisations, accounts and the programme.
    private func found(
        _ cast: DemonstrationCast,
        _ programme: Programme,
        _ text: String,
        since: Instant
    ) async throws {
        let hash = try await passwords.hash(Demonstration.password)
        let store = store
        try await store.database.write { transaction in
            try store.markDemonstration(secret: Demonstration.secret, in: transaction)
            for one in DemonstrationCast.organisations {
                _ = try store.add(
                    StoredOrganisation(
                        id: one.id,
                        name: one.name,
                        kinds: one.kindsText,
                        createdAt: since
                    ),
                    in: transaction
                )
            }
            for worker in cast.workers {
                try add(worker, hash: hash, since: since, in: transaction)
            }
            try store.keepProgramme(
                id: programme.id,
                version: programme.version,
                text: text,
                at: since,
                in: transaction
            )
            try store.activate(
                ActiveProgramme(
                    id: programme.id,
                    version: programme.version,
                    activatedAt: since,
                    activatedBy: cast.worker(login: DemonstrationCast.login("admin"))?.id.text
                        ?? "demonstration"
                ),
                in: transaction
            )
        }
    }

    /// Adds an account with the password and the second factor of every demonstration.
    func add(
        _ worker: DemonstrationCast.Worker,
        person: PersonID? = nil,
        hash: String,
        since: Instant,
        in transaction: any Transaction
    ) throws {
        let sealed = try store.seal(
            AccountIdentity(login: worker.login, name: worker.name),
            of: worker.id,
            person: person,
            in: transaction
        )
        guard let sealed else { throw ServiceError(.invalid, "This person is not known.") }
        var account = StoredAccount(
            id: worker.id,
            organisation: worker.organisation,
            sealed: sealed,
            roles: worker.roles.text,
            person: person,
            passwordHash: hash,
            capacity: worker.capacity,
            mustChangePassword: false,
            createdAt: since
        )
        guard try store.add(account, login: worker.login, in: transaction) else {
            throw ServiceError(.conflict, "\(worker.login) has an account already.")
        }
        guard person == nil else { return }
        account.totpSealed = try store.vault.seal(Demonstration.secret, at: account.totpPlace)
        try store.update(account, in: transaction)
    }

    /// Writes the cases, a batch at a time, in the order of their referrals.
    private func write(
        _ cases: [DemonstrationCase],
        _ histories: [History],
        _ programme: Programme,
        _ progress: @Sendable (Int) -> Void
    ) async throws {
        let store = store
        var place = 0
        while place < cases.count {
            let batch = place..<min(place + 200, cases.count)
            let writes = try batch.map { try caseWrite(cases[$0], histories[$0], programme) }
            try await store.database.write { try store.write(writes, in: $0) }
            place = batch.upperBound
            progress(place)
        }
    }

    private func caseWrite(
        _ one: DemonstrationCase,
        _ history: History,
        _ programme: Programme
    ) throws -> CaseWrite {
        let (key, wrapped) = try store.vault.newKey(for: one.header.person)
        return try CaseWrite(
            history: History(header: one.header),
            events: history.events,
            programme: programme,
            key: key,
            person: PersonWrite(
                id: one.header.person,
                wrappedKey: wrapped,
                key: key,
                identity: one.story.person.identity,
                vault: store.vault,
                at: history.events.first?.recordedAt ?? now()
            ),
            // Whoever referred in the past year was told then.
            notifies: false
        )
    }
}
