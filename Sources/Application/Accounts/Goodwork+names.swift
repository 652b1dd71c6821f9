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

    /// Whether the database answers.
    package func isReady() async -> Bool {
        do {
            _ = try await organisations()
            return true
        } catch {
            return false
        }
    }
}
