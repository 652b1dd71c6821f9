import Kernel
import Measures
import Programmes
import SQL
import Store

extension Goodwork {
    /// Releases a report, and enters it in the register.
    ///
    /// - Parameter purpose: what it is for; without words for it nothing is released.
    package func release(
        _ question: ReportQuestion,
        purpose: String,
        by actor: Actor
    ) async throws -> ReportTable {
        try requirePurpose(purpose, of: actor, for: .releaseReport)
        var question = question
        if question.audience == nil || question.audience == .operational {
            question.audience = .board
        }
        try await authorise(actor, .releaseReport, on: question.programme, reason: purpose)
        return try await register(question, .release, purpose: purpose, by: actor)
    }

    /// The register, newest first.
    package func releases(limit: Int = 200, by actor: Actor) async throws -> [Release] {
        try await authorise(actor, .listReleases, on: "releases")
        let store = store
        return try await store.database.read { transaction in
            try store.releases(limit: limit, in: transaction).compactMap(Release.init)
        }
    }

    /// A report as somebody outside the case team sees it.
    ///
    /// The first look at a question is entered in the register. From then on the same table answers
    /// it, counted from what was known at that moment, until the report is released or
    /// exported anew: looking every day does not show who came between.
    func look(_ question: ReportQuestion, by actor: Actor) async throws -> ReportTable {
        let programme = try await reportProgramme(question.programme)
        let asAt = settledDay(question, programme)
        let audience = question.audience ?? .board
        let (known, _) = try await register(of: programme.id, report: Self.board)
        let same = known.lastIndex {
            $0.table.asAt == asAt && $0.table.grouping == question.grouping
                && $0.table.audience == audience
                && (question.knownAt == nil || question.knownAt == $0.stored.knownAt)
        }
        guard let same else {
            return try await register(question, .look, purpose: nil, by: actor)
        }
        let release = known[same].stored
        let answer = ReleaseMemory.Answer(release: release.id, version: programme.version)
        if let table = await released.table(answer) { return table }
        var again = question
        again.asAt = asAt
        again.knownAt = release.knownAt
        let table = try await controlled(again, programme, after: Array(known[..<same])).table
        await released.keep(table, answer)
        return table
    }

    /// The name of a programme's own report in the register.
    static let board = "board"

    /// Counts a report for an audience and enters it in the register, all on one state of it.
    func register(
        _ question: ReportQuestion,
        _ kind: ReleaseKind,
        purpose: String?,
        by actor: Actor
    ) async throws -> ReportTable {
        let programme = try await reportProgramme(question.programme)
        var asked = question
        asked.asAt = settledDay(question, programme)
        while true {
            asked.knownAt = question.knownAt ?? now()
            let (known, last) = try await register(of: programme.id, report: Self.board)
            let counted = try await controlled(asked, programme, after: known)
            let entry = ReleaseEntry(
                report: Self.board,
                kind: kind,
                purpose: purpose,
                knownAt: asked.knownAt ?? now(),
                hidden: counted.table.keptBack?.hidden ?? 0,
                figures: counted.table.keptBack?.figures ?? 0,
                table: ReleasedTable(
                    audience: asked.audience ?? .board,
                    asAt: counted.table.asAt,
                    grouping: asked.grouping,
                    cells: counted.cells
                )
            )
            guard let id = try await enter(entry, of: programme, after: last, by: actor) else {
                continue
            }
            let answer = ReleaseMemory.Answer(release: id, version: programme.version)
            await released.keep(counted.table, answer)
            return counted.table
        }
    }

    /// Enters a table in the register.
    ///
    /// - Returns: the line's id; nil if another release came between, which must be counted in.
    func enter(
        _ entry: ReleaseEntry,
        of programme: Programme,
        after last: Int,
        by actor: Actor
    ) async throws -> String? {
        let store = store
        let release = StoredRelease(
            id: "\(programme.id)-\(last + 1)",
            position: last + 1,
            programme: programme.id,
            programmeVersion: programme.version,
            report: entry.report,
            grouping: entry.table.grouping?.rawValue,
            asAt: entry.table.asAt,
            knownAt: entry.knownAt,
            audience: entry.table.audience.rawValue,
            kind: entry.kind.rawValue,
            purpose: entry.purpose,
            at: now(),
            by: actor.user,
            organisation: actor.organisation,
            hidden: entry.hidden,
            figures: entry.figures,
            cells: ReleasedCell.text(entry.table.cells)
        )
        return try await store.committer.submit { transaction -> String? in
            guard try store.lastRelease(of: programme.id, in: transaction) == last else {
                return nil
            }
            try store.keepRelease(release, in: transaction)
            return release.id
        }
    }

    /// Counts a report as an audience may see it after some releases.
    private func controlled(
        _ question: ReportQuestion,
        _ programme: Programme,
        after known: [KnownRelease]
    ) async throws -> (table: ReportTable, cells: [ReleasedCell]) {
        let request = request(question, programme)
        let table = try await facts(question, asAt: request.asAt)
        return ReportTable.evaluate(
            programme: programme,
            table: table,
            request: request,
            control: DisclosureControl(
                audience: question.audience ?? .board,
                released: known.map(\.table)
            )
        )
    }

    /// The table as it would be released now, for those who may see everything.
    func preview(_ question: ReportQuestion, _ programme: Programme) async throws -> ReportTable {
        let (known, _) = try await register(of: programme.id, report: Self.board)
        return try await controlled(question, programme, after: known).table
    }

    /// The day that a table outside the case team describes: the end of the last full month, unless
    /// another is asked for.
    func settledDay(_ question: ReportQuestion, _ programme: Programme) -> CivilDate {
        if let asked = question.asAt ?? programme.report?.asAt { return asked }
        return lastFullMonth
    }

    /// The end of the last month that is over.
    var lastFullMonth: CivilDate {
        let today = now().civilDateUK
        return today.adding(days: -today.dayOfMonth)
    }
}
