import Application
import Kernel

/// Something wrong with what was typed, told beside the field and at the top of the page.
package struct Problem: Sendable, Hashable {
    /// The field's name; nil when it is about the whole form.
    package var field: String?
    package var says: String

    package init(_ field: String?, _ says: String) {
        self.field = field
        self.says = says
    }
}

extension ServiceError {
    /// What is to be mended, field by field where the fields are known.
    package var problems: [Problem] {
        if faults.isEmpty { return [Problem(field, message)] }
        return faults.map { fault in
            let expected = fault.expected.map { "; expected \($0)" } ?? ""
            return Problem(fault.field, fault.problem + expected)
        }
    }
}
