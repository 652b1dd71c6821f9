import Foundation
import PostgresBackend
import SQL
import TestPrograms

/// A private PostgreSQL server for this process's tests, started when the first test asks.
///
/// It listens only on a Unix socket in its own directory and does not sync to the disk. It stops
/// when this process ends, however it ends: a shell beside it watches this process.
package actor TemporaryPostgres {
    /// The one server of this process.
    package static let shared = TemporaryPostgres()

    /// Why there is no server.
    package struct Unavailable: Error, CustomStringConvertible {
        package let description: String
    }

    private var starting: Task<String, any Error>?
    private var databases = 0

    /// Connects to a database that nobody has used.
    package func freshDatabase() async throws -> PostgresDatabase {
        try await PostgresDatabase(url: try await freshURL())
    }

    /// Makes a database that nobody has used, and answers its URL.
    ///
    /// - Parameter options: what `CREATE DATABASE` is told besides the name.
    package func freshURL(_ options: String = "") async throws -> String {
        let directory = try await directory()
        databases += 1
        let name = "test\(databases)"
        let programs = try Self.programs()
        try await TestProgram.run(
            programs + "/psql",
            [
                "-h", directory, "-U", "postgres", "-d", "postgres",
                "-qc", "CREATE DATABASE \(name) \(options)",
            ],
            in: "/tmp"
        )
        return "postgres://postgres@/\(name)?host=\(directory)"
    }

    /// The running server's directory.
    private func directory() async throws -> String {
        let task = starting ?? Task { try await Self.start() }
        starting = task
        return try await task.value
    }

    private static func start() async throws -> String {
        let programs = try programs()
        removeStale()
        // The path of a socket may not be longer than about 100 bytes, so not under $TMPDIR.
        let directory = prefix + "\(getpid())"
        try? FileManager.default.removeItem(atPath: directory)
        try FileManager.default.createDirectory(
            atPath: directory,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let user = try serverUser(of: directory)
        let data = directory + "/data"
        try await TestProgram.run(
            "/usr/bin/env",
            user.prefix + [
                programs + "/initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync",
                "--locale=C", "--encoding=UTF8",
            ],
            in: "/tmp"
        )
        let server = Process()
        server.executableURL = URL(fileURLWithPath: "/bin/sh")
        server.arguments =
            ["-c", watcher, "sh", "\(getpid())", directory]
            + user.prefix + [
                programs + "/postgres", "-D", data, "-k", directory, "-c", "listen_addresses=",
                "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
                "-c", "max_connections=400", "-c", "shared_buffers=64MB",
                // Nobody waits for it unless a test turns synchronous_commit on.
                "-c", "synchronous_standby_names=absent",
            ]
        server.standardInput = FileHandle.nullDevice
        server.standardOutput = FileHandle.nullDevice
        server.standardError = FileHandle.nullDevice
        try server.run()
        try await waitUntilReady(programs, directory)
        return directory
    }

    /// Runs the server, and stops it and removes its directory when the test process is gone.
    ///
    /// The arguments are the process to watch, the directory and the server's command. Ctrl-C at the
    /// tests does not end it before it has cleaned up.
    private static let watcher = """
        trap '' INT HUP
        owner=$1; directory=$2; shift 2
        "$@" >"$directory/log" 2>&1 &
        server=$!
        while kill -0 "$owner" 2>/dev/null && kill -0 "$server" 2>/dev/null; do sleep 0.5; done
        kill -QUIT "$server" 2>/dev/null
        wait "$server"
        kill -0 "$owner" 2>/dev/null || rm -rf "$directory"
        """

    private static let prefix = "/tmp/goodwork-pg-"

    private static func waitUntilReady(_ programs: String, _ directory: String) async throws {
        let ready = ["-q", "-h", directory, "-U", "postgres", "-d", "postgres"]
        let clock = ContinuousClock()
        let deadline = clock.now + .seconds(120)
        while clock.now < deadline {
            if (try? await TestProgram.run(programs + "/pg_isready", ready)) != nil { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        let log = try? String(contentsOfFile: directory + "/log", encoding: .utf8)
        throw Unavailable(description: "PostgreSQL did not start: \(log ?? "no log")")
    }

    /// PostgreSQL refuses to run as root, so root hands the directory to another user.
    private static func serverUser(of directory: String) throws -> (prefix: [String], uid: uid_t) {
        guard getuid() == 0 else { return ([], getuid()) }
        guard let user = getpwnam("postgres") ?? getpwnam("nobody") else {
            throw Unavailable(description: "there is no user postgres or nobody to run as")
        }
        let (uid, gid) = (user.pointee.pw_uid, user.pointee.pw_gid)
        guard chown(directory, uid, gid) == 0 else {
            throw Unavailable(description: "cannot give \(directory) to user \(uid)")
        }
        let prefix = ["setpriv", "--reuid=\(uid)", "--regid=\(gid)", "--clear-groups"]
        return (prefix, uid)
    }

    /// Removes what servers of dead processes left, when their watchers could not.
    private static func removeStale() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/tmp")) ?? []
        for name in names where ("/tmp/" + name).hasPrefix(prefix) {
            let directory = "/tmp/" + name
            guard let owner = pid_t(directory.dropFirst(prefix.count)) else { continue }
            let isDead = kill(owner, 0) != 0 && errno == ESRCH
            guard isDead else { continue }
            if let server = server(of: directory) { kill(server, SIGQUIT) }
            try? FileManager.default.removeItem(atPath: directory)
        }
    }

    /// The process that serves a directory, when it still does and its id was not given away.
    private static func server(of directory: String) -> pid_t? {
        let lock = try? String(contentsOfFile: directory + "/data/postmaster.pid", encoding: .utf8)
        guard let server = lock?.split(separator: "\n").first.flatMap({ pid_t($0) }) else {
            return nil
        }
        let command = FileManager.default.contents(atPath: "/proc/\(server)/cmdline") ?? Data()
        let isOurs = String(decoding: command, as: UTF8.self).contains(directory + "/data")
        return isOurs ? server : nil
    }

    /// The directory of `initdb` and `postgres`, the newest when there are several.
    private static func programs() throws -> String {
        let versions = "/usr/lib/postgresql"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: versions)) ?? []
        let newestFirst = names.compactMap(Int.init).sorted(by: >)
        let places =
            newestFirst.map { "\(versions)/\($0)/bin" } + [
                "/usr/local/pgsql/bin", "/usr/local/bin", "/usr/bin",
            ]
        let found = places.first { place in
            ["initdb", "postgres", "psql", "pg_isready"].allSatisfy { program in
                FileManager.default.isExecutableFile(atPath: "\(place)/\(program)")
            }
        }
        guard let found else {
            throw Unavailable(
                description: "there are no PostgreSQL server programs: apt-get install postgresql"
            )
        }
        return found
    }
}
