import Foundation
import Kernel
import Subprocess
import Synchronization
import SystemPackage

/// Makes files by a program that is run apart: `tools/press.py`, with packages of Python.
///
/// One file is made at a time.
package struct Press: Sendable {
    /// What it makes, and of what.
    package enum Kind: String, Sendable {
        /// A PDF of a paper's HTML.
        case pdf
        /// A Word document of a paper's HTML.
        case docx
        /// A PDF of HTML that has its style within it.
        case sheet
        /// A Parquet file of CSV; its first line names each column, and its type after a colon.
        case parquet

        fileprivate var name: String {
            switch self {
            case .pdf, .sheet: "PDF"
            case .docx: "DOCX"
            case .parquet: "Parquet file"
            }
        }

        fileprivate var instead: String {
            switch self {
            case .pdf, .docx: "The web page can be printed."
            case .sheet: "Write HTML with --to sheet.html."
            case .parquet: "CSV needs none of them."
            }
        }
    }

    /// The Python that has the packages; nil where there is none.
    package var python: String?
    /// The folder of `press.py`.
    package var tools: String
    /// So long a file may take.
    package var secondsMax: Double

    package init(python: String? = nil, tools: String = "tools", secondsMax: Double = 60) {
        self.python = python
        self.tools = tools
        self.secondsMax = secondsMax
    }

    /// The program ends so when a package that it needs is not there.
    private static let missing: Int32 = 3
    /// The last run that was asked for, which the next waits for.
    private static let last = Mutex(Task<Void, Never> {})

    static let installing =
        "Install the packages that make them: apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
        + "libcairo2 fonts-liberation, and make venv (requirements.txt)."

    /// The bytes of a file made of others.
    ///
    /// - Throws: `ServiceError` when the packages are not there, or when it takes too long.
    package func make(_ kind: Kind, of given: [UInt8]) async throws -> [UInt8] {
        guard let python, FileManager.default.isExecutableFile(atPath: python) else {
            throw missing(kind, "")
        }
        let run = Run(
            python: python,
            script: tools + "/press.py",
            kind: kind,
            given: given,
            secondsMax: secondsMax
        )
        let (status, bytes, said) = try await Self.inTurn { try await run.go() }
        switch status {
        case .exited(0) where !bytes.isEmpty: return bytes
        case .exited(Self.missing): throw missing(kind, said + " ")
        case nil:
            throw ServiceError(
                .refused,
                code: "press-slow",
                "The \(kind.name) took more than \(Int(secondsMax)) seconds. Try again later."
            )
        default:
            throw ServiceError(.invalid, "The \(kind.name) could not be made.", context: said)
        }
    }

    /// Runs a body when all that were asked for before it are done.
    private static func inTurn<R: Sendable>(
        _ body: @Sendable @escaping () async throws -> R
    ) async throws -> R {
        let task = last.withLock { last in
            let task = Task { [before = last] in
                await before.value
                return try await body()
            }
            last = Task { _ = await task.result }
            return task
        }
        return try await task.value
    }

    private func missing(_ kind: Kind, _ said: String) -> ServiceError {
        ServiceError(
            .refused,
            code: "press-missing",
            "A \(kind.name) cannot be made here. \(said)\(Self.installing) \(kind.instead)"
        )
    }

    /// One run of the program, in a folder of its own.
    private struct Run: Sendable {
        var python: String
        var script: String
        var kind: Kind
        var given: [UInt8]
        var secondsMax: Double

        /// - Returns: how it ended (nil: it was stopped), what it made and the last line that it said.
        func go() async throws -> (TerminationStatus?, [UInt8], String) {
            let folder = try PrivateFolder()
            defer { folder.remove() }
            let source = folder.file("given")
            let made = folder.file("made")
            let errors = folder.file("errors")
            try Data(given).write(to: source)
            try Data().write(to: errors)
            let status = try await inTime {
                try await Subprocess.run(
                    .path(FilePath(python)),
                    arguments: [script, kind.rawValue, source.path, made.path],
                    environment: .custom([
                        "PATH": "/usr/bin:/bin", "HOME": folder.path, "LANG": "C.UTF-8",
                        "TMPDIR": folder.path,
                    ]),
                    output: .discarded,
                    error: .fileDescriptor(
                        try .open(FilePath(errors.path), .writeOnly),
                        closeAfterSpawningProcess: true
                    )
                )
                .terminationStatus
            }
            guard let status else { return (nil, [], "") }
            let said = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
            let bytes = (try? Data(contentsOf: made)).map { [UInt8]($0) } ?? []
            let last = said.split(separator: "\n").last.map(String.init) ?? ""
            return (status, bytes, last)
        }

        /// What a body answers; nil when it takes too long, and was stopped.
        private func inTime<R: Sendable>(
            _ body: @Sendable @escaping () async throws -> R
        ) async throws -> R? {
            try await withThrowingTaskGroup(of: R?.self) { group in
                group.addTask { try await body() }
                group.addTask {
                    try await Task.sleep(for: .seconds(secondsMax))
                    return nil
                }
                defer { group.cancelAll() }
                return try await group.next() ?? nil
            }
        }
    }
}
