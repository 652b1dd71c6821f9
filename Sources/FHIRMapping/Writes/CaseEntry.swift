import Casework
import FHIRModel
import Kernel
import Programmes

/// A resource about a case, read as the command that it asks for.
///
/// The server finds the case first, by `CaseReference`, and checks that the sender may do what the
/// command does.
package struct CaseEntry: Sendable {
    package var command: Command

    /// The types that can be sent, beside a ServiceRequest and a Task; a Task that is part of
    /// another refers a case on.
    package static let types = [
        "Communication", "Observation", "QuestionnaireResponse", "Consent", "Appointment", "Goal",
        "Procedure", "CarePlan",
    ]

    /// - Parameters:
    ///   - id: of the resource that is changed; nil makes a new one.
    ///   - record: the case as the case team may know it.
    ///   - organisation: whoever sends.
    ///   - before: what the same transaction tells already.
    /// - Throws: every fault, each with its place.
    package init(
        _ resource: FHIRResource,
        id: String? = nil,
        of record: CaseRecord,
        by organisation: String,
        on today: CivilDate,
        after before: Command = Command()
    ) throws(FHIRIssues) {
        var record = record
        record.sight = .team
        var reader = EntryReader(
            resource: resource.root,
            id: id,
            view: CaseView(record),
            organisation: organisation,
            today: today,
            incoming: Incoming(resource),
            taken: before.names
        )
        let command = reader.read()
        guard let command, reader.incoming.issues.isEmpty else {
            throw FHIRIssues(reader.incoming.issues)
        }
        let long = TextLimits.issues(of: command, asked: resource.type)
        if !long.isEmpty { throw FHIRIssues(long) }
        self.command = command
    }
}

/// The case that a resource is about, as it names it.
package struct CaseReference: Sendable, Hashable {
    /// The elements by which a resource may name a case.
    package static let places = [
        "basedOn", "about", "focus", "partOf", "referralRequest", "encounter", "addresses",
    ]

    /// From the references of a resource, the first that names a case: its Task or ServiceRequest.
    package static func cases(in resource: FHIRResource) -> [CaseID] {
        var ids: [CaseID] = []
        for place in places {
            for reference in resource.root.all(place) {
                guard let named = reference["reference"]?.text.flatMap({ FHIRReference($0) }),
                    ["Task", "ServiceRequest", "EpisodeOfCare", "CarePlan", "Condition"]
                        .contains(named.type),
                    let id = caseID(in: named.id), !ids.contains(id)
                else { continue }
                ids.append(id)
            }
        }
        return ids
    }

    /// The person whom a resource is about, for one that cannot name a case.
    package static func person(in resource: FHIRResource) -> PersonID? {
        patient(in: resource).flatMap { FHIRReference($0.text) }.flatMap { PersonID($0.id) }
    }

    /// The reference to a Patient that a resource is about, and the element that has it.
    package static func patient(in resource: FHIRResource) -> (element: String, text: String)? {
        ["subject", "patient", "for"].lazy.compactMap { place in
            resource.root[place]?["reference"]?.text.map { (place, $0) }
        }.first { FHIRReference($0.1)?.type == "Patient" }
    }

    /// The case that a resource's id begins with: `0123….4567…`.
    package static func caseID(in id: String) -> CaseID? {
        CaseID(id.split(separator: ".", maxSplits: 1).first.map(String.init) ?? id)
    }
}

/// Reads a resource about a case.
struct EntryReader {
    let resource: FHIRElement
    let id: String?
    let view: CaseView
    let organisation: String
    let today: CivilDate
    var incoming: Incoming
    /// What the same transaction called things already.
    var taken: Set<String> = []

    mutating func read() -> Command? {
        switch resource.type {
        case "Communication": return communication()
        case "Observation": return observation()
        case "QuestionnaireResponse": return response()
        case "Consent": return consent()
        case "Appointment": return appointment()
        case "Goal": return goal()
        case "Procedure": return procedure()
        case "CarePlan": return carePlan()
        case "Task": return onward()
        default:
            incoming.fault(.notSupported, resource, "A \(resource.type) is not taken.")
            return nil
        }
    }

    /// The day of an element; today when it is not there.
    mutating func day(_ element: FHIRElement?) -> CivilDate {
        guard let element else { return today }
        let time = element.type == "Period" ? element["start"] : element
        guard let day = time?.day else {
            incoming.fault(.value, element, "Give the whole date.")
            return today
        }
        return day
    }

    /// A code of ours, or a fault that names those that there are.
    mutating func code(
        _ concept: FHIRElement?,
        _ system: String,
        _ child: String,
        among known: [String]
    ) -> String? {
        let code = concept?.code(of: Systems.code(system))
        if let code, known.contains(code) { return code }
        let list = known.isEmpty ? "none" : known.joined(separator: ", ")
        let says = "Give a code of \(Systems.code(system)): \(list)."
        if let concept {
            incoming.fault(code == nil ? .required : .codeInvalid, concept, says)
        } else {
            incoming.fault(.required, resource, child, says)
        }
        return nil
    }

    private mutating func procedure() -> Command? {
        var fields = InterventionDelivered()
        if let status = resource["status"], status.text != "completed" {
            incoming.fault(.businessRule, status, "Send what was done: completed.")
        }
        let offered = view.programme.pathway.interventions.map(\.id)
        fields.intervention = code(resource["code"], "intervention", "code", among: offered) ?? ""
        if let sessions = resource.extension(Systems.extension("sessions"))?["value"]?.int {
            fields.sessions = sessions
        }
        return Command(.interventionDelivered(fields), on: day(resource["performed"]))
    }

    private mutating func carePlan() -> Command? {
        var fields = PlanAgreed()
        if let status = resource["status"], !["active", "completed"].contains(status.text) {
            incoming.fault(.businessRule, status, "Send a plan that was agreed: active.")
        }
        let plans = view.programme.pathway.plans
        let category = resource.all("category").first
        fields.plan = code(category, "plan", "category", among: plans) ?? ""
        return Command(.planAgreed(fields), on: day(resource["created"] ?? resource["period"]))
    }

    /// A new goal, or what became of one.
    private mutating func goal() -> Command? {
        let status = resource["lifecycleStatus"]
        guard let id else {
            if status?.text != "active" {
                incoming.fault(.businessRule, status, "A new goal is active.")
            }
            guard let words = resource["description"]?["text"]?.text else {
                incoming.fault(.required, resource["description"], "text", "Say the goal in words.")
                return nil
            }
            var added = GoalAdded()
            let named = resource.identifier(of: Systems.identifier("goal"))?["value"]?.text
            added.goal = named ?? unusedName("goal", among: view.folded.goals.map(\.id))
            added.text = words
            return Command(.goalAdded(added), on: day(resource["start"]))
        }
        let event = view.events.first { view.id(of: $0) == id }
        guard case .goalAdded(let added) = event?.body else {
            incoming.fault(.notFound, resource["id"], "There is no such goal.")
            return nil
        }
        var fields = GoalRef()
        fields.goal = added.goal
        let on = day(resource["statusDate"])
        let state = view.folded.goals.last { $0.id == added.goal }?.state
        switch (status?.text, state) {
        case ("completed", .done), ("cancelled", .dropped), ("rejected", .dropped),
            ("active", .open):
            return Command()
        case ("completed", _): return Command(.goalDone(fields), on: on)
        case ("cancelled", _), ("rejected", _): return Command(.goalDropped(fields), on: on)
        case ("active", _):
            incoming.fault(.businessRule, status, "This goal is over: add another.")
            return nil
        default:
            incoming.fault(.businessRule, status, "A goal is active, completed or cancelled.")
            return nil
        }
    }

    func unusedName(_ stem: String, among used: [String]) -> String {
        var number = used.count + 1
        while used.contains("\(stem)-\(number)") || taken.contains("\(stem)-\(number)") {
            number += 1
        }
        return "\(stem)-\(number)"
    }
}

extension Command {
    /// What it calls that which is new: goals, appointments and onward referrals.
    fileprivate var names: Set<String> {
        Set(
            entries.compactMap { entry in
                switch entry.body {
                case .goalAdded(let fields): fields.goal
                case .appointmentBooked(let fields): fields.appointment
                case .onwardSent(let fields): fields.onward
                default: nil
                }
            }
        )
    }
}
