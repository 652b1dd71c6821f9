import Application
import Casework
import HTML
import Kernel

/// The team: queue, load, transfers, data quality.
package enum ManagerPages {
    package static let routes: [PageRoute] =
        [
            .get("/team", .action(.listQueue)) { try await home($0) },
            .get("/team/queue", .action(.listQueue)) { try await queue($0) },
            .get("/team/waiting", .action(.listQueue)) { try await waitingList($0) },
            .get("/team/overdue", .action(.listQueue)) { try await items($0, .overdue) },
            .get("/team/due", .action(.listQueue)) { try await items($0, .soon) },
            .get("/team/at-risk", .action(.listQueue)) { try await atRisk($0) },
            .get("/team/assign", .action(.listQueue)) { try await assign($0) },
            .post("/team/assign", .action(.listQueue)) { try await sendAssign($0) },
            .get("/team/transfers", .action(.listQueue)) { try await transfers($0) },
            .get("/team/data", .action(.listQueue)) { try await data($0) },
            .get("/team/data/:field", .action(.listQueue)) { try await dataList($0) },
            .get("/cases/:case/accept", .onCase(.manageCase)) { try await accept($0) },
            .post("/cases/:case/accept", .onCase(.manageCase)) { try await accept($0) },
            .get("/cases/:case/reroute", .onCase(.manageCase)) { try await reroute($0) },
            .post("/cases/:case/reroute", .onCase(.manageCase)) { try await sendReroute($0) },
            .get("/cases/:case/transfer/accept", .onCase(.answerTransfer)) {
                try await acceptTransfer($0)
            },
            .post("/cases/:case/transfer/accept", .onCase(.answerTransfer)) {
                try await acceptTransfer($0)
            },
        ] + returnForm.routes + transferForm.routes + declineForm.routes

    /// What a manager can do about a case, as a list of links; nothing for others.
    static func choices(for file: CaseFile) -> HTML? {
        let links = links(for: file)
        if links.isEmpty { return nil }
        return ul(.class("nhsuk-list gw-no-print")) {
            for link in links { li { a(.href(link.path)) { link.words } } }
        }
    }

    private static func links(for file: CaseFile) -> [(words: String, path: String)] {
        var links: [(words: String, path: String)] = []
        if file.may.contains(.manageCase), file.case.isOpen {
            if file.state == .referred {
                if file.takes(.referralAccepted) {
                    links.append(("Accept", "\(file.path)/accept"))
                }
                links.append(("Return with a reason", "\(file.path)/return"))
            }
            links.append(("Assign a coach", "/team/assign?case=\(file.header.id.text)"))
            if file.takes(.referralRerouted) {
                links.append(("Reroute", "\(file.path)/reroute"))
            }
            if file.takes(.transferAsked) {
                links.append(("Transfer to another provider", "\(file.path)/transfer"))
            }
        }
        if file.may.contains(.answerTransfer), file.case.isOpen {
            links.append(("Accept the transfer", "\(file.path)/transfer/accept"))
            links.append(("Decline the transfer", "\(file.path)/transfer/decline"))
        }
        return links
    }
}
