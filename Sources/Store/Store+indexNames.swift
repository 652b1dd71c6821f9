import Casework
import Kernel
import SQL

extension Schema {
    /// Names are folded otherwise, and only the key opens them: that is done at the next opening.
    ///
    /// Its row of `installation` stands until then. A new database has no check of its key yet, and
    /// nobody whose name is to be indexed.
    static let namesToIndex: [Statement] = [
        """
        INSERT INTO installation (name, value)
        SELECT 'names-to-index', value FROM installation WHERE name = 'key-check'
        """
    ]
}

extension Store {
    private static let due: Statement =
        "SELECT name FROM installation WHERE name = 'names-to-index'"
    private static let done: Statement =
        "DELETE FROM installation WHERE name = 'names-to-index'"
    private static let somePeople: Statement = """
        SELECT id, wrapped_key, sealed, erased_at, name_index FROM people
        WHERE id > $1 AND sealed IS NOT NULL ORDER BY id LIMIT 500
        """
    private static let setName: Statement = "UPDATE people SET name_index = $1 WHERE id = $2"

    /// Makes the index of each name anew where a step of the schema asked for that.
    func indexNames() async throws {
        let isDue = try await database.read { transaction in
            try transaction.first(Self.due) { _ in true } ?? false
        }
        guard isDue else { return }
        try await database.write { transaction in
            // Of two servers that open it together, one does it.
            guard try transaction.execute(Self.done) == 1 else { return }
            var last: String? = ""
            while let place = last {
                last = try indexNames(after: place, in: transaction)
            }
        }
    }

    /// The same of the next people by their ids.
    ///
    /// - Returns: the last of them; nil when there was nobody.
    private func indexNames(
        after place: String,
        in transaction: any Transaction
    ) throws -> String? {
        var last: String?
        var changed: [[SQLValue]] = []
        try transaction.query(Self.somePeople, [.text(place)]) { row in
            let id = try row.text(0)
            last = id
            // Who cannot be opened stays as they are: nobody else is to wait for that.
            guard let identity = try? person(row).identity() else { return }
            let name = PersonIndexes(identity, vault: vault).name
            if name != (try row.optionalBlob(4)) { changed.append([SQLValue(name), .text(id)]) }
        }
        try transaction.executeMany(Self.setName, changed)
        return last
    }
}
