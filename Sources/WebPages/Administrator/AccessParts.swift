import Application
import HTML

extension Fields {
    /// The roles of an account or a client.
    func roles(_ known: Set<Role> = []) -> HTML {
        checkboxes(
            "roles",
            "Roles",
            Role.ofStaff.map { Choice($0.rawValue, $0.rawValue.inWords) },
            or: known.map(\.rawValue)
        )
    }
}

extension FormReader {
    mutating func roles() -> Set<Role> {
        let chosen = choices("roles", among: Role.ofStaff.map(\.rawValue)).compactMap(Role.init)
        if chosen.isEmpty { fault("roles", "Choose at least one role") }
        return Set(chosen)
    }
}

extension Set<Role> {
    var words: String {
        Role.allCases.filter(contains).map(\.rawValue.inWords).joined(separator: ", ")
    }
}

extension Visit {
    /// The form that shuts an account or a client out, or lets it in again.
    @HTMLBuilder
    func shutOut(_ thing: String, isDisabled: Bool, to path: String) -> HTML {
        h2 { isDisabled ? "Let in again" : "Shut out" }
        sentForm(to: path) {
            Fields.hidden("do", isDisabled ? "enable" : "disable")
            submit(
                isDisabled ? "Enable this \(thing)" : "Disable this \(thing)",
                isWarning: !isDisabled
            )
        }
    }
}

/// Whether an account or a client is shut out.
func activeTag(isDisabled: Bool) -> HTML {
    isDisabled ? tag("Disabled", .grey) : tag("Active", .green)
}
