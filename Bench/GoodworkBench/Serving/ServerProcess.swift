import Foundation

/// A server in a process of its own, on a free port of this machine.
final class ServerProcess {
    private static let secondsToStart = 60.0
    private static let secondsToStop = 10.0
    private let process = Process()
    private let port: Int

    /// Starts it and waits until it takes connections.
    ///
    /// - Throws: when it ends, or takes none in time.
    init(
        _ path: String,
        _ arguments: [String],
        environment: [String: String],
        port: Int
    ) throws {
        self.port = port
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment
            .merging(environment) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let end = ContinuousClock.now + .seconds(Self.secondsToStart)
        while !Self.answers(port) {
            guard process.isRunning, ContinuousClock.now < end else {
                stop()
                throw BenchError("\(path) \(arguments.joined(separator: " ")) does not start")
            }
            usleep(50_000)
        }
    }

    /// `goodwork serve`.
    static func goodwork(
        _ options: BenchOptions,
        environment: [String: String]
    ) throws -> ServerProcess {
        let port = try freePort()
        return try ServerProcess(
            options.goodwork,
            ["serve", "--host", "127.0.0.1", "--port", String(port)],
            environment: environment.merging([
                "GOODWORK_ADDRESS": "http://127.0.0.1:\(port)"
            ]) { $1 },
            port: port
        )
    }

    /// An application of Python by uvicorn, in so many processes.
    ///
    /// - Parameter folder: where the application stands, in `Bench`.
    static func uvicorn(
        _ python: String,
        _ app: String,
        in folder: String,
        workers: Int,
        environment: [String: String]
    ) throws -> ServerProcess {
        let port = try freePort()
        return try ServerProcess(
            python,
            [
                "-m", "uvicorn", app, "--app-dir", folder, "--host", "127.0.0.1",
                "--port", String(port), "--workers", String(workers), "--loop", "uvloop",
                "--http", "httptools", "--no-access-log", "--log-level", "warning",
            ],
            environment: environment,
            port: port
        )
    }

    func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

    /// Asks it to stop, and ends it when it does not.
    func stop() {
        guard process.isRunning else { return }
        process.terminate()
        let end = ContinuousClock.now + .seconds(Self.secondsToStop)
        while process.isRunning, ContinuousClock.now < end { usleep(20_000) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    /// A port that nothing listens on at this moment.
    static func freePort() throws -> Int {
        try withSocket { file in
            var address = loopback(0)
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let bound = withPointer(to: &address) { bind(file, $0, size) == 0 }
            let named = withPointer(to: &address) { getsockname(file, $0, &size) == 0 }
            guard bound, named else { throw BenchError("there is no free port") }
            return Int(UInt16(bigEndian: address.sin_port))
        }
    }

    private static func answers(_ port: Int) -> Bool {
        let answer = try? withSocket { file in
            var address = loopback(port)
            let size = socklen_t(MemoryLayout<sockaddr_in>.size)
            return withPointer(to: &address) { connect(file, $0, size) == 0 }
        }
        return answer ?? false
    }

    private static func withSocket<R>(_ body: (Int32) throws -> R) throws -> R {
        let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard file >= 0 else { throw BenchError("a socket cannot be made") }
        defer { close(file) }
        return try body(file)
    }

    private static func loopback(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private static func withPointer<R>(
        to address: inout sockaddr_in,
        _ body: (UnsafeMutablePointer<sockaddr>) -> R
    ) -> R {
        withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
        }
    }
}
