import Application
import Casework
import Foundation
import Kernel
import SQL
import Store
import TestSupport
import Testing

/// A list goes in once, however it is written down and however often it comes.
@Suite struct ImportTests {
    static let id = "fit-for-work-out-of-work"

    /// Forty cases with jobs and interviews among them.
    static func list() throws -> ClientList {
        try ClientList(fixture: id).only(Array(1...40))
    }

    @Test("The same list again changes nothing", arguments: Backend.allCases)
    func repeats(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let first = try await installation.importList(try Self.list(), Self.id)
            #expect(first.added == 40)
            #expect(first.events == (try await installation.count("journal")))
            let stored = try await installation.stored()
            installation.clock.advance()
            let second = try await installation.importList(try Self.list(), Self.id)
            #expect(second.unchanged == 40)
            #expect(second.added + second.corrected + second.events == 0)
            #expect(try await installation.stored() == stored)
            #expect(first.events == (try await installation.count("journal")))
            #expect(try await installation.problems() == [])
        }
    }

    @Test("Of two outcomes of one kind and day the first is of the booking, the other of itself")
    func bookedWithTwoOutcomes() async throws {
        // With one interview, whose outcome is awaited.
        var list = try ClientList(fixture: Self.id).only([15])
        let reference = list[1, "case_ref"]
        let day = list["activities.csv", 1, "activity_on"]
        for outcome in ["booked", "did-not-attend"] {
            list.add(
                "activities.csv",
                [
                    "case_ref": reference, "activity_on": day, "kind": "job-interview",
                    "outcome": outcome,
                ]
            )
        }
        try await withInstallation(.sqlite) { installation in
            try await installation.importList(list, Self.id)
            let told = try await installation.history(reference).fold().appointments
            #expect(told.map(\.outcome) == ["awaited", "did-not-attend"])
            #expect(told.map(\.isBooked) == [true, false])
            #expect(told.allSatisfy { $0.day.iso == day })
            let again = try await installation.importList(list, Self.id)
            #expect(again.unchanged == 1 && again.events == 0)
            #expect(try await installation.problems() == [])
        }
    }

    @Test(
        "How a list is written down makes no difference",
        arguments: [
            ClientList.Style(hasByteOrderMark: true), ClientList.Style(lineEnd: "\r\n"),
            ClientList.Style(lineEnd: "\r"), ClientList.Style(isQuoted: true),
            ClientList.Style(lineEnd: "\r\n", hasByteOrderMark: true, isQuoted: true),
        ]
    )
    func stylesAreAlike(_ style: ClientList.Style) async throws {
        try await withInstallation(.sqlite) { installation in
            try await installation.importList(try Self.list(), Self.id)
            let stored = try await installation.stored()
            let again = try await installation.importList(try Self.list(), Self.id, style)
            #expect(again.unchanged == 40)
            #expect(again.events == 0)
            #expect(try await installation.stored() == stored)
        }
    }

    @Test("Columns in another order are the same list, known by its digest")
    func columnOrderDoesNotMatter() async throws {
        var random = RandomGenerator(seed: 7)
        try await withInstallation(.sqlite) { installation in
            try await installation.importList(try Self.list(), Self.id)
            let digests = try await Self.digests(installation)
            let again = try await installation.importList(
                try Self.list().shufflingColumns(&random),
                Self.id
            )
            #expect(again.unchanged == 40)
            #expect(try await Self.digests(installation) == digests)
        }
    }

    @Test("Rows in another order give the same figures", arguments: 1...3)
    func rowOrderDoesNotMatter(_ seed: Int) async throws {
        var random = RandomGenerator(seed: UInt64(seed))
        let straight = try await withInstallation(.sqlite) { installation in
            try await installation.importList(try Self.list(), Self.id)
            return try await installation.figures()
        }
        let shuffled = try await withInstallation(.sqlite) { installation in
            try await installation.importList(try Self.list().shufflingRows(&random), Self.id)
            return try await installation.figures()
        }
        #expect(straight.count == 40)
        #expect(shuffled == straight)
    }

    @Test("Dates may be written DD/MM/YYYY")
    func britishDates() async throws {
        var list = try Self.list()
        for (name, rows) in list.files {
            list.files[name] = rows.map { row in
                row.map { cell in
                    CivilDate(iso: cell) == nil
                        ? cell : cell.split(separator: "-").reversed().joined(separator: "/")
                }
            }
        }
        #expect(list[1, "referred_on"] == "02/12/2013")
        try await withInstallation(.sqlite) { installation in
            try await installation.importList(try Self.list(), Self.id)
            let figures = try await installation.figures()
            let again = try await installation.importList(list, Self.id)
            #expect(again.unchanged == 40)
            #expect(again.events == 0)
            #expect(try await installation.figures() == figures)
        }
    }

    @Test("A text in quotes, with a comma, quotes and a line end, is kept as it is")
    func awkwardNames() async throws {
        var list = try Self.list().only([1, 2])
        list[1, "family_name"] = "O'Brien, \"Bee\""
        list[1, "address"] = "1 High Street,\n\"Moston\""
        list[2, "given_name"] = "Zoë 李"
        try await withInstallation(.sqlite) { installation in
            try await installation.importList(list, Self.id)
            let first = try await installation.identity("FOW0001")
            #expect(first?.familyName == "O'Brien, \"Bee\"")
            #expect(first?.address == "1 High Street,\n\"Moston\"")
            let second = try await installation.identity("FOW0002")
            #expect(second?.givenName == "Zoë 李")
        }
    }

    @Test("A template has the columns of its programme, and as an empty list is refused")
    func templates() async throws {
        for id in Fixtures.ids {
            try await withInstallation(.sqlite) { installation in
                let programme = try await installation.programme(id)
                let template = ListColumns.template(for: programme)
                #expect(template.first?.file == "referrals.csv")
                try await withTemporaryDirectory { folder in
                    for (name, text) in template {
                        #expect(text.hasSuffix("\r\n"))
                        try text.write(
                            toFile: "\(folder)/\(name)",
                            atomically: true,
                            encoding: .utf8
                        )
                    }
                    await #expect(throws: ServiceError.self, "\(id)") {
                        try await installation.importList(folder, id)
                    }
                }
                let headings = try ClientList(fixture: id).files
                for (name, rows) in headings where name != "referrals.csv" {
                    let columns = template.first { $0.file == name }?.text.dropLast(1)
                        .split(separator: ",").map { String($0) }
                    #expect(columns.map { Set(rows[0]).isSubset(of: $0) } == true, "\(id) \(name)")
                }
            }
        }
    }

    private static func digests(_ installation: TestInstallation) async throws -> [[UInt8]] {
        try await installation.database.read { transaction in
            try transaction.rows("SELECT digest FROM import_rows ORDER BY reference") { row in
                try row.blob(0)
            }
        }
    }
}
