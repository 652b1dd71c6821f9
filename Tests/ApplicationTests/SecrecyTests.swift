import Application
import Casework
import Foundation
import Kernel
import SQL
import Store
import TestSupport
import Testing

/// Nothing that identifies a person stands anywhere in clear, and what is erased is gone.
@Suite struct SecrecyTests {
    static let id = "fit-for-work-out-of-work"

    /// A list whose every name is long enough not to turn up in random bytes.
    static func list() throws -> ClientList {
        var list = try ClientList(fixture: id).only(Array(1...60))
        for row in 1...list.count() {
            list[row, "given_name"] = "Givenname\(row)x"
            list[row, "family_name"] = "Familyname\(row)x"
            list[row, "address"] = "\(row) Secret Street"
            list[row, "phone"] = "0161 496 \(1000 + row)"
            list[row, "email"] = "person\(row)@example.org"
        }
        for row in 1...list.count("jobs.csv") {
            list["jobs.csv", row, "employer"] = "Employer\(row)x"
        }
        return list
    }

    /// What may be found nowhere.
    static func secrets(_ list: ClientList) -> Set<String> {
        let columns = ["nhs_number", "given_name", "family_name", "birth_date", "postcode"]
        var secrets: Set<String> = []
        for row in 1...list.count() {
            for column in columns + ["address", "phone", "email"] {
                secrets.insert(list[row, column])
            }
            let number = list[row, "nhs_number"]
            secrets.insert(
                "\(number.prefix(3)) \(number.dropFirst(3).prefix(3)) \(number.suffix(4))"
            )
            secrets.insert(list[row, "postcode"].filter { $0 != " " })
        }
        for row in 1...list.count("jobs.csv") { secrets.insert(list["jobs.csv", row, "employer"]) }
        secrets.remove("")
        return secrets
    }

    /// The secrets that stand in some bytes.
    static func found(_ secrets: Set<String>, in bytes: Data) -> [String] {
        secrets.filter { bytes.range(of: Data($0.utf8)) != nil }.sorted()
    }

    @Test("No file of a SQLite database has anything that identifies somebody")
    func sqliteFiles() async throws {
        let list = try Self.list()
        let secrets = Self.secrets(list)
        #expect(secrets.count > 400)
        try await withTemporaryDirectory { folder in
            let path = folder + "/test.sqlite"
            let installation = try await TestInstallation(try openSQLite(path))
            try await installation.importList(list, Self.id)
            try await Self.work(installation)
            let before = try Self.bytes(of: path)
            #expect(before.range(of: Data("FOW0007".utf8)) != nil)
            #expect(Self.found(secrets, in: before) == [])
            try await installation.database.close()
            #expect(Self.found(secrets, in: try Self.bytes(of: path)) == [])
        }
    }

    @Test("No column of a PostgreSQL database has anything that identifies somebody")
    func postgresColumns() async throws {
        let list = try Self.list()
        try await withInstallation(.postgres) { installation in
            try await installation.importList(list, Self.id)
            try await Self.work(installation)
            let dump = try await installation.database.dump()
            #expect(dump.range(of: Data("FOW0007".utf8)) != nil)
            #expect(Self.found(Self.secrets(list), in: dump) == [])
        }
    }

    @Test("No export has anything that identifies somebody")
    func exports() async throws {
        let list = try Self.list()
        try await withInstallation(.sqlite) { installation in
            try await installation.importList(list, Self.id)
            try await Self.work(installation)
            let sink = Sink()
            let goodwork = installation.goodwork
            let events = try await goodwork.exportJournal(
                by: installation.actor,
                reason: "test"
            ) { sink.write($0) }
            #expect(events == (try await installation.count("journal")))
            #expect(sink.text.contains("\"reference\":\"FOW0007\""))
            let cases = try await goodwork.exportFacts(
                Self.id,
                by: installation.actor,
                reason: "test"
            ) { sink.write($0) }
            #expect(cases == 60)
            #expect(Self.found(Self.secrets(list), in: Data(sink.text.utf8)) == [])
        }
    }

    @Test(
        "Erasing destroys key, identity and indexes, and leaves the totals",
        arguments: Backend.allCases
    )
    func erasure(_ backend: Backend) async throws {
        var list = try Self.list()
        // One person with two cases.
        for column in ["nhs_number", "birth_date"] { list[20, column] = list[7, column] }
        let final = list
        try await withInstallation(backend) { installation in
            try await installation.importList(final, Self.id)
            let figures = try await installation.figures()
            let header = try await installation.header("FOW0007")
            let goodwork = installation.goodwork
            let (cases, erased) = try await goodwork.erase(
                personOf: header,
                reason: "asked to be",
                by: installation.actor
            )
            #expect(erased)
            #expect(Set(cases.map(\.reference)) == ["FOW0007", "FOW0020"])
            let blank = try await installation.database.read { transaction in
                try transaction.first(
                    """
                    SELECT wrapped_key, sealed, nhs_index, name_index, place_index FROM people
                    WHERE id = $1 AND erased_at IS NOT NULL
                    """,
                    [.text(header.person.text)]
                ) { row in (0...4).allSatisfy { row.isNull($0) } }
            }
            #expect(blank == true)
            let story = try await goodwork.story(
                of: header,
                identifies: true,
                reason: "to see that it is gone",
                by: installation.actor
            )
            #expect(story.identity == nil)
            #expect(story.isErased)
            #expect(try await installation.figures() == figures)
            #expect(try await installation.problems() == [])
            #expect(try await installation.rebuild() == 60)
            #expect(try await installation.figures() == figures)

            // The same person, changed in the list, stays erased.
            var changed = final
            changed[7, "family_name"] = "Back Again"
            changed[7, "ethnicity"] = "B"
            let result = try await installation.importList(changed, Self.id)
            #expect(result.erased == 1)
            #expect(result.corrected == 0)
            #expect(try await installation.identity("FOW0007") == nil)
            #expect(try await installation.figures() == figures)

            let again = try await goodwork.erase(
                personOf: header,
                reason: "again",
                by: installation.actor
            )
            #expect(!again.erased)
            let note = ChangeTests.note("free text")
            #expect(try await installation.refusal("FOW0007", note) == "person-erased")
            let contact = Command(.contactAttempted(ContactAttempted()), on: .now)
            #expect(try await installation.refusal("FOW0007", contact) == "person-erased")
            let closing = Command(.closed(Closed()), on: .now)
            #expect(try await installation.refusal("FOW0007", closing) != "person-erased")
        }
    }

    @Test(
        "What was decided before somebody was erased is not written after",
        arguments: Backend.allCases
    )
    func decidedBefore(_ backend: Backend) async throws {
        let list = try Self.list()
        try await withInstallation(backend) { installation in
            try await installation.importList(list, Self.id)
            let decided = try await Self.noteDecided("FOW0007", installation)
            let other = try await Self.noteDecided("FOW0008", installation)
            try await installation.erase(decided.header)
            let store = installation.store
            await #expect(throws: StoreError.conflict(reference: "FOW0007")) {
                try await installation.database.write { try store.write([other, decided], in: $0) }
            }
            try await installation.database.write { try store.write([other], in: $0) }
            #expect(try await installation.problems() == [])
        }
    }

    /// A note on a case, decided on who the person is now and not yet written.
    static func noteDecided(
        _ reference: String,
        _ installation: TestInstallation
    ) async throws -> CaseWrite {
        let history = try await installation.history(reference)
        let programme = try await installation.programme(history.header.programme)
        let store = installation.store
        let person = try await installation.database.read { transaction in
            try store.person(history.header.person, in: transaction)
        }
        let now = installation.clock.now
        var context = Context(
            now: now,
            today: now.civilDateUK,
            by: Recorder(user: "test", organisation: "tests"),
            ids: IDMaker(seed: .random(in: .min ... .max))
        )
        var note = NoteWritten()
        note.text = "Decided before"
        let events = try Casework.decide(
            Command(.noteWritten(note), on: now.civilDateUK),
            history: history,
            programme: programme,
            context: &context
        )
        return try CaseWrite(
            history: history,
            events: events,
            programme: programme,
            key: person?.key,
            notifies: false
        )
    }

    @Test("Of an erased key nothing is left in the files")
    func erasedKeysAreOverwritten() async throws {
        try await withTemporaryDirectory { folder in
            let path = folder + "/test.sqlite"
            let installation = try await TestInstallation(try openSQLite(path))
            try await installation.importList(try Self.list(), Self.id)
            let header = try await installation.header("FOW0007")
            let store = installation.store
            let person = try await installation.database.read { transaction in
                try store.person(header.person, in: transaction)
            }
            let wrapped = Data(try #require(person?.wrappedKey))
            #expect(try Self.bytes(of: path).range(of: wrapped) != nil)
            try await installation.erase(header)
            try await installation.database.close()
            let left = try Self.bytes(of: path).range(of: wrapped)
            #expect(left == nil)
        }
    }

    /// Free text and other things that people enter.
    private static func work(_ installation: TestInstallation) async throws {
        try await installation.change("FOW0007", ChangeTests.note("Givenname7x came in"))
        _ = try await installation.goodwork.story(
            of: try await installation.header("FOW0007"),
            identifies: true,
            reason: "test",
            by: installation.actor
        )
    }

    private static func bytes(of path: String) throws -> Data {
        try ["", "-wal", "-shm"].map { path + $0 }
            .filter { FileManager.default.fileExists(atPath: $0) }
            .reduce(into: Data()) { $0 += try Data(contentsOf: URL(fileURLWithPath: $1)) }
    }
}
