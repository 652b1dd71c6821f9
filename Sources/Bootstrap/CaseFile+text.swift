import Application
import Casework
import Kernel
import Programmes

extension CaseFile {
    /// The story as words for a terminal.
    var text: String {
        var lines = [
            "\(header.reference) · \(programme.name) · \(state.rawValue)",
            "case \(header.id), programme version \(header.programmeVersion)",
        ]
        if isErased { lines.append("The person has been erased.") }
        lines += identityLines
        lines.append("")
        lines += eventLines
        if !clocks.isEmpty {
            lines.append("")
            lines.append("Clocks")
            lines += clocks.map { "  " + $0.sentence }
        }
        if !outcomes.isEmpty {
            lines.append("")
            lines.append("Outcomes")
            lines += outcomes.map { "  " + $0.sentence(on: today) }
        }
        if !workItems.isEmpty {
            lines.append("")
            lines.append("To do")
            lines += workItems.map { item in
                let late = item.dueOn < today ? " (overdue)" : ""
                return "  \(item.dueOn.iso)  \(item.owner): \(item.says)\(late)"
            }
        }
        return lines.joined(separator: "\n")
    }

    private var identityLines: [String] {
        guard let identity else { return [] }
        let name = [identity.givenName, identity.familyName].compactMap { $0 }
        let pairs = [
            ("name", name.isEmpty ? nil : name.joined(separator: " ")),
            ("born", identity.birthDate),
            ("NHS number", identity.nhsNumber.flatMap { NHSNumber($0)?.spaced }),
            ("postcode", identity.postcode), ("address", identity.address),
            ("phone", identity.phone), ("email", identity.email),
        ]
        return pairs.compactMap { name, value in value.map { "\(name): \($0)" } }
    }

    private var eventLines: [String] {
        // What was withdrawn says so itself; the withdrawal needs no line of its own.
        lines.filter { $0.event.body.kind != .voided }.map { line in
            let mark = line.voidedAt.map { " [withdrawn on \($0.civilDateUK.iso)]" } ?? ""
            return "  \(line.event.occurredOn.iso)  \(line.sentence)\(mark)"
        }
    }

    /// The story as JSON.
    var json: String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.optional("case", header.id.text)
        writer.optional("reference", header.reference)
        writer.optional("programme", header.programme)
        writer.optional("programme_version", header.programmeVersion)
        writer.optional("state", state.rawValue)
        if let identity {
            writer.key("identity")
            writer.raw(identity.encoded())
        }
        writer.key("events")
        writer.beginArray()
        for line in lines { line.write(to: &writer) }
        writer.endArray()
        writer.key("clocks")
        writer.beginArray()
        for clock in clocks {
            writer.beginObject()
            writer.optional("clock", clock.clock.id)
            writer.optional("due_on", clock.dueOn.iso)
            writer.optional("stopped_on", clock.stoppedOn?.iso)
            writer.optional("state", clock.word)
            writer.optional("warning", clock.warning)
            writer.endObject()
        }
        writer.endArray()
        writer.key("outcomes")
        writer.beginArray()
        for outcome in outcomes {
            writer.beginObject()
            writer.optional("outcome", outcome.rule.id)
            writer.optional("met_on", outcome.metOn?.iso)
            writer.optional("counted", outcome.payCounted ?? outcome.daysCounted)
            writer.optional("needed", outcome.needed)
            writer.optional("earliest", outcome.earliest?.iso)
            writer.endObject()
        }
        writer.endArray()
        writer.key("to_do")
        writer.beginArray()
        for item in workItems {
            writer.beginObject()
            writer.optional("kind", item.kind.rawValue)
            writer.optional("due_on", item.dueOn.iso)
            writer.optional("owner", item.owner)
            writer.optional("says", item.says)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.text
    }
}

extension CaseFile.Line {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.optional("event", event.id.text)
        writer.optional("type", event.body.kind.rawValue)
        writer.optional("occurred_on", event.occurredOn.iso)
        writer.optional("recorded_at", event.recordedAt.iso)
        writer.optional("recorded_by", event.by.user)
        writer.optional("organisation", event.by.organisation)
        writer.optional("says", sentence)
        writer.key("voided")
        writer.bool(voidedAt != nil)
        writer.optional("voided_at", voidedAt?.iso)
        writer.endObject()
    }
}

extension ClockReading {
    fileprivate var word: String {
        switch state {
        case .met: "met"
        case .missed: "missed"
        case .running: "running"
        case .lapsed: "lapsed"
        }
    }

    fileprivate var sentence: String {
        let stopped = stoppedOn.map { ", stopped \($0.iso)" } ?? ""
        let warning = warning.map { ". \($0)" } ?? ""
        return "\(clock.name): \(word), due \(dueOn.iso)\(stopped)\(warning)"
    }
}

extension OutcomeReading {
    fileprivate func sentence(on day: CivilDate) -> String {
        if let metOn, metOn <= day {
            let spells = evidence.map { "\($0.kind) from \($0.from.iso)" }.joined(separator: ", ")
            return "\(rule.name): met on \(metOn.iso) (\(spells))"
        }
        let counted =
            payCounted.map { "\(Pence(Int64($0)).text) of \(Pence(Int64(needed)).text)" }
            ?? "\(daysCounted) of \(needed) days"
        let earliest = earliest.map { ", at the earliest on \($0.iso)" } ?? ""
        return "\(rule.name): not met, \(counted)\(earliest)"
    }
}
