import Synchronization

/// Commits the jobs that are waiting together, so that they share the cost of one durable commit.
///
/// The jobs run one after another in one transaction, in the order of submission. When one of them
/// throws, all is undone and all run again, each in a savepoint: a job that throws then fails
/// alone. So a job may run twice, and what it changes besides the database must bear that. When the
/// commit fails, every job that had succeeded fails with its error.
package final class GroupCommitter: Sendable {
    private let database: any Database
    private let jobsMax: Int
    private let state = Mutex(State())

    /// Makes a committer that puts at most `jobsMax` jobs into one transaction.
    package init(_ database: any Database, jobsMax: Int = 64) {
        precondition(jobsMax > 0, "a group holds at least one job")
        self.database = database
        self.jobsMax = jobsMax
    }

    /// Runs a job and answers when it is durable.
    ///
    /// Throws what the job throws or what the commit throws. Cancelling the caller does not stop a
    /// job that was submitted.
    @discardableResult
    package func submit<R: Sendable>(
        _ job: @Sendable @escaping (any Transaction) throws -> R
    ) async throws -> R {
        try await withCheckedThrowingContinuation { continuation in
            let pending = Job(
                run: { transaction in
                    let result = try job(transaction)
                    return { continuation.resume(returning: result) }
                },
                runApart: { transaction in
                    let result = Result { try transaction.savepoint { try job(transaction) } }
                    return { continuation.resume(with: result) }
                },
                fail: { error in continuation.resume(throwing: error) }
            )
            let mustStart = state.withLock { state in
                state.waiting.append(pending)
                defer { state.isRunning = true }
                return !state.isRunning
            }
            if mustStart {
                Task { await runGroups() }
            }
        }
    }

    private func runGroups() async {
        while let group = nextGroup() {
            do {
                let answers = try await run(group)
                for answer in answers { answer() }
            } catch {
                for job in group { job.fail(error) }
            }
        }
    }

    /// Runs jobs in one transaction and answers what tells their callers.
    ///
    /// A savepoint for each job would cost a copy of every page that it touches, and jobs seldom
    /// throw. Whatever the commit throws is no job's doing, and nothing is tried again after it.
    private func run(_ group: [Job]) async throws -> [@Sendable () -> Void] {
        do {
            return try await database.write { transaction in
                try group.map { job in
                    do {
                        return try job.run(transaction)
                    } catch {
                        throw JobFailure(error: error)
                    }
                }
            }
        } catch let failure as JobFailure {
            if group.count == 1 { throw failure.error }
            return try await database.write { transaction in
                group.map { $0.runApart(transaction) }
            }
        }
    }

    /// The next jobs, or nil, after which the next submission starts the loop again.
    private func nextGroup() -> [Job]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isRunning = false
                return nil
            }
            let group = Array(state.waiting.prefix(jobsMax))
            state.waiting.removeFirst(group.count)
            return group
        }
    }

    private struct State {
        var waiting: [Job] = []
        var isRunning = false
    }

    /// What a job threw: nothing of its transaction stands.
    private struct JobFailure: Error {
        let error: any Error
    }

    /// A job whose result type is hidden behind the closure that answers its caller.
    private struct Job: Sendable {
        let run: @Sendable (any Transaction) throws -> @Sendable () -> Void
        let runApart: @Sendable (any Transaction) -> @Sendable () -> Void
        let fail: @Sendable (any Error) -> Void
    }
}
