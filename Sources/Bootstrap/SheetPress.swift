import Foundation

/// Makes a PDF of a sheet's HTML with WeasyPrint, run apart and for a limited time.
enum SheetPress {
    private static let secondsMax = 60.0

    /// The Python that has the packages: `GOODWORK_PYTHON`, or that of `make venv`.
    private static var python: String? {
        let named = ProcessInfo.processInfo.environment["GOODWORK_PYTHON"]
        var folder = URL(fileURLWithPath: Bundle.main.executablePath ?? "")
            .resolvingSymlinksInPath()
        var paths = [named, ".venv/bin/python"].compactMap { $0 }
        for _ in 0..<5 {
            folder.deleteLastPathComponent()
            paths.append(folder.appendingPathComponent(".venv/bin/python").path)
        }
        return paths.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Writes the PDF of a document.
    ///
    /// - Throws: `CommandError` when WeasyPrint is not there, fails or takes too long.
    static func write(_ document: [UInt8], to path: String) throws {
        guard let python else {
            throw CommandError(
                "A PDF needs WeasyPrint. Run make venv, or write HTML with --to sheet.html."
            )
        }
        let source = FileManager.default.temporaryDirectory
            .appendingPathComponent("goodwork-sheet-\(UUID().uuidString).html")
        try Data(document).write(to: source)
        defer { try? FileManager.default.removeItem(at: source) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["-m", "weasyprint", "--quiet", source.path, path]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let end = Date().addingTimeInterval(secondsMax)
        while process.isRunning, Date() < end { Thread.sleep(forTimeInterval: 0.02) }
        if process.isRunning {
            process.terminate()
            throw CommandError("Making the PDF took more than \(Int(secondsMax)) seconds.")
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw CommandError(
                "WeasyPrint could not make the PDF. Write HTML with --to sheet.html."
            )
        }
    }
}
