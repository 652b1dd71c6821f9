/// One value of a resource: where it stands in the text, and what it is by the tables.
///
/// Nodes are in the order of the text; those within a node follow it up to `next`. The repetitions
/// of an element are nodes beside one another.
struct FHIRNode: Sendable {
    enum Kind: UInt8, Sendable {
        case object
        /// A string without escapes, quotes included.
        case plain
        case escaped
        case number
        case yes
        case no
        /// A gap among the repetitions of a primitive.
        case null
    }

    static let noRow = UInt16.max

    /// The element; `noRow` for the resource itself.
    var row: UInt16
    var type: UInt16
    var kind: Kind
    /// Whether it is the extension of a primitive, `_birthDate`.
    var isCompanion: Bool
    /// The place among the repetitions, from 0.
    var place: Int32
    var start: Int32
    var end: Int32 = 0
    var next: Int32 = 0
}
