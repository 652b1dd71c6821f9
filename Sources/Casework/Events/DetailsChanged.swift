import Kernel

/// Who the person is, put right or completed: new values of fields of their identity.
package struct DetailsChanged: EventFields {
    /// What has changed, by `IdentityField`; one that is named and has no value was cleared.
    package var fields: [String] = []
    package var identity = Identity()

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("fields", &fields)
        try identity.visit(&visitor)
    }

    /// Names what has a value, and writes numbers and postcodes as they are kept.
    mutating func complete() {
        identity.nhsNumber = identity.nhsNumber.map { NHSNumber($0)?.digits ?? $0 }
        identity.postcode = identity.postcode.map { Postcode($0)?.text ?? $0 }
        let given = IdentityField.allCases.filter { identity[$0] != nil }.map(\.rawValue)
        fields += given.filter { !fields.contains($0) }
    }
}

/// The fields of an identity, by the names that they are stored under.
package enum IdentityField: String, Sendable, CaseIterable {
    case givenName = "given_name"
    case familyName = "family_name"
    case birthDate = "birth_date"
    case nhsNumber = "nhs_number"
    case postcode
    case address
    case phone
    case email

    /// The field within a sentence.
    package var words: String {
        switch self {
        case .givenName: "first name"
        case .familyName: "last name"
        case .birthDate: "birth date"
        case .nhsNumber: "NHS number"
        case .postcode: "postcode"
        case .address: "address"
        case .phone: "telephone"
        case .email: "email"
        }
    }
}

extension Identity {
    package subscript(_ field: IdentityField) -> String? {
        get {
            switch field {
            case .givenName: givenName
            case .familyName: familyName
            case .birthDate: birthDate
            case .nhsNumber: nhsNumber
            case .postcode: postcode
            case .address: address
            case .phone: phone
            case .email: email
            }
        }
        set {
            switch field {
            case .givenName: givenName = newValue
            case .familyName: familyName = newValue
            case .birthDate: birthDate = newValue
            case .nhsNumber: nhsNumber = newValue
            case .postcode: postcode = newValue
            case .address: address = newValue
            case .phone: phone = newValue
            case .email: email = newValue
            }
        }
    }

    /// Fills what is blank; what was said stays.
    package mutating func fill(from other: Identity) {
        for field in IdentityField.allCases where self[field] == nil { self[field] = other[field] }
    }

    /// Takes the new values of what has changed.
    package mutating func change(by changed: DetailsChanged) {
        for field in IdentityField.allCases where changed.fields.contains(field.rawValue) {
            self[field] = changed.identity[field]
        }
    }

    /// Takes those values of another in which it differs from what was told before.
    package mutating func change(to now: Identity, from before: Identity) {
        for field in IdentityField.allCases where now[field] != before[field] {
            self[field] = now[field]
        }
    }
}
