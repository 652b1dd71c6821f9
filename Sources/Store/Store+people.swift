import Casework
import Kernel
import SQL

extension Store {
    private static let byID: Statement =
        "SELECT id, wrapped_key, sealed, erased_at FROM people WHERE id = $1"
    private static let byNHS = by("nhs_index")
    private static let byName = by("name_index")
    private static let byPlace = by("place_index")

    /// Many may share a name and a birth date; nobody looks at more than twenty of them.
    private static func by(_ index: String) -> Statement {
        Statement(
            """
            SELECT id, wrapped_key, sealed, erased_at FROM people
            WHERE \(index) = $1 ORDER BY id LIMIT 20
            """
        )
    }

    /// By number, or by all three of the others where one of the two has no number.
    ///
    /// Each half is one look at an index, and mostly finds nobody.
    private static let referredBefore: Statement = """
        SELECT id FROM people WHERE nhs_index = $1
        UNION ALL
        SELECT id FROM people WHERE name_index = $2 AND place_index = $3
            AND (nhs_index IS NULL OR $1 IS NULL)
        LIMIT 20
        """

    private static let anyByNHS: Statement =
        "SELECT id FROM people WHERE nhs_index = $1 LIMIT 1"

    private static let upsertPerson: Statement = """
        INSERT INTO people (id, wrapped_key, sealed, nhs_index, name_index, place_index, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed, nhs_index = excluded.nhs_index,
            name_index = excluded.name_index, place_index = excluded.place_index,
            updated_at = excluded.updated_at
        WHERE people.erased_at IS NULL
        """

    private static let erase: Statement = """
        UPDATE people SET wrapped_key = NULL, sealed = NULL, nhs_index = NULL, name_index = NULL,
            place_index = NULL, erased_at = $1, updated_at = $1
        WHERE id = $2 AND erased_at IS NULL
        """

    private static let erased: Statement =
        "SELECT id FROM people WHERE id = $1 AND erased_at IS NOT NULL"

    /// Whether somebody was erased.
    package func isErased(_ id: PersonID, in transaction: any Transaction) throws -> Bool {
        try transaction.first(Self.erased, [.text(id.text)]) { _ in true } ?? false
    }

    /// The person, with the key opened unless it has been destroyed.
    package func person(_ id: PersonID, in transaction: any Transaction) throws -> Person? {
        try transaction.first(Self.byID, [.text(id.text)], person)
    }

    /// Writes people: first those who are new, since one case may make whom the next one changes.
    ///
    /// Whoever is changed is read here, behind all who wrote before: the decision may have been made
    /// on what another case of theirs has changed since.
    func write(people writes: [PersonWrite], in transaction: any Transaction) throws {
        var (rows, changed): ([[SQLValue]], [PersonWrite]) = ([], [])
        for write in writes {
            switch write.content {
            case .whole(let values): rows.append(values)
            case .change: changed.append(write)
            }
        }
        try transaction.executeMany(Self.upsertPerson, rows)
        if changed.isEmpty { return }
        _ = try ChainHead.take("journal", in: transaction)
        let held = try people(Set(changed.map(\.id)), in: transaction)
        var identities: [PersonID: Identity] = [:]
        rows = []
        for write in changed {
            // Whoever has been erased meanwhile stays so.
            guard case .change(let now, let change) = write.content, let person = held[write.id],
                let key = person.key, let wrapped = person.wrappedKey
            else { continue }
            var identity = try identities[write.id] ?? person.identity() ?? Identity()
            change(&identity)
            identities[write.id] = identity
            rows.append(
                try PersonWrite.values(
                    id: write.id,
                    wrappedKey: wrapped,
                    key: key,
                    identity: identity,
                    indexes: PersonIndexes(identity, vault: vault),
                    at: now
                )
            )
        }
        try transaction.executeMany(Self.upsertPerson, rows)
    }

    /// How many people one statement finds.
    private static let peopleAtOnce = 50
    private static let places = (1...peopleAtOnce).map { "$\($0)" }.joined(separator: ", ")
    private static let byIDs = Statement(
        "SELECT id, wrapped_key, sealed, erased_at FROM people WHERE id IN (\(places))"
    )
    private static let erasedByIDs = Statement(
        "SELECT id FROM people WHERE id IN (\(places)) AND erased_at IS NOT NULL"
    )

    /// People by their ids; who is not there is left out.
    package func people(
        _ ids: Set<PersonID>,
        in transaction: any Transaction
    ) throws -> [PersonID: Person] {
        var people: [PersonID: Person] = [:]
        people.reserveCapacity(ids.count)
        for values in Self.values(ids) {
            try transaction.query(Self.byIDs, values) { row in
                let person = try person(row)
                people[person.id] = person
            }
        }
        return people
    }

    /// Those of some people who were erased, by their ids as text.
    func erased(among ids: Set<PersonID>, in transaction: any Transaction) throws -> Set<String> {
        var erased: Set<String> = []
        for values in Self.values(ids) {
            try transaction.query(Self.erasedByIDs, values) { row in
                erased.insert(try row.text(0))
            }
        }
        return erased
    }

    /// Ids as the statements take them that find many people at once.
    private static func values(_ ids: Set<PersonID>) -> [[SQLValue]] {
        let texts = ids.map { SQLValue.text($0.text) }
        return stride(from: 0, to: texts.count, by: peopleAtOnce).map { start in
            let some = Array(texts[start..<min(start + peopleAtOnce, texts.count)])
            return some + [SQLValue](repeating: .null, count: peopleAtOnce - some.count)
        }
    }

    /// People by a keyed index of the identity, never by clear text.
    package func people(
        like indexes: PersonIndexes,
        by kind: PersonIndexes.Kind,
        in transaction: any Transaction
    ) throws -> [Person] {
        let (statement, value) =
            switch kind {
            case .nhs: (Self.byNHS, indexes.nhs)
            case .name: (Self.byName, indexes.name)
            case .place: (Self.byPlace, indexes.place)
            }
        guard let value else { return [] }
        // Each referral asks by the number, and mostly there is nobody; SQLite makes ready to put
        // many in order before it looks for one.
        if kind == .nhs, try transaction.first(Self.anyByNHS, [.blob(value)], { _ in true }) == nil
        {
            return []
        }
        return try transaction.rows(statement, [.blob(value)], person)
    }

    /// Who may be the person whom somebody refers: by their number; or by name, birth date and
    /// postcode, where one of the two has no number.
    package func people(
        referredAs indexes: PersonIndexes,
        in transaction: any Transaction
    ) throws -> [PersonID] {
        let values = [SQLValue(indexes.nhs), SQLValue(indexes.name), SQLValue(indexes.place)]
        return try transaction.rows(Self.referredBefore, values) { row in
            guard let id = PersonID(try row.text(0)) else {
                throw StoreError.damaged("a row of people has no valid id")
            }
            return id
        }
    }

    /// The person of a row of id, wrapped key, sealed identity and day of erasure.
    func person(_ row: any Row) throws -> Person {
        guard let id = PersonID(try row.text(0)) else {
            throw StoreError.damaged("a row of people has no valid id")
        }
        let wrapped = try row.optionalBlob(1)
        return Person(
            id: id,
            key: try wrapped.map { try vault.unwrap($0, for: id) },
            wrappedKey: wrapped,
            sealed: try row.optionalBlob(2),
            erasedAt: try row.optionalInt(3).map { Instant(milliseconds: $0) }
        )
    }

    /// Destroys a person's key, identity and indexes, the account that they sign in with, and what
    /// practices' extracts told of them.
    ///
    /// What is sealed anywhere stays sealed for good.
    ///
    /// - Returns: whether there was anything to erase.
    package func erase(
        _ id: PersonID,
        at now: Instant,
        in transaction: any Transaction
    ) throws -> Bool {
        try removeAccounts(of: id, in: transaction)
        try forgetPatients(like: id, in: transaction)
        return try transaction.execute(Self.erase, [.int(now.milliseconds), .text(id.text)]) == 1
    }
}
