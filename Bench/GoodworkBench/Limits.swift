import Dispatch
import Foundation

/// What the machine could do at most: reading memory, and flushing a small append to the disk.
enum Limits {
    private static let words = 1 << 26  // 512 MiB a core, far beyond the caches

    static func run(_ options: BenchOptions) throws -> Figures {
        var figures = Figures()
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let numbers = (0..<cores).map { core in
            [UInt64](unsafeUninitializedCapacity: words) { buffer, count in
                for place in 0..<words { buffer[place] = UInt64(place + core) }
                count = words
            }
        }
        figures["cores"] = Double(cores)
        figures["bytes_per_second_one"] = bandwidth([numbers[0]])
        figures["bytes_per_second_all"] = bandwidth(numbers)
        figures["flushes_per_second"] = try flushes(options.path("flush"))
        return figures
    }

    /// Bytes a second in adding up each array on a core of its own.
    private static func bandwidth(_ numbers: [[UInt64]]) -> Double {
        let seconds = Stopwatch.median(of: 5, after: 1) {
            DispatchQueue.concurrentPerform(iterations: numbers.count) { core in
                numbers[core].withUnsafeBufferPointer { numbers in
                    var total: UInt64 = 0
                    for number in numbers { total &+= number }
                    precondition(total != 1, "the sum is used, so that it is made")
                }
            }
        }
        return Double(numbers.count * words * 8) / seconds
    }

    /// Appends of 4 KiB a second, each flushed before the next, as SQLite flushes its log.
    private static func flushes(_ path: String) throws -> Double {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        guard file >= 0 else { throw BenchError("\(path) cannot be made") }
        defer { close(file) }
        let page = [UInt8](repeating: 1, count: 4_096)
        let start = ContinuousClock.now
        var count = 0
        var seconds = 0.0
        while seconds < 1 {
            guard write(file, page, page.count) == page.count, fdatasync(file) == 0 else {
                throw BenchError("\(path) cannot be written")
            }
            count += 1
            seconds = (ContinuousClock.now - start).seconds
        }
        return Double(count) / seconds
    }
}
