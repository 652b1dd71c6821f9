import Casework
import Kernel
import SQL

extension Store {
    private static let closedBefore: Statement = """
        SELECT c.id FROM cases c JOIN people p ON p.id = c.person_id
        WHERE c.closed_on < $1 AND p.erased_at IS NULL ORDER BY c.closed_on NULLS LAST, c.id
        """
    /// `/cases/` and an id are 33 characters.
    private static let dropDrafts: Statement =
        "DELETE FROM drafts WHERE substr(path, 1, 33) = $1"

    /// The closed cases, of people who are not erased, that were closed before a day.
    package func cases(
        closedBefore day: CivilDate,
        in transaction: any Transaction
    ) throws -> [CaseID] {
        try transaction.rows(Self.closedBefore, [.text(day.iso)]) { try $0.text(0) }
            .compactMap { CaseID($0) }
    }

    /// Erases one record of a person, and the words that others wrote about it elsewhere.
    ///
    /// Their key, identity and indexes go; so do drafts about their cases, and the reasons kept
    /// with broken glass, with merges, and with who was found to be two people.
    ///
    /// - Returns: whether there was anything to erase.
    package func eraseAll(
        _ id: PersonID,
        at now: Instant,
        in transaction: any Transaction
    ) throws -> Bool {
        // Before anything else is locked, as all do who write: behind those who wrote before, whose
        // next steps would come back, and in no other order, or two would wait for each other.
        _ = try ChainHead.take("journal", in: transaction)
        for header in try headers(person: id, in: transaction) {
            try blankGlass(of: header.id, in: transaction)
            try transaction.execute(Self.dropDrafts, [.text("/cases/\(header.id.text)")])
        }
        try blankPairs(of: id, in: transaction)
        // Nobody knows which file has them without opening all: whoever exported asks again.
        try forgetAllExports(in: transaction)
        guard try erase(id, at: now, in: transaction) else { return false }
        try leaveToClose(casesOf: id, in: transaction)
        return true
    }

    /// Nothing is left to be done on the open cases of somebody erased but to close them.
    private func leaveToClose(
        casesOf id: PersonID,
        in transaction: any Transaction
    ) throws {
        let open = try caseRows(.person(id), in: transaction).filter { $0.closedOn == nil }
        for header in open.map(\.header) {
            let told = try history(header, key: nil, in: transaction)
            let programme = try keptProgramme(
                header.programme,
                version: header.programmeVersion,
                in: transaction
            )
            let projection = try CaseProjection(told, programme: programme, isErased: true)
            try replaceItems(projection, version: told.version, in: transaction)
        }
    }
}
