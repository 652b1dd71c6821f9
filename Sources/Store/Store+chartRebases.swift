import Kernel
import SQL

/// From which month the limits of a run chart are reckoned anew, as somebody said.
package struct StoredRebase: Sendable, Hashable {
    package var id: String
    package var programme: String
    package var chart: String
    /// The provider of whose own cases the charts are; nil for all of the programme's charts.
    package var provider: String?
    package var month: CivilMonth
    package var reason: String
    package var saidAt: Instant
    package var saidBy: String
    package var organisation: String
    package var withdrawnAt: Instant?
    package var withdrawnBy: String?

    package init(
        id: String,
        programme: String,
        chart: String,
        provider: String?,
        month: CivilMonth,
        reason: String,
        saidAt: Instant,
        saidBy: String,
        organisation: String
    ) {
        self.id = id
        self.programme = programme
        self.chart = chart
        self.provider = provider
        self.month = month
        self.reason = reason
        self.saidAt = saidAt
        self.saidBy = saidBy
        self.organisation = organisation
    }
}

extension Store {
    private static let columns = """
        id, programme, chart, provider, month, reason, said_at, said_by, organisation, \
        withdrawn_at, withdrawn_by
        """
    private static let insertRebase: Statement = """
        INSERT INTO chart_rebases (id, programme, chart, provider, month, reason, said_at, said_by,
            organisation)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT DO NOTHING
        """
    private static let rebasesOf = Statement(
        "SELECT \(columns) FROM chart_rebases WHERE programme = $1 ORDER BY said_at, id"
    )
    private static let withdrawRebase: Statement = """
        UPDATE chart_rebases SET withdrawn_at = $1, withdrawn_by = $2
        WHERE id = $3 AND withdrawn_at IS NULL
        """

    /// Keeps what was said, its reason sealed.
    ///
    /// - Returns: false where the same month stands for the same charts already.
    package func add(_ rebase: StoredRebase, in transaction: any Transaction) throws -> Bool {
        let reason = Array(rebase.reason.utf8)
        return try transaction.execute(
            Self.insertRebase,
            [
                .text(rebase.id), .text(rebase.programme), .text(rebase.chart),
                SQLValue(rebase.provider), .text(rebase.month.iso),
                .blob(try vault.seal(reason, at: Self.place(rebase.id))),
                .int(rebase.saidAt.milliseconds), .text(rebase.saidBy),
                .text(rebase.organisation),
            ]
        ) == 1
    }

    /// All that was said of a programme's charts, withdrawn or not, in the order of saying.
    package func rebases(
        of programme: String,
        in transaction: any Transaction
    ) throws -> [StoredRebase] {
        try transaction.rows(Self.rebasesOf, [.text(programme)], rebase)
    }

    /// Takes back what was said; of what was taken back already nothing changes.
    package func withdrawRebase(
        _ id: String,
        at moment: Instant,
        by user: String,
        in transaction: any Transaction
    ) throws {
        try transaction.execute(
            Self.withdrawRebase,
            [.int(moment.milliseconds), .text(user), .text(id)]
        )
    }

    private func rebase(_ row: any Row) throws -> StoredRebase {
        let id = try row.text(0)
        guard let month = CivilMonth(iso: try row.text(4)) else {
            throw StoreError.damaged("the month of a chart's rebase cannot be read")
        }
        let reason = try vault.open(try row.blob(5), at: Self.place(id))
        var rebase = StoredRebase(
            id: id,
            programme: try row.text(1),
            chart: try row.text(2),
            provider: try row.optionalText(3),
            month: month,
            reason: String(decoding: reason, as: UTF8.self),
            saidAt: Instant(milliseconds: try row.int(6)),
            saidBy: try row.text(7),
            organisation: try row.text(8)
        )
        rebase.withdrawnAt = try row.optionalInt(9).map { Instant(milliseconds: $0) }
        rebase.withdrawnBy = try row.optionalText(10)
        return rebase
    }

    private static func place(_ id: String) -> String { "chart-rebase:\(id)" }
}
