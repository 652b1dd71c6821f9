import Application
import Foundation
import Funding
import Kernel
import Measures
import Store

extension Commands {
    /// Takes a step with a claim: `submit`, `query`, `answer`, `accept` or `pay`.
    public static func moveClaim(
        _ configuration: Configuration,
        claim name: String,
        step: String,
        words: String?,
        _ terminal: Terminal
    ) async throws {
        guard let move = ClaimMove.asked.first(where: { $0.word == step }) else {
            throw CommandError("\(step) is no step of a claim.", exit: .usage)
        }
        let installation = try await Installation.open(configuration)
        let file = try await installation.goodwork.move(
            claim: name,
            move,
            words: words,
            by: installation.actor
        )
        try await installation.close()
        tell(file, terminal)
    }

    /// Rejects a line of a claim.
    public static func rejectLine(
        _ configuration: Configuration,
        claim name: String,
        line: Int,
        words: String,
        _ terminal: Terminal
    ) async throws {
        let installation = try await Installation.open(configuration)
        let file = try await installation.goodwork.reject(
            claim: name,
            line: line,
            words: words,
            by: installation.actor
        )
        try await installation.close()
        tell(file, terminal)
    }

    private static func tell(_ file: ClaimFile, _ terminal: Terminal) {
        guard terminal.json else {
            terminal.print(
                "\(file.claim.name) is \(file.state.rawValue); \(file.payable.text) is payable."
            )
            return
        }
        var writer = JSONWriter()
        writer.beginObject()
        file.write(to: &writer)
        writer.endObject()
        terminal.print(writer.text)
    }

    /// Draws a sample of a claim's lines, or records what was found of one, and prints what the
    /// samples say of the whole.
    ///
    /// - Parameters:
    ///   - size: how many lines to draw; nil draws none.
    ///   - found: a line and what its evidence supports, in pounds: `17=300.00`.
    public static func sampleClaim(
        _ configuration: Configuration,
        claim name: String,
        size: Int?,
        seed: UInt64?,
        found: [String],
        words: String?,
        _ terminal: Terminal
    ) async throws {
        let findings = try found.map(finding)
        let installation = try await Installation.open(configuration)
        let (goodwork, actor) = (installation.goodwork, installation.actor)
        if let size {
            // A seed that people can write down.
            let seed = seed ?? UInt64.random(in: 1...999_999_999)
            _ = try await goodwork.sample(
                claim: name,
                size: size,
                drawSeed: seed,
                by: actor,
                seed: Installation.seed()
            )
        }
        for (line, right) in findings {
            _ = try await goodwork.found(
                claim: name,
                line: line,
                right: right,
                words: words,
                by: actor
            )
        }
        let views = try await goodwork.samples(of: name, by: actor)
        try await installation.close()
        if terminal.json {
            terminal.print(json(views))
        } else if views.isEmpty {
            terminal.print("No sample was drawn from this claim. --size N draws one.")
        } else {
            for view in views { terminal.print(text(view)) }
        }
    }

    private static func finding(_ text: String) throws -> (Int, Pence) {
        let sides = text.split(separator: "=")
        guard sides.count == 2, let line = Int(sides[0]), let right = Pence(pounds: sides[1]) else {
            throw CommandError(
                "--found \(text) cannot be read: write the line and what is right, 17=300.00.",
                exit: .usage
            )
        }
        return (line, right)
    }

    private static func text(_ view: ClaimSampleView) -> String {
        let said = view.extrapolation
        let rows = view.lines.map { line in
            let finding = view.findings[line.number]
            return [
                String(line.number), line.key.rule, line.day.iso, line.amount.text,
                finding?.right.text ?? "not checked", finding?.words ?? "",
            ]
        }
        let head = ["line", "payment", "day", "claimed", "right", "words"]
        var text = "Sample of \(view.lines.count) of \(view.sample.drawnFrom) lines, "
        text += "seed \(view.sample.seed)\n" + Columns.text([head] + rows) + "\n"
        guard let likely = said.errorLikely else {
            return text + "Nothing was checked yet, so the sample says nothing of the claim."
        }
        text += "\(said.checked) checked, \(said.wrong) wrong"
        text += said.rate.map { "; likely \($0.text) of all lines" } ?? ""
        text += ".\nToo much by \(said.errorFound.text) in these; \(likely.text) in all"
        let range = said.errorRange.map {
            " (likely \($0.lowerBound.text) to \($0.upperBound.text))"
        }
        return text + (range ?? "") + "."
    }

    private static func json(_ views: [ClaimSampleView]) -> String {
        var writer = JSONWriter()
        writer.beginArray()
        for view in views {
            let said = view.extrapolation
            writer.beginObject()
            writer.optional("seed", String(view.sample.seed))
            writer.optional("drawn_from", view.sample.drawnFrom)
            writer.key("lines")
            writer.beginArray()
            for line in view.lines {
                writer.beginObject()
                writer.optional("line", line.number)
                writer.optional("pence", Int(line.amount.value))
                writer.optional(
                    "right_pence",
                    view.findings[line.number].map { Int($0.right.value) }
                )
                writer.endObject()
            }
            writer.endArray()
            writer.optional("checked", said.checked)
            writer.optional("wrong", said.wrong)
            if let rate = said.rate {
                writer.key("rate_lower")
                writer.number(rate.lower)
                writer.key("rate_upper")
                writer.number(rate.upper)
            }
            if let likely = said.errorLikely {
                writer.optional("error_found_pence", Int(said.errorFound.value))
                writer.optional("error_likely_pence", Int(likely.value))
            }
            writer.optional("error_lower_pence", said.errorRange.map { Int($0.lowerBound.value) })
            writer.optional("error_upper_pence", said.errorRange.map { Int($0.upperBound.value) })
            writer.endObject()
        }
        writer.endArray()
        return writer.text
    }
}
