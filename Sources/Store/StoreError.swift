import Kernel

/// What can be wrong with what is stored, or with how it is asked for.
package enum StoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The case has moved since it was read.
    case conflict(reference: String)
    /// The key does not open this database.
    case wrongKey
    /// The key file or variable does not hold 32 bytes.
    case badKey(String)
    /// Something stored cannot be read as it was written.
    case damaged(String)
    /// The same idempotency key came with another request.
    case keyReused(String)

    package var description: String {
        switch self {
        case .conflict(let reference):
            "The case \(reference) was changed by somebody else meanwhile. Look again and retry."
        case .wrongKey:
            "This key does not belong to this database. Point GOODWORK_KEY_FILE at the key file "
                + "that was made with it."
        case .badKey(let why): "The master key cannot be used: \(why)"
        case .damaged(let what): "The database is damaged: \(what)"
        case .keyReused(let key): "The idempotency key \(key) was used for another request."
        }
    }
}
