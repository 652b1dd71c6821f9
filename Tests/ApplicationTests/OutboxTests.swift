import Casework
import Kernel
import SQL
import TestSupport
import Testing

/// Whoever referred is told what became of it, once it happens, and never by an import.
@Suite struct OutboxTests {
    @Test("An import writes no messages, a live change those that the referrer is told")
    func messages() async throws {
        try await withInstallation(.sqlite) { installation in
            let id = "fit-for-work-out-of-work"
            let list = try ClientList(fixture: id)
            let open = try #require(
                (1...list.count()).first {
                    list[$0, "started_on"] != "" && list[$0, "discharged_on"] == ""
                        && list[$0, "closed_on"] == ""
                }
            )
            try await installation.importList(list, id)
            #expect(try await installation.count("outbox") == 0)
            let reference = list[open, "case_ref"]
            try await installation.change(reference, ChangeTests.note("nobody is told"))
            #expect(try await installation.count("outbox") == 0)

            var discharged = Discharged()
            discharged.status = "in-work"
            let today = installation.clock.now.civilDateUK
            let steps: [EventBody] = [
                .discharged(discharged), .trackingEnded(Plain()), .reopened(Reopened()),
            ]
            for step in steps {
                try await installation.change(reference, Command(step, on: today))
            }
            let told = try await installation.database.read { transaction in
                try transaction.rows(
                    """
                    SELECT j.type, o.kind, o.attempts, o.next_attempt_at FROM outbox o
                    JOIN journal j ON j.event_id = o.event_id AND j.case_id = o.case_id
                    ORDER BY j.position, o.kind
                    """
                ) { row in
                    let due = try row.int(3)
                    return "\(try row.text(0)) \(try row.text(1)) \(try row.int(2)) \(due)"
                }
            }
            let now = installation.clock.now.milliseconds
            #expect(
                told == [
                    "case.discharged person-update 0 \(now)",
                    "case.discharged referrer-update 0 \(now)",
                    "case.closed referrer-update 0 \(now)",
                    "case.reopened referrer-update 0 \(now)",
                ]
            )
        }
    }
}
