import Bootstrap
import Foundation

/// Imports the list into a new SQLite file, as `goodwork import` does: checks, then writes.
enum Importing {
    static func run(_ options: BenchOptions) async throws -> Figures {
        options.removeDatabase("import.db")
        let configuration = Configuration(database: options.path("import.db"), environment: [:])
        let imports = ImportOptions(
            directory: options.path("list"),
            programme: ClientList.programme,
            skipsFaulty: false,
            faultyFile: nil
        )
        var figures = Figures()
        figures["seconds"] = try await Stopwatch.seconds {
            try await Commands.importList(configuration, imports, Terminal(json: true))
        }.0
        return figures
    }

    /// The key that the import made for its database.
    static func key(_ options: BenchOptions) throws -> [UInt8] {
        let text = try String(contentsOfFile: options.path("import.db.key"), encoding: .utf8)
        guard let data = Data(base64Encoded: text.filter { !$0.isWhitespace }) else {
            throw BenchError("the imported database has no key")
        }
        return Array(data)
    }
}
