import Kernel

/// The report of Fit for Work (in work) as SQL over a table of facts.
///
/// Its 26 rows stand as amounts, each counted once by one statement.
struct ReportSQL {
    /// The words in which the two databases differ.
    enum Dialect {
        case sqlite
        case duckdb
    }

    /// How the statement counts.
    enum Shape {
        /// An aggregate with a filter for each amount, over every case.
        case filters
        /// The same, over the combinations of values, of which there are few; needs answers in columns.
        case groups
    }

    let dialect: Dialect
    let shape: Shape
    /// Whether each question has a column, as in the export, or all share one, as in the store.
    let answersInColumns: Bool

    /// One thing that is added up.
    enum Amount: Hashable {
        /// Cases.
        case cases(String)
        /// Days from the start to the discharge.
        case days(String)
        /// Different referrers.
        case referrers
    }

    /// A row of the report: an amount, divided or not, beside another or not.
    struct Row {
        var amount: Amount
        /// What the amount is divided by, and how many of its units make one of the row's.
        var over: (Amount, unit: Int)?
        var beside: Amount?
    }

    /// The rows in the order of the programme file.
    static let rows: [Row] = {
        func row(_ filter: String, of beside: String? = nil) -> Row {
            Row(
                amount: .cases([beside, filter].compactMap { $0 }.joined(separator: " AND ")),
                beside: beside.map { .cases($0) }
            )
        }
        let stayed = "discharge_status IN ('in-work', 'off-sick')"
        let timed = "fully AND began AND tracked"
        let left = ["resigned", "retired", "settlement-agreement", "dismissed", "other"]
        let conditions = ["mental-health", "msk", "other", "cardiovascular", "copd"]
        var rows = [
            row("engaged"), row("intensity = 'high'", of: "engaged"),
            row("intensity = 'low'", of: "engaged"), row("tracked"), row("fully"),
            row("discharge_status = 'in-work'", of: "fully"),
            row("discharge_status = 'off-sick'", of: "fully"), row("NOT \(stayed)", of: "fully"),
        ]
        rows += left.map { row("discharge_status = '\($0)'", of: "fully") }
        rows += [
            Row(amount: .days(timed), over: (.cases(timed), unit: 7)),
            row("helped", of: "fully"), row("earlier", of: "fully"),
            Row(
                amount: .cases("engaged AND met"),
                beside: .cases("engaged AND (met OR missed)")
            ),
            Row(amount: .referrers),
        ]
        rows += conditions.map { row("condition = '\($0)'", of: "engaged") }
        return rows + [row("physiotherapy"), row("physiotherapy"), row("mental")]
    }()

    /// Each amount once, in the order of the statement's columns.
    static let amounts: [Amount] = {
        var found: [Amount] = []
        for row in rows {
            for amount in [row.amount, row.over?.0, row.beside].compactMap({ $0 })
            where !found.contains(amount) {
                found.append(amount)
            }
        }
        return found
    }()

    /// The statement, which answers one row with a column for each amount.
    func text(table: String) -> String {
        let columns = Self.amounts.map { amount in
            switch (amount, shape) {
            case (.cases(let filter), .filters): "count(*) FILTER (WHERE \(filter))"
            case (.cases(let filter), .groups): "sum(cases) FILTER (WHERE \(filter))"
            case (.days(let filter), _): "sum(days) FILTER (WHERE \(filter))"
            case (.referrers, .filters): "count(DISTINCT referrer)"
            case (.referrers, .groups): "(SELECT count(DISTINCT referrer) FROM \(table))"
            }
        }
        let named = named.map { "\($0.expression) AS \($0.name)" }
        let rest = shape == .filters ? ["\(days) AS days", "referrer"] : ["days", "cases"]
        return """
            SELECT \(columns.map { "coalesce(\($0), 0)" }.joined(separator: ",\n    "))
            FROM (SELECT \((named + rest).joined(separator: ",\n    "))
            FROM \(shape == .filters ? table : "(\(groups(of: table))) AS grouped")) AS named
            """
    }

    /// The combinations of all values that the report looks at, so that texts are searched but once
    /// for each.
    private func groups(of table: String) -> String {
        let keys =
            Self.dates.map { "\(reached($0.column)) AS \($0.name)" } + Self.codes
            + ["felt-helped", "felt-returned-earlier"].map { Self.column($0) }
            + ["clocks", "interventions"]
        let places = (1...keys.count).map { String($0) }.joined(separator: ", ")
        return """
            SELECT \(keys.joined(separator: ", ")), sum(\(days)) AS days, count(*) AS cases
            FROM \(table) GROUP BY \(places)
            """
    }

    private static let dates = [
        (name: "engaged", column: "first_contact_on"), (name: "tracked", column: "discharged_on"),
        (name: "fully", column: "tracking_ended_on"), (name: "began", column: "started_on"),
    ]
    private static let codes = ["intensity", "discharge_status", "condition"]

    /// What the filters are made of.
    private var named: [(name: String, expression: String)] {
        let dates = Self.dates.map { name, column in
            (name: name, expression: shape == .filters ? reached(column) : name)
        }
        let codes = Self.codes.map { (name: $0, expression: $0) }
        let tokens = [
            ("helped", answer("felt-helped")), ("earlier", answer("felt-returned-earlier")),
            ("met", token("clocks", "assessment:met")),
            ("missed", token("clocks", "assessment:missed")),
            ("physiotherapy", key("interventions", "physiotherapy")),
            (
                "mental",
                ["counselling", "cbt", "anger-management"].map { key("interventions", $0) }
                    .joined(separator: " OR ")
            ),
        ]
        return dates + codes + tokens.map { (name: $0.0, expression: $0.1) }
    }

    private func reached(_ column: String) -> String {
        let day = "'\(ManyFacts.asAt.iso)'"
        return "\(column) <= \(dialect == .duckdb ? "DATE \(day)" : day)"
    }

    private var days: String {
        dialect == .duckdb
            ? "(discharged_on - started_on)"
            : "CAST(julianday(discharged_on) - julianday(started_on) AS INTEGER)"
    }

    /// The column of a question in the export.
    static func column(_ question: String) -> String {
        "answer_" + question.replacing("-", with: "_")
    }

    private func answer(_ question: String) -> String {
        answersInColumns
            ? "\(Self.column(question)) = 'yes'"
            : token("answers", "\(question):yes")
    }

    /// Whether a column of tokens has one.
    private func token(_ column: String, _ token: String) -> String {
        switch dialect {
        case .sqlite: "instr(' ' || \(column) || ' ', ' \(token) ') > 0"
        case .duckdb: "contains(' ' || \(column) || ' ', ' \(token) ')"
        }
    }

    /// Whether a column of tokens has one with a key, whatever its value.
    private func key(_ column: String, _ key: String) -> String {
        switch dialect {
        case .sqlite: "instr(' ' || \(column), ' \(key):') > 0"
        case .duckdb: "contains(' ' || \(column), ' \(key):')"
        }
    }

    /// Throws unless a database's amounts are those of Goodwork's report.
    static func compare(_ theirs: Figures, _ name: String, with ours: Figures) throws {
        func amount(_ amount: Amount) throws -> Double {
            guard let place = amounts.firstIndex(of: amount) else {
                throw BenchError("an amount is not among those counted")
            }
            return try theirs.need("amount.\(place)")
        }
        guard ours["rows"] == Double(rows.count) else {
            throw BenchError("the report no longer has \(rows.count) rows")
        }
        for (place, row) in rows.enumerated() {
            let divisor = try row.over.map { try amount($0.0) * Double($0.unit) } ?? 1
            let pairs = [
                ("numerator", try amount(row.amount)), ("divisor", divisor),
                ("denominator", try row.beside.map(amount)),
            ]
            for (part, theirs) in pairs where ours["row.\(place).\(part)"] != theirs {
                let found = theirs.map { String($0) } ?? "nothing"
                let own = ours["row.\(place).\(part)"].map { String($0) } ?? "nothing"
                throw BenchError("row \(place + 1), \(part): Goodwork has \(own), \(name) \(found)")
            }
        }
    }
}
