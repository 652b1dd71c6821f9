import Application
import HTML
import Kernel
import Web

/// Access log, broken glass, merges, copies, erasure, retention.
package enum GovernancePages {
    package static let routes: [PageRoute] =
        [.get("/governance", .action(.readAccessLog)) { try await home($0) }]
        + LogPages.routes + GlassReviewPages.routes + PeoplePages.routes + MergePages.routes
        + ApartPages.routes
        + CopyPages.routes + ErasePages.routes + RetentionPages.routes

    static let back = (words: "Back to records", path: "/governance")

    private static func home(_ visit: Visit) async throws -> Response {
        let counts = try await visit.goodwork.governanceCounts(by: visit.actor)
        return visit.page("Records", width: .full) {
            h1 { "Records" }
            tiles([
                Tile(counts.glassToReview, "glass to review", "/governance/glass", isUrgent: true),
                Tile(
                    counts.copiesAsked,
                    counts.copiesOverdue == 0
                        ? "copies asked for"
                        : "copies asked for, \(counts.copiesOverdue) overdue",
                    "/governance/copies",
                    one: counts.copiesOverdue == 0
                        ? "copy asked for" : "copy asked for, overdue",
                    isUrgent: counts.copiesOverdue > 0
                ),
                Tile(counts.retentionDue, "retention due", "/governance/retention"),
                Tile(
                    counts.peopleLinked,
                    "people linked",
                    "/governance/people/merges",
                    one: "person linked"
                ),
                Tile(
                    counts.refusals,
                    "refusals in the last day",
                    "/governance/log/refused",
                    one: "refusal in the last day"
                ),
            ])
            h2 { "What you can do" }
            ul(.class("nhsuk-list nhsuk-list--bullet")) {
                for (words, path) in [
                    ("Search the access log", "/governance/log"),
                    ("Review broken glass", "/governance/glass"),
                    ("Find people, and join two records of one person", "/governance/people"),
                    ("See and undo merges", "/governance/people/merges"),
                    ("Give a person a copy of their record", "/governance/copies"),
                    ("Erase a person", "/governance/erase"),
                    ("Erase what need not be kept", "/governance/retention"),
                    ("See which reports were released", "/releases"),
                ] {
                    li { a(.href(path)) { words } }
                }
            }
        }
    }
}

extension Visit {
    /// What is to be mended when something is refused; empty when it was done.
    func refusals(_ body: () async throws -> Void) async throws -> [Problem] {
        do {
            try await body()
            return []
        } catch let error as ServiceError where error.kind != .forbidden {
            return error.problems
        }
    }
}

extension Fields {
    /// The reason for looking at, or changing, what is not one's own work.
    func reason(_ label: String = "Why?") -> HTML {
        text(
            "reason",
            label,
            hint: "This is kept, sealed, in the access log. Do not name the person in it."
        )
    }
}

extension Instant {
    /// The moment in the United Kingdom: `2 June 2025, 10:00`.
    var loggedAt: String {
        let local = isBritishSummerTime ? adding(milliseconds: 3_600_000) : self
        let midnight = Instant(midnightUTC: local.civilDateUTC)
        let minutes = (local.milliseconds - midnight.milliseconds) / 60_000
        let two = { (number: Int64) in number < 10 ? "0\(number)" : "\(number)" }
        return "\(local.civilDateUTC.uk), \(two(minutes / 60)):\(two(minutes % 60))"
    }
}

extension String {
    /// A code in words: `read-access-log` as `Read access log`.
    var inWords: String {
        let words = replacing("-", with: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}
