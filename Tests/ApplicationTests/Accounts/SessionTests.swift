import Application
import Kernel
import SQL
import TestSupport
import Testing

/// How long a session lives, and what ends it.
@Suite struct SessionTests {
    /// What happens, and what the session is worth afterwards.
    static let table: [(what: String, steps: [Step], state: String)] = [
        ("just begun", [], "full"),
        ("29 minutes idle", [.wait(29)], "full"),
        ("30 minutes idle", [.wait(30)], "expired"),
        ("used every 29 minutes", [.wait(29), .use, .wait(29), .use, .wait(29)], "full"),
        ("used after 29, idle for 30", [.wait(29), .use, .wait(30)], "expired"),
        ("used for 11 hours 59", day(hours: 11, 59), "full"),
        ("used for 12 hours", day(hours: 12, 0), "expired"),
        ("ran out a week ago", [.wait(30), .wait(60 * 24 * 6)], "expired"),
        ("ran out, another signed in 8 days later", [.wait(60 * 24 * 8), .another], "none"),
        ("signed out", [.signOut], "none"),
        ("signed out, then idle", [.signOut, .wait(40)], "none"),
        ("another one signed out", [.anotherSignedOut], "full"),
        ("signed out everywhere from another", [.everywhere], "none"),
        ("disabled", [.disable], "none"),
        ("disabled and enabled", [.disable, .enable], "none"),
        ("another role", [.role], "expired"),
        ("the same roles", [.sameRole], "full"),
        ("password reset", [.reset], "none"),
        ("capacity set", [.capacity], "full"),
    ]

    enum Step: Sendable {
        case wait(Int), use, another, signOut, anotherSignedOut, everywhere
        case disable, enable, role, sameRole, reset, capacity
    }

    /// Use every 20 minutes, up to a time.
    private static func day(hours: Int, _ minutes: Int) -> [Step] {
        let all = hours * 60 + minutes
        let steps = (1...(all / 20)).flatMap { _ in [Step.wait(20), .use] }
        return steps + [.wait(all % 20)]
    }

    @Test("The life of a session", arguments: Backend.allCases)
    func life(_ backend: Backend) async throws {
        for (number, row) in Self.table.enumerated() {
            try await withPeople(backend) { people in
                let ada = try await people.add("ada")
                let (token, secret, _) = try await people.signInFully("ada")
                for step in row.steps { try await take(step, token, secret, ada.id, people) }
                #expect(try await people.state(token) == row.state, "\(number): \(row.what)")
            }
        }
    }

    private func take(
        _ step: Step,
        _ token: String,
        _ secret: [UInt8],
        _ id: UserID,
        _ people: People
    ) async throws {
        let goodwork = people.goodwork
        switch step {
        case .wait(let minutes): people.wait(minutes: minutes)
        case .use: _ = try await goodwork.session(token)
        case .another: _ = try await another(secret, people)
        case .signOut: try await goodwork.signOut(token)
        case .anotherSignedOut: try await goodwork.signOut(try await another(secret, people))
        case .everywhere: try await goodwork.signOutEverywhere(try await another(secret, people))
        case .disable: _ = try await goodwork.disable(id, by: people.operator)
        case .enable: _ = try await goodwork.enable(id, by: people.operator)
        case .role: _ = try await goodwork.changeRoles(of: id, to: [.analyst], by: people.operator)
        case .sameRole:
            _ = try await goodwork.changeRoles(of: id, to: [.coach], by: people.operator)
        case .reset: _ = try await goodwork.resetPassword(of: id, by: people.operator)
        case .capacity: _ = try await goodwork.setCapacity(of: id, to: 30, by: people.operator)
        }
    }

    /// Another session of the same account, on another device.
    private func another(_ secret: [UInt8], _ people: People) async throws -> String {
        people.wait(minutes: 1)
        let begun = try #require(try await people.signIn("ada").token)
        let answer = try await people.goodwork.giveSecondFactor(
            begun,
            code: people.code(secret),
            remote: People.remote
        )
        #expect(answer.word == "in")
        return try #require(answer.token)
    }

    @Test("Whose an expired session was is told, but not of one that was never finished")
    func expired() async throws {
        try await withPeople(.sqlite) { people in
            let ada = try await people.add("ada")
            let begun = try #require(try await people.signIn("ada").token)
            let (token, _, _) = try await people.signInFully("ada")
            people.wait(minutes: 14)
            #expect(try await people.state(begun) == "none")
            people.wait(minutes: 20)
            #expect(try await people.goodwork.session(token) == .expired(ada.id))
        }
    }

    @Test("Between password and second factor there are 15 minutes")
    func unfinished() async throws {
        try await withPeople(.sqlite) { people in
            _ = try await people.add("ada")
            let begun = try #require(try await people.signIn("ada").token)
            people.wait(minutes: 14)
            #expect(try await people.state(begun) == "second-factor-must-be-set-up")
            people.wait(minutes: 1)
            #expect(try await people.state(begun) == "none")
            #expect(
                await outcome { try await people.goodwork.setUpSecondFactor(begun) } == "signed-out"
            )
        }
    }

    @Test("A session that still lacks its second factor is no way to anything else")
    func halfway() async throws {
        try await withPeople(.sqlite) { people in
            _ = try await people.add("ada")
            let (full, secret, _) = try await people.signInFully("ada")
            let goodwork = people.goodwork
            let begun = try #require(try await people.signIn("ada").token)
            #expect(await outcome { try await goodwork.setUpSecondFactor(begun) } == "forbidden")
            #expect(await outcome { try await goodwork.setUpSecondFactor(full) } == "forbidden")
            let confirmed = await outcome {
                try await goodwork.confirmSecondFactor(begun, code: people.code(secret))
            }
            #expect(confirmed == "forbidden")
            let given = await outcome {
                try await goodwork.giveSecondFactor(full, code: "1", remote: People.remote)
            }
            #expect(given == "forbidden")
        }
    }

    @Test("Reading pages writes at most once a minute", arguments: Backend.allCases)
    func writes(_ backend: Backend) async throws {
        try await withPeople(backend) { people in
            _ = try await people.addResident("rae")
            let token = try #require(try await people.signIn("rae").token)
            var seen: Set<Int64> = [try await Self.lastSeen(people)]
            for _ in 1...12 {
                people.wait(seconds: 15)
                #expect(try await people.state(token) == "full")
                seen.insert(try await Self.lastSeen(people))
            }
            #expect(seen.count == 4)
        }
    }

    @Test("A role that is taken is gone with the next request")
    func atOnce() async throws {
        try await withPeople(.sqlite) { people in
            let ada = try await people.add("ada", [.coach, .administrator])
            _ = try await people.add("ben", [.administrator])
            let token = try await people.signInFully("ada").token
            // Behind the program's back, so that the session itself stays.
            try await people.installation.tamper(
                "UPDATE accounts SET roles = 'coach' WHERE id = '\(ada.id.text)'"
            )
            let signedIn = try #require(try await people.goodwork.session(token).signedIn)
            #expect(signedIn.actor.roles == [.coach])
        }
    }

    @Test("No other text is a session, and each has its own CSRF token")
    func tokens() async throws {
        try await withPeople(.sqlite) { people in
            _ = try await people.addResident("rae")
            let one = try #require(try await people.signIn("rae").token)
            let two = try #require(try await people.signIn("rae").token)
            #expect(one.utf8.count == 43)
            let other = one.hasPrefix("A") ? "B" + one.dropFirst() : "A" + one.dropFirst()
            for text in ["", "x", other, one + "A", String(one.dropLast()), one + "="] {
                #expect(try await people.state(text) == "none", "\(text)")
            }
            #expect(try await people.state(one) != "none")
            let goodwork = people.goodwork
            let (first, second) = (goodwork.csrf(of: one), goodwork.csrf(of: two))
            #expect(goodwork.accepts(csrf: first, where: first))
            for text in ["", second, one, String(first.dropLast())] {
                #expect(!goodwork.accepts(csrf: text, where: first))
            }
        }
    }

    private static func lastSeen(_ people: People) async throws -> Int64 {
        try await people.installation.database.read { transaction in
            try transaction.first("SELECT last_seen_at FROM sessions") { try $0.int(0) } ?? 0
        }
    }
}
