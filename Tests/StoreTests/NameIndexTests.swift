import Casework
import Kernel
import SQL
import Store
import TestSupport
import Testing

/// A database from before names were folded has each name indexed anew at its first opening.
@Suite struct NameIndexTests {
    private static func identity(_ given: String, _ family: String) -> Identity {
        var identity = Identity()
        identity.givenName = given
        identity.familyName = family
        identity.birthDate = "1980-01-02"
        return identity
    }

    /// How the two of the test are looked for.
    private static let typed = [
        ("Sian", "OBrien Lukasz", 0), ("SIÂN", "O'Brien-Łukasz", 0), ("wren", "UDOH", 1),
    ]

    @Test("Names of before are found however they are typed", arguments: Backend.allCases)
    func indexesAnew(_ backend: Backend) async throws {
        let vault = try Vault(master: TestInstallation.masterKey)
        var ids = IDMaker(seed: 1)
        let people: [(id: PersonID, identity: Identity, index: [UInt8])] = [
            ("Siân", "O’Brien-Łukasz", "obrienłukasz|siân"), ("Wren", "Udoh", "udoh|wren"),
        ].map { given, family, old in
            (
                id: ids.make(at: Instant(milliseconds: 1_700_000_000_000)),
                identity: Self.identity(given, family),
                index: vault.index("name", "\(old)|1980-01-02")
            )
        }
        try await withFreshDatabase(backend) { database in
            try await Migrator.migrate(database, Schema.migrations.filter { $0.version < 28 })
            try await database.write { transaction in
                try transaction.execute(
                    "INSERT INTO installation (name, value) VALUES ('key-check', $1)",
                    [.blob(vault.check)]
                )
                for person in people {
                    let (key, wrapped) = try vault.newKey(for: person.id)
                    let sealed = try key.seal(
                        person.identity.encoded(),
                        at: "person:\(person.id.text)"
                    )
                    try transaction.execute(
                        """
                        INSERT INTO people (id, wrapped_key, sealed, name_index, updated_at)
                        VALUES ($1, $2, $3, $4, $5)
                        """,
                        [
                            .text(person.id.text), .blob(wrapped), .blob(sealed),
                            .blob(person.index), 7,
                        ]
                    )
                }
            }
            // The second opening has nothing left to do.
            for _ in 1...2 {
                let store = try await Store.open(database, masterKey: TestInstallation.masterKey)
                for (given, family, place) in Self.typed {
                    let indexes = PersonIndexes(Self.identity(given, family), vault: vault)
                    let found = try await database.read { transaction in
                        try store.people(like: indexes, by: .name, in: transaction).map(\.id)
                    }
                    #expect(found == [people[place].id], "\(given) \(family)")
                }
            }
            let left = try await database.read { transaction in
                (
                    rows: try transaction.rows("SELECT name FROM installation") { try $0.text(0) },
                    changed: try transaction.rows("SELECT updated_at FROM people") {
                        try $0.int(0)
                    }
                )
            }
            #expect(left.rows == ["key-check"])
            // Whoever asks for what changed since is not sent everybody.
            #expect(left.changed == [7, 7])
        }
    }
}
