import Kernel
import Programmes
import Store

/// A person as an export shows them.
package struct ExportedPerson: Sendable {
    package var id: PersonID
    /// The person by those cases that show who they are; nil where none does, or nobody may know.
    package var seen: SeenPerson?
    package var stories: [CaseStory]
    /// Set where nobody may know who the person is.
    package var cloak: Cloak?

    /// What is left of a person of whom nobody may know who they are.
    package struct Cloak: Sendable {
        /// What the person is called instead, in each programme.
        package var names: [String: String]
        package var birthYear: String?
        package var updatedAt: Instant
    }
}

/// One line of a file: a record as JSON, and its kind.
package struct ExportLine: Sendable, Hashable {
    package var type: String
    package var bytes: [UInt8]

    package init(type: String, bytes: [UInt8]) {
        self.type = type
        self.bytes = bytes
    }
}

/// Writes records as lines, made where FHIR is known.
package protocol RecordWriter: Sendable {
    /// What is about nobody: organisations, services.
    func directory(_ export: RecordExport, isCloaked: Bool) async throws -> [ExportLine]

    /// What is about a person.
    func lines(
        of person: ExportedPerson,
        _ export: RecordExport,
        names: [String: String]
    ) throws -> [ExportLine]
}
