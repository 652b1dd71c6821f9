import Application
import Casework
import HTML
import Kernel
import Store
import Web

/// One form about a case: what it asks, and the command that its answers make.
///
/// The page at `/cases/:case/<path>` shows it and takes it. What is wrong stands beside its field;
/// when the case has moved meanwhile, what changed is shown and what was typed is kept.
package struct CaseForm: Sendable {
    /// The last part of the path, such as `contact`.
    package var path: String
    package var title: String
    /// What sending it is, by the rules of access.
    package var action: Action = .changeCase
    /// What it tells, where that may be told of somebody who was erased; nil for all that needs the
    /// person to be there.
    package var tells: EventKind?
    /// The words of the button; nil where there is nothing to send today.
    package var button: String? = "Save"
    /// Where it leads when it was saved: a heading of its home, or a path.
    package var then: String = "#top"
    /// What it is told that says nothing else than what stands: sent twice, it does so the second
    /// time.
    package var nothingNew: String?
    /// The page of the case that it belongs to: for those outside the case team, their own.
    package var home: @Sendable (CaseFile) -> (words: String, path: String) = {
        ("Back to the case", $0.path)
    }
    package var fields: @Sendable (Visit, CaseFile, Fields) -> HTML
    /// The command; nil when a problem was noted.
    package var read: @Sendable (Visit, CaseFile, inout FormReader) throws -> Command?

    package init(
        path: String,
        title: String,
        action: Action = .changeCase,
        tells: EventKind? = nil,
        button: String? = "Save",
        then: String = "#top",
        nothingNew: String? = nil,
        @HTMLBuilder fields: @escaping @Sendable (Visit, CaseFile, Fields) -> HTML,
        read: @escaping @Sendable (Visit, CaseFile, inout FormReader) throws -> Command?
    ) {
        self.path = path
        self.title = title
        self.action = action
        self.tells = tells
        self.button = button
        self.then = then
        self.nothingNew = nothingNew
        self.fields = fields
        self.read = read
    }

    /// The two ways in: to see it and to send it.
    package var routes: [PageRoute] {
        let pattern = "/cases/:case/\(path)"
        return [
            .get(pattern, .onCase(action)) { try await answer($0) },
            .post(pattern, .onCase(action)) { try await answer($0) },
        ]
    }

    /// Shows the form or takes it, whichever was asked.
    ///
    /// For a form that is made anew for each visit, because what it offers must be looked up.
    package func answer(_ visit: Visit) async throws -> Response {
        let file = try visit.file()
        guard isTaken(by: file) else {
            return try ErasedPage.show(visit, title: title, back: home(file))
        }
        return switch visit.request.method {
        case .get: try show(visit, typed: visit.typed, problems: [])
        case .post, .put, .patch, .delete, .options: try await send(visit)
        }
    }

    private func isTaken(by file: CaseFile) -> Bool {
        tells.map { file.takes($0) } ?? !file.isErased
    }

    private func show(
        _ visit: Visit,
        typed: Form,
        problems: [Problem],
        changed: [CaseFile.Line] = []
    ) throws -> Response {
        let file = try visit.file()
        let named = Fields(typed, problems)
        return visit.page(
            title,
            problems: problems,
            back: home(file)
        ) {
            h1 {
                span(.class("nhsuk-caption-l")) { file.title }
                title
            }
            changes(changed, file, visit)
            if let button {
                // Its own path: parts of it, such as an appointment, stand in the pattern by name.
                visit.sentForm(to: visit.request.path) {
                    Fields.hidden("_version", String(file.version))
                    if problems.contains(SavedTwice.problem) {
                        Fields.hidden(SavedTwice.field, "yes")
                    }
                    fields(visit, file, named)
                    submit(button)
                }
            } else {
                fields(visit, file, named)
            }
        }
    }

    private func send(_ visit: Visit) async throws -> Response {
        let file = try visit.file()
        var reader = FormReader(visit.request.form, today: visit.today)
        let command = try read(visit, file, &reader)
        guard let command, reader.problems.isEmpty else {
            // Sent twice, it is read the second time beside what the first time saved.
            if let nothingNew, reader.problems.map(\.says) == [nothingNew],
                try await visit.goodwork.hasAnswer(visit.formKey)
            {
                return saved(file)
            }
            return try show(visit, typed: visit.request.form, problems: reader.problems)
        }
        let version = visit.request.form["_version"].flatMap { Int($0) }
        // An older form is the same one sent twice, or a conflict.
        if version == file.version, SavedTwice.isLikely(command, visit, file) {
            return try show(visit, typed: visit.request.form, problems: [SavedTwice.problem])
        }
        do {
            _ = try await visit.goodwork.change(
                file.header,
                command,
                by: visit.actor,
                as: action,
                version: version,
                idempotencyKey: visit.formKey,
                seed: .random(in: .min ... .max)
            )
        } catch let error as ServiceError where error.kind == .refused {
            return try show(visit, typed: visit.request.form, problems: error.problems)
        } catch StoreError.conflict {
            return try conflict(visit, since: version ?? 0)
        }
        return saved(file)
    }

    private func saved(_ file: CaseFile) -> Response {
        .redirect(to: then.hasPrefix("/") ? then : home(file).path + then)
    }

    /// Shows what others saved meanwhile, over what was typed.
    private func conflict(_ visit: Visit, since version: Int) throws -> Response {
        let file = try visit.file()
        // Those outside the case team learn that it changed, and not how.
        let lines = file.may.contains(.readCase) ? file.lines : []
        let changed = lines.filter { line in
            line.event.sequence > version
                && (line.event.body.kind == .voided || file.shows(line))
        }
        // Two windows of one person are told as what they are.
        let isOwn =
            !lines.isEmpty
            && lines.filter { $0.event.sequence > version }
                .allSatisfy { $0.event.by.user == visit.actor.user }
        let says =
            (isOwn ? "You saved this case in another window" : "Somebody else saved this case")
            + " while you were typing. "
            + (changed.isEmpty ? "Look again" : "See below what changed")
            + ", then save again if yours still holds."
        return try show(
            visit,
            typed: visit.request.form,
            problems: [Problem(nil, says)],
            changed: changed
        )
    }

    private func changes(
        _ lines: [CaseFile.Line],
        _ file: CaseFile,
        _ visit: Visit
    ) -> HTML {
        guard !lines.isEmpty else { return HTML() }
        return inset {
            h2(.class("nhsuk-heading-s")) { "What changed meanwhile" }
            ul {
                for line in lines {
                    li {
                        "\(line.event.occurredOn.uk): "
                        "\(TimelinePart.sentence(line, file, visit)) "
                        "(\(visit.names[line.event.by.user]))"
                    }
                }
            }
        }
    }
}

extension CaseFile {
    package var path: String { "/cases/\(header.id.text)" }

    /// The person's name, or the case's reference where it may not be shown.
    package var title: String { identity?.name ?? "Case \(header.reference)" }
}
