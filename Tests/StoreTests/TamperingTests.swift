import Kernel
import SQL
import Store
import TestSupport
import Testing

/// Whatever is changed behind the program's back is found, and its place is named.
@Suite struct TamperingTests {
    /// What is done to the database of `ReplayTests.importSome`, and what must be told of it.
    static let tampering: [(does: [String], tells: [String])] = [
        (
            ["UPDATE journal SET payload = '{\"source\":\"gp\"}' WHERE position = 1"],
            ["chain breaks at position 1 ", "case FIW0001: its facts are not"]
        ),
        (
            ["UPDATE journal SET payload = '{\"source\":' WHERE position = 1"],
            ["chain breaks at position 1 ", "cannot be made from the journal", "not JSON"]
        ),
        (
            ["UPDATE journal SET type = 'referral.deceived' WHERE position = 1"],
            ["chain breaks at position 1 ", "referral.deceived is not a type of event"]
        ),
        (
            ["UPDATE journal SET occurred_on = 'never' WHERE position = 3"],
            ["chain breaks at position 3 ", "has no valid id or date"]
        ),
        (
            ["UPDATE journal SET recorded_at = recorded_at + 1 WHERE position = 2"],
            ["chain breaks at position 2 "]
        ),
        (
            ["UPDATE journal SET recorded_by = 'nobody' WHERE position = 2"],
            ["chain breaks at position 2 "]
        ),
        (
            ["UPDATE journal SET sealed = NULL WHERE position = 1"],
            ["chain breaks at position 1 "]
        ),
        (
            ["UPDATE journal SET header = '{}' WHERE position = 1"],
            ["chain breaks at position 1 ", "the header of case"]
        ),
        (
            ["UPDATE journal SET sequence = -5 WHERE position = 1"],
            ["chain breaks at position 1 ", "case FIW0001: event 1 is missing"]
        ),
        (
            ["DELETE FROM journal WHERE position = 3"],
            [
                "the journal has no position 3", "chain breaks at position 4 ",
                "case FIW0001: event 3 is missing",
            ]
        ),
        (
            ["DELETE FROM journal WHERE position IN (3, 4, 5)"],
            ["the journal has no position 3 to 5", "chain breaks at position 6 "]
        ),
        (
            ["DELETE FROM journal WHERE position = 1"],
            ["the journal has no position 1", "has no first event"]
        ),
        (
            [
                "UPDATE journal SET position = 1003 WHERE position = 3",
                "UPDATE journal SET position = 3 WHERE position = 4",
                "UPDATE journal SET position = 4 WHERE position = 1003",
            ],
            ["chain breaks at position 3 ", "chain breaks at position 4 "]
        ),
        (
            ["DELETE FROM journal WHERE position = (SELECT max(position) FROM journal)"],
            ["the journal does not end where its chain's head says"]
        ),
        (
            ["DELETE FROM journal"],
            ["the journal does not end", "the journal has 0 cases, but 12 rows of cases"]
        ),
        (
            ["UPDATE facts SET referrer = 'P00000' WHERE reference = 'FIW0002'"],
            ["case FIW0002: its facts are not what the journal makes"]
        ),
        (
            ["UPDATE cases SET version = version + 1 WHERE reference = 'FIW0002'"],
            ["case FIW0002: its row of cases is not what the journal makes"]
        ),
        (
            ["DELETE FROM cases WHERE reference = 'FIW0003'"],
            [
                "case FIW0003: its row of cases",
                "12 cases, but 11 rows of cases and 12 rows of facts",
            ]
        ),
        (
            ["DELETE FROM facts WHERE reference = 'FIW0003'"],
            ["case FIW0003: its facts", "12 rows of cases and 11 rows of facts"]
        ),
        (
            [
                """
                INSERT INTO work_items (case_id, kind, subject, due_on, owner, says)
                SELECT id, 'clock', 'assessment', '2030-01-01', 'nobody', 'Rest' FROM cases
                WHERE reference = 'FIW0004'
                """
            ],
            ["case FIW0004: its work items are not what the journal makes"]
        ),
        (
            ["UPDATE access_log SET actor = 'nobody' WHERE position = 1"],
            ["the access log's chain breaks at position 1"]
        ),
        (
            ["UPDATE access_log SET reason = '' WHERE position = 2"],
            ["the access log's chain breaks at position 2"]
        ),
        (
            ["DELETE FROM access_log WHERE position = 1"],
            ["the access log has no position 1", "the access log's chain breaks at position 2"]
        ),
        (
            ["DELETE FROM access_log WHERE position = (SELECT max(position) FROM access_log)"],
            ["the access-log does not end where its chain's head says"]
        ),
    ]

    @Test("What was tampered with is found", arguments: Backend.allCases)
    func isFound(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            _ = try await ReplayTests.importSome(installation)
            try await installation.note(accesses: 3)
            for (does, tells) in Self.tampering {
                let problems = try await installation.problems(afterTampering: does)
                for told in tells {
                    #expect(
                        problems.contains { $0.contains(told) },
                        "\(does): \(told) in \(problems)"
                    )
                }
            }
            #expect(try await installation.problems() == [])
        }
    }

    @Test("A case whose rules are gone is named")
    func rulesAreGone() async throws {
        try await withInstallation(.sqlite) { installation in
            _ = try await ReplayTests.importSome(installation)
            try await installation.tamper(
                "DELETE FROM programme_files WHERE id = 'fit-for-work-in-work'"
            )
            let reopened = try await TestInstallation(installation.database)
            let problems = try await reopened.problems()
            #expect(problems.count == 6)
            let told = "does not hold version 1 of the programme fit-for-work-in-work"
            #expect(problems.allSatisfy { $0.contains(told) })
        }
    }
}

extension TestInstallation {
    /// Leaves entries in the access log.
    fileprivate func note(accesses: Int) async throws {
        let (store, now) = (store, clock.now)
        for index in 1...accesses {
            try await database.write { transaction in
                let entry = AccessEntry(
                    at: now,
                    actor: "test",
                    organisation: "tests",
                    action: "read-case",
                    subject: "case \(index)"
                )
                try store.log(entry, in: transaction)
            }
        }
    }
}
