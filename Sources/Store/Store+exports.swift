import Kernel
import SQL

extension Store {
    private static let columns = """
        id, client_id, programme, level, types, since, request, state, known_at, lease_until, \
        attempts, place, done, total, ended_at, forgotten_at
        """
    private static let insert = Statement(
        """
        INSERT INTO exports (\(columns))
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        """
    )
    private static let find = Statement("SELECT \(columns) FROM exports WHERE id = $1")
    private static let unfinished: Statement =
        "SELECT count(*) FROM exports WHERE client_id = $1 AND ended_at IS NULL"
    private static let next = Statement(
        """
        SELECT \(columns) FROM exports WHERE ended_at IS NULL AND lease_until <= $1
        ORDER BY lease_until, id LIMIT 1
        """
    )
    private static let take: Statement = """
        UPDATE exports SET lease_until = $1, attempts = attempts + 1
        WHERE id = $2 AND lease_until = $3 AND ended_at IS NULL
        """
    private static let comeOn: Statement = """
        UPDATE exports SET lease_until = $1, attempts = 1, place = $2, done = $3, total = $4
        WHERE id = $5 AND lease_until = $6 AND ended_at IS NULL
        """
    private static let end: Statement = """
        UPDATE exports SET state = $1, ended_at = $2, forgotten_at = $3
        WHERE id = $4 AND lease_until = $5 AND ended_at IS NULL
        """
    private static let delete: Statement = "DELETE FROM exports WHERE id = $1"
    private static let deleteChunks: Statement = "DELETE FROM export_chunks WHERE export = $1"
    private static let over: Statement = "SELECT id FROM exports WHERE forgotten_at <= $1"
    private static let files: Statement = """
        SELECT type, part, CAST(SUM(lines) AS BIGINT), CAST(SUM(bytes) AS BIGINT)
        FROM export_chunks WHERE export = $1 GROUP BY type, part ORDER BY type, part
        """
    private static let lastPart: Statement = """
        SELECT part, CAST(MAX(chunk) AS BIGINT), CAST(SUM(bytes) AS BIGINT) FROM export_chunks
        WHERE export = $1 AND type = $2 GROUP BY part ORDER BY part DESC LIMIT 1
        """
    private static let insertChunk: Statement = """
        INSERT INTO export_chunks (export, type, part, chunk, lines, bytes, body)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """
    private static let chunks: Statement = """
        SELECT chunk, body FROM export_chunks WHERE export = $1 AND type = $2 AND part = $3
        ORDER BY chunk
        """

    /// How many bytes a file has, before another one is begun.
    private static let partBytesMax: Int64 = 16 * 1_024 * 1_024

    package func add(_ export: RecordExport, in transaction: any Transaction) throws {
        try transaction.execute(
            Self.insert,
            [
                .text(export.id), .text(export.client), SQLValue(export.programme),
                .text(export.level.rawValue), .text(export.types.joined(separator: " ")),
                SQLValue(export.since?.milliseconds), .text(export.request),
                .text(export.state.rawValue), .int(export.knownAt.milliseconds),
                .int(export.leaseUntil.milliseconds), .int(Int64(export.attempts)),
                .text(export.place), .int(Int64(export.done)), SQLValue(export.total),
                SQLValue(export.endedAt?.milliseconds), SQLValue(export.forgottenAt?.milliseconds),
            ]
        )
    }

    package func export(_ id: String, in transaction: any Transaction) throws -> RecordExport? {
        try transaction.first(Self.find, [.text(id)], Self.export)
    }

    /// How many jobs of a client have not ended.
    package func exportsUnfinished(
        of client: String,
        in transaction: any Transaction
    ) throws -> Int {
        try transaction.first(Self.unfinished, [.text(client)]) { Int(try $0.int(0)) } ?? 0
    }

    /// A job that nobody works on.
    package func nextExport(
        at now: Instant,
        in transaction: any Transaction
    ) throws -> RecordExport? {
        try transaction.first(Self.next, [.int(now.milliseconds)], Self.export)
    }

    /// Takes a job until a time at which somebody else may.
    ///
    /// - Returns: false when somebody else took it.
    package func take(
        _ export: inout RecordExport,
        until: Instant,
        in transaction: any Transaction
    ) throws -> Bool {
        let changed = try transaction.execute(
            Self.take,
            [
                .int(until.milliseconds), .text(export.id), .int(export.leaseUntil.milliseconds),
            ]
        )
        export.leaseUntil = until
        export.attempts += 1
        return changed == 1
    }

    /// Keeps lines with how far the job has come, so that neither stands without the other.
    ///
    /// - Returns: false when the job was deleted, or somebody else works on it.
    package func comeOn(
        _ export: RecordExport,
        to place: String,
        done: Int,
        until: Instant,
        with chunks: [ExportChunk],
        in transaction: any Transaction
    ) throws -> Bool {
        let changed = try transaction.execute(
            Self.comeOn,
            [
                .int(until.milliseconds), .text(place), .int(Int64(done)), SQLValue(export.total),
                .text(export.id), .int(export.leaseUntil.milliseconds),
            ]
        )
        guard changed == 1 else { return false }
        for chunk in chunks { try keep(chunk, of: export.id, in: transaction) }
        return true
    }

    private func keep(
        _ chunk: ExportChunk,
        of export: String,
        in transaction: any Transaction
    ) throws {
        let last = try transaction.first(Self.lastPart, [.text(export), .text(chunk.type)]) {
            (part: try $0.int(0), chunk: try $0.int(1), bytes: try $0.int(2))
        }
        var (part, number): (Int64, Int64) = (1, 1)
        if let last {
            let isFull = last.bytes >= Self.partBytesMax
            (part, number) = isFull ? (last.part + 1, 1) : (last.part, last.chunk + 1)
        }
        let sealed = try vault.seal(
            chunk.body,
            at: Self.place(export, chunk.type, part, number)
        )
        try transaction.execute(
            Self.insertChunk,
            [
                .text(export), .text(chunk.type), .int(part), .int(number),
                .int(Int64(chunk.lines)), .int(Int64(chunk.body.count)), .blob(sealed),
            ]
        )
    }

    private static func place(
        _ export: String,
        _ type: String,
        _ part: Int64,
        _ chunk: Int64
    ) -> String {
        "export:\(export):\(type):\(part):\(chunk)"
    }

    /// Writes down that a job ended.
    ///
    /// - Returns: false when it was deleted, or somebody else works on it.
    package func end(
        _ export: RecordExport,
        as state: RecordExport.State,
        at now: Instant,
        forgetting: Instant,
        in transaction: any Transaction
    ) throws -> Bool {
        try transaction.execute(
            Self.end,
            [
                .text(state.rawValue), .int(now.milliseconds), .int(forgetting.milliseconds),
                .text(export.id), .int(export.leaseUntil.milliseconds),
            ]
        ) == 1
    }

    /// Deletes a job and its files.
    package func deleteExport(_ id: String, in transaction: any Transaction) throws {
        try transaction.execute(Self.deleteChunks, [.text(id)])
        try transaction.execute(Self.delete, [.text(id)])
    }

    /// Deletes the jobs whose time is over, with their files.
    package func forgetExports(at now: Instant, in transaction: any Transaction) throws {
        let over = try transaction.rows(Self.over, [.int(now.milliseconds)]) { try $0.text(0) }
        for id in over { try deleteExport(id, in: transaction) }
    }

    /// Deletes every job with its files.
    func forgetAllExports(in transaction: any Transaction) throws {
        try transaction.execute("DELETE FROM export_chunks")
        try transaction.execute("DELETE FROM exports")
    }

    /// The files of a job, by type.
    package func exportFiles(
        of id: String,
        in transaction: any Transaction
    ) throws -> [ExportFile] {
        try transaction.rows(Self.files, [.text(id)]) { row in
            ExportFile(
                type: try row.text(0),
                part: Int(try row.int(1)),
                lines: Int(try row.int(2)),
                bytes: Int(try row.int(3))
            )
        }
    }

    /// A file of a job; nil when there is none.
    package func exportBytes(
        of id: String,
        _ type: String,
        part: Int,
        in transaction: any Transaction
    ) throws -> [UInt8]? {
        var bytes: [UInt8]?
        let values: [SQLValue] = [.text(id), .text(type), .int(Int64(part))]
        try transaction.query(Self.chunks, values) { row in
            let place = Self.place(id, type, Int64(part), try row.int(0))
            bytes = (bytes ?? []) + (try vault.open(try row.blob(1), at: place))
        }
        return bytes
    }

    private static func export(_ row: any Row) throws -> RecordExport {
        guard let level = RecordExport.Level(rawValue: try row.text(3)),
            let state = RecordExport.State(rawValue: try row.text(7))
        else { throw StoreError.damaged("a row of exports cannot be read") }
        var export = RecordExport(
            id: try row.text(0),
            client: try row.text(1),
            level: level,
            programme: try row.optionalText(2),
            types: try row.text(4).split(separator: " ").map(String.init),
            since: try row.optionalInt(5).map { Instant(milliseconds: $0) },
            request: try row.text(6),
            at: Instant(milliseconds: try row.int(8))
        )
        export.state = state
        export.leaseUntil = Instant(milliseconds: try row.int(9))
        export.attempts = Int(try row.int(10))
        export.place = try row.text(11)
        export.done = Int(try row.int(12))
        export.total = try row.optionalInt(13).map { Int($0) }
        export.endedAt = try row.optionalInt(14).map { Instant(milliseconds: $0) }
        export.forgottenAt = try row.optionalInt(15).map { Instant(milliseconds: $0) }
        return export
    }
}
