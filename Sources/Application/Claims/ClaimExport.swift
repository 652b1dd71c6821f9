import Funding
import Kernel
import Programmes
import Store

/// The lines of a claim as they leave: one row each, without identities.
package struct ClaimExport: Sendable {
    package static let columns = [
        "claim", "line", "kind", "payment", "person", "ordinal", "case", "strand", "provider",
        "locality", "day", "pence", "pounds", "event", "evidence", "programme_version",
        "corrects", "rejected", "note",
    ]

    package var file: ClaimFile
    package var lines: [ClaimLine]
    /// What persons are called.
    var pseudonym: @Sendable (PersonID) -> String

    /// The cells of a line, in the order of the columns.
    package func cells(_ line: ClaimLine) -> [String] {
        let key = line.key
        return [
            file.claim.name, String(line.number), line.kind.rawValue, key.rule,
            key.person.map(pseudonym) ?? "", String(key.ordinal), line.caseID?.text ?? "",
            key.strand ?? "", line.provider ?? "", line.locality ?? "", line.day.iso,
            String(line.amount.value), line.amount.plainPounds, line.event?.text ?? "",
            line.evidence.map(\.text).joined(separator: " "), String(line.programmeVersion),
            line.corrects.map { "\($0.claim.text)/\($0.line)" } ?? "",
            file.rejected[line.number]?.rejection.rawValue ?? "", line.note ?? "",
        ]
    }

    /// CSV for spreadsheets, with a heading.
    package var csv: String {
        CSVWriter.line(Self.columns)
            + lines.map { CSVWriter.line(cells($0), spreadsheetSafe: true) }.joined()
    }

    /// The claim with its lines and steps; amounts in pence.
    package var json: String {
        var writer = JSONWriter()
        writer.beginObject()
        file.write(to: &writer)
        writer.key("lines")
        writer.beginArray()
        for line in lines {
            writer.beginObject()
            for (column, cell) in zip(Self.columns, cells(line)).dropFirst() where cell != "" {
                writer.key(column)
                let isNumber = ["line", "ordinal", "pence", "programme_version"].contains(column)
                if isNumber, let number = Int(cell) {
                    writer.int(number)
                } else {
                    writer.string(cell)
                }
            }
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.text
    }
}

extension Goodwork {
    /// The lines of a claim, ready to leave.
    package func export(
        claim name: String,
        by actor: Actor,
        reason: String? = nil
    ) async throws -> ClaimExport {
        let (file, lines) = try await exportLines(of: name, by: actor, reason: reason)
        let programme = file.claim.programme
        return ClaimExport(file: file, lines: lines) { pseudonym($0, in: programme) }
    }
}

extension ClaimFile {
    /// Writes the claim's members, without lines, into an object that has begun.
    package func write(to writer: inout JSONWriter) {
        let texts = [
            ("claim", claim.name), ("id", claim.id.text), ("programme", claim.programme),
            ("quarter", claim.quarter.text), ("claimant", claim.claimant),
            ("payer", claim.payer), ("host", claim.host), ("state", state.rawValue),
            ("as_at", claim.asAt.iso), ("known_at", claim.knownAt.iso),
        ]
        for (key, text) in texts {
            writer.key(key)
            writer.string(text)
        }
        let numbers = [
            ("programme_version", claim.programmeVersion), ("line_count", claim.lineCount),
            ("pence", Int(claim.total.value)), ("payable_pence", Int(payable.value)),
            ("waiting", claim.waiting),
        ]
        for (key, number) in numbers {
            writer.key(key)
            writer.int(number)
        }
        writer.key("left_out")
        writer.beginObject()
        for one in claim.leftOut {
            writer.key(one.reason)
            writer.int(one.count)
        }
        writer.endObject()
        writer.key("steps")
        writer.beginArray()
        for event in events {
            writer.beginObject()
            writer.key("step")
            writer.string(event.move.word)
            writer.key("at")
            writer.string(event.at.iso)
            writer.key("organisation")
            writer.string(event.organisation)
            if let line = event.line {
                writer.key("line")
                writer.int(line)
            }
            if let words = event.words {
                writer.key("words")
                writer.string(words)
            }
            writer.endObject()
        }
        writer.endArray()
    }
}

extension Pence {
    /// Pounds and pence without a sign or commas: "-1234.50".
    package var plainPounds: String {
        let (pounds, pence) = value.magnitude.quotientAndRemainder(dividingBy: 100)
        return "\(value < 0 ? "-" : "")\(pounds).\(pence < 10 ? "0" : "")\(pence)"
    }
}
