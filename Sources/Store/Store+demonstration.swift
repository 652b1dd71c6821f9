import Kernel
import SQL

extension Store {
    private static let mark: Statement = """
        INSERT INTO installation (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING
        """
    private static let find: Statement = "SELECT value FROM installation WHERE name = $1"
    private static let anyAccount: Statement = "SELECT id FROM accounts LIMIT 1"
    /// Programmes of cases that no organisation here and nobody on a public page opened.
    private static let listed: Statement = """
        SELECT DISTINCT c.programme FROM journal j JOIN cases c ON c.id = j.case_id
        WHERE j.header IS NOT NULL AND j.organisation <> $1
            AND j.organisation NOT IN (SELECT id FROM organisations)
        ORDER BY c.programme
        """
    private static let name = SQLValue.text("demonstration")

    /// Marks a database as a demonstration: nobody in it is real, and sign-in is open.
    ///
    /// - Parameter secret: the second factor of every account.
    package func markDemonstration(secret: [UInt8], in transaction: any Transaction) throws {
        try transaction.execute(Self.mark, [Self.name, .blob(secret)])
    }

    /// The second factor of every account of a demonstration; nil in every other database.
    package func demonstrationSecret(in transaction: any Transaction) throws -> [UInt8]? {
        try transaction.first(Self.find, [Self.name]) { try $0.blob(0) }
    }

    /// Whether a database is marked, and no list was imported into it but a demonstration's own.
    ///
    /// - Parameter lists: the programmes of the demonstration's own lists.
    package static func isOnlyDemonstration(
        lists: [String],
        in transaction: any Transaction
    ) throws -> Bool {
        guard try transaction.first(Self.find, [Self.name], { _ in true }) ?? false else {
            return false
        }
        let found = try transaction.rows(Self.listed, [.text("public")]) { try $0.text(0) }
        return found.allSatisfy(lists.contains)
    }

    /// Whether anybody has an account.
    package func hasAccounts(in transaction: any Transaction) throws -> Bool {
        try transaction.first(Self.anyAccount) { _ in true } ?? false
    }
}
