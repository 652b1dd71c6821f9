import Application
import Funding
import Kernel
import Store

/// A claim as JSON; amounts are in pence.
enum ClaimJSON {
    static let pence = Schema.whole(-1_000_000_000_000...1_000_000_000_000, "Pence.")

    /// A step that somebody may ask for.
    static let asked = Schema.choice(ClaimMove.asked.map(\.word))

    static let schema = Schema.named(
        "Claim",
        .object(
            .must("name", .word),
            .must("programme", .word),
            .must("quarter", .word),
            .must("claimant", .word),
            .must("payer", .word),
            .must("host", .word),
            .must("state", .choice(ClaimState.self)),
            .must("as_at", .date),
            .must("made_at", .moment),
            .must("made_by", .text),
            .must("lines", .count),
            .must("total", pence),
            .must("payable", pence),
            .must("waiting", .count),
            .must("moves", .list(asked).saying("What the client may do now.")),
            .must("steps", .list(step))
        )
    )

    private static let step = Schema.object(
        .must("move", .choice(ClaimMove.allCases.map(\.word))),
        .must("at", .moment),
        .must("by", .text),
        .must("organisation", .text),
        .may("line", .count),
        .may("words", .text)
    )

    static let line = Schema.named(
        "ClaimLine",
        .object(
            .must("number", .count),
            .must("kind", .choice(ClaimLine.Kind.self)),
            .must("payment", .text),
            .may("person", .word.saying("A pseudonym, the same within a programme.")),
            .must("ordinal", .count),
            .may("strand", .word),
            .must("amount", pence),
            .must("day", .date),
            .may("case", .id),
            .may("provider", .text),
            .may("locality", .text),
            .must("evidence", .list(.id)),
            .must("programme_version", .count),
            .may("note", .text)
        )
    )

    static func object(_ file: ClaimFile) -> JSONObject {
        let claim = file.claim
        var object = JSONObject()
        object.put("name", claim.name)
        object.put("programme", claim.programme)
        object.put("quarter", claim.quarter.text)
        object.put("claimant", claim.claimant)
        object.put("payer", claim.payer)
        object.put("host", claim.host)
        object.put("state", file.state.rawValue)
        object.put("as_at", claim.asAt)
        object.put("made_at", claim.knownAt)
        object.put("made_by", claim.madeBy)
        object.put("lines", claim.lineCount)
        object.put("total", Int(claim.total.value))
        object.put("payable", Int(file.payable.value))
        object.put("waiting", claim.waiting)
        object.put("moves", file.moves.map(\.rawValue))
        object.put(
            "steps",
            file.events.map { event in
                var object = JSONObject()
                object.put("move", event.move.word)
                object.put("at", event.at)
                object.put("by", event.by)
                object.put("organisation", event.organisation)
                object.put("line", event.line)
                object.put("words", event.words)
                return object
            }
        )
        return object
    }

    static func object(
        _ line: ClaimLine,
        pseudonym: (PersonID) -> String
    ) -> JSONObject {
        var object = JSONObject()
        object.put("number", line.number)
        object.put("kind", line.kind.rawValue)
        object.put("payment", line.key.rule)
        object.put("person", line.key.person.map(pseudonym))
        object.put("ordinal", line.key.ordinal)
        object.put("strand", line.key.strand)
        object.put("amount", Int(line.amount.value))
        object.put("day", line.day)
        object.put("case", line.caseID?.text)
        object.put("provider", line.provider)
        object.put("locality", line.locality)
        object.put("evidence", line.evidence.map(\.text))
        object.put("programme_version", line.programmeVersion)
        object.put("note", line.note)
        return object
    }
}
