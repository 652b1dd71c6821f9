import Kernel
import SQL
import Store

extension Goodwork {
    /// What everyone at work here is called, by the account's id.
    ///
    /// Whose name stands beside what they did is no secret; residents are left out.
    package func staffNames() async throws -> [String: String] {
        let store = store
        return try await store.database.read { transaction in
            var names: [String: String] = [:]
            for stored in try store.accounts(in: transaction) where stored.person == nil {
                names[stored.id.text] = try store.identity(of: stored, in: transaction)?.name
            }
            return names
        }
    }

    /// Whether the database answers in time.
    ///
    /// A database that hangs cannot be told to stop, so it is left behind and not waited for.
    package func isReady(within limit: Duration = .seconds(5)) async -> Bool {
        let (answers, teller) = AsyncStream.makeStream(of: Bool.self)
        let asking = Task { teller.yield((try? await organisations()) != nil) }
        let waiting = Task {
            try? await Task.sleep(for: limit)
            teller.yield(false)
        }
        defer {
            asking.cancel()
            waiting.cancel()
        }
        return await answers.first { _ in true } ?? false
    }
}
