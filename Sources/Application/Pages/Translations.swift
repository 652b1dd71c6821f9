import Kernel
import SQL
import Store

extension Goodwork {
    /// The phrases of a language, by their English words.
    package func translations(of locale: String) async throws -> [String: String] {
        let store = store
        return try await store.database.read { try store.translations(of: locale, in: $0) }
    }

    /// Whether a text has an embedding or an override of its direction, with which words can be
    /// made to look like others.
    ///
    /// Marks and isolates are kept: languages that run from right to left need them.
    package static func turnsDirection(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0x202A...0x202E).contains($0.value) }
    }

    /// Keeps phrases of a language; a blank one falls back to the English words.
    package func translate(
        _ texts: [String: String],
        into locale: String,
        by actor: Actor
    ) async throws {
        try await authorise(actor, .translate, on: locale)
        let turned = texts.filter { Self.turnsDirection($0.value) }.keys.sorted()
        guard turned.isEmpty else {
            throw ServiceError(
                .faults,
                "Nothing was changed.",
                faults: turned.map {
                    Fault(field: $0, problem: "has a character that turns the text's direction")
                }
            )
        }
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
