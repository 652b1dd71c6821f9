import Foundation
import Kernel
import Synchronization

/// A clock that the test sets.
final class TestClock: Sendable {
    private let moment: Mutex<Instant>

    /// A clock at the true time.
    init() {
        let milliseconds = Int64(Date().timeIntervalSince1970 * 1000)
        moment = Mutex(Instant(milliseconds: milliseconds))
    }

    var now: Instant { moment.withLock(\.self) }

    func advance(seconds: Int64) {
        moment.withLock { $0 = $0.adding(milliseconds: seconds * 1000) }
    }
}
