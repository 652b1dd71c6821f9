import SQL
import Synchronization

/// Short reads that are asked for at the same moment, and that share one snapshot.
///
/// Beginning a snapshot costs more than a short read itself once others have written: SQLite
/// forgets its pages and looks for them anew. Whoever asks waits for those who are about to ask
/// too; the snapshot is taken after all of them have asked, so that nobody sees less than alone.
final class SharedReads: Sendable {
    private let readers: SQLiteReaders
    private let state = Mutex(State())

    private struct State {
        var waiting: [Job] = []
        var isRunning = false
    }

    /// A read whose result type is hidden behind the closure that answers its caller.
    private struct Job: Sendable {
        let run: @Sendable (any SQLTransaction) throws -> @Sendable () -> Void
        let fail: @Sendable (any Error) -> Void
    }

    init(_ readers: SQLiteReaders) {
        self.readers = readers
    }

    func read<R: Sendable>(
        _ body: @Sendable @escaping (any SQLTransaction) throws -> R
    ) async throws -> R {
        try await withCheckedThrowingContinuation { continuation in
            let job = Job(
                run: { transaction in
                    let result = try body(transaction)
                    return { continuation.resume(returning: result) }
                },
                fail: { continuation.resume(throwing: $0) }
            )
            let mustStart = state.withLock { state in
                state.waiting.append(job)
                defer { state.isRunning = true }
                return !state.isRunning
            }
            if mustStart {
                Task { await runGroups() }
            }
        }
    }

    /// Waits for whoever reads, and closes; later reads throw.
    func close() async throws {
        try await readers.close()
    }

    private func runGroups() async {
        while let group = nextGroup() {
            for answer in await run(group) { answer() }
        }
    }

    /// Runs reads on one snapshot; when one of them throws, each has one of its own.
    private func run(_ group: [Job]) async -> [@Sendable () -> Void] {
        if group.count > 1, let answers = try? await answers(group) { return answers }
        var answers: [@Sendable () -> Void] = []
        for job in group {
            do {
                answers += try await self.answers([job])
            } catch {
                answers.append { job.fail(error) }
            }
        }
        return answers
    }

    private func answers(_ jobs: [Job]) async throws -> [@Sendable () -> Void] {
        try await readers.read { connection in
            try SQLiteTransaction.read(connection) { transaction in
                try jobs.map { try $0.run(transaction) }
            }
        }
    }

    /// The next reads, or nil, after which the next that is asked for starts the loop again.
    private func nextGroup() -> [Job]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isRunning = false
                return nil
            }
            defer { state.waiting = [] }
            return state.waiting
        }
    }
}
