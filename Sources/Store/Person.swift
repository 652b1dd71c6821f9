import Casework
import Kernel
import SQL

/// A person as stored: an identity that only the person's key opens, and blind indexes.
package struct Person: Sendable {
    package var id: PersonID
    /// Nil once the person is erased.
    package var key: PersonKey?
    package var wrappedKey: [UInt8]?
    package var sealed: [UInt8]?
    package var erasedAt: Instant?

    /// The identity, or nil once the person is erased.
    package func identity() throws -> Identity? {
        guard let key, let sealed else { return nil }
        return try Identity(encoded: key.open(sealed, at: "person:\(id.text)"))
    }
}

/// The keyed indexes of one identity.
package struct PersonIndexes: Sendable, Hashable {
    /// Which of them a person is looked up by.
    package enum Kind: Sendable, CaseIterable { case nhs, name, place }

    package var nhs: [UInt8]?
    /// Family name, given name and birth date.
    package var name: [UInt8]?
    /// Postcode and birth date.
    package var place: [UInt8]?

    package init(_ identity: Identity, vault: Vault) {
        nhs = identity.nhsNumber.map { vault.index("nhs", $0) }
        guard let birth = identity.birthDate else { return }
        if let family = identity.familyName, let given = identity.givenName {
            name = vault.index("name", "\(family.foldedName)|\(given.foldedName)|\(birth)")
        }
        // Whoever has no fixed abode has no place to be found by.
        if let postcode = identity.postcode, !postcode.hasPrefix(Postcode.pseudoOutward) {
            place = vault.index("place", "\(postcode.uppercased().filter { $0 != " " })|\(birth)")
        }
    }
}
