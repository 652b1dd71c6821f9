import Kernel
import SQL

extension Store {
    private static let insertFile: Statement = """
        INSERT INTO programme_files (id, version, text, added_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (id, version) DO NOTHING
        """
    private static let findFile: Statement =
        "SELECT text FROM programme_files WHERE id = $1 AND version = $2"
    private static let forgetFile: Statement =
        "DELETE FROM programme_files WHERE id = $1 AND version = $2"
    private static let anyCase: Statement =
        "SELECT id FROM cases WHERE programme = $1 AND programme_version = $2 LIMIT 1"
    private static let listFiles: Statement =
        "SELECT id, version FROM programme_files ORDER BY id, version"

    /// Whether any case was decided under a version of a programme.
    package func hasCases(
        programme: String,
        version: Int,
        in transaction: any Transaction
    ) throws -> Bool {
        try transaction.first(Self.anyCase, [.text(programme), .int(Int64(version))]) { _ in true }
            ?? false
    }

    /// Forgets a version of a programme file that no case was decided under.
    package func forgetProgramme(
        id: String,
        version: Int,
        in transaction: any Transaction
    ) throws {
        try transaction.execute(Self.forgetFile, [.text(id), .int(Int64(version))])
    }

    /// Keeps a version of a programme file, once: cases decided under it need it for good.
    package func keepProgramme(
        id: String,
        version: Int,
        text: String,
        at now: Instant,
        in transaction: any Transaction
    ) throws {
        try transaction.execute(
            Self.insertFile,
            [.text(id), .int(Int64(version)), .text(text), .int(now.milliseconds)]
        )
    }

    package func programmeText(
        id: String,
        version: Int,
        in transaction: any Transaction
    ) throws -> String? {
        try transaction.first(Self.findFile, [.text(id), .int(Int64(version))]) { try $0.text(0) }
    }

    /// Every kept version, by id and then by version.
    package func programmeVersions(
        in transaction: any Transaction
    ) throws -> [(id: String, version: Int)] {
        try transaction.rows(Self.listFiles) { (try $0.text(0), Int(try $0.int(1))) }
    }
}
