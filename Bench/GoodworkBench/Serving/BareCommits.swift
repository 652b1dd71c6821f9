import Foundation

/// What SQLite does at most on this disk: one row a transaction, each flushed before the next.
enum BareCommits {
    static func perSecond(_ path: String) throws -> Double {
        let database = try RawSQLite(path: path)
        try database.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        try database.run("CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")
        let begin = try database.prepare("BEGIN IMMEDIATE")
        let insert = try database.prepare("INSERT INTO rows (text) VALUES ('a row of some words')")
        let commit = try database.prepare("COMMIT")
        let start = ContinuousClock.now
        var count = 0
        var seconds = 0.0
        while seconds < 5 {
            for statement in [begin, insert, commit] {
                _ = try statement.step()
                statement.reset()
            }
            count += 1
            seconds = (ContinuousClock.now - start).seconds
        }
        return Double(count) / seconds
    }
}
