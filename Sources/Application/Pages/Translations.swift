import Kernel
import SQL
import Store

extension Goodwork {
    /// The phrases of a language, by their English words.
    package func translations(of locale: String) async throws -> [String: String] {
        let store = store
        return try await store.database.read { try store.translations(of: locale, in: $0) }
    }
}
