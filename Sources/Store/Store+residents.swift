import Kernel
import SQL

// MARK: - Copies

extension Store {
    /// One at a time: while one is open, asking again changes nothing.
    private static let ask: Statement = """
        INSERT INTO copies_asked (id, person_id, asked_at)
        SELECT $1, $2, $3
        WHERE NOT EXISTS (
            SELECT 1 FROM copies_asked WHERE person_id = $2 AND answered_at IS NULL
        )
        """
    /// Changes nothing, and holds the row, so that two wishes at once are one.
    private static let holdPerson: Statement =
        "UPDATE people SET updated_at = updated_at WHERE id = $1"

    /// Keeps the wish for a copy.
    ///
    /// - Returns: false when one is still to be answered.
    package func askCopy(
        _ id: String,
        of person: PersonID,
        at now: Instant,
        in transaction: any Transaction
    ) throws -> Bool {
        try transaction.execute(Self.holdPerson, [.text(person.text)])
        return try transaction.execute(
            Self.ask,
            [.text(id), .text(person.text), .int(now.milliseconds)]
        ) == 1
    }
}

// MARK: - Tries

extension Store {
    private static let takeTry: Statement = """
        INSERT INTO answers_given (idempotency_key, digest, answer, given_at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (idempotency_key) DO NOTHING
        """
    private static let giveTryBack: Statement =
        "DELETE FROM answers_given WHERE idempotency_key = $1"
    private static let isKept: Statement =
        "SELECT 1 FROM answers_given WHERE idempotency_key = $1"

    /// Takes one of a few tries, for good unless it is given back in the same transaction.
    ///
    /// Each try is a key that can be used once, so that tries at once cannot share one.
    ///
    /// - Returns: the number of the try, from 1; nil when none is left.
    package func takeTry(
        of subject: String,
        max: Int,
        at now: Instant,
        in transaction: any Transaction
    ) throws -> Int? {
        for number in 1...max {
            let taken = try transaction.execute(
                Self.takeTry,
                [.text(key(subject, number)), .blob([]), "", .int(now.milliseconds)]
            )
            if taken == 1 { return number }
        }
        return nil
    }

    /// Gives a try back that turned out well.
    package func giveBack(
        try number: Int,
        of subject: String,
        in transaction: any Transaction
    ) throws {
        try transaction.execute(Self.giveTryBack, [.text(key(subject, number))])
    }

    /// How many tries have been taken.
    package func triesTaken(
        of subject: String,
        max: Int,
        in transaction: any Transaction
    ) throws -> Int {
        try (1...max).filter { try hasAnswer(toKey: key(subject, $0), in: transaction) }.count
    }

    /// Whether an answer was given to a key.
    package func hasAnswer(
        toKey key: String,
        in transaction: any Transaction
    ) throws -> Bool {
        try transaction.first(Self.isKept, [.text(key)]) { _ in true } ?? false
    }

    private func key(_ subject: String, _ number: Int) -> String { "try:\(subject):\(number)" }
}
