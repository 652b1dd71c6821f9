import Application
import Casework
import Kernel
import Store

/// A referral's status as JSON.
enum ReferralJSON {
    static let next = Schema.named(
        "NextStep",
        .object(
            .must("says", .text),
            .must("owner", .choice(["referrer", "provider"])),
            .may("due_on", .date)
        )
    )

    static let status = Schema.named(
        "Status",
        .object(
            .must("id", .id),
            .must("reference", .word),
            .must("programme_name", .word),
            .may("strand_name", .word),
            .may("provider", .text),
            .must("step", .choice(ReferralStatus.Step.self)),
            .must(
                "steps",
                .list(.choice(ReferralStatus.Step.self)).saying(
                    "Those reached, the one where it stands and those to come."
                )
            ),
            .must(
                "lines",
                .list(
                    .object(
                        .must("on", .date),
                        .must("says", .text),
                        .must("shared_on", .date)
                    )
                ).saying("What happened, the latest first.")
            ),
            .may("next", next),
            .must(
                "missing",
                .list(.word).saying(
                    "Answers that the rules still ask for, by the names that take them."
                )
            ),
            .must("shares_outcome", .truth.saying("Whether the person agreed to that.")),
            .must("outcome", .list(.text)),
            .may(
                "instead",
                .object(
                    .must("id", .id),
                    .must("reference", .word),
                    .must("programme_name", .word)
                )
            )
        )
    )

    static func object(_ next: NextStep) -> JSONObject {
        var object = JSONObject()
        object.put("says", next.says)
        object.put("owner", next.owner == .referrer ? "referrer" : "provider")
        object.put("due_on", next.dueOn)
        return object
    }

    static func object(_ status: ReferralStatus) -> JSONObject {
        var object = JSONObject()
        object.put("id", status.caseID.text)
        object.put("reference", status.reference)
        object.put("programme_name", status.programmeName)
        object.put("strand_name", status.strandName)
        object.put("provider", status.provider)
        object.put("step", status.step.rawValue)
        object.put("steps", status.steps.map(\.rawValue))
        object.put(
            "lines",
            status.lines.map { line in
                var object = JSONObject()
                object.put("on", line.day)
                object.put("says", line.says)
                object.put("shared_on", line.sharedOn)
                return object
            }
        )
        object.put("next", status.next.map(Self.object))
        object.put("missing", status.missing)
        object.put("shares_outcome", status.sight == .outcome)
        object.put("outcome", status.outcome)
        object.put(
            "instead",
            status.instead.map { other in
                var object = JSONObject()
                object.put("id", other.caseID.text)
                object.put("reference", other.reference)
                object.put("programme_name", other.programmeName)
                return object
            }
        )
        return object
    }
}

extension CaseRow {
    /// As much of a case as says that it is there.
    var openCase: JSONObject {
        var object = JSONObject()
        object.put("id", header.id.text)
        object.put("reference", header.reference)
        object.put("programme", header.programme)
        object.put("state", state.rawValue)
        return object
    }
}
