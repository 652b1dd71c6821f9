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

    package init(
        programme: String,
        asAt: CivilDate? = nil,
        knownAt: Instant? = nil,
        grouping: Grouping? = nil
    ) {
        self.programme = programme
        self.asAt = asAt
        self.knownAt = knownAt
        self.grouping = grouping
    }
}

/// A case behind a figure, without identity.
package struct OpenedCase: Sendable {
    package var reference: String
    package var facts: Facts
}

extension Goodwork {
    /// The programme whose report is asked for: its file, or the newest version kept.
    package func reportProgramme(_ id: String) async throws -> Programme {
        let (store, library) = (store, library)
        if library.ids().contains(id) { return try library.file(id).programme }
        let kept = try await store.database.read { transaction -> Programme? in
            let versions = try store.programmeVersions(in: transaction).filter { $0.id == id }
            return try versions.map(\.version).max().map { version in
                try library.kept(id, version: version, store: store, in: transaction)
            }
        }
        if let kept { return kept }
        return try library.file(id).programme
    }

    /// Counts a programme's report.
    package func report(
        _ question: ReportQuestion,
        by actor: Actor
    ) async throws -> ReportTable {
        try await authorise(actor, .report, on: question.programme)
        let programme = try await reportProgramme(question.programme)
        guard programme.report != nil else {
            throw ServiceError(.notFound, "The programme \(programme.id) describes no report.")
        }
        let request = request(question, programme)
        let table = try await facts(question, asAt: request.asAt)
        return ReportTable.evaluate(programme: programme, table: table, request: request)
    }

    /// The cases behind a figure.
    package func open(
        _ question: ReportQuestion,
        row: String,
        part: CellPart,
        group: String?,
        limit: Int,
        by actor: Actor
    ) async throws -> [OpenedCase] {
        try await authorise(actor, .openFigure, on: "\(question.programme) \(row)")
        let programme = try await reportProgramme(question.programme)
        let request = request(question, programme)
        let table = try await facts(question, asAt: request.asAt)
        let found = ReportTable.open(
            row: RowName(row),
            part: part,
            programme: programme,
            table: table,
            request: request,
            group: group,
            limit: limit
        )
        guard let found else {
            let labels = programme.report?.rows.map(\.row) ?? []
            let near = nearestSpelling(to: row, in: labels).map { " Did you mean “\($0)”?" } ?? ""
            throw ServiceError(
                .notFound,
                "The report of \(programme.id) has no row “\(row)”.\(near) "
                    + "Rows are named by label or by number, 1 to \(labels.count)."
            )
        }
        let store = store
        return try await store.database.read { transaction in
            try found.compactMap { id in
                guard let header = try store.header(id: id, in: transaction) else { return nil }
                let (history, rules) = try told(of: header, in: transaction)
                let facts = history.facts(
                    programme: rules,
                    asAt: request.asAt,
                    knownAt: question.knownAt
                )
                return facts.map { OpenedCase(reference: header.reference, facts: $0) }
            }
        }
    }

    /// The question as the measures are asked it.
    package func request(_ question: ReportQuestion, _ programme: Programme) -> ReportRequest {
        ReportRequest(
            asAt: question.asAt ?? programme.report?.asAt ?? now().civilDateUK,
            grouping: question.grouping
        )
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
        endRow(caseID: id, lastOccurredOn: occurredOn, lastRecordedAt: recordedAt)
        return true
    }
}
