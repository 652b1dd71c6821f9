import Foundation
import Kernel
import Synchronization

/// A number with what it counts: `1 case`, `1,398 cases`.
func counted(_ number: Int, _ thing: String) -> String {
    "\(grouped(number)) \(thing)\(number == 1 ? "" : "s")"
}

/// Where a command's words go: results to standard output, the rest to standard error.
public final class Terminal: Sendable {
    /// Whether results are printed as JSON.
    let json: Bool
    private let isInteractive = isatty(STDERR_FILENO) == 1
    private let pending = Mutex(Data())
    private let progressed = Mutex<ProgressState>(ProgressState())

    private struct ProgressState {
        var began = ContinuousClock.now
        var shown: ContinuousClock.Instant?
        var phase = ""
        var isOpen = false
    }

    /// Makes a terminal that prints results as words, or as JSON.
    public init(json: Bool) {
        self.json = json
    }

    /// A result.
    func print(_ text: String) {
        endProgress()
        stream(text.hasSuffix("\n") ? text : text + "\n")
        flush()
    }

    /// A piece of a result, without a line end of its own; `flush` follows the last one.
    func stream(_ text: String) {
        let full = pending.withLock { bytes -> Data? in
            bytes.append(contentsOf: text.utf8)
            guard bytes.count >= 1 << 16 else { return nil }
            defer { bytes.removeAll(keepingCapacity: true) }
            return bytes
        }
        if let full { FileHandle.standardOutput.write(full) }
    }

    /// Writes what is still held back.
    func flush() {
        let rest = pending.withLock { bytes in
            defer { bytes.removeAll() }
            return bytes
        }
        if !rest.isEmpty { FileHandle.standardOutput.write(rest) }
    }

    /// A remark that is no result.
    func say(_ text: String) {
        endProgress()
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    /// Shows how far something is, after it has run for a second, and then now and again.
    func progress(_ phase: String, _ share: Double, _ rows: Int) {
        let now = ContinuousClock.now
        let line = progressed.withLock { state -> String? in
            if state.phase != phase {
                state.phase = phase
                state.shown = nil
            }
            let since = state.shown.map { now - $0 } ?? (now - state.began)
            let pause: Swift.Duration = isInteractive ? .milliseconds(200) : .seconds(2)
            let isFirst = state.shown == nil
            guard since > (isFirst ? .seconds(1) : pause) else { return nil }
            state.shown = now
            state.isOpen = isInteractive
            return "\(phase): \(Int(share * 100))% (\(grouped(rows)) rows)"
        }
        guard let line else { return }
        let text = isInteractive ? "\r\u{1b}[K\(line)" : "\(line)\n"
        FileHandle.standardError.write(Data(text.utf8))
    }

    private func endProgress() {
        let wasOpen = progressed.withLock { state in
            defer { state.isOpen = false }
            return state.isOpen
        }
        if wasOpen { FileHandle.standardError.write(Data("\r\u{1b}[K".utf8)) }
    }
}
