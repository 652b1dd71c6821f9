import Application
import Casework
import HTML
import Kernel
import Web

/// Stands in place of a form that the case of somebody erased no longer takes.
enum ErasedPage {
    /// Says so at once, and what can still be done.
    static func show(
        _ visit: Visit,
        title: String,
        back: (words: String, path: String)
    ) throws -> Response {
        let file = try visit.file()
        let says =
            "The person of \(file.header.reference) has been erased: "
            + "nothing more can be kept of them."
        let isSent = visit.request.method != .get
        return visit.page(title, problems: isSent ? [Problem(nil, says)] : [], back: back) {
            h1 {
                span(.class("nhsuk-caption-l")) { file.title }
                title
            }
            inset { p { says } }
            left(file)
        }
    }

    @HTMLBuilder
    private static func left(_ file: CaseFile) -> HTML {
        if !file.case.isOpen {
            p { "The case is closed." }
        } else if file.may.contains(.changeCase) {
            p { "What is open can be called off, and the case closed." }
            partLink("Close the case", to: file.path + "/close")
        } else {
            p { "Whoever holds the case can close it." }
        }
    }
}
