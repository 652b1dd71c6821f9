import Foundation
import Testing

/// Reads every SQL statement in the program's sources and holds it to what both databases take alike.
///
/// Two of its rules need a schema and not only a text, so they are left to the conformance suite:
/// `NULLS LAST` on nullable columns, and implicit casts.
@Suite struct StatementLintTests {
    private static let rooms = ["Store", "Application", "Bootstrap"]
    /// `Statement(sqlite:postgres:)` also serves the migrator's lock, in `SQL`.
    private static let twoWordedMax = 10

    private static var root: URL {
        URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    }

    private static func sources(of rooms: [String]) throws -> [(path: String, text: String)] {
        try rooms.flatMap { room -> [(path: String, text: String)] in
            let directory = root.appendingPathComponent("Sources/\(room)")
            let found = FileManager.default.enumerator(atPath: directory.path)
            let names = (found?.allObjects ?? []).compactMap { $0 as? String }
            return try names.filter { $0.hasSuffix(".swift") }.sorted().map { name in
                let file = directory.appendingPathComponent(name)
                return ("Sources/\(room)/\(name)", try String(contentsOf: file, encoding: .utf8))
            }
        }
    }

    @Test func statementsUseOnlyWhatBothDatabasesShare() throws {
        for source in try Self.sources(of: Self.rooms) {
            for literal in StatementLint.statements(in: source.text) {
                let faults = StatementLint.faults(in: literal.text)
                #expect(faults.isEmpty, "\(source.path):\(literal.line) \(faults)")
            }
        }
    }

    @Test func fewStatementsAreWordedTwice() throws {
        let counts = try Self.sources(of: Self.rooms + ["SQL"]).map { source in
            StatementLint.twoWordedCount(in: source.text)
        }
        #expect(counts.reduce(0, +) <= Self.twoWordedMax)
    }

    @Test(arguments: [
        ("SELECT a FROM t WHERE a LIKE $1", "LIKE"),
        ("SELECT a FROM t WHERE a not ilike $1", "LIKE"),
        ("SELECT a FROM t WHERE a GLOB $1", "GLOB"),
        ("SELECT a FROM t WHERE a SIMILAR TO $1", "SIMILAR TO"),
        ("SELECT a FROM t WHERE a ~ $1", "regular expression"),
        ("SELECT lower(a) FROM t", "lower("),
        ("SELECT UPPER (a) FROM t", "upper("),
        ("SELECT a FROM t WHERE b > now()", "now("),
        ("SELECT strftime('%Y', a) FROM t", "strftime("),
        ("SELECT date(a) FROM t", "date("),
        ("SELECT EXTRACT(year FROM a) FROM t", "extract("),
        ("SELECT CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP"),
        ("SELECT a FROM t WHERE b > INTERVAL '1 day'", "INTERVAL"),
        ("SELECT json_extract(a, '$.b') FROM t", "JSON"),
        ("SELECT jsonb_build_object('a', a) FROM t", "JSON"),
        ("SELECT a ->> 'b' FROM t", "JSON"),
        ("SELECT a::text FROM t", "::"),
        ("SELECT string_agg(a, ',') FROM t", "string_agg("),
        ("SELECT group_concat(a) FROM t", "group_concat("),
        ("SELECT ifnull(a, b) FROM t", "ifnull("),
        ("SELECT greatest(a, b) FROM t", "greatest("),
        ("INSERT OR REPLACE INTO t (a) VALUES ($1)", "INSERT OR"),
        ("REPLACE INTO t (a) VALUES ($1)", "REPLACE INTO"),
        ("SELECT a FROM t WHERE a = ?1", "? parameter"),
        ("SELECT a FROM t WHERE a = ?", "? parameter"),
        ("SELECT \"a\" FROM t", "quoted"),
        ("SELECT `a` FROM t", "quoted"),
        ("SELECT rowid FROM t", "rowid"),
        ("SELECT a FROM t WHERE b = TRUE", "boolean"),
        ("SELECT a FROM t WHERE b IS FALSE", "boolean"),
        ("SELECT * FROM t", "SELECT *"),
        ("SELECT t.* FROM t", "SELECT *"),
        ("SELECT sum(a) FROM t", "sum("),
        ("SELECT avg(a) FROM t", "avg("),
        ("SELECT a / b FROM t", "unguarded division"),
        ("SELECT a % b FROM t", "unguarded division"),
        ("SELECT a FROM t ORDER BY a_on DESC NULLS FIRST", "NULLS FIRST"),
        ("SELECT a FROM t ORDER BY random()", "random("),
        ("SELECT a FROM t WHERE b = $2 AND c = $1", "numbered"),
        ("SELECT a FROM t WHERE b = $1 AND c = $3", "numbered"),
        ("SELECT a FROM t; DELETE FROM t", "one statement"),
        ("CREATE TABLE t (a INTEGER)", "type INTEGER"),
        ("CREATE TABLE t (a BIGINT, b VARCHAR(10))", "type VARCHAR"),
        ("CREATE TABLE t (a BOOLEAN NOT NULL)", "type BOOLEAN"),
        ("CREATE TABLE t (a TIMESTAMP)", "type TIMESTAMP"),
        ("CREATE TABLE t (a REAL)", "type REAL"),
        ("CREATE TABLE t (a BIGINT PRIMARY KEY AUTOINCREMENT)", "AUTOINCREMENT"),
        ("CREATE TABLE t (a SERIAL)", "SERIAL"),
        ("CREATE TABLE t (a TEXT) STRICT", "STRICT"),
        ("CREATE TABLE t (a TEXT) WITHOUT ROWID", "WITHOUT ROWID"),
        ("CREATE TABLE t (a TEXT COLLATE NOCASE)", "COLLATE"),
    ])
    func catches(_ sql: String, _ wanted: String) {
        let faults = StatementLint.faults(in: sql)
        #expect(faults.contains { $0.contains(wanted) }, "\(faults)")
    }

    @Test(arguments: [
        "SELECT a, count(*) FILTER (WHERE b = $1) FROM t WHERE c = $2 AND d <> $1 ORDER BY a",
        "SELECT CAST(sum(a) AS BIGINT), CAST(coalesce(sum(b), 0) AS BIGINT) FROM t",
        "SELECT CAST(avg(a) AS BIGINT) FROM t",
        "SELECT a / NULLIF(b, 0), a / 2, a % 7 FROM t ORDER BY a DESC NULLS LAST",
        "SELECT 'like', 'it''s a / b; \"quoted\" :: now() ?', updated, liked FROM t -- like now()",
        "INSERT INTO t (a, b) VALUES ($1, $2) ON CONFLICT (a) DO UPDATE SET b = excluded.b RETURNING a",
        "CREATE TABLE t (a BIGINT PRIMARY KEY, b TEXT NOT NULL REFERENCES u (a), c BLOB, d BIGINT)",
        "CREATE UNIQUE INDEX t_a ON t (a)",
        "ALTER TABLE t ADD COLUMN e TEXT",
        "WITH x AS (SELECT a FROM t) SELECT a, row_number() OVER (PARTITION BY a ORDER BY a) FROM x",
        "DELETE FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.a = t.a)",
    ])
    func allows(_ sql: String) {
        #expect(StatementLint.faults(in: sql) == [])
    }

    @Test func findsStatementsInSwift() {
        let source = #"""
            /// "SELECT lower(a)" in a comment is not a statement.
            static let one: Statement = "SELECT a FROM t WHERE b = 'x\\y'"
            static let two = Statement(
                """
                INSERT INTO t (a)
                VALUES ($1)
                """
            )
            static let three = Statement(sqlite: "select 1", postgres: "SELECT now()")
            let four = "Selected people" + "\(name("UPDATE t SET a = 1"))" /* "DELETE FROM t" */
            let five = #"WITH x AS (SELECT "a" FROM t) SELECT a FROM x"#
            let six = "Update the record"
            """#
        let found = StatementLint.statements(in: source)
        #expect(
            found.map(\.text) == [
                #"SELECT a FROM t WHERE b = 'x\\y'"#,
                "INSERT INTO t (a)\nVALUES ($1)",
                #"WITH x AS (SELECT "a" FROM t) SELECT a FROM x"#,
            ]
        )
        #expect(found.map(\.line) == [2, 4, 11])
        #expect(StatementLint.twoWordedCount(in: source) == 1)
    }
}

/// Finds SQL in Swift source, and what it must not use.
private enum StatementLint {
    struct Literal {
        let text: String
        let line: Int
    }

    private static let verbs =
        "SELECT|INSERT INTO|INSERT OR|UPDATE|DELETE FROM|WITH|CREATE|ALTER TABLE|DROP|REPLACE INTO"

    /// The string literals that begin as SQL does, but for those of `Statement(sqlite:postgres:)`.
    static func statements(in source: String) -> [Literal] {
        literals(in: source).filter { literal in
            matches(literal.text, "^\\s*(?:\(verbs))\\s", caseSensitive: true)
        }
    }

    static func twoWordedCount(in source: String) -> Int {
        let code = source.replacing(/\/\/.*/, with: "")
        return code.matches(of: /(?:Statement|\.init)\s*\(\s*sqlite:/).count
    }

    /// What a statement uses that it must not.
    static func faults(in sql: String) -> [String] {
        let bare = withoutTextAndComments(sql)
        var faults = forbidden.filter { matches(bare, $0.pattern) }.map(\.name)
        faults += numberingFaults(bare) + typeFaults(bare)
        if matches(bare, #"\b(?:sum|avg)\s*\("#) {
            faults += sumFaults(bare)
        }
        return faults
    }

    private static let forbidden: [(name: String, pattern: String)] =
        [
            ("LIKE", #"\bI?LIKE\b"#),
            ("GLOB", #"\b(?:GLOB|REGEXP|MATCH)\b"#),
            ("SIMILAR TO", #"\bSIMILAR\s+TO\b"#),
            ("a regular expression", #"~"#),
            ("JSON", #"\bjsonb?\w*\b|->"#),
            ("::", "::"),
            ("CURRENT_TIMESTAMP", #"\b(?:CURRENT|LOCAL)_?(?:TIMESTAMP|TIME|DATE)\b"#),
            ("INTERVAL", #"\bINTERVAL\b"#),
            ("INSERT OR", #"\b(?:INSERT|UPDATE)\s+OR\b"#),
            ("REPLACE INTO", #"\bREPLACE\s+INTO\b"#),
            ("a ? parameter", #"\?"#),
            ("a quoted name", "[\"`\\[]"),
            ("rowid", #"(?<!WITHOUT )\b(?:rowid|ctid|oid)\b"#),
            ("a boolean literal", #"\b(?:TRUE|FALSE)\b"#),
            ("SELECT *", #"(?:SELECT\s+(?:DISTINCT\s+)?|\.|,\s*)\*"#),
            ("unguarded division", #"[/%](?!\s*(?:NULLIF\s*\(|0*[1-9]))"#),
            ("NULLS FIRST", #"\bNULLS\s+FIRST\b"#),
            ("more than one statement", #";\s*\S"#),
            ("AUTOINCREMENT", #"\bAUTOINCREMENT\b"#),
            ("SERIAL", #"\b(?:SMALL|BIG)?SERIAL\b|\bGENERATED\b"#),
            ("STRICT", #"\)\s*STRICT\b"#),
            ("WITHOUT ROWID", #"\bWITHOUT\s+ROWID\b"#),
            ("COLLATE", #"\bCOLLATE\b"#),
        ] + functions.map { ("\($0)(", "\\b\($0)\\s*\\(") }

    private static let functions = [
        "lower", "upper", "initcap", "now", "date", "time", "datetime", "julianday", "unixepoch",
        "strftime", "to_char", "to_date", "to_timestamp", "extract", "date_part", "date_trunc",
        "age",
        "make_date", "string_agg", "group_concat", "array_agg", "ifnull", "iif", "nvl", "isnull",
        "greatest", "least", "random", "printf", "format", "concat", "instr", "strpos", "position",
        "hex", "encode", "quote", "typeof", "total", "changes", "last_insert_rowid",
    ]

    /// Parameters are numbered in order of first use, from 1.
    private static func numberingFaults(_ bare: String) -> [String] {
        var latest = 0
        for match in bare.matches(of: /\$(\d+)/) {
            guard let number = Int(match.1), number <= latest + 1 else {
                return ["parameters are not numbered in order of first use"]
            }
            latest = max(latest, number)
        }
        return []
    }

    /// Columns are TEXT, BIGINT or BLOB.
    private static func typeFaults(_ bare: String) -> [String] {
        guard
            matches(bare, #"^\s*(?:CREATE\s+TABLE|ALTER\s+TABLE)\b"#) || matches(bare, #"\bCAST\b"#)
        else { return [] }
        let types = [
            "INTEGER", "INT", "INT2", "INT4", "INT8", "SMALLINT", "NUMERIC", "DECIMAL", "REAL",
            "DOUBLE", "FLOAT", "FLOAT8", "VARCHAR", "CHAR", "CHARACTER", "BOOLEAN", "BOOL", "DATE",
            "TIME", "TIMESTAMP", "TIMESTAMPTZ", "UUID", "BYTEA",
        ]
        return types.filter { matches(bare, "(?:\\w|\\bAS)\\s+\($0)\\b", caseSensitive: true) }
            .map { "the type \($0)" }
    }

    /// A sum of BIGINT is NUMERIC in PostgreSQL, so it stands inside a CAST.
    private static func sumFaults(_ bare: String) -> [String] {
        let cast = #"CAST\s*\((?:[^()]|\([^()]*\)|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*\)"#
        let rest = replacing(bare, cast, " ")
        return ["sum", "avg"].filter { matches(rest, "\\b\($0)\\s*\\(") }
            .map { "\($0)( outside CAST" }
    }

    private static func withoutTextAndComments(_ sql: String) -> String {
        replacing(replacing(sql, "'(?:[^']|'')*'", "''"), #"--[^\n]*|/\*[\s\S]*?\*/"#, " ")
    }

    private static func matches(
        _ text: String,
        _ pattern: String,
        caseSensitive: Bool = false
    ) -> Bool {
        let options: String.CompareOptions =
            caseSensitive ? .regularExpression : [.regularExpression, .caseInsensitive]
        return text.range(of: pattern, options: options) != nil
    }

    private static func replacing(_ text: String, _ pattern: String, _ new: String) -> String {
        text.replacingOccurrences(
            of: pattern,
            with: new,
            options: [.regularExpression, .caseInsensitive]
        )
    }

    /// The string literals of a source, without those of `Statement(sqlite:postgres:)`.
    private static func literals(in source: String) -> [Literal] {
        // Comments first, so that what they quote is passed over; then multi-line, raw and plain.
        let token = #"""
            //[^\n]*|/\*[\s\S]*?\*/|(#*)"""\n([\s\S]*?)\n[ \t]*"""\1|#"([^\n]*?)"#|"((?:[^"\\\n]|\\.)*)"
            """#
        guard let expression = try? NSRegularExpression(pattern: token) else { return [] }
        let whole = source as NSString
        let all = NSRange(location: 0, length: whole.length)
        return expression.matches(in: source, range: all).compactMap { match in
            let group = [2, 3, 4].first { match.range(at: $0).location != NSNotFound }
            guard let group, !isTwoWorded(whole.substring(to: match.range.location)) else {
                return nil
            }
            let text = whole.substring(with: match.range(at: group))
            let before = whole.substring(to: match.range.location)
            let line = before.utf8.count { $0 == UInt8(ascii: "\n") } + 1
            return Literal(text: unindented(text), line: line)
        }
    }

    /// Whether what comes before a literal is the label of a statement that is worded twice.
    private static func isTwoWorded(_ before: String) -> Bool {
        matches(before, #"\b(?:sqlite|postgres):\s*$"#, caseSensitive: true)
    }

    private static func unindented(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.drop { $0 == " " } }
            .joined(separator: "\n")
    }
}
