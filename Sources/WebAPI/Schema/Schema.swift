import Kernel

/// What a JSON value may be: checks what comes in, and stands in the OpenAPI document.
///
/// One value does both, so that the document says what the code does (decision 30).
package struct Schema: Sendable {
    package indirect enum Kind: Sendable {
        /// Whatever JSON can say.
        case any
        case text(TextForm)
        case choice([String])
        case whole(ClosedRange<Int>)
        case number
        case truth
        case list(Schema, max: Int)
        /// An object whose keys are data.
        case map(Schema, max: Int)
        case object([Member])
        /// One of several objects, told apart by a member of theirs.
        case tagged(by: String, [Variant])
        /// That, or null.
        case nullable(Schema)
        /// One that has a name in the document.
        case named(String, Schema)
    }

    /// A member of an object.
    package struct Member: Sendable {
        package var name: String
        package var schema: Schema
        package var isRequired: Bool

        package static func must(_ name: String, _ schema: Schema) -> Member {
            Member(name: name, schema: schema, isRequired: true)
        }

        package static func may(_ name: String, _ schema: Schema) -> Member {
            Member(name: name, schema: schema, isRequired: false)
        }
    }

    /// One of several objects.
    package struct Variant: Sendable {
        package var tag: String
        /// Its name in the document.
        package var name: String
        package var members: [Member]
        var says: String
    }

    package var kind: Kind
    package var says: String?

    init(_ kind: Kind, _ says: String? = nil) {
        self.kind = kind
        self.says = says
    }
}

/// What a text is made of.
package enum TextForm: Sendable, Hashable {
    /// Between so many characters.
    case plain(ClosedRange<Int>)
    /// YYYY-MM-DD.
    case date
    /// RFC 3339, in UTC.
    case moment
    /// 26 characters, as our ids are.
    case id
    /// A path of ours, or a whole address.
    case address

    static let idPattern = "^[0-7][0-9a-v]{25}$"
}

extension Schema {
    package static let any = Schema(.any)
    package static let date = Schema(.text(.date))
    package static let moment = Schema(.text(.moment))
    package static let id = Schema(.text(.id))
    package static let truth = Schema(.truth)
    package static let number = Schema(.number)
    package static let address = Schema(.text(.address))
    /// A text of any use; blank ones too.
    package static let text = Schema(.text(.plain(0...4_000)))
    /// A code or a name.
    package static let word = Schema(.text(.plain(1...200)))

    package static func text(_ length: ClosedRange<Int>, _ says: String? = nil) -> Schema {
        Schema(.text(.plain(length)), says)
    }

    package static func choice(_ values: [String], _ says: String? = nil) -> Schema {
        Schema(.choice(values), says)
    }

    package static func choice<E: RawRepresentable<String> & CaseIterable>(
        _ type: E.Type,
        _ says: String? = nil
    ) -> Schema {
        Schema(.choice(E.allCases.map(\.rawValue)), says)
    }

    package static func whole(_ range: ClosedRange<Int>, _ says: String? = nil) -> Schema {
        Schema(.whole(range), says)
    }

    /// A count.
    package static let count = Schema(.whole(0...Int(Int32.max)))

    package static func list(_ of: Schema, max: Int = 100_000) -> Schema {
        Schema(.list(of, max: max))
    }

    package static func map(_ of: Schema, max: Int = 1_000) -> Schema {
        Schema(.map(of, max: max))
    }

    package static func object(_ members: Member...) -> Schema { Schema(.object(members)) }

    package static func object(_ members: [Member]) -> Schema { Schema(.object(members)) }

    package static func nullable(_ schema: Schema) -> Schema { Schema(.nullable(schema)) }

    package static func named(_ name: String, _ schema: Schema) -> Schema {
        Schema(.named(name, schema))
    }

    /// Whether it is an object of which nothing has to be there.
    package var mayBeLeftOut: Bool {
        switch kind {
        case .object(let members): members.allSatisfy { !$0.isRequired }
        case .named(_, let schema): schema.mayBeLeftOut
        default: false
        }
    }

    /// The same with words beside it.
    package func saying(_ says: String) -> Schema {
        var schema = self
        schema.says = says
        return schema
    }
}
