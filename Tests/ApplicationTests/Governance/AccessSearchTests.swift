import Application
import Casework
import Kernel
import SQL
import Store
import TestSupport
import Testing

/// The access log is searched by who, where, what, about whom, with what outcome and when.
@Suite struct AccessSearchTests {
    static let officer = GovernancePeople.officer
    /// 2 June 2025, 09:00 UTC.
    static let start = TestClock().now

    /// Entries: actor, organisation, action, subject (a reference), outcome, hours from the start.
    static let entries: [(String, String, String, String, String, Int64)] = [
        ("coach-1", "big-life", "read-case", "A", "allowed", -48),
        ("coach-1", "big-life", "read-identity", "A", "refused: say why", -47),
        ("coach-2", "big-life", "read-case", "B", "allowed", -30),
        ("gp-1", "P84001", "read-status", "A", "refused: no part in the case", -20),
        ("gp-1", "P84001", "refer", "kickstarter", "allowed", -9),
        ("coach-1", "mft", "read-case", "B", "allowed", -1),
    ]

    private func withLog(
        _ backend: Backend,
        _ body: (TestInstallation) async throws -> Void
    ) async throws {
        try await GovernancePeople.with(backend, GovernancePeople.different(2)) { installation in
            let store = installation.store
            for (actor, organisation, action, subject, outcome, hours) in Self.entries {
                let id =
                    subject.count == 1
                    ? try await installation.header(subject).id.text : subject
                let entry = AccessEntry(
                    at: Self.start.adding(milliseconds: hours * 3_600_000),
                    actor: actor,
                    organisation: organisation,
                    action: action,
                    subject: id,
                    outcome: outcome
                )
                try await store.committer.submit { try store.log(entry, in: $0) }
            }
            try await body(installation)
        }
    }

    private typealias Ask = @Sendable (inout LogQuestion) -> Void

    /// What is asked, and the entries of the list above, by number, that are found.
    private static let questions: [(String, Ask, [Int])] = [
        ("everything", { $0.from = CivilDate(iso: "2025-05-30") }, [6, 5, 4, 3, 2, 1]),
        ("who", { $0.account = "coach-1" }, [6, 2, 1]),
        ("organisation", { $0.organisation = "big-life" }, [3, 2, 1]),
        ("what", { $0.action = .readCase }, [6, 3, 1]),
        ("the case", { $0.reference = "A" }, [4, 2, 1]),
        ("refused", { $0.isRefused = true }, [4, 2]),
        ("allowed, of one case", { ($0.isRefused, $0.reference) = (false, "B") }, [6, 3]),
        ("from a day", { $0.from = CivilDate(iso: "2025-06-02") }, [6, 5]),
        // In summer the day begins at 23:00 UTC: entry 5, at midnight UTC, is of 2 June, and so is
        // none of 1 June but 4 and 3.
        ("to a day", { $0.to = CivilDate(iso: "2025-06-01") }, [4, 3, 2, 1]),
        (
            "one day",
            { ($0.from, $0.to) = (CivilDate(iso: "2025-06-01"), CivilDate(iso: "2025-06-01")) },
            [4, 3]
        ),
        ("who and what", { ($0.account, $0.action) = ("coach-1", .readCase) }, [6, 1]),
        ("nobody", { $0.account = "coach-7" }, []),
    ]

    @Test("Each question finds its entries, newest first", arguments: Backend.allCases)
    func table(_ backend: Backend) async throws {
        try await withLog(backend) { installation in
            for (name, ask, expected) in Self.questions {
                var question = LogQuestion()
                ask(&question)
                let page = try await installation.goodwork.searchLog(question, by: Self.officer)
                let found = page.entries.map(\.entry).filter { entry in
                    !["ig-1", "test"].contains(entry.actor)
                }
                let numbers = found.map { entry in
                    (Self.entries.firstIndex { listed in
                        listed.0 == entry.actor && listed.2 == entry.action
                            && Self.start.adding(milliseconds: listed.5 * 3_600_000) == entry.at
                    } ?? -1) + 1
                }
                #expect(numbers == expected, "\(name)")
            }
        }
    }

    @Test("Pages follow one another without a gap or a repeat", arguments: Backend.allCases)
    func pages(_ backend: Backend) async throws {
        try await withLog(backend) { installation in
            var question = LogQuestion()
            question.to = CivilDate(iso: "2025-06-02")
            var seen: [Int64] = []
            var before: Int64?
            repeat {
                let page = try await installation.goodwork.searchLog(
                    question,
                    before: before,
                    limit: 2,
                    by: Self.officer
                )
                #expect(page.entries.count <= 2)
                seen += page.entries.map(\.position)
                before = page.older
            } while before != nil && seen.count < 100
            #expect(seen == seen.sorted(by: >))
            #expect(Set(seen).count == seen.count)
            // The first page shows the search for it; later pages hold only what was before it.
            #expect(seen.last == 1)
            #expect(seen.count == Int(seen.first ?? 0))
        }
    }

    @Test(
        "Of joined people, each case finds what was done to any record",
        arguments: Backend.allCases
    )
    func joined(_ backend: Backend) async throws {
        try await withLog(backend) { installation in
            let goodwork = installation.goodwork
            try await installation.merge("A", into: "B")
            let header = try await installation.header("A")
            _ = try await goodwork.copy(personOf: header, reason: "asked for", by: Self.officer)
            for reference in ["A", "B"] {
                var question = LogQuestion()
                question.reference = reference
                question.action = .copyRecord
                let found = try await goodwork.searchLog(question, by: Self.officer)
                #expect(found.entries.map(\.entry.actor) == ["ig-1"], "\(reference)")
            }
            // Looks at the other case are the other case's.
            var question = LogQuestion()
            question.reference = "A"
            question.action = .readCase
            let found = try await goodwork.searchLog(question, by: Self.officer).entries
            #expect(found.contains { $0.entry.actor == "coach-1" })
            #expect(!found.contains { $0.entry.actor == "coach-2" })
        }
    }

    @Test("A search is kept with its ids and codes, and without any other word")
    func isLogged() async throws {
        try await withLog(.sqlite) { installation in
            let goodwork = installation.goodwork
            var question = LogQuestion()
            question.account = "coach-1"
            question.reference = "A"
            question.isRefused = true
            question.from = CivilDate(iso: "2025-06-01")
            _ = try await goodwork.searchLog(question, by: Self.officer)
            var name = LogQuestion()
            name.account = "Jo Bee"
            name.organisation = "Jo Bee"
            _ = try await goodwork.searchLog(name, by: Self.officer)
            var own = LogQuestion()
            own.account = Self.officer.user
            let kept = try await goodwork.searchLog(own, by: Self.officer).entries.map(
                \.entry.subject
            )
            let id = try await installation.header("A").id.text
            #expect(
                kept == [
                    "log account:ig-1", "log account:unknown organisation:unknown",
                    "log account:coach-1 case:\(id) outcome:refused from:2025-06-01",
                ]
            )
        }
    }

    @Test("Nobody else may search, and the refusal is kept")
    func access() async throws {
        try await withLog(.sqlite) { installation in
            for role in Role.ofAccounts where role != .governance {
                let actor = Actor(user: "x-\(role.rawValue)", organisation: "tests", role: role)
                var question = LogQuestion()
                question.reference = "A"
                let error = await #expect(throws: ServiceError.self, "\(role)") {
                    _ = try await installation.goodwork.searchLog(question, by: actor)
                }
                #expect(error?.kind == .forbidden)
            }
            var refused = LogQuestion()
            refused.account = "x-administrator"
            let page = try await installation.goodwork.searchLog(refused, by: Self.officer)
            #expect(page.entries.map { $0.entry.outcome.hasPrefix("refused") } == [true])
            let counts = try await installation.goodwork.governanceCounts(by: Self.officer)
            // One of the list, and one of each role but governance.
            #expect(counts.refusals == 1 + Role.ofAccounts.count - 1)
        }
    }
}
