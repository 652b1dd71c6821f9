import Application
import Casework
import Funding
import Kernel
import Programmes
import SQL
import Store
import Synchronization
import TestSupport
import Testing

/// A small year in a database.
@Suite struct DemonstrationTests {
    /// 24 November 2026, 10:00.
    static let now = Instant(milliseconds: 1_795_514_400_000)

    private func make(
        _ backend: Backend,
        cases: Int = 80,
        at now: Instant = Self.now,
        _ body: (TestInstallation, DemonstrationResult) async throws -> Void
    ) async throws {
        try await withFreshDatabase(backend) { database in
            let installation = try await TestInstallation(database, clock: TestClock(now))
            let result = try await installation.goodwork.makeDemonstration(
                Demonstration(cases: cases)
            )
            try await body(installation, result)
        }
    }

    @Test("A small year is written without a refusal, and verifies", arguments: Backend.allCases)
    func verifies(_ backend: Backend) async throws {
        try await make(backend, cases: 120) { installation, result in
            #expect(result.refusals == [])
            #expect(result.cases == 120)
            #expect(try await installation.problems() == [])
            #expect(try await installation.count("cases") == 120)
            #expect(try await installation.count("glass") == 1)
            #expect(try await installation.count("outbox") == 0)
            let claims = try await installation.goodwork.claims(by: installation.actor)
            #expect(Set(claims.map(\.state)) == [.drafted, .submitted, .queried, .accepted, .paid])
            #expect(claims.count >= 8)
            // New cases are decided under the extended version.
            let programme = try await installation.programme("workwell-manchester")
            #expect(programme.version == 2)
            #expect(programme.source.contains("assumed"))
            #expect(programme.runs.to == CivilDate(year: 2028, month: 3, day: 31))
        }
    }

    @Test("The same seed on the same day makes the same facts, at whatever hour")
    func repeats() async throws {
        let facts = Mutex<[[String]]>([])
        for (backend, hours) in [(Backend.sqlite, 0), (.sqlite, 9), (.postgres, 0)] {
            let later = Self.now.adding(milliseconds: Int64(hours) * 3_600_000)
            try await make(backend, at: later) { installation, _ in
                let lines = Mutex<[String]>([])
                _ = try await installation.goodwork.exportFacts(
                    "workwell-manchester",
                    by: installation.actor,
                    reason: "test"
                ) { line in lines.withLock { $0.append(line) } }
                facts.withLock { all in all.append(lines.withLock { $0 }) }
            }
        }
        let all = facts.withLock { $0 }
        #expect(all[0].count == 81)
        #expect(all[0] == all[1])
        #expect(all[0] == all[2])
    }

    @Test("Visitors sign in by password and code, or at one click", arguments: Backend.allCases)
    func signIns(_ backend: Backend) async throws {
        try await make(backend) { installation, _ in
            let goodwork = installation.goodwork
            let offered = try await goodwork.demonstrationSignIns()
            #expect(offered.count == 9)
            for one in offered {
                let click = try await goodwork.signInToDemonstration(as: one.login)
                guard case .signedIn(let token) = click,
                    case .live(let signedIn) = try await goodwork.session(token)
                else {
                    Issue.record("\(one.login): \(click)")
                    continue
                }
                #expect(signedIn.account.name == one.name)
                #expect(signedIn.stage == .full)
                let answer = try await goodwork.signIn(
                    login: one.login,
                    password: Demonstration.password,
                    remote: "127.0.0.1"
                )
                if one.login.hasPrefix("resident") {
                    guard case .signedIn = answer else {
                        Issue.record("\(answer)")
                        continue
                    }
                    await #expect(throws: ServiceError.self) {
                        try await goodwork.demonstrationCode(for: one.login)
                    }
                    continue
                }
                guard case .secondFactorNeeded(let halfway) = answer else {
                    Issue.record("\(one.login): \(answer)")
                    continue
                }
                let full = try await goodwork.giveSecondFactor(
                    halfway,
                    code: try await goodwork.demonstrationCode(for: one.login),
                    remote: "127.0.0.1"
                )
                guard case .signedIn = full else {
                    Issue.record("\(one.login): \(full)")
                    continue
                }
            }
            // Only those who are offered; nobody else's account opens so.
            await #expect(throws: ServiceError.self) {
                try await goodwork.signInToDemonstration(as: "nobody@demo.example")
            }
            let all = try await goodwork.accounts(by: installation.actor)
            let other = try #require(all.first { !$0.login.hasSuffix("@demo.example") })
            await #expect(throws: ServiceError.self) {
                try await goodwork.signInToDemonstration(as: other.login)
            }
        }
    }

    @Test("The visitors' coach and resident have something to see")
    func visitors() async throws {
        try await make(.sqlite) { installation, _ in
            let goodwork = installation.goodwork
            let coach = try await goodwork.account(login: "coach@demo.example")
            let rows = try await goodwork.rows(
                .coach(coach.id.text),
                as: .listCases,
                by: coach.actor
            )
            #expect(rows.count { $0.closedOn == nil } >= 2)
            let resident = try await goodwork.account(login: "resident@demo.example")
            let person = try #require(resident.person)
            let own = try await installation.database.read { transaction in
                try installation.store.headers(person: person, in: transaction)
            }
            let header = try #require(own.first)
            let file = try await goodwork.file(header.id, for: .useOwnRecord, by: resident.actor)
            #expect(file.state == .started)
            #expect(!file.case.goals.isEmpty)
            #expect(file.case.goals.allSatisfy { $0.text != nil })
            #expect(file.case.appointments.contains { $0.outcome == nil })
        }
    }

    @Test("In an installation that is no demonstration nothing of it works")
    func realInstallations() async throws {
        try await withInstallation(.sqlite) { installation in
            let goodwork = installation.goodwork
            try await goodwork.addOrganisation(
                Organisation(id: "big-life", name: "Big Life", kinds: [.provider]),
                by: installation.actor
            )
            _ = try await goodwork.addAccount(
                NewAccount(
                    login: "coach@demo.example",
                    name: "A real coach",
                    organisation: "big-life",
                    roles: [.coach]
                ),
                by: installation.actor
            )
            #expect(try await goodwork.demonstrationSignIns().isEmpty)
            await #expect(throws: ServiceError.self) {
                try await goodwork.signInToDemonstration(as: "coach@demo.example")
            }
            await #expect(throws: ServiceError.self) {
                try await goodwork.demonstrationCode(for: "coach@demo.example")
            }
            await #expect(throws: ServiceError.self) {
                try await goodwork.makeDemonstration(Demonstration(cases: 10))
            }
            #expect(try await installation.count("cases") == 0)
        }
    }
}
