import Application
import Casework
import Kernel
import Programmes
import SQL
import Store

extension TestInstallation {
    /// Decides a command on a case, as somebody at work would.
    ///
    /// - Returns: the case's version afterwards.
    @discardableResult
    package func change(
        _ reference: String,
        _ command: Command,
        version: Int? = nil,
        key: String? = nil
    ) async throws -> Int {
        try await goodwork.change(
            try await header(reference),
            command,
            by: actor,
            version: version,
            idempotencyKey: key,
            seed: .random(in: .min ... .max)
        ).version
    }

    /// Tries a command on a case.
    ///
    /// - Returns: nil when it was done, else the code of the refusal.
    package func refusal(_ reference: String, _ command: Command) async throws -> String? {
        do {
            try await change(reference, command)
            return nil
        } catch let error as ServiceError where error.kind == .refused {
            return error.code
        }
    }

    /// Erases the person of a case, who asked for it.
    package func erase(_ header: CaseHeader) async throws {
        let done = try await goodwork.erase(personOf: header, reason: "asked for it", by: actor)
        guard done.erased else { throw ServiceError(.invalid, "They were erased already.") }
    }

    /// Makes the tables that follow from the journal anew.
    package func rebuild() async throws -> Int {
        let goodwork = goodwork
        return try await database.write { transaction in
            try goodwork.store.rebuild(
                programme: goodwork.rules(in: transaction),
                in: transaction
            )
        }
    }

    /// What checking finds after some statements, which are undone again.
    package func problems(
        afterTampering statements: [String]
    ) async throws -> [String] {
        let goodwork = goodwork
        do {
            try await database.write { transaction in
                for statement in statements { try transaction.execute(Statement(statement)) }
                let found = try goodwork.store.verify(
                    programme: goodwork.rules(in: transaction),
                    in: transaction
                )
                throw Undone(problems: found.problems)
            }
        } catch let undone as Undone {
            return undone.problems
        }
        return []
    }

    /// Runs statements behind the program's back.
    package func tamper(_ statements: String...) async throws {
        try await database.write { transaction in
            for statement in statements { try transaction.execute(Statement(statement)) }
        }
    }
}

/// What checking found, carried out of a transaction that is undone.
private struct Undone: Error {
    var problems: [String]
}

extension Goodwork {
    /// Looks up the rules that cases were decided under.
    fileprivate func rules(
        in transaction: any Transaction
    ) -> (String, Int) throws -> Programme {
        { id, version in
            try library.kept(id, version: version, store: store, in: transaction)
        }
    }
}
