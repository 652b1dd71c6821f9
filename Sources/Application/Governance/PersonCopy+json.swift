import Casework
import Kernel
import Programmes
import Store

extension PersonCopy {
    /// The copy as JSON; `docs/governance.md` describes it.
    package var json: String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.entry("made_at", madeAt.iso)
        writer.entry("person", person.text)
        writer.list("records", records) { writer, record in
            writer.entry("record", record.id.text)
            writer.entry("erased_at", record.erasedAt?.iso)
            guard let identity = record.identity else { return }
            writer.key("identity")
            writer.raw(identity.encoded())
        }
        writer.list("accounts", accounts) { writer, account in
            writer.entry("account", account.id.text)
            writer.entry("login", account.login)
            writer.entry("created_at", account.createdAt.iso)
            writer.entry("password_set_at", account.passwordSetAt?.iso)
            writer.flag("second_factor", account.hasSecondFactor)
            writer.entry("issuer", account.issuer)
            writer.entry("subject", account.subject)
            writer.entry("disabled_at", account.disabledAt?.iso)
        }
        writer.list("cases", cases) { $1.write(to: &$0, names) }
        writer.list("looked_at", looks) { writer, look in
            writer.entry("at", look.at.iso)
            writer.entry("role", names.roles[look.actor])
            writer.entry("organisation", names.organisation(look.organisation))
            writer.entry("action", look.action)
            writer.entry("subject", look.subject)
            writer.entry("outcome", look.outcome)
        }
        writer.list("glass_broken", glass) { writer, glass in
            writer.entry("at", glass.brokenAt.iso)
            writer.entry("until", glass.endsAt.iso)
            writer.entry("role", names.roles[glass.account])
            writer.entry("organisation", names.organisation(glass.organisation))
            writer.entry("reason", glass.reason)
            writer.entry("verdict", glass.review?.verdict.rawValue)
            writer.entry("review", glass.review?.words)
            writer.flag("check_before_giving", true)
        }
        writer.list("merges", merges) { writer, merge in
            writer.entry("record", merge.one.text)
            writer.entry("joined_into", merge.other.text)
            writer.entry("at", merge.saidAt.iso)
            writer.entry("reason", merge.reason ?? "")
            writer.entry("undone_at", merge.undone?.at.iso)
            writer.entry("undone_reason", merge.undone.map { $0.reason ?? "" })
            writer.flag("check_before_giving", true)
        }
        writer.list("told_apart", apart) { writer, apart in
            writer.entry("at", apart.saidAt.iso)
            writer.entry("reason", apart.reason)
            writer.entry("withdrawn_at", apart.undone?.at.iso)
            writer.flag("check_before_giving", true)
        }
        writer.list("claims", claims) { writer, line in
            writer.entry("claim", line.claim)
            writer.entry("payment", line.rule)
            writer.entry("day", line.day)
            writer.number("pence", Int(line.amount.value))
        }
        writer.list("practices", practices) { $1.write(to: &$0) }
        writer.list("copies_asked", asked) { writer, asked in
            writer.entry("at", asked.askedAt.iso)
            writer.entry("answered_at", asked.answeredAt?.iso)
        }
        writer.endObject()
        return writer.text
    }
}

extension PersonCopy.HeldCase {
    fileprivate func write(to writer: inout JSONWriter, _ names: CopyNames) {
        writer.entry("case", header.id.text)
        writer.entry("reference", header.reference)
        writer.entry("programme", header.programme)
        writer.entry("programme_name", programme.name)
        writer.number("programme_version", header.programmeVersion)
        writer.entry("state", state.rawValue)
        writer.list("events", lines) { $1.write(to: &$0, names) }
        writer.key("answers")
        writer.beginObject()
        for (question, answer) in `case`.answers.sorted(by: { $0.key < $1.key }) {
            writer.entry(question, answer)
        }
        writer.endObject()
        writer.list("measures", `case`.scores) { writer, score in
            writer.entry("instrument", score.instrument)
            writer.entry("occasion", score.occasion.rawValue)
            writer.number("score", score.score)
        }
        writer.entry("plan", `case`.plan)
        writer.list("goals", `case`.goals) { $1.write(to: &$0) }
        writer.list("actions", `case`.actions) { $1.write(to: &$0) }
        writer.list("to_do", workItems) { writer, item in
            writer.entry("due_on", item.dueOn.iso)
            writer.entry("owner", item.owner)
            writer.entry("says", item.says)
        }
        writer.list("messages", messages) { writer, message in
            writer.entry("kind", message.reader.rawValue)
            writer.entry("made_at", message.createdAt.iso)
            writer.entry("delivered_at", message.deliveredAt?.iso)
        }
    }
}

extension PersonCopy.Line {
    fileprivate func write(to writer: inout JSONWriter, _ names: CopyNames) {
        let encoded = event.body.encoded()
        writer.entry("event", event.id.text)
        writer.entry("type", event.body.kind.rawValue)
        writer.entry("occurred_on", event.occurredOn.iso)
        writer.entry("recorded_at", event.recordedAt.iso)
        writer.entry("role", names.roles[event.by.user])
        writer.entry("organisation", names.organisation(event.by.organisation))
        writer.entry("says", says)
        writer.key("coded")
        writer.raw(encoded.payload)
        if !encoded.sealed.isEmpty {
            writer.key("words")
            writer.raw(encoded.sealed)
            writer.flag("check_before_giving", mustCheck)
        }
        writer.entry("withdrawn_at", voidedAt?.iso)
    }
}

extension PersonCopy.PracticeRecord {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.entry("practice", practice)
        writer.entry("nhs_number", nhsNumber)
        writer.entry("birth_date", birthDate.iso)
        writer.entry("registered_on", registeredOn?.iso)
        writer.entry("left_on", leftOn?.iso)
        writer.flag("dissents", dissents)
        writer.list("entries", entries) { writer, entry in
            writer.entry("on", entry.on.iso)
            writer.entry("code", entry.code)
            writer.entry("name", entry.name)
            writer.entry("from", entry.from?.iso)
            writer.entry("to", entry.to?.iso)
            writer.entry("condition", entry.condition)
            writer.entry("condition_name", entry.conditionName)
            writer.entry("told_on", entry.toldOn.iso)
            writer.entry("withdrawn_on", entry.withdrawnOn?.iso)
        }
        writer.list("asked_to_write", returns) { writer, asked in
            writer.entry("at", asked.at.iso)
            writer.entry("case", asked.caseID.text)
            writer.entry("status", asked.status.rawValue)
            writer.entry("day", asked.day.iso)
        }
    }
}

extension PlanItem {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.entry("id", id)
        writer.entry("state", state.rawValue)
        writer.entry("owner", owner)
        writer.entry("due_on", dueOn?.iso)
    }
}

extension JSONWriter {
    /// A text with its key; left out when there is none.
    fileprivate mutating func entry(_ key: String, _ text: String?) {
        guard let text else { return }
        self.key(key)
        string(text)
    }

    fileprivate mutating func number(_ key: String, _ value: Int) {
        self.key(key)
        int(value)
    }

    fileprivate mutating func flag(_ key: String, _ value: Bool) {
        self.key(key)
        bool(value)
    }

    fileprivate mutating func list<T>(
        _ key: String,
        _ items: [T],
        _ write: (inout JSONWriter, T) -> Void
    ) {
        self.key(key)
        beginArray()
        for item in items {
            beginObject()
            write(&self, item)
            endObject()
        }
        endArray()
    }
}
