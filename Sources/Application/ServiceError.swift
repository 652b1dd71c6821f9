import Kernel

/// Why something asked of the application was not done.
///
/// `message` is for whoever asked; `context` is for the operator and stands in no answer.
package struct ServiceError: Error, Sendable, CustomStringConvertible {
    package enum Kind: String, Sendable {
        case notFound = "not-found"
        case refused
        case forbidden
        case conflict
        case faults
        case invalid
    }

    package var kind: Kind
    /// The stable code of a refusal, or the kind.
    package var code: String
    package var message: String
    package var faults: [Fault]
    /// The field that a refusal is about, as it is named in an event.
    package var field: String?
    /// Which entry of a command was refused, counted from 0.
    package var entry: Int?
    package var context: String?

    package init(
        _ kind: Kind,
        code: String? = nil,
        _ message: String,
        faults: [Fault] = [],
        field: String? = nil,
        entry: Int? = nil,
        context: String? = nil
    ) {
        self.kind = kind
        self.code = code ?? kind.rawValue
        self.message = message
        self.faults = faults
        self.field = field
        self.entry = entry
        self.context = context
    }

    package var description: String { message }
}
