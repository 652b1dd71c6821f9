import Application
import BoardPack
import HTML
import Kernel
import Store
import Web

/// Board packs: the files that stand with the installation, and the papers that were made of them.
package enum BoardPages {
    package static let routes: [PageRoute] =
        [
            .get("/boards", .action(.report)) { try await list($0) },
            .get("/boards/:pack", .action(.exportReport)) { try await show($0, $0.typed, []) },
            .post("/boards/:pack", .action(.exportReport)) { try await send($0) },
        ] + PaperPages.routes

    static let back = (words: "Back to board packs", path: "/boards")

    private static func list(_ visit: Visit) async throws -> Response {
        let goodwork = visit.goodwork
        let files = try await goodwork.packFiles(by: visit.actor)
        let made = try await goodwork.madePacks(by: visit.actor)
        return visit.page("Board packs", width: .full, back: ("Reports", "/reports")) {
            h1 { "Board packs" }
            p {
                "A board pack is a programme’s report to its board. Its figures are counted when it is made, "
                "and small counts are held back."
            }
            if files.isEmpty {
                p { "There is no board pack yet. Its file belongs in the folder boards." }
            } else {
                ul(.class("nhsuk-list")) {
                    for file in files { li { entry(file, visit) } }
                }
            }
            h2 { "Papers that were made" }
            if made.isEmpty {
                p { "None was made yet." }
            } else {
                table(made, visit).html
            }
        }
    }

    private static func entry(_ file: ListedPack, _ visit: Visit) -> HTML {
        guard let pack = file.pack else {
            let faults = file.faults.count == 1 ? "a fault" : "\(file.faults.count) faults"
            return HTML(file.id)
                + HTML(" has \(faults), and cannot be made. Ask whoever wrote it to check it.")
        }
        let about = HTML(", for the \(pack.board)")
        guard visit.may(.exportReport) else { return HTML(pack.subject) + about }
        return a(.href("/boards/\(file.id)")) { "Make: \(pack.subject)" } + about
    }

    private static func table(_ made: [StoredBoardPack], _ visit: Visit) -> ListTable {
        var table = ListTable(
            "Papers, the newest first",
            ["Paper", "As at", "Made", "By", "Purpose", "Take away"],
            hidesCaption: true
        )
        for paper in made {
            let path = "/papers/\(paper.id)"
            var files = HTML()
            if visit.may(.exportReport) {
                for (number, format) in [PackFormat.pdf, .docx].enumerated() {
                    if number > 0 { files.append(HTML(" or ")) }
                    files.append(
                        a(.href("\(path)/\(format.rawValue)")) {
                            format.words
                            span(.class("nhsuk-u-visually-hidden")) {
                                " of \(paper.subject), as at \(paper.asAt.uk)"
                            }
                        }
                    )
                }
            }
            table.add(
                a(.href(path)) { paper.subject },
                HTML(paper.asAt.uk),
                HTML(paper.madeAt.loggedAt),
                HTML(visit.names[paper.madeBy]),
                HTML(paper.purpose),
                files
            )
        }
        return table
    }

    private static func show(
        _ visit: Visit,
        _ typed: Form,
        _ problems: [Problem]
    ) async throws -> Response {
        let pack = try await pack(visit)
        let fields = Fields(typed, problems)
        return visit.page("Make a board pack", problems: problems, back: back) {
            h1 {
                "Make a board pack"
                span(.class("nhsuk-caption-l")) { pack.subject }
            }
            p {
                "Its tables enter the register of releases, and later tables hide what would give somebody "
                "away beside them. So make it once, when it is ready."
            }
            visit.sentForm(to: "/boards/\(visit.part("pack"))") {
                fields.text(
                    "as-at",
                    "Which day should it describe?",
                    hint: "For example 31/3/2025. Blank is the end of the last full month.",
                    width: 10,
                    isOptional: true
                )
                fields.text(
                    "purpose",
                    "What is it for?",
                    hint: "For example: quarter 1 meeting of the board. Name nobody in it."
                )
                submit("Make the paper")
            }
        }
    }

    private static func send(_ visit: Visit) async throws -> Response {
        var reader = FormReader(visit.request.form, today: visit.today)
        var day: CivilDate?
        if let text = visit.request.form["as-at"] {
            day = CivilDate(text: text)
            if day == nil { reader.fault("as-at", "Write a date such as 31/3/2025") }
            if let day, day > visit.today { reader.fault("as-at", "Write a day that is past") }
        }
        let purpose = reader.text("purpose", "Say what it is for", max: 200)
        guard let purpose, reader.problems.isEmpty else {
            return try await show(visit, visit.request.form, reader.problems)
        }
        let made = try await visit.goodwork.makePack(
            visit.goodwork.packs.file(visit.part("pack")),
            asAt: day,
            purpose: purpose,
            by: visit.actor
        )
        return .redirect(to: "/papers/\(made.id)")
    }

    private static func pack(_ visit: Visit) async throws -> Pack {
        let goodwork = visit.goodwork
        return try await goodwork.pack(goodwork.packs.file(visit.part("pack")))
    }
}
