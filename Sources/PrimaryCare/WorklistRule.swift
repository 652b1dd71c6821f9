import Kernel

/// Who might be offered support: a rule from `programmes/primary-care/worklist.json`.
package struct WorklistRule: Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case offSick(weeks: Int)
        case status(PracticeStatus, recordedInDays: Int?)
    }

    package enum Exception: Hashable, Sendable {
        case dissent
        case openCase
        case declined(inDays: Int)
        case referred(inDays: Int)
    }

    package var id: String
    package var name: String
    package var ages: ClosedRange<Int>
    /// One of these is enough.
    package var any: [Reason]
    package var unless: [Exception]
    package var offSick: SickSpell.Rule

    /// The rule of a JSON text.
    ///
    /// - Throws: every fault of it.
    package init(json bytes: [UInt8], file: String? = nil) throws(Faults) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw Faults(error.fault(file: file))
        }
        var reading = RuleReading(file: file)
        guard let object = value.object else {
            throw Faults(Fault(file: file, problem: "is no JSON object", expected: "a rule"))
        }
        id = reading.text(object, "id")
        name = reading.text(object, "name")
        ages = reading.ages(object)
        any = reading.reasons(object)
        unless = reading.exceptions(object)
        offSick = reading.offSick(object)
        let known = ["id", "name", "ages", "any", "unless", "off_sick"]
        for key in object.keys where !known.contains(key) {
            reading.fault(key, "nothing is known of it", "one of \(known.joined(separator: ", "))")
        }
        if !reading.faults.isEmpty { throw Faults(faults: reading.faults) }
    }
}

/// Reads the parts of a rule, gathering every fault.
private struct RuleReading {
    var file: String?
    var faults: [Fault] = []

    mutating func fault(_ field: String, _ problem: String, _ expected: String) {
        faults.append(Fault(file: file, field: field, problem: problem, expected: expected))
    }

    mutating func text(_ object: JSONObject, _ key: String) -> String {
        guard let text = object[key]?.string, !text.isEmpty else {
            fault(key, "is missing", "a text")
            return ""
        }
        return text
    }

    mutating func ages(_ object: JSONObject) -> ClosedRange<Int> {
        let ages = object["ages"]?.array?.compactMap(\.int) ?? []
        guard ages.count == 2, ages[0] >= 0, ages[0] <= ages[1] else {
            fault("ages", "cannot be read", "the first and the last age, such as [16, 64]")
            return 16...64
        }
        return ages[0]...ages[1]
    }

    mutating func reasons(_ object: JSONObject) -> [WorklistRule.Reason] {
        var reasons: [WorklistRule.Reason] = []
        for (place, value) in (object["any"]?.array ?? []).enumerated() {
            if let weeks = value["off_sick_weeks"]?.int, weeks >= 0, value.object?.count == 1 {
                reasons.append(.offSick(weeks: weeks))
            } else if let status = value["status"]?.string.flatMap(PracticeStatus.init) {
                let days = value["recorded_in_days"]
                if days != nil, days?.int == nil {
                    fault("any[\(place)].recorded_in_days", "cannot be read", "a number of days")
                }
                reasons.append(.status(status, recordedInDays: days?.int))
            } else {
                let statuses = PracticeStatus.allCases.map(\.rawValue).joined(separator: ", ")
                fault(
                    "any[\(place)]",
                    "cannot be read",
                    "{\"off_sick_weeks\": 4}, or {\"status\": one of \(statuses)}"
                )
            }
        }
        if reasons.isEmpty, faults.allSatisfy({ $0.field?.hasPrefix("any") != true }) {
            fault("any", "is missing", "at least one reason to offer support")
        }
        return reasons
    }

    mutating func exceptions(_ object: JSONObject) -> [WorklistRule.Exception] {
        var exceptions: [WorklistRule.Exception] = []
        for (place, value) in (object["unless"]?.array ?? []).enumerated() {
            if value.string == "dissent" {
                exceptions.append(.dissent)
            } else if value.string == "open-case" {
                exceptions.append(.openCase)
            } else if let days = value["declined_in_days"]?.int {
                exceptions.append(.declined(inDays: days))
            } else if let days = value["referred_in_days"]?.int {
                exceptions.append(.referred(inDays: days))
            } else {
                fault(
                    "unless[\(place)]",
                    "cannot be read",
                    "\"dissent\", \"open-case\", {\"declined_in_days\": 182} or "
                        + "{\"referred_in_days\": 182}"
                )
            }
        }
        // A wish not to be asked is not for a file to overrule.
        if !exceptions.contains(.dissent) {
            fault("unless", "has no \"dissent\"", "\"dissent\" among the exceptions")
        }
        return exceptions
    }

    mutating func offSick(_ object: JSONObject) -> SickSpell.Rule {
        guard let value = object["off_sick"] else { return .usual }
        let notes = value["notes"]?.array?.compactMap { $0.string.flatMap(FitNoteKind.init) } ?? []
        let gap = value["gap_days"]?.int ?? -1
        guard !notes.isEmpty, notes.count == value["notes"]?.array?.count, (0...56).contains(gap)
        else {
            fault(
                "off_sick",
                "cannot be read",
                "{\"notes\": [\"not-fit\"], \"gap_days\": 0 to 56}"
            )
            return .usual
        }
        return SickSpell.Rule(notes: Set(notes), gapDays: gap)
    }
}

// MARK: - Asking it

/// Why somebody is on the worklist.
package struct WorklistReason: Hashable, Sendable {
    package var spell: SickSpell?
    package var status: PracticeStatus?
    package var statusOn: Int32?

    /// The reason in words.
    ///
    /// "off sick for 6 weeks, since 3 March 2025 (Mental health)"
    package func words(on day: Int32) -> String {
        var parts: [String] = []
        if let spell {
            let weeks = spell.days(on: day) / 7
            let group = ConditionGroup.allCases[Int(spell.group)]
            let about = group == .notGiven || group == .notListed ? "" : " (\(group.name))"
            parts.append(
                "off sick for \(weeks) weeks, since \(CivilDate(day: spell.from).uk)\(about)"
            )
        }
        if let status, let statusOn {
            parts.append("\(status.name.lowercased()), recorded \(CivilDate(day: statusOn).uk)")
        }
        return parts.joined(separator: "; ")
    }
}

extension WorklistRule {
    /// Why somebody might be offered support on a day; nil when the rule does not name them.
    package func reason(_ view: PatientView) -> WorklistReason? {
        let age = PatientView.age(view.patient.birthMonth, on: view.day)
        guard ages.contains(age), view.isRegistered() else { return nil }
        var found = WorklistReason()
        var isFound = false
        for one in any {
            switch one {
            case .offSick(let weeks):
                guard let spell = view.spell(offSick), spell.days(on: view.day) >= weeks * 7 else {
                    continue
                }
                found.spell = spell
                isFound = true
            case .status(let status, let days):
                guard let last = view.lastStatus(), last.status == status,
                    days.map({ Int(view.day) - Int(last.on) <= $0 }) ?? true
                else { continue }
                (found.status, found.statusOn) = (last.status, last.on)
                isFound = true
            }
        }
        guard isFound, !unless.contains(where: { holds($0, view) }) else { return nil }
        return found
    }

    private func holds(_ exception: Exception, _ view: PatientView) -> Bool {
        func isWithin(_ on: Int32?, _ days: Int) -> Bool {
            on.map { Int(view.day) - Int($0) <= days } ?? false
        }
        switch exception {
        case .dissent: return view.patient.dissent
        case .openCase: return view.cases.contains { $0.isOpen(on: view.day) }
        case .declined(let days): return isWithin(view.last([.declined]), days)
        case .referred(let days):
            let cases = view.cases.map(\.referredOn).filter { $0 <= view.day }.max()
            return isWithin(view.last([.referred]), days) || isWithin(cases, days)
        }
    }
}
