import Synchronization

/// Gathers what is written to it.
final class Sink: Sendable {
    private let written = Mutex("")

    var text: String { written.withLock { $0 } }

    func write(_ text: String) { written.withLock { $0 += text } }
}
