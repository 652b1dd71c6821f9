import CSodium
import Dispatch
import Foundation
import Synchronization

/// A few threads that hash, so that the cooperative threads never wait for it.
package final class HashingThreads: Sendable {
    private let queue: HashingQueue

    /// Starts the threads; they end when this is let go.
    package init(count: Int, waitingMax: Int) {
        precondition(count > 0 && waitingMax >= 0, "there is at least one thread")
        let queue = HashingQueue(jobsMax: count + waitingMax)
        self.queue = queue
        for number in 1...count {
            let thread = Thread { queue.work() }
            thread.name = "passwords-\(number)"
            thread.stackSize = 1 << 20
            thread.start()
        }
    }

    deinit { queue.stop() }

    /// Runs a job on one of the threads.
    ///
    /// - Throws: `PasswordFailure.busy` at once when too many are waiting, or what the job throws.
    package func run<R: Sendable>(
        _ job: @Sendable @escaping () throws -> R
    ) async throws -> R {
        // Answers 1 when it was started before.
        guard sodium_init() >= 0 else { throw PasswordFailure.noLibrary }
        return try await withCheckedThrowingContinuation { continuation in
            let isTaken = queue.add { continuation.resume(with: Result { try job() }) }
            if !isTaken { continuation.resume(throwing: PasswordFailure.busy) }
        }
    }
}

/// The jobs that are waiting for a thread, never more than fit.
private final class HashingQueue: Sendable {
    private struct State {
        var waiting: [@Sendable () -> Void] = []
        var running = 0
    }

    private let state = Mutex(State())
    private let signal = DispatchSemaphore(value: 0)
    private let jobsMax: Int

    /// - Parameter jobsMax: how many jobs may run and wait together.
    init(jobsMax: Int) {
        self.jobsMax = jobsMax
    }

    /// Adds a job.
    ///
    /// - Returns: false when the queue is full.
    func add(_ job: @escaping @Sendable () -> Void) -> Bool {
        let isTaken = state.withLock { state in
            guard state.waiting.count + state.running < jobsMax else { return false }
            state.waiting.append(job)
            return true
        }
        if isTaken { signal.signal() }
        return isTaken
    }

    /// Ends the threads once nothing is waiting.
    func stop() {
        signal.signal()
    }

    /// What each thread does, until the queue is stopped and empty.
    func work() {
        while true {
            signal.wait()
            let job = state.withLock { state -> (@Sendable () -> Void)? in
                guard !state.waiting.isEmpty else { return nil }
                state.running += 1
                return state.waiting.removeFirst()
            }
            guard let job else {
                // Only `stop` signals without a job: hand the word on to the next thread.
                signal.signal()
                return
            }
            job()
            state.withLock { $0.running -= 1 }
        }
    }
}
