import Hummingbird
import Synchronization

/// Cuts off what is not done in time (408), such as a body that arrives too slowly.
///
/// One look a second serves for all: a timer for each request costs more than most requests.
final class TimeLimits: Sendable {
    private struct Limit {
        var until: ContinuousClock.Instant
        var cancel: @Sendable () -> Void
    }

    private struct State {
        var limits: [Int: Limit] = [:]
        var lastNumber = 0
        var isLooking = false
    }

    private let state = Mutex(State())

    func within<R: Sendable>(
        seconds: Int64,
        _ body: @escaping @Sendable () async throws -> R
    ) async throws -> R {
        let task = Task { try await body() }
        let number = add(Limit(until: .now + .seconds(seconds), cancel: { task.cancel() }))
        do {
            let answer = try await withTaskCancellationHandler {
                try await task.value
            } onCancel: {
                task.cancel()
            }
            _ = remove(number)
            return answer
        } catch {
            let isInTime = remove(number)
            throw isInTime ? error : HTTPError(.requestTimeout)
        }
    }

    private func add(_ limit: Limit) -> Int {
        let (number, mustLook) = state.withLock { state in
            state.lastNumber += 1
            state.limits[state.lastNumber] = limit
            defer { state.isLooking = true }
            return (state.lastNumber, !state.isLooking)
        }
        if mustLook { Task { await look() } }
        return number
    }

    /// - Returns: whether the limit still stood.
    private func remove(_ number: Int) -> Bool {
        state.withLock { $0.limits.removeValue(forKey: number) != nil }
    }

    /// Looks until nothing is left to look for.
    private func look() async {
        while true {
            try? await Task.sleep(for: .seconds(1))
            let now = ContinuousClock.now
            let (late, isDone) = state.withLock { state in
                let late = state.limits.filter { $0.value.until <= now }
                for number in late.keys { state.limits[number] = nil }
                state.isLooking = !state.limits.isEmpty
                return (late.values.map(\.cancel), state.limits.isEmpty)
            }
            for cancel in late { cancel() }
            if isDone { return }
        }
    }
}
