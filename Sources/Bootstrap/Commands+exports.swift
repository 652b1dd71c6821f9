import Application
import Foundation
import Kernel
import Measures
import Synchronization

extension Commands {
    /// Exports a report as a file.
    public static func exportReport(
        _ configuration: Configuration,
        _ options: ReportOptions,
        to destination: Destination,
        purpose: String?,
        _ terminal: Terminal
    ) async throws {
        let question = try options.question()
        let format = try destination.format(else: ExportFormat.xlsx)
        let installation = try await Installation.open(configuration)
        let file = try await installation.goodwork.exportReport(
            question,
            as: format,
            purpose: purpose ?? "",
            by: installation.actor
        )
        try await installation.close()
        try destination.deliver(file.bytes, nil, "The report", terminal)
    }

    /// Exports the facts of a programme.
    public static func exportFacts(
        _ configuration: Configuration,
        programme: String,
        to destination: Destination,
        purpose: String?,
        _ terminal: Terminal
    ) async throws {
        let format = try destination.format(else: ExportFormat.csv)
        let installation = try await Installation.open(configuration)
        if format == .csv {
            try await streamFacts(installation, programme, destination.path, purpose, terminal)
            return try await installation.close()
        }
        let (file, cases) = try await installation.goodwork.exportFacts(
            programme,
            as: format,
            purpose: purpose ?? "",
            by: installation.actor
        )
        try await installation.close()
        try destination.deliver(file.bytes, cases, "case", terminal)
    }

    /// Writes facts as CSV row by row, and beside a file the one that describes its columns.
    private static func streamFacts(
        _ installation: Installation,
        _ programme: String,
        _ path: String?,
        _ purpose: String?,
        _ terminal: Terminal
    ) async throws {
        let sink = Sink(path: path, terminal: terminal)
        let count = try await installation.goodwork.exportFacts(
            programme,
            by: installation.actor,
            reason: purpose
        ) { try sink.write($0) }
        try sink.close()
        guard let path else { return }
        let described = (path.hasSuffix(".csv") ? String(path.dropLast(4)) : path) + ".columns.csv"
        let text = try await installation.goodwork.describeFacts(programme)
        try Destination.write(text.utf8, to: described)
        terminal.wrote(path, count, "case", columns: described)
    }

    /// The one format of the journal.
    private enum JournalFormat: String, CaseIterable {
        case ndjson
    }

    /// Exports the journal.
    public static func exportJournal(
        _ configuration: Configuration,
        to destination: Destination,
        purpose: String?,
        _ terminal: Terminal
    ) async throws {
        _ = try destination.format(else: JournalFormat.ndjson)
        let installation = try await Installation.open(configuration)
        let sink = Sink(path: destination.path, terminal: terminal)
        let count = try await installation.goodwork.exportJournal(
            by: installation.actor,
            reason: purpose
        ) { try sink.write($0) }
        try sink.close()
        try await installation.close()
        guard let path = destination.path else { return }
        terminal.wrote(path, count, "event")
    }

    /// Lists the register of releases.
    public static func releases(
        _ configuration: Configuration,
        _ terminal: Terminal
    ) async throws {
        let installation = try await Installation.open(configuration)
        let releases = try await installation.goodwork.releases(by: installation.actor)
        try await installation.close()
        if terminal.json {
            var writer = JSONWriter()
            writer.beginArray()
            for release in releases {
                writer.beginObject()
                writer.optional("at", release.at.iso)
                writer.optional("kind", release.kind.rawValue)
                writer.optional("programme", release.programme)
                writer.optional("as_at", release.asAt.iso)
                writer.optional("by_group", release.grouping?.rawValue)
                writer.optional("audience", release.audience.rawValue)
                writer.optional("released_by", release.by)
                writer.optional("purpose", release.purpose)
                writer.optional("hidden", release.hidden)
                writer.optional("figures", release.figures)
                writer.endObject()
            }
            writer.endArray()
            terminal.print(writer.text)
            return
        }
        guard !releases.isEmpty else {
            terminal.print("Nothing has been released yet: goodwork report ID --release.")
            return
        }
        let head = [
            "when", "what", "programme", "as at", "by", "for", "who", "kept back", "purpose",
        ]
        terminal.print(
            Columns.text(
                [head]
                    + releases.map { release in
                        [
                            release.at.iso, release.kind.rawValue, release.programme,
                            release.asAt.iso, release.grouping?.rawValue ?? "",
                            release.audience.rawValue, release.by,
                            "\(release.hidden) of \(release.figures)", release.purpose ?? "",
                        ]
                    }
            )
        )
    }
}

extension Terminal {
    /// Says what was written where.
    ///
    /// - Parameter columns: the file that describes the columns, where there is one.
    func wrote(_ path: String, _ number: Int?, _ thing: String, columns: String? = nil) {
        if json {
            var writer = JSONWriter()
            writer.beginObject()
            writer.optional("file", path)
            writer.optional("columns_file", columns)
            writer.optional(thing + "s", number)
            writer.endObject()
            return print(writer.text)
        }
        let written = number.map { counted($0, thing) } ?? thing
        let described = columns.map { "; \($0) describes each column" } ?? ""
        print("\(written) written to \(path)\(described)")
    }
}

/// A file, or standard output, that takes an export as it is made.
private final class Sink: Sendable {
    private let path: String?
    private let terminal: Terminal
    /// Opened with the first words: an export that is refused leaves what is there.
    private let file = Mutex<FileHandle?>(nil)

    init(path: String?, terminal: Terminal) {
        self.path = path
        self.terminal = terminal
    }

    func write(_ text: String) throws {
        guard let path else { return terminal.stream(text) }
        try file.withLock { file in
            let opened = try file ?? Self.opened(path)
            file = opened
            try opened.write(contentsOf: Data(text.utf8))
        }
    }

    func close() throws {
        // An export of nothing is a file too.
        try write("")
        try file.withLock { try $0?.close() }
        terminal.flush()
    }

    private static func opened(_ path: String) throws -> FileHandle {
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let opened = FileHandle(forWritingAtPath: path)
        else { throw CommandError("\(path) cannot be written.") }
        return opened
    }
}
