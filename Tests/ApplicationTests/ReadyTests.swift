import Application
import SQL
import TestSupport
import Testing

/// Whether an installation says that it can serve.
@Suite(.timeLimit(.minutes(10))) struct ReadyTests {
    @Test("It is ready while its database answers, and waits for none that hangs")
    func ready() async throws {
        try await withFreshDatabase(.sqlite) { database in
            let faulty = FaultyDatabase(database)
            let goodwork = try await TestInstallation(faulty).goodwork
            let sound = await goodwork.isReady()
            #expect(sound)
            faulty.begin(.throwing(SQLError(.connection, "gone")))
            let gone = await goodwork.isReady()
            #expect(!gone)
            faulty.begin(.silence)
            let silent = await goodwork.isReady(within: .milliseconds(50))
            #expect(!silent)
            faulty.begin(.nothing)
            let back = await goodwork.isReady()
            #expect(back)
        }
    }
}
