import Kernel
import SQL
import Store

extension Goodwork {
    /// The phrases of a language, by their English words.
    package func translations(of locale: String) async throws -> [String: String] {
        let store = store
        return try await store.database.read { try store.translations(of: locale, in: $0) }
    }

    /// Keeps phrases of a language; a blank one falls back to the English words.
    package func translate(
        _ texts: [String: String],
        into locale: String,
        by actor: Actor
    ) async throws {
        try await authorise(actor, .translate, on: locale)
        let (store, now) = (store, now())
        let wanted = texts.sorted { $0.key < $1.key }
        try await store.committer.submit { transaction in
            for (phrase, text) in wanted {
                try store.keepTranslation(
                    text.isEmpty ? nil : text,
                    of: phrase,
                    in: locale,
                    by: actor.user,
                    at: now,
                    transaction
                )
            }
        }
    }
}
