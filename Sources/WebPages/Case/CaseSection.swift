import Application
import HTML

/// A part of the case page, under its own heading.
package struct CaseSection: Sendable {
    /// The anchor, such as `plan`.
    package var id: String
    package var title: String
    /// What the reader may see of it; nil leaves the part out.
    package var show: @Sendable (Visit, CaseFile) -> HTML?

    package init(
        id: String,
        title: String,
        show: @escaping @Sendable (Visit, CaseFile) -> HTML?
    ) {
        self.id = id
        self.title = title
        self.show = show
    }

    /// Every part, in the order in which the page shows them.
    package static let all: [CaseSection] =
        ContactPages.sections + SupportPages.sections + RecordPages.sections
}
