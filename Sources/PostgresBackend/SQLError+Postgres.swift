import CPostgres
import SQL

/// A field of an error or notice, by the letter that libpq gives it.
enum PostgresField: Character {
    /// The severity in English, whatever the server's language.
    case severity = "V"
    /// The five characters of SQLSTATE.
    case state = "C"
    case message = "M"
    case constraint = "n"

    /// The field's text in a result, when it has one.
    func read(_ result: OpaquePointer?) -> String? {
        let letter = Int32(rawValue.asciiValue ?? 0)
        return PQresultErrorField(result, letter).map { String(cString: $0) }
    }
}

extension SQLError {
    /// Reads the error in a result, or that of the connection when it has none.
    init(postgres result: OpaquePointer?, _ connection: OpaquePointer, statement: String) {
        let state = PostgresField.state.read(result) ?? ""
        let isLost = PQstatus(connection) != CONNECTION_OK
        self.init(
            isLost ? .connection : Self.kind(ofState: state),
            PostgresField.message.read(result) ?? String(cString: PQerrorMessage(connection)),
            statement: statement,
            constraint: PostgresField.constraint.read(result)
        )
    }

    private static func kind(ofState state: String) -> Kind {
        switch state {
        case "23505": .unique
        case "23503": .foreignKey
        // Serialization failure, deadlock, lock not available.
        case "40001", "40P01", "55P03": .busy
        case "40003": .unknownOutcome
        case "42501": .other  // Insufficient privilege is in the class of syntax errors.
        case _ where state.hasPrefix("42"): .syntax
        // Connection exceptions, and the server shutting down or starting.
        case "57P01", "57P02", "57P03": .connection
        case _ where state.hasPrefix("08"): .connection
        default: .other
        }
    }
}
