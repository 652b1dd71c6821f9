import Application
import Kernel
import SQL
import TestSupport
import Testing

/// Guessing gets slower and slower, and whoever is guessed at still gets in.
@Suite struct LockOutTests {
    /// Minutes from the start, who from where with what, and the answer.
    ///
    /// `known` stands for a device on which Ada signed in before.
    static let table = """
        minute | from  | login | password | answer
        0      | here  | ada   | wrong    | wrong
        0      | here  | ada   | wrong    | wrong
        0      | here  | ada   | wrong    | wrong
        0      | here  | ada   | wrong    | wrong
        0      | here  | ada   | wrong    | wrong
        0      | here  | ada   | wrong    | wait 1
        0      | here  | ada   | right    | wait 1
        0      | there | ada   | right    | in
        0      | here  | ben   | right    | in
        0      | known | ada   | right    | in
        1      | here  | ada   | wrong    | wrong
        1      | here  | ada   | right    | wait 2
        3      | here  | ada   | wrong    | wrong
        3      | here  | ada   | wrong    | wait 4
        7      | here  | ada   | wrong    | wrong
        7      | here  | ada   | wrong    | wait 8
        14     | here  | ada   | wrong    | wait 1
        15     | here  | ada   | wrong    | wrong
        15     | here  | ada   | wrong    | wait 15
        30     | here  | ada   | wrong    | wrong
        30     | here  | ada   | wrong    | wait 15
        45     | here  | ada   | right    | in
        45     | here  | ada   | wrong    | wrong
        45     | here  | ada   | wrong    | wrong
        45     | here  | ada   | right    | in
        """

    @Test("One attacker with one login: 1, 2, 4 … 15 minutes", arguments: Backend.allCases)
    func oneRemote(_ backend: Backend) async throws {
        try await play(Self.table, backend)
    }

    @Test("After an hour of quiet all is forgotten", arguments: Backend.allCases)
    func quiet(_ backend: Backend) async throws {
        let wrong = "| here | ada | wrong | wrong"
        try await play(
            """
            minute | from | login | password | answer
            0 \(wrong)
            0 \(wrong)
            0 \(wrong)
            0 \(wrong)
            59 \(wrong)
            59 | here | ada | wrong | wait 1
            120 \(wrong)
            120 \(wrong)
            120 \(wrong)
            120 \(wrong)
            120 | here | ada | right | in
            """,
            backend
        )
    }

    @Test("A login that nobody has is slowed as one that somebody has")
    func unknownLogins() async throws {
        // The rows before anybody gets in.
        let rows = Self.table.split(separator: "\n").prefix(8).joined(separator: "\n")
        try await play(rows.replacing("ada", with: "eve"), .sqlite)
    }

    @Test(
        "A login attacked from everywhere is slowed everywhere but where its owner was before",
        arguments: Backend.allCases
    )
    func manyRemotes(_ backend: Backend) async throws {
        try await withPeople(backend) { people in
            let device = try await Self.device(of: "ada", people)
            for remote in 1...20 {
                let answer = try await people.signIn("ada", "wrong", remote: "198.51.100.\(remote)")
                #expect(answer.word == "wrong", "\(remote)")
            }
            #expect(try await people.signIn("ada", remote: "203.0.113.9").word == "wait")
            #expect(
                try await people.signIn("ada", remote: "203.0.113.9", device: device).word
                    == "set up"
            )
            // A device that was signed by nobody, or for somebody else, is none.
            let bens = try await Self.device(of: "ben", people)
            for other in [bens, device + "A", String(device.dropLast()), "", "a.b.c.d"] {
                let answer = try await people.signIn("ada", remote: "203.0.113.9", device: other)
                #expect(answer.word == "wait", "\(other)")
            }
            people.wait(minutes: 1)
            #expect(try await people.signIn("ada", remote: "203.0.113.9").word == "set up")
        }
    }

    @Test("A known device has five tries of its own, too")
    func stolenDevice() async throws {
        try await withPeople(.sqlite) { people in
            let device = try await Self.device(of: "ada", people)
            for _ in 1...5 {
                #expect(try await people.signIn("ada", "wrong", device: device).word == "wrong")
            }
            #expect(try await people.signIn("ada", device: device).word == "wait")
            #expect(try await people.signIn("ada").word == "set up")
            people.wait(minutes: 60 * 24 * 181)
            #expect(try await people.signIn("ada", "wrong", device: device).word == "wrong")
        }
    }

    @Test("One remote that tries many logins is slowed with all of them")
    func manyLogins() async throws {
        try await withPeople(.sqlite) { people in
            let device = try await Self.device(of: "ada", people)
            _ = try await people.add("zoe")
            for number in 1...20 {
                #expect(try await people.signIn("guess\(number)", "wrong").word == "wrong")
            }
            #expect(try await people.signIn("zoe").word == "wait")
            #expect(try await people.signIn("ada", device: device).word == "set up")
            #expect(try await people.signIn("zoe", remote: "203.0.113.9").word == "set up")
        }
    }

    @Test("Tries at once all count", arguments: Backend.allCases)
    func together(_ backend: Backend) async throws {
        try await withPeople(backend) { people in
            _ = try await people.add("ada")
            let answers = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 1...40 {
                    group.addTask { try await people.signIn("ada", "wrong \(number)").word }
                }
                return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            }
            #expect(answers == ["wrong": 5, "wait": 35])
        }
    }

    @Test("A code of the second factor cannot be guessed either", arguments: Backend.allCases)
    func secondFactor(_ backend: Backend) async throws {
        try await withPeople(backend) { people in
            _ = try await people.add("ada")
            let secret = try await people.signInFully("ada").secret
            people.wait(minutes: 5)
            let begun = try #require(try await people.signIn("ada").token)
            let right = people.code(secret)
            let wrong = right == "000000" ? "000001" : "000000"
            var words: [String] = []
            for code in [wrong, wrong, "", "abcde-fghij", wrong, right] {
                words.append(try await give(code, begun, people))
            }
            #expect(words == ["wrong", "wrong", "wrong", "wrong", "wrong", "wait"])
            // Beginning anew with the password does not help.
            let again = try #require(try await people.signIn("ada").token)
            #expect(try await give(right, again, people) == "wait")
            people.wait(minutes: 1)
            #expect(try await give(people.code(secret), again, people) == "in")
        }
    }

    @Test("A password that is asked for again cannot be guessed either")
    func currentPassword() async throws {
        try await withPeople(.sqlite) { people in
            _ = try await people.addResident("rae")
            let token = try #require(try await people.signIn("rae").token)
            var words: [String] = []
            for current in ["wrong", "wrong", "wrong", "wrong", "wrong", People.password] {
                words.append(
                    await outcome {
                        let answer = try await people.goodwork.changePassword(
                            token,
                            current: current,
                            to: "eleven purple trams",
                            remote: People.remote
                        )
                        if case .tooManyTries = answer {
                            throw ServiceError(.refused, code: "wait", "")
                        }
                    }
                )
            }
            #expect(words == Array(repeating: "faults current-password", count: 5) + ["wait"])
            #expect(try await people.signIn("rae").word == "in")
        }
    }

    private func give(_ code: String, _ token: String, _ people: People) async throws -> String {
        try await people.goodwork.giveSecondFactor(token, code: code, remote: People.remote).word
    }

    /// Adds somebody, and answers what their device keeps.
    private static func device(of name: String, _ people: People) async throws -> String {
        people.goodwork.deviceToken(for: try await people.add(name).id)
    }

    private func play(_ table: String, _ backend: Backend) async throws {
        try await withPeople(backend) { people in
            let ada = try await people.addResident("ada")
            _ = try await people.addResident("ben")
            let device = people.goodwork.deviceToken(for: ada.id)
            let start = people.clock.now
            var rows = table.split(separator: "\n").map {
                $0.split(separator: "|").map { $0.trimming(while: \.isWhitespace) }
            }
            rows.removeFirst()
            for (number, row) in rows.enumerated() {
                let minute = try #require(Int64(row[0]))
                let due = start.adding(milliseconds: minute * 60_000)
                people.clock.advance(milliseconds: due.milliseconds - people.clock.now.milliseconds)
                let answer = try await people.signIn(
                    row[2],
                    row[3] == "right" ? People.password : "not the password",
                    remote: row[1],
                    device: row[1] == "known" ? device : nil
                )
                var told = answer.word
                if case .tooManyTries(let until) = answer {
                    told += " \((until.milliseconds - people.clock.now.milliseconds) / 60_000)"
                }
                #expect(told == row[4], "row \(number + 1): \(row.joined(separator: " "))")
            }
        }
    }
}

extension Substring {
    fileprivate func trimming(while isCut: (Character) -> Bool) -> String {
        String(drop(while: isCut).reversed().drop(while: isCut).reversed())
    }
}
