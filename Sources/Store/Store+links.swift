import Kernel
import SQL

extension Store {
    private static let kept: Statement = """
        SELECT kept_id FROM person_links WHERE person_id = $1 AND undone_at IS NULL LIMIT 1
        """
    private static let joined: Statement = """
        SELECT person_id FROM person_links WHERE kept_id = $1 AND undone_at IS NULL
        ORDER BY person_id
        """

    /// The person whom a merge made of this one; themselves where there was none.
    package func keptPerson(
        _ person: PersonID,
        in transaction: any Transaction
    ) throws -> PersonID {
        let id = try transaction.first(Self.kept, [.text(person.text)]) { try $0.text(0) }
        return id.flatMap { PersonID($0) } ?? person
    }

    /// Every record that is this person's: their own, and those merged into it.
    package func records(
        of person: PersonID,
        in transaction: any Transaction
    ) throws -> [PersonID] {
        let kept = try keptPerson(person, in: transaction)
        let joined = try transaction.rows(Self.joined, [.text(kept.text)]) { try $0.text(0) }
        return [kept] + joined.compactMap { PersonID($0) }
    }
}
