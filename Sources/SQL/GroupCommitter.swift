import Synchronization

/// Commits the jobs that are waiting together, so that they share the cost of one durable commit.
///
/// Each job runs in a savepoint of one transaction, in the order of submission. A job that throws is
/// undone and fails alone; the others are answered after the commit. When the commit fails, every
/// job that had succeeded fails with its error.
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
                let answers = try await database.write { transaction in
                    group.map { $0.run(transaction) }
                }
                for answer in answers { answer() }
            } catch {
                for job in group { job.fail(error) }
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

    /// A job whose result type is hidden behind the closure that answers its caller.
    private struct Job: Sendable {
        let run: @Sendable (any Transaction) -> @Sendable () -> Void
        let fail: @Sendable (any Error) -> Void
    }
}
