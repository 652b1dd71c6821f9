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
    /// It is drawn from the sheet of its day, which the first look at anything of the day enters in the
    /// register: looking every day does not show who came between.
    func look(_ question: ReportQuestion, by actor: Actor) async throws -> ReportTable {
        let programme = try await reportProgramme(question.programme)
        let asked = SheetQuestion(question, asAt: try settledDay(question, programme))
        let sheet = try await sheet(
            asked,
            of: programme,
            knownAt: question.knownAt,
            by: actor
        )
        return try await report(question.grouping, of: programme, from: sheet)
    }

    /// Enters a new sheet of a report's day in the register, and draws the report from it.
    func register(
        _ question: ReportQuestion,
        _ kind: ReleaseKind,
        purpose: String?,
        by actor: Actor
    ) async throws -> ReportTable {
        let programme = try await reportProgramme(question.programme)
        let asked = SheetQuestion(question, asAt: try settledDay(question, programme))
        let sheet = try await enterSheet(
            asked,
            of: programme,
            knownAt: question.knownAt,
            kind,
            purpose: purpose,
            by: actor
        )
        return try await report(question.grouping, of: programme, from: sheet)
    }

    /// The table as it would be released now, for those who may see everything.
    func preview(_ question: ReportQuestion, _ programme: Programme) async throws -> ReportTable {
        let request = try request(question, programme)
        let asked = SheetQuestion(question, asAt: request.asAt)
        let (known, _) = try await register(of: programme.id)
        let facts = try await facts(question, asAt: request.asAt)
        return ReportTable.evaluate(
            programme: programme,
            table: facts,
            request: request,
            sheet: try asked.decided(facts, programme, after: known)
        )
    }

    /// A report drawn from a sheet of the register, counted once.
    private func report(
        _ grouping: Grouping?,
        of programme: Programme,
        from sheet: DaySheet
    ) async throws -> ReportTable {
        let answer = ReleaseMemory.Answer(
            release: sheet.id,
            version: programme.version,
            grouping: grouping
        )
        if let kept = await released.table(answer) { return kept }
        let asAt = sheet.sheet.released.asAt
        let table = ReportTable.evaluate(
            programme: programme,
            table: try await factsInMemory(
                of: programme.id,
                asAt: asAt,
                knownAt: sheet.knownAt
            ),
            request: ReportRequest(asAt: asAt, grouping: grouping),
            sheet: sheet.sheet
        )
        await released.keep(table, answer)
        return table
    }

    /// The day that a table outside the case team describes: the end of the last full month, unless
    /// another is asked for.
    func settledDay(_ question: ReportQuestion, _ programme: Programme) throws -> CivilDate {
        try past(question.asAt ?? programme.report?.asAt) ?? lastFullMonth
    }

    /// The end of the last month that is over.
    var lastFullMonth: CivilDate {
        let today = now().civilDateUK
        return today.adding(days: -today.dayOfMonth)
    }
}
