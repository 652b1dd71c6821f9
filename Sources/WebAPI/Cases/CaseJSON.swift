import Application
import Casework
import Kernel
import Programmes
import Store

/// A case as JSON: what `CaseFile` holds for whoever opened it, and nothing more.
enum CaseJSON {
    static let schema = Schema.named(
        "Case",
        .object(
            [
                .must("id", .id),
                .must("reference", .word),
                .must("programme", .word),
                .must("programme_version", .count),
                .must("version", .count),
                .must("state", .choice(CaseState.self)),
                .may("strand", .word),
                .may("provider", .text),
                .may("coach", .text),
                .may("referrer", .text),
                .may("asked", .text.saying("The provider that was asked to take it over.")),
                .may("person", .map(.text).saying("For those who may see who it is.")),
                .must("is_erased", .truth),
                .may("referral", .map(.any).saying("What was said at referral, coded.")),
                .may("eligibility", eligibility),
                .must("milestones", .map(.date)),
                .must("consents", .map(.choice(["given", "refused", "withdrawn"]))),
                .must("clocks", .list(clock)),
                .must("outcomes", .list(outcome)),
                .must("work_items", .list(WorkJSON.schema)),
                .must("may", .list(.word).saying("What the client may do to this case.")),
            ] + CaseJSON.support
        )
    )

    private static let eligibility = Schema.object(
        .must("verdict", .choice(Verdict.self)),
        .must("rules", .list(.text)),
        .must("says", .list(.text)),
        .must("missing", .list(.word))
    )

    private static let clock = Schema.named(
        "Clock",
        .object(
            .must("id", .word),
            .must("name", .text),
            .must("state", .choice(["met", "missed", "running", "lapsed", "paused"])),
            .must("started_on", .date),
            .may("due_on", .date),
            .may("stopped_on", .date)
        )
    )

    private static let outcome = Schema.named(
        "Outcome",
        .object(
            .must("id", .word),
            .may("met_on", .date),
            .may("earliest_on", .date),
            .must("days_counted", .count),
            .must("needed", .count)
        )
    )

    static func object(_ file: CaseFile) -> JSONObject {
        let folded = file.case
        let parties = folded.parties(in: file.programme)
        var object = JSONObject()
        object.put("id", file.header.id.text)
        object.put("reference", file.header.reference)
        object.put("programme", file.header.programme)
        object.put("programme_version", file.header.programmeVersion)
        object.put("version", file.version)
        object.put("state", file.state.rawValue)
        object.put("strand", folded.strand)
        object.put("provider", parties.provider)
        object.put("coach", folded.coach)
        object.put("referrer", parties.referrer)
        object.put("asked", parties.asked)
        object.put("person", file.identity.flatMap(person))
        object.put("is_erased", file.isErased)
        object.put("referral", folded.referral.map(said))
        object.put("eligibility", folded.eligibility.map { decision($0, file.programme) })
        object.put("milestones", milestones(folded))
        object.put("consents", consents(folded))
        object.put("clocks", file.clocks.map(Self.object))
        object.put("outcomes", file.outcomes.map { Self.object($0, on: file.today) })
        object.put("work_items", work(file).map(WorkJSON.object))
        object.put("may", file.may.map(\.rawValue).sorted())
        put(support: file, into: &object)
        return object
    }

    /// Risks are for the case team.
    private static func work(_ file: CaseFile) -> [WorkItem] {
        file.workItems.filter { item in
            item.kind != .risk || file.may.contains(.changeCase)
                || file.may.contains(.readClinical)
        }
    }

    private static func person(_ identity: Identity) -> JSONObject? {
        (try? JSONValue(parsing: identity.encoded()))?.object
    }

    private static func said(_ referral: ReferralReceived) -> JSONObject {
        let payload = EventBody.referralReceived(referral).encoded().payload
        return (try? JSONValue(parsing: payload))?.object ?? JSONObject()
    }

    private static func decision(
        _ decided: EligibilityDecided,
        _ programme: Programme
    ) -> JSONObject {
        var object = JSONObject()
        object.put("verdict", decided.verdict.rawValue)
        object.put("rules", decided.rules)
        object.put("says", decided.says)
        object.put("missing", decided.missing.map(programme.answerID(ofMissing:)))
        return object
    }

    private static func milestones(_ folded: Case) -> JSONObject {
        var object = JSONObject()
        for milestone in Milestone.allCases { object.put(milestone.rawValue, folded[milestone]) }
        return object
    }

    private static func consents(_ folded: Case) -> JSONObject {
        var object = JSONObject()
        for scope in ConsentScope.allCases {
            let word: String? =
                switch folded.consents[scope] {
                case .consentGiven: "given"
                case .consentRefused: "refused"
                case nil: nil
                default: "withdrawn"
                }
            object.put(scope.rawValue, word)
        }
        return object
    }

    private static func object(_ reading: ClockReading) -> JSONObject {
        let state =
            switch reading.state {
            case .met: "met"
            case .missed: "missed"
            case .running: reading.pausedOn == nil ? "running" : "paused"
            case .lapsed: "lapsed"
            }
        var object = JSONObject()
        object.put("id", reading.clock.id)
        object.put("name", reading.clock.name)
        object.put("state", state)
        object.put("started_on", reading.startedOn)
        if reading.pausedOn == nil { object.put("due_on", reading.dueOn) }
        object.put("stopped_on", reading.stoppedOn)
        return object
    }

    private static func object(_ reading: OutcomeReading, on day: CivilDate) -> JSONObject {
        var object = JSONObject()
        object.put("id", reading.rule.id)
        if reading.isMet(on: day) { object.put("met_on", reading.metOn) }
        object.put("earliest_on", reading.earliest)
        object.put("days_counted", reading.daysCounted)
        object.put("needed", reading.needed)
        return object
    }
}
