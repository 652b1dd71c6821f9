import Kernel

@testable import Casework

/// Reads what a table says happened: `referral gp strand=be-well`, `job shop hours_per_week=16`.
///
/// A word for the kind of event, then its first fields in order, then fields by the names that
/// they are stored under. A dot reaches into an object: `answers.wants-work=yes`.
enum EntryWords {
    struct Fault: Error, CustomStringConvertible {
        var description: String
    }

    /// For each word: the stored type, and the fields that follow without a name.
    static let words: [String: (type: String, fields: [String])] = [
        "referral": ("referral.received", ["source"]),
        "accepted": ("referral.accepted", []),
        "returned": ("referral.returned", ["reason"]),
        "supplied": ("referral.answered", []),
        "withdrawn": ("referral.withdrawn", []),
        "cancel-asked": ("referral.cancellation-asked", []),
        "rerouted": ("referral.rerouted", ["strand"]),
        "coach": ("coach.assigned", ["coach"]),
        "transfer-asked": ("transfer.asked", ["provider"]),
        "transfer-accepted": ("transfer.accepted", ["provider"]),
        "transfer-declined": ("transfer.declined", ["provider", "reason"]),
        "paused": ("clock.paused", ["clock", "reason"]),
        "resumed": ("clock.resumed", ["clock"]),
        "contact": ("contact.attempted", ["outcome"]),
        "booked": ("appointment.booked", ["kind", "appointment", "day"]),
        "attended": ("appointment.attended", ["kind", "appointment"]),
        "missed": ("appointment.missed", ["kind", "appointment"]),
        "cancelled": ("appointment.cancelled", ["kind", "appointment"]),
        "consent": ("consent.given", ["scope"]),
        "consent-refused": ("consent.refused", ["scope"]),
        "consent-withdrawn": ("consent.withdrawn", ["scope"]),
        "prefers": ("contact.preferred", ["way"]),
        "details": ("details.changed", ["fields"]),
        "assessed": ("assessment.completed", ["intensity"]),
        "measure": ("measure.taken", ["instrument", "occasion"]),
        "started": ("support.started", []),
        "plan": ("plan.agreed", ["plan"]),
        "goal": ("plan.goal-added", ["goal"]),
        "goal-done": ("plan.goal-done", ["goal"]),
        "goal-dropped": ("plan.goal-dropped", ["goal"]),
        "action": ("plan.action-added", ["action", "due_on", "owner"]),
        "action-done": ("plan.action-done", ["action"]),
        "action-dropped": ("plan.action-dropped", ["action"]),
        "reviewed": ("plan.reviewed", []),
        "delivered": ("support.intervention-delivered", ["intervention", "sessions"]),
        "onward": ("onward.sent", ["service", "onward"]),
        "answered": ("onward.moved", ["onward", "to", "reason"]),
        "status": ("work.status-recorded", ["status"]),
        "fit-note": ("work.fit-note-recorded", ["from", "to", "advice"]),
        "return-agreed": ("work.return-agreed", ["return_on"]),
        "adjustment": ("work.adjustment-agreed", ["adjustment"]),
        "job": ("work.job-started", ["spell"]),
        "job-changed": ("work.job-changed", ["spell"]),
        "job-ended": ("work.job-ended", ["spell"]),
        "risk": ("risk.raised", ["risk", "about"]),
        "risk-resolved": ("risk.resolved", ["risk"]),
        "note": ("note.written", []),
        "discharged": ("case.discharged", ["status"]),
        "tracking": ("tracking.contacted", ["outcome", "status"]),
        "tracking-ended": ("tracking.ended", []),
        "closed": ("case.closed", ["reason"]),
        "reopened": ("case.reopened", ["for"]),
        "eligibility-decided": ("eligibility.decided", ["verdict"]),
        "voided": ("entry.voided", ["event"]),
    ]

    static func body(_ text: String) throws -> EventBody {
        let parts = text.split(separator: " ")
        guard let first = parts.first, let known = words[String(first)],
            let kind = EventKind(rawValue: known.type)
        else { throw Fault(description: "nobody knows the word in: \(text)") }
        // A blank event has its defaults; what is said is laid over them.
        let blank = EventBody(kind).encoded().payload
        var object = try blank.withUnsafeBufferPointer { try JSONValue(parsing: $0) }.objectOrEmpty
        if kind == .onwardSent, parts.count > 1 { object["onward"] = .string(String(parts[1])) }
        var unnamed = known.fields[...]
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map(String.init)
            if pair.count == 2 {
                set(pair[0], value(pair[1], of: pair[0]), in: &object)
            } else if let name = unnamed.popFirst() {
                object[name] = value(pair[0], of: name)
            } else {
                throw Fault(description: "too many words in: \(text)")
            }
        }
        var writer = JSONWriter()
        object.write(to: &writer)
        return try writer.bytes.withUnsafeBufferPointer {
            try EventBody(type: known.type, payload: $0, sealed: nil)
        }
    }

    private static let numbers: Set<String> = [
        "sessions", "score", "age", "hours_per_week", "weekly_pay_pence", "programme_version",
        "minutes",
    ]
    private static let lists: Set<String> = ["barriers", "fields", "corrects"]

    private static func value(_ text: String, of name: String) -> JSONValue {
        if numbers.contains(name) { return .number(text) }
        if name == "improved" { return .bool(text == "yes") }
        if lists.contains(name) {
            return .array(text.split(separator: ",").map { .string(String($0)) })
        }
        return .string(text)
    }

    private static func set(_ name: String, _ value: JSONValue, in object: inout JSONObject) {
        guard let dot = name.firstIndex(of: ".") else {
            object[name] = value
            return
        }
        let outer = String(name[..<dot])
        var inner = object[outer]?.objectOrEmpty ?? JSONObject()
        inner[String(name[name.index(after: dot)...])] = value
        object[outer] = .object(inner)
    }
}

extension JSONValue {
    fileprivate var objectOrEmpty: JSONObject {
        if case .object(let object) = self { object } else { JSONObject() }
    }
}
