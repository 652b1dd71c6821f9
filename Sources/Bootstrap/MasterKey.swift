import Foundation
import Store

/// The installation's master key: base64 in a file that only its owner reads, or in the environment.
enum MasterKey {
    /// Reads the key, making a new one where the database is new.
    ///
    /// - Throws: `CommandError` when an existing database has no key at hand.
    static func load(_ configuration: Configuration, databaseIsNew: Bool) throws -> [UInt8] {
        if let text = configuration.masterKey {
            return try decode(text, from: "GOODWORK_MASTER_KEY")
        }
        let path = configuration.keyFile
        if let text = try? String(contentsOfFile: path, encoding: .utf8) {
            return try decode(text, from: path)
        }
        guard databaseIsNew else {
            throw CommandError(
                "There is no key file \(path), and without its key this database stays shut. "
                    + "Put the file back, or name it in GOODWORK_KEY_FILE."
            )
        }
        let key = Vault.newMasterKey()
        let text = Data(key).base64EncodedString() + "\n"
        // Made with its mode at once, so that nobody else ever reads it; never written over.
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard file >= 0 else {
            throw CommandError(
                "The key file \(path) cannot be made: \(String(cString: strerror(errno)))"
            )
        }
        defer { close(file) }
        let written = text.utf8.withContiguousStorageIfAvailable {
            write(file, $0.baseAddress, $0.count)
        }
        guard written == text.utf8.count, fsync(file) == 0 else {
            throw CommandError("The key file \(path) cannot be written.")
        }
        return key
    }

    private static func decode(_ text: String, from place: String) throws -> [UInt8] {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let data = Data(base64Encoded: trimmed), data.count == 32 else {
            throw CommandError("\(place) does not hold a key: 32 bytes in base64.")
        }
        return Array(data)
    }
}
