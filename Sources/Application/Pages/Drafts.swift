import Crypto
import Kernel
import SQL
import Store

extension Goodwork {
    /// Keeps what was typed, sealed, for whoever holds the token.
    ///
    /// - Parameter account: the only account that may take it; nil for whoever holds the token.
    package func keepDraft(
        _ text: String,
        of account: String?,
        path: String,
        token: String
    ) async throws {
        let (store, now) = (store, now())
        let id = Array(SHA256.hash(data: Array(token.utf8)))
        let clear = Array(text.utf8)
        try await store.committer.submit { transaction in
            let sealed = try store.vault.seal(clear, at: "draft:\(path)")
            try store.keepDraft(
                id,
                account: account,
                path: path,
                sealed: sealed,
                at: now,
                in: transaction
            )
        }
    }

    /// What was kept under a token, without taking it away.
    package func draft(token: String, of account: String?, path: String) async throws -> String? {
        let store = store
        let id = Array(SHA256.hash(data: Array(token.utf8)))
        return try await store.database.read { transaction in
            guard
                let sealed = try store.draft(id, account: account, path: path, in: transaction)
            else { return nil }
            let clear = try store.vault.open(sealed, at: "draft:\(path)")
            return String(decoding: clear, as: UTF8.self)
        }
    }

    /// Takes what was kept; it is there once.
    package func takeDraft(token: String, of account: String?, path: String) async throws -> String?
    {
        let found = try await draft(token: token, of: account, path: path)
        if found != nil { try await dropDraft(token: token) }
        return found
    }

    package func dropDraft(token: String) async throws {
        let store = store
        let id = Array(SHA256.hash(data: Array(token.utf8)))
        try await store.committer.submit { try store.dropDraft(id, in: $0) }
    }
}
