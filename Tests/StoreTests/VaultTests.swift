import Casework
import Kernel
import SQL
import Store
import TestSupport
import Testing

/// What is sealed opens for its person, at its place and with its installation's key, or not at all.
@Suite struct VaultTests {
    private static let clear = Array("Wren Udoh, 3 October 1976".utf8)
    private var ids = IDMaker(seed: 1)

    private func vault(_ first: UInt8 = 0) throws -> Vault {
        try Vault(master: [first] + [UInt8](1..<32))
    }

    private mutating func person() -> PersonID {
        ids.make(at: Instant(milliseconds: 1_700_000_000_000))
    }

    @Test("What is sealed comes back, and never looks the same twice")
    mutating func roundTrip() throws {
        let (key, _) = try vault().newKey(for: person())
        let one = try key.seal(Self.clear, at: "a")
        let two = try key.seal(Self.clear, at: "a")
        #expect(try key.open(one, at: "a") == Self.clear)
        #expect(one != two)
        #expect(one.count == Self.clear.count + 28)
        #expect(try key.open(try key.seal([], at: "a"), at: "a") == [])
    }

    @Test("It does not open with another person's key, at another place, or with a byte changed")
    mutating func sealsHold() throws {
        let vault = try vault()
        let (key, _) = try vault.newKey(for: person())
        let (other, _) = try vault.newKey(for: person())
        let sealed = try key.seal(Self.clear, at: "person:1")
        #expect(throws: StoreError.self) { try other.open(sealed, at: "person:1") }
        #expect(throws: StoreError.self) { try key.open(sealed, at: "person:2") }
        #expect(throws: StoreError.self) { try key.open([], at: "person:1") }
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: StoreError.self) { try key.open(changed, at: "person:1") }
            #expect(throws: StoreError.self) {
                try key.open(Array(sealed[..<index]), at: "person:1")
            }
        }
    }

    @Test("What belongs to no person opens at its place and under its master key alone")
    func placesHold() throws {
        let sealed = try vault().seal(Self.clear, at: "totp:1")
        #expect(try vault().open(sealed, at: "totp:1") == Self.clear)
        #expect(throws: StoreError.self) { try vault().open(sealed, at: "totp:2") }
        #expect(throws: StoreError.self) { try vault(9).open(sealed, at: "totp:1") }
    }

    @Test("A signature holds for its bytes, its purpose and its master key alone")
    func signatures() throws {
        let vault = try vault()
        let signature = vault.sign(Self.clear, for: "link")
        #expect(signature.count == 32)
        #expect(vault.isSigned(Self.clear, for: "link", by: signature))
        #expect(!vault.isSigned(Self.clear, for: "device", by: signature))
        #expect(!vault.isSigned(Self.clear + [0], for: "link", by: signature))
        #expect(!vault.isSigned(Self.clear, for: "link", by: Array(signature.dropLast())))
        #expect(!vault.isSigned(Self.clear, for: "link", by: []))
        #expect(try !self.vault(9).isSigned(Self.clear, for: "link", by: signature))
        // The purpose ends where it ends.
        #expect(vault.sign(Array("bc".utf8), for: "a") != vault.sign(Array("c".utf8), for: "ab"))
    }

    @Test("A wrapped key opens only for its person and under its master key")
    mutating func wrappedKeys() throws {
        let (one, two) = (person(), person())
        let (key, wrapped) = try vault().newKey(for: one)
        let sealed = try key.seal(Self.clear, at: "a")
        #expect(try vault().unwrap(wrapped, for: one).open(sealed, at: "a") == Self.clear)
        #expect(throws: StoreError.self) { try vault().unwrap(wrapped, for: two) }
        #expect(throws: StoreError.self) { try vault(9).unwrap(wrapped, for: one) }
    }

    @Test("Blind indexes are equal for equal values of a kind, under one master key")
    func blindIndexes() throws {
        let vault = try vault()
        let index = vault.index("nhs", "9991000011")
        #expect(index == vault.index("nhs", "9991000011"))
        #expect(index.count == 16)
        #expect(index != vault.index("nhs", "9991000012"))
        #expect(index != vault.index("name", "9991000011"))
        #expect(try index != self.vault(9).index("nhs", "9991000011"))
    }

    @Test("A name is found however it is spelt, and only with its birth date")
    func nameIndexes() throws {
        let vault = try vault()
        func indexes(_ given: String?, _ family: String?, _ birth: String?) -> PersonIndexes {
            var identity = Identity()
            identity.givenName = given
            identity.familyName = family
            identity.birthDate = birth
            identity.postcode = "M13 9PL"
            return PersonIndexes(identity, vault: vault)
        }
        let plain = indexes("Siân", "O'Brien", "1980-01-02")
        #expect(plain.name != nil)
        #expect(plain == indexes("SIÂN", "obrien", "1980-01-02"))
        #expect(plain == indexes("Sian", "O’Brien", "1980-01-02"))
        #expect(plain.name != indexes("Siân", "O'Brien", "1980-01-03").name)
        #expect(plain.name != indexes("Siâ", "nO'Brien", "1980-01-02").name)
        #expect(indexes("Siân", "O'Brien", nil) == indexes(nil, nil, nil))
        #expect(indexes(nil, "O'Brien", "1980-01-02").name == nil)
        #expect(plain.nhs == nil)
    }

    @Test("Nobody is found by a postcode that is no place")
    func noFixedAbode() throws {
        var identity = Identity()
        identity.birthDate = "1980-01-02"
        identity.postcode = "M13 9PL"
        #expect(PersonIndexes(identity, vault: try vault()).place != nil)
        identity.postcode = "ZZ99 3VZ"
        #expect(PersonIndexes(identity, vault: try vault()).place == nil)
    }

    @Test("A master key has 32 bytes", arguments: [0, 16, 31, 33])
    func keyLengths(_ count: Int) {
        #expect(throws: StoreError.self) {
            try Vault(master: [UInt8](repeating: 1, count: count))
        }
        #expect(Vault.newMasterKey().count == 32)
        #expect(Vault.newMasterKey() != Vault.newMasterKey())
    }

    @Test("A database is not opened with another installation's key", arguments: Backend.allCases)
    func wrongKey(_ backend: Backend) async throws {
        try await withFreshDatabase(backend) { database in
            let first = try await Store.open(database, masterKey: [UInt8](0..<32))
            #expect(first.database.kind == database.kind)
            await #expect(throws: StoreError.wrongKey) {
                try await Store.open(database, masterKey: [UInt8](1...32))
            }
            _ = try await Store.open(database, masterKey: [UInt8](0..<32))
        }
    }
}
