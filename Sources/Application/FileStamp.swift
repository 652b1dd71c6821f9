import Foundation
import Synchronization

/// By what a file that was written again is known without reading it.
struct FileStamp: Hashable {
    /// A file may be written twice within one tick of the clock that dates it; ticks last
    /// milliseconds.
    private static let secondsToSettle = 2

    private let device: UInt64
    private let file: UInt64
    private let bytes: Int64
    private let seconds: Int
    private let nanoseconds: Int

    /// - Returns: nil when there is no such file, or when it has just been written.
    init?(_ path: String) {
        var found = stat()
        guard stat(path, &found) == 0 else { return nil }
        device = UInt64(found.st_dev)
        file = UInt64(found.st_ino)
        bytes = Int64(found.st_size)
        seconds = found.st_mtim.tv_sec
        nanoseconds = found.st_mtim.tv_nsec
        if time(nil) < seconds + Self.secondsToSettle { return nil }
    }
}

/// The stamps of files, each looked at no more often than is worth it.
final class FileStamps: Sendable {
    private let rest: Duration
    private let kept = Mutex<[String: (stamp: FileStamp?, until: ContinuousClock.Instant)]>([:])

    /// - Parameter rest: how long a look serves; zero looks each time.
    init(rest: Duration) { self.rest = rest }

    func stamp(of path: String) -> FileStamp? {
        guard rest > .zero else { return FileStamp(path) }
        let now = ContinuousClock.now
        if let known = kept.withLock({ $0[path] }), now < known.until { return known.stamp }
        let stamp = FileStamp(path)
        kept.withLock { $0[path] = (stamp, now + rest) }
        return stamp
    }
}
