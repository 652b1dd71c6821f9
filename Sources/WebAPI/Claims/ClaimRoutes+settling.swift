import Application
import Casework
import Funding
import Kernel
import Programmes
import Store
import Web

/// What a claim rests on, and how it is checked: sums, evidence, samples, the file of its lines.
extension ClaimRoutes {
    static let settling: [APIRoute] = [
        .get(
            path + "/sums",
            "sumClaim",
            "What is claimed by each payment",
            tag: "Claims",
            .action(.readClaims),
            answer: .object(
                .must(
                    "items",
                    .list(
                        .object(
                            .must("payment", .text),
                            .must("kind", .choice(ClaimLine.Kind.self)),
                            .must("lines", .count),
                            .must("amount", ClaimJSON.pence)
                        )
                    )
                )
            )
        ) { call in
            let sums = try await call.goodwork.sums(of: name(call), by: call.actor)
            var object = JSONObject()
            object.put(
                "items",
                sums.map { sum in
                    var object = JSONObject()
                    object.put("payment", sum.rule)
                    object.put("kind", sum.kind.rawValue)
                    object.put("lines", sum.lines)
                    object.put("amount", Int(sum.amount.value))
                    return object
                }
            )
            return call.json(object)
        },
        .get(
            path + "/lines/:line",
            "readClaimLine",
            "A line with the events that prove it, without names or words",
            tag: "Claims",
            .action(.readClaims),
            answer: .object(
                .must("line", ClaimJSON.line),
                .may("reference", .word.saying("Of the case.")),
                .must(
                    "events",
                    .list(
                        .object(
                            .must("id", .id),
                            .must("type", .word),
                            .must("on", .date),
                            .must("recorded_at", .moment),
                            .must("organisation", .text)
                        )
                    )
                )
            )
        ) { try await evidence($0) },
        .get(
            path + "/samples",
            "listClaimSamples",
            "The samples of a claim, and what each says of the whole",
            tag: "Claims",
            .action(.readClaims),
            answer: .object(.must("items", .list(sample)))
        ) { call in
            let views = try await call.goodwork.samples(of: name(call), by: call.actor)
            var object = JSONObject()
            object.put("items", views.map { Self.object($0, call) })
            return call.json(object)
        },
        .post(
            path + "/samples",
            "sampleClaim",
            "Draw lines of a claim at random, to be checked; the same seed draws the same lines",
            tag: "Claims",
            .action(.settleClaim),
            body: .object(
                .must("size", .whole(1...10_000)),
                .may("seed", .whole(0...Int(Int32.max)))
            ),
            status: 201,
            says: "The sample.",
            answer: sample
        ) { call in
            let view = try await call.goodwork.sample(
                claim: name(call),
                size: call.body["size"]?.int ?? 1,
                drawSeed: call.body["seed"]?.int.map { UInt64($0) }
                    ?? UInt64.random(in: 0...UInt64(Int32.max)),
                by: call.actor,
                seed: call.seed
            )
            return call.json(object(view, call), status: 201)
        },
        .post(
            path + "/findings",
            "tellFinding",
            "Say what the evidence of a sampled line supports",
            tag: "Claims",
            .action(.settleClaim),
            body: .object(
                .must("line", .count),
                .must("right", .whole(0...1_000_000_000_000, "Pence that are right.")),
                .may("words", .text(1...2_000))
            ),
            says: "The sample with it.",
            answer: sample
        ) { call in
            let view = try await call.goodwork.found(
                claim: name(call),
                line: call.body["line"]?.int ?? 0,
                right: Pence(Int64(call.body["right"]?.int ?? 0)),
                words: call.body["words"]?.string,
                by: call.actor
            )
            return call.json(object(view, call))
        },
        .post(
            path + "/export",
            "exportClaim",
            "Take a claim's lines away as a file, without identities",
            tag: "Claims",
            .action(.readClaims),
            scope: ClientScope.read,
            body: .object(
                .must("format", .choice(["csv", "json"])),
                .may("purpose", .text(1...200, "Stands in the access log. Name nobody in it."))
            ),
            answer: FileJSON.schema
        ) { call in
            let export = try await call.goodwork.export(
                claim: name(call),
                by: call.actor,
                reason: call.body["purpose"]?.string
            )
            let isCSV = call.body["format"]?.string == "csv"
            let stem = name(call).replacing("/", with: "-")
            return call.json(
                FileJSON.object(
                    "\(stem).\(isCSV ? "csv" : "json")",
                    type: isCSV ? "text/csv" : "application/json",
                    Array((isCSV ? export.csv : export.json).utf8)
                )
            )
        },
        .get(
            "/api/v1/funding/:programme",
            "readFunding",
            "A programme's money: what each strand has, for how many people",
            tag: "Claims",
            .action(.readClaims),
            answer: .named("FundingTable", .map(.any)).saying("In pence.")
        ) { call in
            let programme = try await call.goodwork.fundedProgramme(call.part("programme"))
            guard let table = FundingTable(programme) else {
                throw ServiceError(.notFound, "The programme does not say what is paid for.")
            }
            return try call.json(ReportSchema.object(Array(table.json.utf8)))
        }
        .mayAnswer(422),
    ]

    private static let sample = Schema.named(
        "ClaimSample",
        .object(
            .must("id", .word),
            .must("seed", .whole(0...Int.max)),
            .must("drawn_from", .count),
            .must("drawn_at", .moment),
            .must("drawn_by", .text),
            .must("lines", .list(ClaimJSON.line)),
            .must(
                "findings",
                .list(
                    .object(
                        .must("line", .count),
                        .must("right", ClaimJSON.pence),
                        .must("at", .moment),
                        .must("by", .text),
                        .may("words", .text)
                    )
                )
            ),
            .must(
                "whole",
                Schema.object(
                    .must("lines", .count),
                    .must("checked", .count),
                    .must("wrong", .count),
                    .may("error_found", ClaimJSON.pence),
                    .may("error_likely", ClaimJSON.pence),
                    .may("error_from", ClaimJSON.pence),
                    .may("error_to", ClaimJSON.pence)
                ).saying(
                    "What it says of the whole claim; nothing of errors until a line was checked."
                )
            )
        )
    )

    private static func object(_ view: ClaimSampleView, _ call: Call) -> JSONObject {
        let programme = call.part("programme")
        var object = JSONObject()
        object.put("id", view.sample.id)
        object.put("seed", Int(clamping: view.sample.seed))
        object.put("drawn_from", view.sample.drawnFrom)
        object.put("drawn_at", view.sample.drawnAt)
        object.put("drawn_by", view.sample.drawnBy)
        object.put(
            "lines",
            view.lines.map { line in
                ClaimJSON.object(line) { call.goodwork.pseudonym($0, in: programme) }
            }
        )
        object.put(
            "findings",
            view.findings.values.sorted { $0.line < $1.line }.map { finding in
                var object = JSONObject()
                object.put("line", finding.line)
                object.put("right", Int(finding.right.value))
                object.put("at", finding.at)
                object.put("by", finding.by)
                object.put("words", finding.words)
                return object
            }
        )
        let whole = view.extrapolation
        var said = JSONObject()
        said.put("lines", whole.lines)
        said.put("checked", whole.checked)
        said.put("wrong", whole.wrong)
        said.put("error_found", whole.errorLikely.map { _ in Int(whole.errorFound.value) })
        said.put("error_likely", whole.errorLikely.map { Int($0.value) })
        said.put("error_from", whole.errorRange.map { Int($0.lowerBound.value) })
        said.put("error_to", whole.errorRange.map { Int($0.upperBound.value) })
        object.put("whole", said)
        return object
    }

    private static func evidence(_ call: Call) async throws -> Response {
        guard let number = Int(call.part("line")) else {
            throw ServiceError(.notFound, "There is no such line.")
        }
        let (line, events, reference) = try await call.goodwork.evidence(
            of: name(call),
            line: number,
            by: call.actor
        )
        let programme = call.part("programme")
        var object = JSONObject()
        object.put(
            "line",
            ClaimJSON.object(line) { call.goodwork.pseudonym($0, in: programme) }
        )
        object.put("reference", reference)
        object.put(
            "events",
            events.map { event in
                var object = JSONObject()
                object.put("id", event.id.text)
                object.put("type", event.body.kind.rawValue)
                object.put("on", event.occurredOn)
                object.put("recorded_at", event.recordedAt)
                object.put("organisation", event.by.organisation)
                return object
            }
        )
        return call.json(object)
    }
}
