import SQL

extension Schema {
    /// From which months the limits of dashboards' run charts are reckoned anew.
    ///
    /// A row never changes but when it is withdrawn. Without a provider it is of all of the
    /// programme's charts.
    static let chartRebases: [Statement] = [
        """
        CREATE TABLE chart_rebases (
            id TEXT PRIMARY KEY,
            programme TEXT NOT NULL,
            chart TEXT NOT NULL,
            provider TEXT,
            month TEXT NOT NULL,
            reason BLOB NOT NULL,
            said_at BIGINT NOT NULL,
            said_by TEXT NOT NULL,
            organisation TEXT NOT NULL,
            withdrawn_at BIGINT,
            withdrawn_by TEXT
        )
        """,
        // The same month is said once of the same charts.
        """
        CREATE UNIQUE INDEX chart_rebases_once
        ON chart_rebases (programme, chart, month, COALESCE(provider, ''))
        WHERE withdrawn_at IS NULL
        """,
    ]
}
