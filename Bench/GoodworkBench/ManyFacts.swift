import Application
import Bootstrap
import Casework
import Foundation
import Kernel
import Programmes
import SQL
import SQLiteBackend
import Store

/// Makes the facts of very many cases: those folded from the fixture, again and again.
///
/// Each copy of a case has an id of its own and lies some weeks later; every twentieth copy shares
/// its referrers. They go into a database of Goodwork's, and from there, by its export, into a CSV
/// file.
enum ManyFacts {
    /// A day by which all of it has happened.
    static let asAt = CivilDate(year: 2016, month: 3, day: 31) ?? CivilDate(day: 0)
    private static let rowsInBatch = 5_000

    static func make(_ options: BenchOptions) async throws -> Figures {
        let folded = try await fold(options)
        options.removeDatabase("facts.db")
        let goodwork = try await open(options)
        var figures = Figures()
        figures["write_seconds"] = try await Stopwatch.seconds {
            try await write(folded, options.casesToReport, goodwork.store)
        }.0
        let file = try LineWriter(path: options.path("facts.csv"))
        nonisolated(unsafe) let lines = file
        figures["export_seconds"] = try await Stopwatch.seconds {
            _ = try await goodwork.exportFacts(
                ClientList.programme,
                by: actor,
                reason: "benchmark"
            ) { try lines.write($0) }
        }.0
        try file.close()
        try await goodwork.describeFacts(ClientList.programme)
            .write(toFile: options.path("columns.csv"), atomically: true, encoding: .utf8)
        try await goodwork.store.database.close()
        return figures
    }

    static let actor = Actor(user: "bench", organisation: "bench", role: .operator)

    static let masterKey = [UInt8](repeating: 1, count: 32)

    /// Opens the database of facts, making it where there is none.
    static func open(_ options: BenchOptions) async throws -> Goodwork {
        let now = Instant(midnightUTC: asAt)
        return Goodwork(
            store: try await Store.open(
                SQLiteDatabase(path: options.path("facts.db")),
                masterKey: masterKey
            ),
            library: ProgrammeLibrary(directory: "programmes"),
            now: { now }
        )
    }

    /// The facts of the fixture's cases.
    private static func fold(_ options: BenchOptions) async throws -> [Facts] {
        var configuration = Configuration(database: options.path("fixture.db"), environment: [:])
        configuration.programmes = "programmes"
        let imports = ImportOptions(
            directory: ClientList.fixture,
            programme: ClientList.programme,
            skipsFaulty: false,
            faultyFile: nil
        )
        try await Commands.importList(configuration, imports, Terminal(json: true))
        let key = try String(contentsOfFile: options.path("fixture.db.key"), encoding: .utf8)
        let store = try await Store.open(
            SQLiteDatabase(path: options.path("fixture.db")),
            masterKey: Array(Data(base64Encoded: key.filter { !$0.isWhitespace }) ?? Data())
        )
        let facts = try await store.database.read { transaction in
            var facts: [Facts] = []
            try store.eachFactsRow(programme: ClientList.programme, in: transaction) { row in
                facts.append(try store.facts(row))
            }
            return facts
        }
        try await store.database.close()
        return facts
    }

    private static func write(_ folded: [Facts], _ count: Int, _ store: Store) async throws {
        let places = (1...FactsColumns.names.count).map { "$\($0)" }.joined(separator: ", ")
        let insert = Statement(
            "INSERT INTO facts (\(FactsColumns.names.joined(separator: ", "))) VALUES (\(places))"
        )
        var ids = IDMaker(seed: 1)
        for first in stride(from: 0, to: count, by: rowsInBatch) {
            let rows = (first..<min(first + rowsInBatch, count)).map { place -> [SQLValue] in
                let (copy, row) = place.quotientAndRemainder(dividingBy: folded.count)
                let id: CaseID = ids.make(at: Instant(midnightUTC: asAt))
                return values(shifted(folded[row], copy: copy, id: id))
            }
            try await store.database.write { try $0.executeMany(insert, rows) }
        }
    }

    private static func shifted(_ facts: Facts, copy: Int, id: CaseID) -> Facts {
        var shifted = facts
        let days = 7 * (copy % (ClientList.weeksMax + 1))
        shifted.caseID = id
        shifted.reference = "\(facts.reference)-\(copy)"
        shifted.lastOccurredOn = facts.lastOccurredOn.adding(days: days)
        shifted.milestones = facts.milestones.map { $0?.adding(days: days) }
        shifted[.referrer] = facts[.referrer].map { "\($0)-\(copy % 20)" }
        return shifted
    }

    /// The values of a row, in the order of the table's columns.
    private static func values(_ facts: Facts) -> [SQLValue] {
        let fixed: [SQLValue] = [
            .text(facts.caseID.text), .text(facts.programme),
            .int(Int64(facts.programmeVersion)), .text(facts.reference),
            .int(Int64(facts.version)), .text(facts.lastOccurredOn.iso),
            .int(facts.lastRecordedAt.milliseconds),
        ]
        return fixed + facts.milestones.map { SQLValue($0?.iso) }
            + facts.codes.map { SQLValue($0) } + facts.sets.map { SQLValue.text($0) }
            + facts.numbers.map { SQLValue($0) }
    }
}
