import Casework
import Kernel
import Measures
import Programmes
import SQL
import Store

/// What a report is asked about.
package struct ReportQuestion: Sendable, Hashable {
    package var programme: String
    /// The day described; nil takes the programme file's, or today.
    package var asAt: CivilDate?
    /// Only what we had been told by then; nil is all.
    package var knownAt: Instant?
    package var grouping: Grouping?
    /// Who it is for; nil is whoever asks.
    package var audience: Audience?

    package init(
        programme: String,
        asAt: CivilDate? = nil,
        knownAt: Instant? = nil,
        grouping: Grouping? = nil,
        audience: Audience? = nil
    ) {
        self.audience = audience
        self.programme = programme
        self.asAt = asAt
        self.knownAt = knownAt
        self.grouping = grouping
    }
}

/// The cases behind a figure, without identities.
package struct OpenedFigure: Sendable {
    package struct Case: Sendable {
        package var reference: String
        package var facts: Facts
    }

    /// The row's label.
    package var row: String
    package var cases: [Case]
    /// How many there are, of which `cases` may be the first.
    package var total: Int
}

extension Goodwork {
    /// The programme whose report is asked for: its file, a higher version that was activated, or
    /// the newest version kept.
    package func reportProgramme(_ id: String) async throws -> Programme {
        let (store, library) = (store, library)
        let kept = try await store.database.read { transaction -> Programme? in
            let file = library.ids().contains(id) ? try library.file(id).programme : nil
            let active = try store.activeVersion(of: id, in: transaction)
            if let file, file.version >= active ?? 0 { return file }
            let versions = try store.programmeVersions(in: transaction).filter { $0.id == id }
            return try (active ?? versions.map(\.version).max()).map { version in
                try library.kept(id, version: version, store: store, in: transaction)
            }
        }
        if let kept { return kept }
        return try library.file(id).programme
    }

    /// Counts a programme's report, and keeps back what its readers may not see.
    ///
    /// For whoever is outside the case team each table is entered in the register; see `look`.
    package func report(
        _ question: ReportQuestion,
        by actor: Actor
    ) async throws -> ReportTable {
        try await authorise(actor, .report, on: question.programme)
        let programme = try await reportProgramme(question.programme)
        guard programme.report != nil else {
            throw ServiceError(.notFound, "The programme \(programme.id) describes no report.")
        }
        let isOfTeam = Audience.usual(for: actor) == .operational
        if question.audience == .operational, !isOfTeam {
            throw ServiceError(
                .forbidden,
                "This is not allowed: figures without anything kept back are for the case team."
            )
        }
        guard isOfTeam else { return try await look(question, by: actor) }
        if let audience = question.audience, audience != .operational {
            return try await preview(question, programme)
        }
        let request = try request(question, programme)
        let table = try await facts(question, asAt: request.asAt)
        return ReportTable.evaluate(programme: programme, table: table, request: request)
    }

    /// The cases behind a figure.
    ///
    /// - Parameter limit: at most so many of them are listed.
    package func open(
        _ question: ReportQuestion,
        row: String,
        part: CellPart,
        group: String?,
        limit: Int,
        by actor: Actor
    ) async throws -> OpenedFigure {
        try await authorise(actor, .openFigure, on: "\(question.programme) \(row)")
        let programme = try await reportProgramme(question.programme)
        let asked = try programme.reportRow(row)
        if part == .denominator, case .target(let id, _) = asked.indicator.of {
            throw ServiceError(
                .notFound,
                "“\(asked.row)” is divided by the target \(id) of the programme file, "
                    + "which has no cases behind it."
            )
        }
        let request = try request(question, programme)
        let table = try await facts(question, asAt: request.asAt)
        let group = try group.map { try key(ofGroup: $0, programme, table, request) }
        let found = ReportTable.open(
            row: .label(asked.row),
            part: part,
            programme: programme,
            table: table,
            request: request,
            group: group
        )
        let ids = found ?? []
        let store = store
        return try await store.database.read { transaction in
            let cases = try ids.prefix(max(0, limit)).compactMap { id -> OpenedFigure.Case? in
                guard let header = try store.header(id: id, in: transaction) else { return nil }
                let (history, rules) = try told(of: header, in: transaction)
                let facts = history.facts(
                    programme: rules,
                    asAt: request.asAt,
                    knownAt: question.knownAt
                )
                return facts.map { OpenedFigure.Case(reference: header.reference, facts: $0) }
            }
            return OpenedFigure(row: asked.row, cases: cases, total: ids.count)
        }
    }

    /// The key of a group that is named by its key or its label.
    private func key(
        ofGroup name: String,
        _ programme: Programme,
        _ table: FactTable,
        _ request: ReportRequest
    ) throws -> String {
        guard let grouping = request.grouping else {
            throw ServiceError(.invalid, "A group needs --by: say by what cases are set apart.")
        }
        let groups = ReportTable.evaluate(programme: programme, table: table, request: request)
            .groups
        if let found = groups.first(where: { $0.key == name || $0.label == name }) {
            return found.key
        }
        let known = groups.map(\.key).joined(separator: ", ")
        throw ServiceError(
            .notFound,
            "There is no group \(name) by \(grouping.rawValue). There are: \(known)."
        )
    }

    /// The question as the measures are asked it.
    package func request(
        _ question: ReportQuestion,
        _ programme: Programme
    ) throws -> ReportRequest {
        ReportRequest(
            asAt: try past(question.asAt ?? programme.report?.asAt) ?? now().civilDateUK,
            grouping: question.grouping
        )
    }

    /// The day that figures are asked for: nobody knows yet what will have come of it on a later one.
    func past(_ asked: CivilDate?) throws -> CivilDate? {
        if let asked, asked > now().civilDateUK {
            throw ServiceError(.invalid, "\(asked.uk) is still to come: ask for today or before.")
        }
        return asked
    }

    /// The facts of a programme as they were on a day, by what was known at a moment.
    ///
    /// A kept row serves when nothing in it happened later and nothing was told later; the other
    /// cases are folded anew from the journal.
    package func facts(_ question: ReportQuestion, asAt: CivilDate) async throws -> FactTable {
        let store = store
        return try await store.database.read { transaction in
            var table = FactTable()
            var later: [CaseID] = []
            try store.eachFactsRow(programme: question.programme, in: transaction) { row in
                let loaded = try table.load(row, asAt: asAt, knownAt: question.knownAt)
                if !loaded, let id = CaseID(try row.text(0)) { later.append(id) }
            }
            for id in later {
                guard let header = try store.header(id: id, in: transaction) else { continue }
                let (history, rules) = try told(of: header, in: transaction)
                let facts = history.facts(
                    programme: rules,
                    asAt: asAt,
                    knownAt: question.knownAt
                )
                if let facts { table.append(facts) }
            }
            return table
        }
    }
}

extension FactTable {
    /// Adds a stored row without making a `Facts` value.
    ///
    /// - Returns: false, adding nothing, when the row tells of something later than asked for.
    fileprivate mutating func load(
        _ row: any Row,
        asAt: CivilDate,
        knownAt: Instant?
    ) throws -> Bool {
        let recordedAt = Instant(milliseconds: try row.int(6))
        let occurredOn = try row.withText(5) { CivilDate(isoBytes: $0) }
        guard let occurredOn, let id = CaseID(try row.text(0)) else {
            throw StoreError.damaged("a row of facts cannot be read")
        }
        if occurredOn > asAt { return false }
        if let knownAt, recordedAt > knownAt { return false }
        var column = FactsColumns.fixed.count
        for milestone in Milestone.allCases {
            if !row.isNull(column) {
                setDate(milestone, try row.withText(column) { CivilDate(isoBytes: $0) })
            }
            column += 1
        }
        for field in CodeField.allCases {
            if !row.isNull(column) { try row.withText(column) { setCode(field, $0) } }
            column += 1
        }
        for field in SetField.allCases {
            try row.withText(column) { setSet(field, $0) }
            column += 1
        }
        for field in NumberField.allCases {
            setNumber(field, try row.optionalInt(column).map(Int.init))
            column += 1
        }
        endRow(caseID: id)
        return true
    }
}

extension Programme {
    /// The row of the report that a label or a number, counted from 1, names.
    fileprivate func reportRow(_ name: String) throws -> ReportRow {
        let rows = report?.rows ?? []
        if let report, let found = RowName(name).find(in: report) { return found }
        let labels = rows.map(\.row)
        let near = nearestSpelling(to: name, in: labels).map { " Did you mean “\($0)”?" } ?? ""
        throw ServiceError(
            .notFound,
            "The report of \(id) has no row “\(name)”.\(near) "
                + "Rows are named by label or by number, 1 to \(labels.count)."
        )
    }
}
