import Kernel
import SQL
import Store

/// What is asked for in bulk.
package struct NewExport: Sendable, Hashable {
    package var level: RecordExport.Level
    package var programme: String?
    package var types: [String]
    package var since: Instant?
    package var request: String

    package init(
        level: RecordExport.Level,
        programme: String?,
        types: [String],
        since: Instant?,
        request: String
    ) {
        self.level = level
        self.programme = programme
        self.types = types
        self.since = since
        self.request = request
    }
}

extension Goodwork {
    /// How many jobs of one client may run or wait.
    private static let exportsMax = 3

    /// Whether what a client takes away says of nobody who they are.
    ///
    /// Whoever counts for the evaluation gets only those who agreed to it, under other names.
    package static func isCloaked(_ actor: Actor) -> Bool {
        actor.roles.contains(.evaluator) || actor.roles.contains(.analyst)
    }

    /// Begins to take records away; the purpose of the client stands in the access log.
    package func startExport(_ new: NewExport, by actor: Actor) async throws -> RecordExport {
        guard let client = actor.client else {
            throw ServiceError(.forbidden, "Records in bulk are for clients.")
        }
        try requirePurpose(actor.purpose, of: actor, for: .exportRecords)
        let (store, now) = (store, now())
        var ids = IDMaker(seed: .random(in: .min ... .max))
        let export = RecordExport(
            id: ids.make(OutboxTag.self, at: now).text,
            client: client,
            level: new.level,
            programme: new.programme,
            types: new.types,
            since: new.since,
            request: new.request,
            at: now
        )
        var what = "\(new.level.rawValue) \(new.types.joined(separator: " "))"
        if let programme = new.programme { what += " of \(programme)" }
        if let since = new.since { what += " since \(since.iso)" }
        return try await write(
            by: actor,
            .exportRecords,
            on: "export:\(export.id)",
            because: .code(what)
        ) { transaction in
            guard
                try store.exportsUnfinished(of: client, in: transaction) < Self.exportsMax
            else {
                throw ServiceError(
                    .conflict,
                    code: "too-many-exports",
                    "\(Self.exportsMax) of your exports are running: wait, or delete one."
                )
            }
            try store.add(export, in: transaction)
            return export
        }
    }

    /// How an export stands, with its files.
    ///
    /// - Throws: `ServiceError`, `notFound` also when it is somebody else's, or was forgotten.
    package func export(
        _ id: String,
        by actor: Actor
    ) async throws -> (export: RecordExport, files: [ExportFile]) {
        let store = store
        let export = try await ownExport(id, by: actor)
        let files = try await store.database.read { transaction in
            export.state == .done ? try store.exportFiles(of: id, in: transaction) : []
        }
        return (export, files)
    }

    /// A file of an export that is done; that it was taken stands in the access log.
    package func exportFile(
        _ id: String,
        _ type: String,
        part: Int,
        by actor: Actor
    ) async throws -> [UInt8] {
        let store = store
        let export = try await ownExport(id, by: actor)
        try await authorise(
            actor,
            .exportRecords,
            on: "export:\(id)",
            because: .code("file \(type) \(part)")
        )
        let bytes = try await store.database.read { transaction in
            export.state == .done
                ? try store.exportBytes(of: id, type, part: part, in: transaction) : nil
        }
        guard let bytes else { throw ServiceError(.notFound, "There is no such file.") }
        return bytes
    }

    /// Stops an export, and deletes its files.
    package func deleteExport(_ id: String, by actor: Actor) async throws {
        _ = try await ownExport(id, by: actor)
        let store = store
        try await write(
            by: actor,
            .exportRecords,
            on: "export:\(id)",
            because: .code("delete")
        ) { try store.deleteExport(id, in: $0) }
    }

    /// Deletes the exports whose time is over.
    package func forgetOldExports() async throws {
        let (store, now) = (store, now())
        try await store.committer.submit { try store.forgetExports(at: now, in: $0) }
    }

    private func ownExport(_ id: String, by actor: Actor) async throws -> RecordExport {
        let (store, now) = (store, now())
        let found = try await store.database.read { try store.export(id, in: $0) }
        guard let found, found.client == actor.client,
            found.forgottenAt.map({ now < $0 }) ?? true
        else { throw ServiceError(.notFound, "There is no such export.") }
        return found
    }
}
