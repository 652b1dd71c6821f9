import Application
import Foundation
import Funding
import Kernel
import Programmes
import Store

/// How a claim or a funding table is printed.
public enum ClaimFormat: String, CaseIterable, Sendable {
    case text
    case csv
    case json
}

extension Commands {
    /// Prints how a programme's money is divided.
    public static func funding(
        _ configuration: Configuration,
        programme id: String,
        format: ClaimFormat,
        _ terminal: Terminal
    ) throws {
        let library = ProgrammeLibrary(directory: configuration.programmes)
        let programme = try library.file(id).programme
        guard let table = FundingTable(programme) else {
            throw ServiceError(
                .refused,
                code: ClaimRefusal.Reason.noFunding.rawValue,
                "The file of \(programme.name) does not say what is paid for."
            )
        }
        switch terminal.json ? .json : format {
        case .json: terminal.print(table.json)
        case .csv: terminal.print(table.csv)
        case .text: terminal.print(Columns.aligned([FundingTable.headings] + table.cells))
        }
    }

    /// Drafts a quarter's claims.
    ///
    /// - Parameter figures: `measure/2015-16=85`, figures that no case can give.
    public static func makeClaims(
        _ configuration: Configuration,
        programme: String,
        quarter text: String,
        figures: [String],
        _ terminal: Terminal
    ) async throws {
        guard let quarter = Quarter(text: text) else {
            throw CommandError(
                "--quarter \(text) is not a quarter: write 2025-Q1 for January to March 2025.",
                exit: .usage
            )
        }
        let told = try figures.map(figure)
        let installation = try await Installation.open(configuration)
        let made = try await installation.goodwork.makeClaims(
            programme,
            quarter: quarter,
            figures: Dictionary(told) { $1 },
            by: installation.actor,
            seed: Installation.seed()
        )
        try await installation.close()
        if terminal.json {
            terminal.print(json(made))
            return
        }
        if made.claims.isEmpty { terminal.print("There is nothing to claim for \(quarter.uk).") }
        let rows = made.claims.map { [$0.name, String($0.lineCount), $0.total.text] }
        if !rows.isEmpty { terminal.print(Columns.aligned([["claim", "lines", "amount"]] + rows)) }
        if made.waiting > 0 {
            let wait = made.waiting == 1 ? "waits" : "wait"
            terminal.print(
                "\(counted(made.waiting, "line")) \(wait) until another organisation gives back "
                    + "what it claimed."
            )
        }
        for one in made.leftOut { terminal.print("Left out: \(one.count) \(one.reason)") }
    }

    private static func figure(_ text: String) throws -> (ReportedFigure, Int) {
        let sides = text.split(separator: "=")
        let names = sides.first?.split(separator: "/") ?? []
        guard sides.count == 2, names.count == 2, let value = Int(sides[1]),
            names[1].utf8.count == 7, let year = Int(names[1].prefix(4))
        else {
            throw CommandError(
                "--figure \(text) cannot be read: write measure/2015-16=85.",
                exit: .usage
            )
        }
        return (ReportedFigure(measure: String(names[0]), year: year), value)
    }

    private static func json(_ made: MadeClaims) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("claims")
        writer.beginArray()
        for claim in made.claims {
            writer.beginObject()
            writer.optional("claim", claim.name)
            writer.optional("claimant", claim.claimant)
            writer.optional("lines", claim.lineCount)
            writer.optional("pence", Int(claim.total.value))
            writer.endObject()
        }
        writer.endArray()
        writer.optional("waiting", made.waiting)
        writer.key("left_out")
        writer.beginObject()
        for one in made.leftOut { writer.optional(one.reason, one.count) }
        writer.endObject()
        writer.endObject()
        return writer.text
    }

    /// Lists claims.
    public static func listClaims(
        _ configuration: Configuration,
        programme: String?,
        _ terminal: Terminal
    ) async throws {
        let installation = try await Installation.open(configuration)
        let files = try await installation.goodwork.claims(
            programme: programme,
            by: installation.actor
        )
        if files.isEmpty, let programme {
            // None because there is none yet, or because there is no such programme.
            _ = try await installation.goodwork.reportProgramme(programme)
        }
        try await installation.close()
        if terminal.json {
            var writer = JSONWriter()
            writer.beginArray()
            for file in files {
                writer.beginObject()
                file.write(to: &writer)
                writer.endObject()
            }
            writer.endArray()
            terminal.print(writer.text)
            return
        }
        guard !files.isEmpty else {
            terminal.print("There are no claims yet. goodwork claim make PROGRAMME makes them.")
            return
        }
        let rows = files.map { file in
            [
                file.claim.name, file.state.rawValue, String(file.claim.lineCount),
                file.claim.total.text, file.payable.text,
            ]
        }
        terminal.print(Columns.aligned([["claim", "state", "lines", "claimed", "payable"]] + rows))
    }

    /// Prints a claim, its state and its lines, or writes it to a file.
    public static func showClaim(
        _ configuration: Configuration,
        claim name: String,
        to destination: Destination = Destination(nil),
        else usual: ClaimFormat,
        reason: String? = nil,
        _ terminal: Terminal
    ) async throws {
        let isJSON = terminal.json && destination.path == nil
        let format = isJSON ? .json : try destination.format(else: usual)
        let installation = try await Installation.open(configuration)
        let export = try await installation.goodwork.export(
            claim: name,
            by: installation.actor,
            reason: reason
        )
        try await installation.close()
        let text =
            switch format {
            case .json: export.json
            case .csv: export.csv
            case .text: Self.text(export)
            }
        try destination.deliver(text.utf8, export.lines.count, "line", terminal)
    }

    private static func text(_ export: ClaimExport) -> String {
        let file = export.file
        var text =
            "\(file.claim.name): \(file.state.rawValue), \(file.claim.total.text) claimed, "
            + "\(file.payable.text) payable\n"
        for event in file.events {
            let words = event.words.map { ": \($0)" } ?? ""
            let line = event.line.map { " line \($0)" } ?? ""
            text +=
                "  \(event.at.iso) \(event.organisation) \(event.move.word)\(line)\(words)\n"
        }
        let shown = [
            "line", "kind", "payment", "person", "case", "strand", "day", "pounds", "rejected",
            "note",
        ]
        let places = shown.compactMap { ClaimExport.columns.firstIndex(of: $0) }
        let rows = export.lines.map { line in
            let cells = export.cells(line)
            return places.map { cells[$0] }
        }
        return text + Columns.text([shown] + rows)
    }
}
