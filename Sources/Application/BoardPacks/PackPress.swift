import Dispatch
import Foundation
import Kernel

/// Makes PDF and DOCX of a paper's HTML, by a program that is run apart.
///
/// `tools/board-pack.py` does it with WeasyPrint and python-docx. It is handed a document in which small
/// counts are held back already, and no case. One paper is made at a time.
package struct PackPress: Sendable {
    /// The Python that has the packages; nil where there is none.
    package var python: String?
    /// The folder of `board-pack.py`.
    package var tools: String
    /// So long a paper may take.
    package var secondsMax: Double

    package init(python: String? = nil, tools: String = "tools", secondsMax: Double = 60) {
        self.python = python
        self.tools = tools
        self.secondsMax = secondsMax
    }

    /// The program ends so when a package that it needs is not there.
    private static let missing: Int32 = 3
    private static let queue = DispatchQueue(label: "goodwork.press")

    static let installing =
        "Install the packages that make them: apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
        + "libcairo2 fonts-liberation, and make venv (requirements.txt)."

    /// The bytes of a paper in a format.
    ///
    /// - Throws: `ServiceError` when the packages are not there, or when it takes too long.
    package func make(_ format: PackFormat, of document: [UInt8]) async throws -> [UInt8] {
        guard format != .html else { return document }
        let name = format.rawValue.uppercased()
        guard let python, FileManager.default.isExecutableFile(atPath: python) else {
            throw ServiceError(
                .refused,
                code: "press-missing",
                "A \(name) cannot be made here. \(Self.installing) The web page can be printed."
            )
        }
        let run = Run(
            python: python,
            script: tools + "/board-pack.py",
            format: format,
            document: document,
            secondsMax: secondsMax
        )
        let (status, bytes, said) = try await withCheckedThrowingContinuation { continuation in
            Self.queue.async { continuation.resume(with: Result { try run.go() }) }
        }
        switch status {
        case 0 where !bytes.isEmpty: return bytes
        case Self.missing:
            throw ServiceError(
                .refused,
                code: "press-missing",
                "A \(name) cannot be made here: \(said) \(Self.installing)"
            )
        case nil:
            throw ServiceError(
                .refused,
                code: "press-slow",
                "The \(name) took more than \(Int(secondsMax)) seconds. Try again later."
            )
        default:
            throw ServiceError(.invalid, "The \(name) could not be made.", context: said)
        }
    }

    /// One run of the program, in a folder of its own.
    private struct Run: Sendable {
        var python: String
        var script: String
        var format: PackFormat
        var document: [UInt8]
        var secondsMax: Double

        /// - Returns: how it ended (nil: it was stopped), what it made and the last line that it said.
        func go() throws -> (Int32?, [UInt8], String) {
            let files = FileManager.default
            let folder = files.temporaryDirectory
                .appendingPathComponent("goodwork-\(UUID().uuidString)")
            try files.createDirectory(
                at: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            defer { try? files.removeItem(at: folder) }
            let paper = folder.appendingPathComponent("paper.html")
            let made = folder.appendingPathComponent("paper.\(format.rawValue)")
            let errors = folder.appendingPathComponent("errors")
            try Data(document).write(to: paper)
            try Data().write(to: errors)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: python)
            process.arguments = [script, format.rawValue, paper.path, made.path]
            process.environment = [
                "PATH": "/usr/bin:/bin", "HOME": folder.path, "LANG": "C.UTF-8",
                "TMPDIR": folder.path,
            ]
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = FileHandle.nullDevice
            process.standardError = try FileHandle(forWritingTo: errors)
            let ended = DispatchSemaphore(value: 0)
            process.terminationHandler = { _ in ended.signal() }
            try process.run()
            if ended.wait(timeout: .now() + secondsMax) == .timedOut {
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                return (nil, [], "")
            }
            let said = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
            let bytes = (try? Data(contentsOf: made)).map { [UInt8]($0) } ?? []
            let last = said.split(separator: "\n").last.map(String.init) ?? ""
            return (process.terminationStatus, bytes, last)
        }
    }
}
