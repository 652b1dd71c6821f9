import Application
import Casework
import Kernel
import SQL
import Store
import TestSupport
import Testing

/// Who may do what, and that each answer is written down.
@Suite struct AccessTests {
    @Test("Everything asked for is in the access log, refusals with their reason")
    func everythingIsLogged() async throws {
        try await withFreshDatabase(.sqlite) { database in
            let installation = try await TestInstallation(database)
            let list = try ClientList(fixture: "kickstarter").only([1])
            try await installation.importList(list, "kickstarter")
            let analyst = try await TestInstallation(database, role: .analyst)
            let header = try await installation.header("KS0001")
            let told = try await installation.history("KS0001")
            let goodwork = analyst.goodwork

            await expectRefused { try await analyst.change("KS0001", ChangeTests.note("a")) }
            for identifies in [false, true] {
                await expectRefused {
                    try await goodwork.story(
                        of: header,
                        identifies: identifies,
                        reason: "curious",
                        by: analyst.actor
                    )
                }
            }
            await expectRefused {
                try await goodwork.erase(personOf: header, reason: "tidy", by: analyst.actor)
            }
            await expectRefused {
                try await goodwork.exportJournal(by: analyst.actor, reason: nil) { _ in }
            }
            await expectRefused { try await analyst.problems() }
            await expectRefused {
                try await goodwork.story(
                    of: header,
                    identifies: true,
                    reason: nil,
                    by: installation.actor
                )
            }
            _ = try await goodwork.report(
                ReportQuestion(programme: "kickstarter"),
                by: analyst.actor
            )
            let no = "refused: no part in the case"
            let role = "refused: this is not part of your role"
            #expect(
                try await log(installation) == [
                    "change-case - \(no)", "read-case curious \(no)",
                    "read-identity curious \(no)", "erase-person tidy \(no)",
                    "export-journal - \(role)", "verify - \(role)",
                    "read-identity - refused: say why, with --reason", "report - allowed",
                ]
            )
            #expect(try await installation.identity("KS0001") != nil)
            #expect(try await installation.history("KS0001") == told)
        }
    }

    private func expectRefused<R>(
        _ body: () async throws -> R,
        _ location: SourceLocation = #_sourceLocation
    ) async {
        let error = await #expect(throws: ServiceError.self, sourceLocation: location) {
            _ = try await body()
        }
        // Somebody else's case is answered as one that does not exist.
        #expect(error?.kind == .forbidden || error?.kind == .notFound, sourceLocation: location)
    }

    private func log(_ installation: TestInstallation) async throws -> [String] {
        let store = installation.store
        let entries = try await installation.database.read { transaction in
            try store.accessLog(AccessSearch(), before: nil, limit: 500, in: transaction)
        }
        return entries.reversed().map(\.entry).map { entry in
            "\(entry.action) \(entry.reason?.text ?? "-") \(entry.outcome)"
        }
    }

    @Test("Who somebody is stands in no story but one asked for with a reason")
    func identities() async throws {
        try await withInstallation(.sqlite) { installation in
            let list = try ClientList(fixture: "kickstarter").only([1])
            try await installation.importList(list, "kickstarter")
            let header = try await installation.header("KS0001")
            try await installation.change("KS0001", ChangeTests.note("Met Tariq at home"))
            let goodwork = installation.goodwork
            let coded = try await goodwork.story(
                of: header,
                identifies: false,
                reason: nil,
                by: installation.actor
            )
            #expect(coded.identity == nil)
            #expect(!coded.lines.contains { $0.sentence.contains("Tariq") })
            let opened = try await goodwork.story(
                of: header,
                identifies: true,
                reason: "a call from the clinic",
                by: installation.actor
            )
            #expect(opened.identity?.givenName == "Tariq")
            #expect(opened.lines.contains { $0.sentence.contains("Met Tariq at home") })
        }
    }
}
