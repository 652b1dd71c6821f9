import Casework
import Kernel
import SQL
import Store

extension Goodwork {
    /// How long a job is left alone after it last came on: then its server is taken to be gone.
    private static let exportLeaseSeconds: Int64 = 30
    /// How often a job that does not come on is begun again.
    private static let exportAttemptsMax = 5
    /// How many people are read at once, and how many bytes are held before they are written.
    private static let exportPeopleMax = 50
    private static let exportBytesMax = 4 * 1_024 * 1_024

    /// Works on an export that waits, or that a server left unfinished, until it is done.
    ///
    /// Lines and place are kept together, so that what goes on after an interruption leaves nobody
    /// out and tells nobody twice. No more is held than some megabytes.
    ///
    /// - Returns: whether there was one.
    package func runExport(_ writer: any RecordWriter) async throws -> Bool {
        let (store, now) = (store, now())
        let next = try await store.database.read { try store.nextExport(at: now, in: $0) }
        guard let next else { return false }
        let lease = lease()
        let taken = try await store.committer.submit { transaction -> RecordExport? in
            var next = next
            return try store.take(&next, until: lease, in: transaction) ? next : nil
        }
        guard var export = taken else { return true }
        guard let client = try await activeClient(export.client),
            Access.decide(client.actor, .exportRecords) == .allowed,
            export.attempts <= Self.exportAttemptsMax
        else {
            try await end(export, as: .failed)
            return true
        }
        try await run(&export, writer, for: client.actor)
        return true
    }

    private func lease() -> Instant {
        now().adding(milliseconds: Self.exportLeaseSeconds * 1_000)
    }

    private func run(
        _ export: inout RecordExport,
        _ writer: any RecordWriter,
        for actor: Actor
    ) async throws {
        let store = store
        let isCloaked = Self.isCloaked(actor)
        let scope = ExportScope(
            organisation: isCloaked ? nil : actor.organisation,
            programme: export.programme,
            since: export.since
        )
        var held = HeldLines()
        if export.place.isEmpty {
            export.total = try await store.database.read {
                try store.countPeople(scope, after: "", in: $0)
            }
            if export.level == .system {
                held.add(try await writer.directory(export, isCloaked: isCloaked))
            }
        }
        var (place, done) = (export.place, export.done)
        var looked: [CaseID] = []
        var names: [String: String] = [:]
        while !Task.isCancelled {
            let (from, job) = (place, export)
            let people = try await store.database.read { transaction in
                try store.people(scope, after: from, limit: Self.exportPeopleMax, in: transaction)
                    .map { person in
                        try self.exported(person, job, for: actor, isCloaked, in: transaction)
                    }
            }
            let unknown = Set(people.flatMap(\.organisations)).subtracting(names.keys)
            if !unknown.isEmpty {
                names.merge(try await organisationNames(unknown)) { _, new in new }
            }
            for person in people {
                held.add(try writer.lines(of: person, export, names: names))
                if !isCloaked { looked += person.stories.map(\.id) }
            }
            if let last = people.last { place = last.id.text }
            done += people.count
            let isLast = people.count < Self.exportPeopleMax
            guard isLast || held.bytes >= Self.exportBytesMax || isStale(export) else { continue }
            let kept = try await keep(held.chunks, looked, of: export, place, done, for: actor)
            guard let kept else { return }
            export = kept
            (held, looked) = (HeldLines(), [])
            if isLast { return try await end(export, as: .done) }
        }
        // The server stops: another goes on at once, where this one was.
        let (now, rest) = (now(), (held.chunks, looked))
        _ = try await keep(rest.0, rest.1, of: export, place, done, for: actor, until: now)
    }

    /// Whether so much of the lease has gone that it must be renewed.
    private func isStale(_ export: RecordExport) -> Bool {
        let left = export.leaseUntil.milliseconds - now().milliseconds
        return left < Self.exportLeaseSeconds * 500
    }

    /// Keeps what is held; nil when the export was deleted, or another server works on it.
    private func keep(
        _ chunks: [ExportChunk],
        _ looked: [CaseID],
        of export: RecordExport,
        _ place: String,
        _ done: Int,
        for actor: Actor,
        until: Instant? = nil
    ) async throws -> RecordExport? {
        let (store, now, lease) = (store, now(), until ?? lease())
        return try await store.committer.submit { transaction in
            let isOurs = try store.comeOn(
                export,
                to: place,
                done: done,
                until: lease,
                with: chunks,
                in: transaction
            )
            guard isOurs else { return nil }
            for id in looked {
                let entry = AccessEntry(
                    at: now,
                    actor: actor.user,
                    organisation: actor.organisation,
                    action: Action.exportRecords.rawValue,
                    subject: id.text,
                    reason: actor.reason(.code("export:\(export.id)"))
                )
                try store.log(entry, in: transaction)
            }
            var kept = export
            (kept.place, kept.done, kept.leaseUntil, kept.attempts) = (place, done, lease, 1)
            return kept
        }
    }

    private func end(_ export: RecordExport, as state: RecordExport.State) async throws {
        let (store, now) = (store, now())
        let forgetting = now.adding(milliseconds: Int64(exportHours) * 3_600_000)
        try await store.committer.submit { transaction in
            _ = try store.end(export, as: state, at: now, forgetting: forgetting, in: transaction)
        }
    }

    // MARK: - People

    /// A person with those of their cases that the export may show, as they stood when it began.
    private func exported(
        _ id: PersonID,
        _ export: RecordExport,
        for actor: Actor,
        _ isCloaked: Bool,
        in transaction: any Transaction
    ) throws -> ExportedPerson {
        let rows = try store.caseRows(.person(id), in: transaction).filter { row in
            export.programme.map { $0 == row.header.programme } ?? true
        }
        let person = try store.person(id, in: transaction)
        let updatedAt = try store.updated(id, in: transaction) ?? export.knownAt
        if isCloaked {
            let agreed = rows.filter { $0.consents[.evaluation] == true }
            let kept = try store.keptPerson(id, in: transaction)
            let stories = try agreed.compactMap { row in
                try cloaked(row, in: transaction).known(at: export.knownAt)
            }
            let programmes = Set(agreed.map(\.header.programme))
            let names = programmes.map { ($0, evaluationName(kept, in: $0)) }
            let year = try person?.identity()?.birthDate.map { String($0.prefix(4)) }
            return ExportedPerson(
                id: id,
                stories: stories,
                cloak: ExportedPerson.Cloak(
                    names: Dictionary(names) { first, _ in first },
                    birthYear: agreed.isEmpty ? nil : year,
                    updatedAt: updatedAt
                )
            )
        }
        let stories = try rows.compactMap { row in
            try self.story(of: row, for: actor, in: transaction)?.known(at: export.knownAt)
        }
        let telling = stories.filter { $0.may.contains(.readIdentity) }
        let seen =
            try telling.isEmpty
            ? nil
            : SeenPerson(
                id: id,
                identity: person?.identity(),
                updatedAt: updatedAt,
                stories: telling
            )
        return ExportedPerson(id: id, seen: seen, stories: stories)
    }

    /// A case without free text: the person's key is not used.
    private func cloaked(_ row: CaseRow, in transaction: any Transaction) throws -> CaseStory {
        let (history, programme) = try told(of: row.header, in: transaction)
        return CaseStory(
            history: history,
            programme: programme,
            relations: CaseRelations(row),
            may: [.readCase, .readOutcome],
            version: history.version
        )
    }

    /// What a person is called for the evaluation of a programme: the same in each of its exports.
    private func evaluationName(_ person: PersonID, in programme: String) -> String {
        let hex = Array("0123456789abcdef")
        return store.vault.index("evaluation of \(programme)", person.text)
            .map { "\(hex[Int($0 >> 4)])\(hex[Int($0 & 15)])" }.joined()
    }
}

extension CaseStory {
    /// The case as it was known at a moment; nil where nothing was known of it.
    fileprivate func known(at moment: Instant) -> CaseStory? {
        if let first = history.events.first, first.recordedAt > moment { return nil }
        if history.events.allSatisfy({ $0.recordedAt <= moment }) { return self }
        var story = self
        story.history = History(
            header: history.header,
            events: history.events.filter { $0.recordedAt <= moment }
        )
        return story
    }
}

extension ExportedPerson {
    /// The organisations that are named in what is shown.
    fileprivate var organisations: Set<String> {
        var all = Set(stories.flatMap { $0.history.events.map(\.by.organisation) })
        for story in stories {
            all.formUnion([story.relations.referrer, story.relations.provider].compactMap(\.self))
        }
        return all
    }
}

/// Lines that wait to be written, by type.
private struct HeldLines {
    private var types: [String: (lines: Int, body: [UInt8])] = [:]
    private(set) var bytes = 0

    mutating func add(_ lines: [ExportLine]) {
        for line in lines {
            types[line.type, default: (0, [])].lines += 1
            types[line.type, default: (0, [])].body += line.bytes + [UInt8(ascii: "\n")]
            bytes += line.bytes.count + 1
        }
    }

    var chunks: [ExportChunk] {
        types.sorted { $0.key < $1.key }.map {
            ExportChunk(type: $0.key, lines: $0.value.lines, body: $0.value.body)
        }
    }
}
