import Application
import Casework
import HTML
import Kernel
import Store
import Web

/// The case page itself.
package enum CasePages {
    package static let routes: [PageRoute] =
        [.get("/cases/:case", .onCase(.readStatus)) { try await show($0) }] + GlassPages.routes

    private static func show(_ visit: Visit) async throws -> Response {
        let file = try visit.file()
        guard file.may.contains(.readCase) else { return .redirect(to: file.path + "/status") }
        // The door is open to whoever may see the status; the log must say that more was seen.
        try await visit.goodwork.authorise(
            visit.actor,
            .readCase,
            on: file.header.id.text,
            resource: .case(file.relations)
        )
        let others = try await visit.goodwork.otherCases(of: file.header, by: visit.actor)
        let names = try await visit.programmeNames(others.map(\.header))
        let parts = CaseSection.all.compactMap { part in
            part.show(visit, file).map { (part, $0) }
        }
        return visit.page("Case \(file.header.reference)", width: .full) {
            CaseHead.html(visit, file)
            // Paper is read on other days than the one on which it was true.
            p(.class("gw-print-only")) { "Printed on \(file.today.uk)" }
            CaseAlerts.html(visit, file)
            CaseHead.others(others, names)
            NextSteps.html(visit, file)
            contents(parts.map(\.0))
            for (part, content) in parts {
                section(
                    .id(part.id),
                    .class("gw-part"),
                    .aria("labelledby", "\(part.id)-title")
                ) {
                    h2(.id("\(part.id)-title")) { part.title }
                    content
                }
            }
        }
    }

    private static func contents(_ parts: [CaseSection]) -> HTML {
        nav(.class("nhsuk-contents-list gw-no-print"), .aria("label", "Parts of this case")) {
            ol(.class("nhsuk-contents-list__list")) {
                for part in parts {
                    li(.class("nhsuk-contents-list__item")) {
                        a(.class("nhsuk-contents-list__link"), .href("#\(part.id)")) { part.title }
                    }
                }
            }
        }
    }
}
