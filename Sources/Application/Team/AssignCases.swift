import Casework
import Kernel
import SQL
import Store

/// A case that somebody ticked, as they saw it.
package struct TickedCase: Sendable, Hashable {
    package var id: CaseID
    package var version: Int

    package init(id: CaseID, version: Int) {
        self.id = id
        self.version = version
    }
}

/// What became of cases that were assigned together.
package struct AssignAnswer: Sendable {
    package struct Failure: Sendable, Hashable {
        package var id: CaseID
        /// The case's reference, for those who may see the case.
        package var reference: String?
        package var why: String
    }

    package var assigned: [CaseID] = []
    package var failed: [Failure] = []

    package init() {}
}

extension Goodwork {
    /// Gives cases to a coach, each by a command of its own on the version that was seen.
    ///
    /// One that cannot be assigned does not hold up the others.
    ///
    /// - Parameters:
    ///   - key: with the case's id, the key of each command: a second sending changes nothing.
    ///   - seed: for the new ids.
    package func assign(
        _ cases: [TickedCase],
        to coach: String,
        by actor: Actor,
        key: String?,
        seed: UInt64
    ) async throws -> AssignAnswer {
        var fields = CoachAssigned()
        fields.coach = coach
        let command = Command(.coachAssigned(fields), on: now().civilDateUK)
        // Together, so that they share the disk's flushes.
        let answers = try await withThrowingTaskGroup(
            of: (Int, AssignAnswer.Failure?).self
        ) { group in
            for (place, ticked) in cases.enumerated() {
                group.addTask {
                    let failure = try await assign(
                        ticked,
                        command,
                        by: actor,
                        key: key.map { "\($0).\(ticked.id.text)" },
                        seed: seed &+ UInt64(place)
                    )
                    return (place, failure)
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        var answer = AssignAnswer()
        for (place, ticked) in cases.enumerated() {
            if let failure = answers[place] {
                answer.failed.append(failure)
            } else {
                answer.assigned.append(ticked.id)
            }
        }
        return answer
    }

    /// - Returns: why it was not assigned; nil when it was.
    private func assign(
        _ ticked: TickedCase,
        _ command: Command,
        by actor: Actor,
        key: String?,
        seed: UInt64
    ) async throws -> AssignAnswer.Failure? {
        let store = store
        let header = try await store.database.read { transaction in
            try store.header(id: ticked.id, in: transaction)
        }
        let none = AssignAnswer.Failure(id: ticked.id, why: "There is no such case.")
        guard let header else { return none }
        func failed(_ why: String) -> AssignAnswer.Failure {
            AssignAnswer.Failure(id: ticked.id, reference: header.reference, why: why)
        }
        do {
            _ = try await change(
                header,
                command,
                by: actor,
                as: .manageCase,
                version: ticked.version,
                idempotencyKey: key,
                seed: seed
            )
            return nil
        } catch let error as ServiceError where error.kind == .notFound {
            return none
        } catch let error as ServiceError {
            return failed(error.message)
        } catch StoreError.conflict {
            return failed("Somebody else changed this case meanwhile. Look at it, then try again.")
        } catch StoreError.keyReused {
            return failed("This form was sent already, with other answers.")
        }
    }
}
