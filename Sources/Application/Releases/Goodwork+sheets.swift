import Kernel
import Measures
import Programmes
import Store

/// What is to be entered in the register.
struct ReleaseEntry: Sendable {
    var report: String
    var kind: ReleaseKind
    var purpose: String?
    var knownAt: Instant
    var hidden: Int
    var figures: Int
    var table: ReleasedTable
}

extension Goodwork {
    /// The name of a programme's dashboards in the register.
    static let dashboards = "dashboard"

    /// A dashboard as somebody outside the case team sees it.
    ///
    /// The first look at a day, at whatever part, is entered in the register with the counts of
    /// all parts. From then on they answer every look at that day.
    func look(
        _ question: DashboardQuestion,
        _ programme: Programme,
        by actor: Actor
    ) async throws -> Dashboard {
        guard DashboardSheet.group(of: question.part) != nil else {
            throw ServiceError(
                .forbidden,
                "This is not allowed: outside the case team a dashboard is of the whole programme "
                    + "or of one strand."
            )
        }
        let audience = Audience.board
        let asAt = settledDay(question.asAt, programme)
        let asked = Dashboard.Question(part: question.part, asAt: asAt)
        let (release, sheet) = try await sheet(of: programme, asAt, for: audience, by: actor)
        let answer = ReleaseMemory.Answer(
            release: release.id,
            version: programme.version,
            part: question.part
        )
        if let kept = await released.dashboard(answer) { return kept }
        let table = try await factsInMemory(
            of: programme.id,
            asAt: asAt,
            knownAt: release.knownAt
        )
        let dashboard = Dashboard.evaluate(
            programme: programme,
            table: table,
            question: asked,
            sheet: sheet
        )
        await released.keep(dashboard, answer)
        return dashboard
    }

    /// The counts of a day, from the register; decided and entered if nobody has asked before.
    private func sheet(
        of programme: Programme,
        _ asAt: CivilDate,
        for audience: Audience,
        by actor: Actor
    ) async throws -> (release: (id: String, knownAt: Instant), sheet: DashboardSheet) {
        while true {
            let (known, last) = try await register(of: programme.id, report: Self.dashboards)
            let same = known.last { $0.table.asAt == asAt && $0.table.audience == audience }
            if let same, let sheet = DashboardSheet(same.table) {
                return ((same.stored.id, same.stored.knownAt), sheet)
            }
            let knownAt = now()
            let table = try await factsInMemory(of: programme.id, asAt: asAt)
            let sheet = DashboardSheet.decide(
                programme: programme,
                table: table,
                asAt: asAt,
                control: DisclosureControl(audience: audience, released: known.map(\.table))
            )
            guard let sheet else {
                throw ServiceError(
                    .forbidden,
                    "This is not allowed: figures without anything kept back are for the case team."
                )
            }
            let (hidden, figures) = sheet.hidden
            let entry = ReleaseEntry(
                report: Self.dashboards,
                kind: .look,
                purpose: nil,
                knownAt: knownAt,
                hidden: hidden,
                figures: figures,
                table: sheet.released
            )
            if let id = try await enter(entry, of: programme, after: last, by: actor) {
                await memory.keep(table, of: programme.id, asAt: asAt, knownAt: knownAt)
                return ((id, knownAt), sheet)
            }
        }
    }

    /// The day that a dashboard outside the case team describes: the programme file's, or the end of
    /// a month that is over.
    private func settledDay(_ asked: CivilDate?, _ programme: Programme) -> CivilDate {
        let own = programme.report?.asAt
        guard let asked = asked ?? own else { return lastFullMonth }
        if asked == own { return asked }
        let day = min(asked, lastFullMonth)
        return day == day.civilMonth.lastDay ? day : day.civilMonth.previous.lastDay
    }
}
