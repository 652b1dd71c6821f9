import Kernel
import Measures
import Programmes
import SQL
import Store

/// Which sheet is asked for: each audience has one a day.
struct SheetQuestion: Sendable, Hashable {
    var asAt: CivilDate
    var audience: Audience
    /// What it must set apart by, besides what every sheet for the audience does.
    var groupings: Set<Grouping>
    /// What the report sets apart by for which it is asked.
    var grouping: Grouping?

    init(asAt: CivilDate, audience: Audience = .board, groupings: Set<Grouping> = []) {
        self.asAt = asAt
        self.audience = audience
        self.groupings = groupings.subtracting(audience.usualGroupings)
    }

    /// The sheet for a report of a day; for a board if it says nothing else.
    init(_ question: ReportQuestion, asAt: CivilDate) {
        self.init(
            asAt: asAt,
            audience: question.audience ?? .board,
            groupings: Set([question.grouping].compactMap { $0 })
        )
        grouping = question.grouping
    }

    /// The name of such sheets in the register.
    var report: String { audience == .board ? Goodwork.sheets : Goodwork.published }

    /// The day's sheet: that of the latest knowledge.
    func latest(of known: [KnownRelease], knownAt: Instant? = nil) -> KnownRelease? {
        known.filter {
            $0.table.asAt == asAt && $0.table.audience == audience
                && (knownAt == nil || $0.stored.knownAt == knownAt)
        }
        .max {
            ($0.stored.knownAt, $0.stored.position) < ($1.stored.knownAt, $1.stored.position)
        }
    }

    /// The sheet as it answers; nil if there is none, or a grouping is still to be decided.
    func answer(of known: [KnownRelease], knownAt: Instant? = nil) -> DaySheet? {
        guard let latest = latest(of: known, knownAt: knownAt),
            groupings.isSubset(of: latest.table.groupings),
            let sheet = FigureSheet(latest.table)
        else { return nil }
        return DaySheet(id: latest.stored.id, knownAt: latest.stored.knownAt, sheet: sheet)
    }

    /// Decides the sheet from facts as they were known at a moment, beside what was released before.
    func decided(
        _ facts: FactTable,
        knownAt: Instant? = nil,
        _ programme: Programme,
        after known: [KnownRelease]
    ) throws -> FigureSheet {
        let latest = latest(of: known, knownAt: knownAt) ?? latest(of: known)
        let sheet = FigureSheet.decide(
            programme: programme,
            table: facts,
            asAt: asAt,
            groupings: groupings,
            control: DisclosureControl(audience: audience, released: known.map(\.table)),
            latest: latest?.table
        )
        guard let sheet else {
            throw ServiceError(
                .forbidden,
                "This is not allowed: figures without anything kept back are for the case team."
            )
        }
        return sheet
    }
}

/// A sheet of the register.
struct DaySheet: Sendable {
    /// The line of the register.
    var id: String
    /// The moment up to which events were known.
    var knownAt: Instant
    var sheet: FigureSheet
}

extension Goodwork {
    /// The names in the register of a board's sheets and of published ones.
    ///
    /// Lines of other names are from before there was one sheet a day; they are not read.
    static let sheets = "sheet"
    static let published = "published"

    /// A dashboard as somebody outside the case team sees it, drawn from the sheet of its day.
    func look(
        _ question: DashboardQuestion,
        _ programme: Programme,
        by actor: Actor
    ) async throws -> Dashboard {
        guard FigureSheet.column(of: question.part) != nil else {
            throw ServiceError(
                .forbidden,
                "This is not allowed: outside the case team a dashboard is of the whole programme "
                    + "or of one strand."
            )
        }
        let asAt = try endOfMonth(question.asAt, programme)
        let sheet = try await sheet(SheetQuestion(asAt: asAt), of: programme, by: actor)
        let answer = ReleaseMemory.Answer(
            release: sheet.id,
            version: programme.version,
            part: question.part
        )
        if let kept = await released.dashboard(answer) { return kept }
        let dashboard = Dashboard.evaluate(
            programme: programme,
            table: try await factsInMemory(
                of: programme.id,
                asAt: asAt,
                knownAt: sheet.knownAt
            ),
            question: Dashboard.Question(part: question.part, asAt: asAt),
            sheet: sheet.sheet
        )
        await released.keep(dashboard, answer)
        return dashboard
    }

    /// The sheet of a day, from the register; decided and entered if nobody has asked before.
    func sheet(
        _ asked: SheetQuestion,
        of programme: Programme,
        knownAt: Instant? = nil,
        by actor: Actor
    ) async throws -> DaySheet {
        let (known, _) = try await register(of: programme.id)
        if let answer = asked.answer(of: known, knownAt: knownAt) { return answer }
        return try await enterSheet(
            asked,
            of: programme,
            knownAt: knownAt,
            .look,
            purpose: nil,
            by: actor
        )
    }

    /// Decides a new sheet of a day and enters it, all on one state of the register.
    ///
    /// A look for which a grouping is missing adds it to what was known when the day's sheet was decided:
    /// so all that was shown of the day stays.
    func enterSheet(
        _ asked: SheetQuestion,
        of programme: Programme,
        knownAt askedAt: Instant?,
        _ kind: ReleaseKind,
        purpose: String?,
        by actor: Actor
    ) async throws -> DaySheet {
        while true {
            let (known, last) = try await register(of: programme.id)
            // Two may look at once: the second takes the sheet of the first.
            if kind == .look, let answer = asked.answer(of: known, knownAt: askedAt) {
                return answer
            }
            let there = kind == .look ? asked.latest(of: known)?.stored.knownAt : nil
            let knownAt = askedAt ?? there ?? now()
            let facts = try await factsInMemory(
                of: programme.id,
                asAt: asked.asAt,
                knownAt: knownAt
            )
            let sheet = try asked.decided(facts, knownAt: knownAt, programme, after: known)
            var release = StoredRelease(
                sheet,
                at: last + 1,
                of: programme,
                knownAt: knownAt,
                by: actor
            )
            release.grouping = asked.grouping?.rawValue
            release.kind = kind.rawValue
            release.purpose = purpose
            release.at = now()
            if try await enter(release, after: last) {
                return DaySheet(id: release.id, knownAt: knownAt, sheet: sheet)
            }
        }
    }

    /// Enters a sheet in the register.
    ///
    /// - Returns: false if another release came between, which must be counted in.
    private func enter(_ release: StoredRelease, after last: Int) async throws -> Bool {
        let store = store
        return try await store.committer.submit { transaction -> Bool in
            guard try store.lastRelease(of: release.programme, in: transaction) == last else {
                return false
            }
            try store.keepRelease(release, in: transaction)
            return true
        }
    }

    /// The day that a dashboard outside the case team describes: the programme file's, or the end of
    /// a month that is over.
    private func endOfMonth(
        _ asked: CivilDate?,
        _ programme: Programme
    ) throws -> CivilDate {
        let own = programme.report?.asAt
        guard let asked = try past(asked ?? own) else { return lastFullMonth }
        if asked == own { return asked }
        let day = min(asked, lastFullMonth)
        return day == day.civilMonth.lastDay ? day : day.civilMonth.previous.lastDay
    }
}
