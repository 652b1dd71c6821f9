import Dispatch
import Passwords
import Testing

/// What a password's hash is, and when it fits.
@Suite struct PasswordHasherTests {
    private static let cheap = PasswordHasher.Cost(memoryBytes: 64 << 10, passes: 1)

    @Test("A hash names argon2id with 19 MiB, 2 passes and one lane, and a salt of its own")
    func parameters() async throws {
        let hasher = PasswordHasher()
        let one = try await hasher.hash("correct horse battery")
        let two = try await hasher.hash("correct horse battery")
        #expect(one.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"), "\(one)")
        #expect(one != two)
        #expect(!one.contains("correct"))
        #expect(try await hasher.verify("correct horse battery", against: one))
        #expect(try await hasher.verify("correct horse batterz", against: one) == false)
    }

    /// A password, what is typed, and whether it fits.
    @Test(
        "Every letter counts, and a letter is the same however it is put together",
        arguments: [
            ("correct horse battery", "correct horse battery", true),
            ("correct horse battery", "Correct horse battery", false),
            ("correct horse battery", "correct horse battery ", false),
            ("correct horse battery", "correct horse batter", false),
            ("correct horse battery", "", false),
            ("", "", true),
            ("gar\u{E7}on de caf\u{E9}", "garc\u{327}on de cafe\u{301}", true),
            ("gar\u{E7}on de caf\u{E9}", "garcon de cafe", false),
            ("\u{FF21}bc", "Abc", true),
            ("null\u{0}byte one", "null\u{0}byte two", false),
            (String(repeating: "a", count: 256), String(repeating: "a", count: 255), false),
        ]
    )
    func fits(_ password: String, _ typed: String, _ fits: Bool) async throws {
        let hasher = PasswordHasher(cost: Self.cheap)
        let hash = try await hasher.hash(password)
        #expect(try await hasher.verify(typed, against: hash) == fits)
    }

    @Test("Without a hash, and with what is none, nothing fits")
    func nothingFits() async throws {
        let hasher = PasswordHasher(cost: Self.cheap)
        for hash in [nil, "", "$argon2id$", "correct horse battery"] {
            #expect(try await hasher.verify("correct horse battery", against: hash) == false)
        }
    }

    @Test("A hash of another cost still fits, and is told")
    func rehash() async throws {
        let (old, new) = (PasswordHasher(cost: Self.cheap), PasswordHasher())
        let hash = try await old.hash("correct horse battery")
        #expect(try await new.verify("correct horse battery", against: hash))
        #expect(new.needsRehash(hash))
        #expect(!old.needsRehash(hash))
    }
}

/// Hashing keeps to its own threads, and no more wait for them than may.
@Suite struct HashingThreadsTests {
    @Test("One more than may run and wait is answered busy, and later there is room again")
    func bounded() async throws {
        let threads = HashingThreads(count: 1, waitingMax: 2)
        // Nothing ends before the gate opens, so exactly three of eight are taken.
        let gate = DispatchSemaphore(value: 0)
        let answers = await withTaskGroup(of: String.self) { group in
            for _ in 1...8 {
                group.addTask {
                    do {
                        return try await threads.run {
                            // Should too many be taken, it opens by itself and the test fails.
                            gate.wait(timeout: .now() + 60) == .success ? "done" : "late"
                        }
                    } catch {
                        return "\(error)"
                    }
                }
            }
            var answers: [String: Int] = [:]
            for await answer in group {
                answers[answer, default: 0] += 1
                if answers == ["busy": 5] { for _ in 1...3 { gate.signal() } }
            }
            return answers
        }
        #expect(answers == ["busy": 5, "done": 3])
        #expect(try await threads.run { "room" } == "room")
    }

    @Test("Whoever waits is served in turn, whatever becomes of the hasher")
    func outlives() async throws {
        let hashes = try await withThrowingTaskGroup(of: String.self) { group in
            let hasher = PasswordHasher(
                cost: .init(memoryBytes: 64 << 10, passes: 1),
                threads: 3,
                waitingMax: 100
            )
            for number in 1...50 {
                group.addTask { try await hasher.hash("password \(number)") }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(hashes.count == 50)
    }

    @Test("A cost that no machine can pay fails, and does not end the program")
    func tooMuch() async throws {
        let cost = PasswordHasher.Cost(memoryBytes: 4096, passes: 1)
        await #expect(throws: PasswordFailure.outOfMemory) {
            try await PasswordHasher(cost: cost).hash("password")
        }
    }
}
