import Casework
import Kernel
import Programmes
import SQL
import Store

/// A programme with the versions of it that are here.
package struct ProgrammeOverview: Sendable, Hashable {
    package struct Version: Sendable, Hashable {
        package var version: Int
        /// How many cases were decided under it.
        package var cases: Int
        /// Whether it is the folder's file.
        package var isFile: Bool
    }

    package var id: String
    package var name: String
    /// What new cases are decided under; nil when there is nothing to decide by.
    package var current: Int?
    /// The highest first.
    package var versions: [Version]
    /// What is wrong with the file in the folder.
    package var fault: String?
}

extension Goodwork {
    /// The largest programme file that is read, in bytes.
    package static let programmeBytesMax = 1_000_000

    /// Every programme of the folder and of the database.
    package func programmes(by actor: Actor) async throws -> [ProgrammeOverview] {
        try await authorise(actor, .manageProgrammes, on: "programmes")
        let (store, library) = (store, library)
        return try await store.database.read { transaction in
            let kept = try store.programmeVersions(in: transaction)
            let counts = try store.caseCounts(in: transaction)
            return try Set(library.ids() + kept.map(\.id)).sorted().map { id in
                var overview = ProgrammeOverview(id: id, name: id, versions: [])
                var file: Programme?
                do {
                    file = library.ids().contains(id) ? try library.file(id).programme : nil
                } catch let error as ServiceError {
                    overview.fault = ([error.message] + error.faults.map(\.description))
                        .joined(separator: " ")
                }
                let active = try store.activeVersion(of: id, in: transaction)
                overview.current = [active, file?.version].compactMap { $0 }.max()
                let numbers = Set(
                    kept.filter { $0.id == id }.map(\.version)
                        + [file?.version].compactMap { $0 }
                )
                overview.versions = numbers.sorted(by: >).map { number in
                    ProgrammeOverview.Version(
                        version: number,
                        cases: counts.first { $0.programme == id && $0.version == number }?.cases
                            ?? 0,
                        isFile: file?.version == number
                    )
                }
                // What is current; where nothing is, the newest of what is kept.
                let shown = overview.current ?? kept.filter { $0.id == id }.map(\.version).max()
                if let file, file.version == shown {
                    overview.name = file.name
                } else if let shown {
                    overview.name =
                        try library.kept(id, version: shown, store: store, in: transaction).name
                }
                return overview
            }
        }
    }

    /// Reads a programme file and keeps it as a version, which nothing uses until it is activated.
    ///
    /// - Throws: `ServiceError` with every fault of it.
    package func upload(programme text: String, by actor: Actor) async throws -> Programme {
        try await authorise(actor, .manageProgrammes, on: "upload")
        guard text.utf8.count <= Self.programmeBytesMax else {
            throw ServiceError(
                .invalid,
                "The file is larger than a megabyte. That is not a programme file.",
                field: "text"
            )
        }
        let programme: Programme
        do {
            programme = try Programme(yaml: text, file: "upload")
        } catch {
            throw ServiceError(.faults, "The file has faults.", faults: error.faults)
        }
        let (store, library, now) = (store, library, now())
        try await store.committer.submit { transaction in
            let (id, version) = (programme.id, programme.version)
            let current = try library.currentVersion(id, store: store, in: transaction)
            let isUsed = try store.hasCases(programme: id, version: version, in: transaction)
            if let current, version <= current || isUsed {
                throw ServiceError(
                    .faults,
                    "The file has faults.",
                    faults: [
                        Fault(
                            line: text.line(of: "version:"),
                            column: 1,
                            field: "version",
                            problem: "\(version) is not above the version that is in use",
                            expected: "\(max(current, version) + 1)"
                        )
                    ]
                )
            }
            try library.replace(programme, text: text, store: store, at: now, in: transaction)
        }
        return programme
    }

    /// One version that is kept, with its text.
    package func programmeVersion(
        _ id: String,
        _ version: Int,
        by actor: Actor
    ) async throws -> (programme: Programme, text: String, isCurrent: Bool, mayActivate: Bool) {
        try await authorise(actor, .manageProgrammes, on: "\(id) \(version)")
        let (store, library) = (store, library)
        return try await store.database.read { transaction in
            let current = try library.currentVersion(id, store: store, in: transaction)
            if let text = try store.programmeText(id: id, version: version, in: transaction) {
                let programme = try library.kept(
                    id,
                    version: version,
                    store: store,
                    in: transaction
                )
                return (programme, text, version == current, version > current ?? 0)
            }
            guard library.ids().contains(id) else {
                throw ServiceError(.notFound, "There is no such version.")
            }
            let (programme, text) = try library.file(id)
            guard programme.version == version else {
                throw ServiceError(.notFound, "There is no such version.")
            }
            return (programme, text, version == current, false)
        }
    }

    /// What a kept version would make of the programme's open cases.
    package func effect(
        of id: String,
        version: Int,
        by actor: Actor
    ) async throws -> ProgrammeEffect {
        try await authorise(actor, .manageProgrammes, on: "\(id) \(version)")
        let (store, library, today) = (store, library, now().civilDateUK)
        return try await store.database.read { transaction in
            let new = try library.kept(id, version: version, store: store, in: transaction)
            var effect = ProgrammeEffect()
            for row in try store.caseRows(.programme(id), in: transaction)
            where row.closedOn == nil {
                let (history, old) = try told(of: row.header, in: transaction)
                effect.add(history, was: old, becomes: new, today: today)
            }
            effect.sort()
            let known = try organisationNames(new.organisationIDs, in: transaction)
            effect.unknownOrganisations = new.organisationIDs.filter { known[$0] == nil }.sorted()
            let current = try library.current(store: store, in: transaction).first { $0.id == id }
            if let current, current.retentionYears != new.retentionYears {
                effect.retention = ProgrammeEffect.Retention(
                    was: current.retentionYears,
                    becomes: new.retentionYears
                )
            }
            return effect
        }
    }

    /// Decides new cases under a kept version from now on.
    package func activate(_ id: String, version: Int, by actor: Actor) async throws {
        try await authorise(actor, .manageProgrammes, on: "activate \(id) \(version)")
        let (store, library, now) = (store, library, now())
        try await store.committer.submit { transaction in
            guard try store.programmeText(id: id, version: version, in: transaction) != nil else {
                throw ServiceError(.notFound, "There is no such version.")
            }
            let current = try library.currentVersion(id, store: store, in: transaction) ?? 0
            guard version > current else {
                throw ServiceError(
                    .refused,
                    code: "version-not-above",
                    "Version \(current) is in use. Only a higher version can take its place."
                )
            }
            try store.activate(
                ActiveProgramme(
                    id: id,
                    version: version,
                    activatedAt: now,
                    activatedBy: actor.user
                ),
                in: transaction
            )
        }
    }
}

extension String {
    /// The line, from 1, that begins with a word.
    fileprivate func line(of word: String) -> Int? {
        lines.firstIndex { $0.hasPrefix(word) }.map { $0 + 1 }
    }
}
