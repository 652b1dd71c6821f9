import Application
import Foundation
import Kernel
import Measures

extension Commands {
    /// Exports a report as a file.
    public static func exportReport(
        _ configuration: Configuration,
        _ options: ReportOptions,
        format: String,
        to path: String?,
        purpose: String,
        _ terminal: Terminal
    ) async throws {
        let question = try options.question()
        let format = try exportFormat(format)
        let installation = try await Installation.open(configuration)
        let file = try await installation.goodwork.exportReport(
            question,
            as: format,
            purpose: purpose,
            by: installation.actor
        )
        try await installation.close()
        try keep(file, at: path, nil, terminal)
    }

    /// Exports facts as a file that is made in memory.
    public static func exportFacts(
        _ configuration: Configuration,
        programme: String,
        format: String,
        to path: String?,
        purpose: String,
        _ terminal: Terminal
    ) async throws {
        let format = try exportFormat(format)
        let installation = try await Installation.open(configuration)
        let (file, cases) = try await installation.goodwork.exportFacts(
            programme,
            as: format,
            purpose: purpose,
            by: installation.actor
        )
        try await installation.close()
        try keep(file, at: path, cases, terminal)
    }

    private static func exportFormat(_ name: String) throws -> ExportFormat {
        if let format = ExportFormat(rawValue: name) { return format }
        let known = ExportFormat.allCases.map(\.rawValue).joined(separator: ", ")
        throw CommandError("--format \(name) is not known: \(known).", exit: .usage)
    }

    /// Writes an export to a file, or to standard output where it is text.
    private static func keep(
        _ file: ExportedFile,
        at path: String?,
        _ cases: Int?,
        _ terminal: Terminal
    ) throws {
        guard let path else {
            guard file.format != .xlsx, file.format != .parquet else {
                throw CommandError("--format \(file.format) needs --to FILE.", exit: .usage)
            }
            terminal.print(String(decoding: file.bytes, as: UTF8.self))
            return
        }
        guard FileManager.default.createFile(atPath: path, contents: Data(file.bytes)) else {
            throw CommandError("\(path) cannot be written.")
        }
        if terminal.json {
            var writer = JSONWriter()
            writer.beginObject()
            writer.optional("file", path)
            if let cases { writer.optional("cases", cases) }
            writer.endObject()
            terminal.print(writer.text)
        } else {
            terminal.print(
                (cases.map { counted($0, "case") } ?? "The report") + " written to \(path)"
            )
        }
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
