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
        let store = store
        let known = try await store.database.read { transaction in
            try store.releases(of: programme.id, report: Self.board, in: transaction)
        }
        let same = known.lastIndex {
            $0.asAt == asAt && $0.grouping == question.grouping?.rawValue
                && $0.audience == audience.rawValue
                && (question.knownAt == nil || question.knownAt == $0.knownAt)
        }
        guard let same else {
            return try await register(question, .look, purpose: nil, by: actor)
        }
        var again = question
        again.asAt = asAt
        again.knownAt = known[same].knownAt
        return try await controlled(again, programme, after: Array(known[..<same])).table
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
        let store = store
        let programme = try await reportProgramme(question.programme)
        var asked = question
        asked.asAt = settledDay(question, programme)
        while true {
            let now = now()
            asked.knownAt = question.knownAt ?? now
            let known = try await store.database.read { transaction in
                try store.releases(of: programme.id, report: Self.board, in: transaction)
            }
            let counted = try await controlled(asked, programme, after: known)
            let last = known.last?.position ?? 0
            let release = StoredRelease(
                id: "\(programme.id)-\(last + 1)",
                position: last + 1,
                programme: programme.id,
                programmeVersion: programme.version,
                report: Self.board,
                grouping: asked.grouping?.rawValue,
                asAt: counted.table.asAt,
                knownAt: asked.knownAt ?? now,
                audience: (asked.audience ?? .board).rawValue,
                kind: kind.rawValue,
                purpose: purpose,
                at: now,
                by: actor.user,
                organisation: actor.organisation,
                hidden: counted.table.keptBack?.hidden ?? 0,
                figures: counted.table.keptBack?.figures ?? 0,
                cells: ReleasedCell.text(counted.cells)
            )
            let isKept = try await store.committer.submit { transaction -> Bool in
                // Another release came between: what it showed must be counted in.
                guard try store.lastRelease(of: programme.id, in: transaction) == last else {
                    return false
                }
                try store.keepRelease(release, in: transaction)
                return true
            }
            if isKept { return counted.table }
        }
    }

    /// Counts a report as an audience may see it after some releases.
    private func controlled(
        _ question: ReportQuestion,
        _ programme: Programme,
        after known: [StoredRelease]
    ) async throws -> (table: ReportTable, cells: [ReleasedCell]) {
        let request = request(question, programme)
        let table = try await facts(question, asAt: request.asAt)
        return ReportTable.evaluate(
            programme: programme,
            table: table,
            request: request,
            control: DisclosureControl(
                audience: question.audience ?? .board,
                released: try known.map { try ReleasedTable($0) }
            )
        )
    }

    /// The table as it would be released now, for those who may see everything.
    func preview(_ question: ReportQuestion, _ programme: Programme) async throws -> ReportTable {
        let store = store
        let known = try await store.database.read { transaction in
            try store.releases(of: programme.id, report: Self.board, in: transaction)
        }
        return try await controlled(question, programme, after: known).table
    }

    /// The day that a table outside the case team describes: the end of the last full month, unless
    /// another is asked for.
    func settledDay(_ question: ReportQuestion, _ programme: Programme) -> CivilDate {
        if let asked = question.asAt ?? programme.report?.asAt { return asked }
        let today = now().civilDateUK
        return today.adding(days: -today.dayOfMonth)
    }
}
