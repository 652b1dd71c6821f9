import Application
import HTML
import Kernel
import Programmes
import Web

/// Programmes and their versions: uploading one, seeing what it would change, activating it.
enum ProgrammePages {
    static let routes: [PageRoute] = [
        .get("/admin/programmes", .action(.manageProgrammes)) { try await list($0, $0.typed, []) },
        .post("/admin/programmes", .action(.manageProgrammes)) { try await upload($0) },
        .get("/admin/programmes/:programme/:version", .action(.manageProgrammes)) {
            try await version($0, [])
        },
        .post("/admin/programmes/:programme/:version", .action(.manageProgrammes)) {
            try await activate($0)
        },
    ]

    private static func list(
        _ visit: Visit,
        _ typed: Form,
        _ problems: [Problem],
        faults: HTML = HTML()
    ) async throws -> Response {
        let programmes = try await visit.goodwork.programmes(by: visit.actor)
        let fields = Fields(typed, problems)
        return visit.page(
            "Programmes",
            width: .full,
            problems: problems,
            back: AdministratorPages.back
        ) {
            h1 { "Programmes" }
            faults
            table(programmes)
            for programme in programmes {
                if let fault = programme.fault {
                    warning("The file of \(programme.id) has faults") { p { fault } }
                }
            }
            h2 { "Upload a new version" }
            p { "Nothing changes until you activate it. You will see first what would change." }
            visit.sentForm(to: "/admin/programmes", isFile: true) {
                fileField(fields, "A programme file (YAML)")
                submit("Check it")
            }
        }
    }

    private static func table(_ programmes: [ProgrammeOverview]) -> HTML {
        var table = ListTable(
            "Programmes and their versions",
            ["Programme", "Version", "State", "Cases"]
        )
        for programme in programmes {
            for version in programme.versions {
                table.add(
                    HTML("\(programme.name) (\(programme.id))"),
                    a(.href("/admin/programmes/\(programme.id)/\(version.version)")) {
                        "Version \(version.version)"
                        span(.class("nhsuk-u-visually-hidden")) { " of \(programme.name)" }
                    },
                    state(programme, version),
                    HTML(grouped(version.cases))
                )
            }
        }
        return table.html
    }

    private static func state(
        _ programme: ProgrammeOverview,
        _ version: ProgrammeOverview.Version
    ) -> HTML {
        if version.version == programme.current { return tag("Active", .green) }
        let isNewer = version.version > programme.current ?? 0
        return isNewer ? tag("Not active", .yellow) : tag("Earlier", .grey)
    }

    private static func upload(_ visit: Visit) async throws -> Response {
        guard let text = visit.request.form.sentText else {
            return try await list(
                visit,
                Form(),
                [Problem("file", "Choose a programme file, or paste its text")]
            )
        }
        do {
            let programme = try await visit.goodwork.upload(programme: text, by: visit.actor)
            return .redirect(to: "/admin/programmes/\(programme.id)/\(programme.version)")
        } catch let error as ServiceError where error.kind == .faults {
            let lines = text.lines
            let count = error.faults.count
            let says = count == 1 ? "The file has 1 fault" : "The file has \(count) faults"
            var typed = Form()
            typed.set("text", text)
            return try await list(
                visit,
                typed,
                [Problem("text", says)],
                faults: table(of: error.faults, in: lines)
            )
        } catch let error as ServiceError where error.kind == .invalid {
            return try await list(visit, Form(), error.problems)
        }
    }

    private static func table(of faults: [Fault], in lines: [Substring]) -> HTML {
        var table = ListTable(
            "Faults of the file",
            ["Line", "Column", "What is wrong", "The line"]
        )
        for fault in faults {
            let line = fault.line.flatMap { lines.indices.contains($0 - 1) ? lines[$0 - 1] : nil }
            let expected = fault.expected.map { "; expected \($0)" } ?? ""
            table.add(
                HTML(fault.line.map(String.init) ?? "–"),
                HTML(fault.column.map(String.init) ?? "–"),
                HTML((fault.field.map { "\($0): " } ?? "") + fault.problem + expected),
                code { String(line ?? "") }
            )
        }
        return table.html
    }

    private static func version(_ visit: Visit, _ problems: [Problem]) async throws -> Response {
        let id = visit.part("programme")
        guard let number = Int(visit.part("version")) else {
            throw ServiceError(.notFound, "There is no such version.")
        }
        let found = try await visit.goodwork.programmeVersion(id, number, by: visit.actor)
        let effect =
            found.mayActivate
            ? try await visit.goodwork.effect(of: id, version: number, by: visit.actor) : nil
        return visit.page(
            "\(found.programme.name), version \(number)",
            width: .full,
            problems: problems,
            back: ("Back to programmes", "/admin/programmes")
        ) {
            h1 { "\(found.programme.name), version \(number)" }
            p { found.isCurrent ? tag("Active", .green) : tag("Not active", .grey) }
            if let effect { changes(effect) }
            if found.mayActivate {
                h2 { "Activate it" }
                p {
                    "New cases will be decided under this version. Cases that are here keep the "
                    "version that they have."
                }
                visit.sentForm(to: "/admin/programmes/\(id)/\(number)") {
                    submit("Activate version \(number)")
                }
            }
            reveal("The file") { pre { code { found.text } } }
        }
    }

    private static func changes(_ effect: ProgrammeEffect) -> HTML {
        let cases =
            effect.openCases == 1 ? "1 open case" : "\(grouped(effect.openCases)) open cases"
        var all = h2 { "What it would change" }
        all.append(
            p {
                "This is what would come out if \(cases) had been decided under this version. "
                "It is only worked out: no case is changed."
            }
        )
        if let retention = effect.retention {
            all.append(
                warning("Records are kept for another time") {
                    p {
                        "A closed case that was decided under this version is kept for "
                        "\(years(retention.becomes)); until now it is \(years(retention.was))."
                    }
                }
            )
        }
        if !effect.unknownOrganisations.isEmpty {
            all.append(
                warning("It names organisations that are not here") {
                    p {
                        effect.unknownOrganisations.joined(separator: ", ") + ". What goes to them "
                        "reaches nobody. Add them under Organisations, with these short codes."
                    }
                }
            )
        }
        if effect.isNone { all.append(p { "Nothing would come out otherwise." }) }
        for (title, changes) in [
            ("Eligibility", effect.verdicts), ("Days by which something is due", effect.dueDays),
            ("What would have been refused", effect.refusals),
        ] where !changes.isEmpty {
            var table = ListTable(title, ["What", "Cases", "References"])
            for change in changes {
                table.add(
                    HTML(change.isExample ? "For example: \(change.says)" : change.says),
                    HTML(grouped(change.references.count)),
                    references(change.references)
                )
            }
            all.append(table.html)
        }
        return all
    }

    private static func years(_ count: Int) -> String { count == 1 ? "1 year" : "\(count) years" }

    private static func references(_ references: [String]) -> HTML {
        let all = references.sorted().joined(separator: ", ")
        return references.count <= 10 ? HTML(all) : reveal("Show") { p { all } }
    }

    private static func activate(_ visit: Visit) async throws -> Response {
        let problems = try await visit.refusals {
            guard let number = Int(visit.part("version")) else {
                throw ServiceError(.notFound, "There is no such version.")
            }
            try await visit.goodwork.activate(
                visit.part("programme"),
                version: number,
                by: visit.actor
            )
        }
        guard problems.isEmpty else { return try await version(visit, problems) }
        return .redirect(to: "/admin/programmes")
    }
}
