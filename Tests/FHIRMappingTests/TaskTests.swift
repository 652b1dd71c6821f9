import Casework
import FHIRModel
import Kernel
import Programmes
import Testing

@testable import FHIRMapping

@Suite struct TaskTests {
    /// A case in each status that a Task here can have, and how it is come by.
    static func record(_ status: TaskStatus, _ world: inout World) throws -> CaseRecord {
        var record = try world.refer()
        switch status {
        case .requested, .draft: break
        case .rejected:
            try world.tell(&record, [.event("referral.returned", #"{"reason":"not-accepted"}"#)])
        case .inError:
            let told = record.history.events.filter { $0.cause == nil }
            let voids = told.map { Command.Void(event: $0.id, reason: "entered-in-error") }
            try world.tell(&record, Command(voids: voids))
        case .cancelled:
            try world.tell(&record, [.event("referral.withdrawn")])
        default:
            try world.tell(&record, [.event("referral.accepted")])
            if status == .accepted { break }
            try world.tell(&record, [.event("contact.attempted", #"{"outcome":"reached"}"#)])
            switch status {
            case .onHold:
                let pause = #"{"clock":"assessment","reason":"in-hospital"}"#
                try world.tell(&record, [.event("clock.paused", pause)])
            case .completed:
                try world.tell(&record, [.event("case.closed", #"{"reason":"completed"}"#)])
            case .failed:
                try world.tell(&record, [.event("case.closed", #"{"reason":"disengaged"}"#)])
            default: break
            }
        }
        return record
    }

    /// What a move needs to be said with it.
    static func more(_ to: TaskStatus) -> JSONObject {
        switch to {
        case .rejected: Requests.reason("not-accepted", "Their practice will call them")
        case .onHold: Requests.reason("in-hospital")
        case .failed: Requests.reason("disengaged")
        default: [:]
        }
    }

    /// The table as it is meant: each move and whose it is.
    ///
    /// Everything else is refused.
    static let moves: [String: String] = [
        "requested accepted": "provider", "requested rejected": "provider",
        "requested cancelled": "either", "accepted in-progress": "provider",
        "accepted on-hold": "provider", "accepted cancelled": "either",
        "accepted completed": "provider", "accepted failed": "provider",
        "in-progress completed": "provider", "in-progress failed": "provider",
        "in-progress cancelled": "either", "in-progress on-hold": "provider",
        "on-hold in-progress": "provider", "on-hold cancelled": "either",
        "on-hold completed": "provider", "on-hold failed": "provider",
        "requested entered-in-error": "requester", "accepted entered-in-error": "requester",
        "in-progress entered-in-error": "requester", "on-hold entered-in-error": "requester",
        "rejected entered-in-error": "requester", "cancelled entered-in-error": "requester",
        "completed entered-in-error": "requester", "failed entered-in-error": "requester",
    ]

    /// Every status that a case can be in, every status that can be sent, each party and a stranger.
    static let cells: [(from: TaskStatus, to: TaskStatus, party: String)] = {
        var cells: [(TaskStatus, TaskStatus, String)] = []
        for from in TaskStatus.allCases where from != .draft {
            for to in TaskStatus.allCases where to != from {
                for party in ["requester", "provider", "stranger"] {
                    cells.append((from, to, party))
                }
            }
        }
        return cells
    }()

    @Test(arguments: TaskStatus.allCases.filter { $0 != .draft })
    func `each move is made by its party and refused to others`(from: TaskStatus) throws {
        var cells = 0
        for cell in Self.cells where cell.from == from {
            cells += 1
            var world = try World()
            var record = try Self.record(from, &world)
            #expect(try world.task(record)["status"]?.text == from.rawValue)
            let whose = Self.moves["\(from.rawValue) \(cell.to.rawValue)"]
            let isAllowed = whose == cell.party || (whose == "either" && cell.party != "stranger")
            let organisation =
                ["requester": World.clinic, "provider": World.provider][cell.party] ?? "elsewhere"
            let name = "\(from.rawValue) → \(cell.to.rawValue) by \(cell.party)"
            do {
                try world.send(&record, cell.to.rawValue, by: organisation, Self.more(cell.to))
                #expect(isAllowed, "\(name) was taken")
                // Once the service is in contact whoever referred asks it to cancel.
                let isBack = [.cancelled, .inError].contains(cell.to) && cell.party == "requester"
                let isAsked = isBack && [.inProgress, .onHold].contains(from)
                let expected = isAsked ? from : cell.to
                #expect(try world.task(record)["status"]?.text == expected.rawValue, "\(name)")
                if isAsked { #expect(try world.state(record).hasSuffix(" 5.2"), "\(name)") }
            } catch let error as FHIRIssues where cell.to == .inError && from.isOver && isAllowed {
                #expect(error.issues.first?.detail == "already-over", "\(name): \(error)")
            } catch let error as FHIRIssues {
                #expect(!isAllowed, "\(name): \(error)")
                #expect(error.issues.first?.expression == "Task.status", "\(name)")
                let isStranger = cell.party == "stranger"
                let isWrongParty = whose != nil
                let code: FHIRIssue.Code = isStranger || isWrongParty ? .forbidden : .businessRule
                #expect(error.issues.first?.code == code, "\(name): \(error)")
            }
        }
        #expect(cells == (TaskStatus.allCases.count - 1) * 3)
    }

    @Test func `the edges are those of the table in the facts`() {
        #expect(TaskEdges.all.count == 1 + 3 + 5 + 4 + 4 + 9)
        #expect(TaskEdges.next(.requested, for: .requester) == [.cancelled, .inError])
        for from in TaskStatus.allCases where from.isOver {
            for party in TaskParty.allCases {
                #expect(TaskEdges.next(from, for: party).isEmpty, "\(from) \(party)")
            }
        }
        #expect(TaskStatus(sent: "received") == .requested)
        #expect(TaskStatus(sent: "ready") == nil)
    }

    @Test func `a status that no move leads to accepts nothing`() throws {
        var world = try World()
        var record = try world.refer()
        let issues = #expect(throws: FHIRIssues.self) {
            try world.send(&record, "ready", by: World.provider)
        }
        #expect(issues?.issues.map(\.code) == [.codeInvalid])
        #expect(issues?.issues.map(\.expression) == ["Task.status"])
        #expect(try world.state(record) == "requested 2.0")
    }

    @Test func `of a referral that is over nothing is offered that is refused then`() throws {
        for from in [TaskStatus.rejected, .completed, .failed] {
            var world = try World()
            var record = try Self.record(from, &world)
            let issues = #expect(throws: FHIRIssues.self, "\(from)") {
                try world.send(&record, "requested", by: World.clinic)
            }
            let says = issues?.issues.first?.diagnostics ?? ""
            #expect(says.hasSuffix("you may set nothing."), "\(says)")
        }
    }

    @Test func `whoever rejects a referral says what happens instead`() throws {
        let cells: [(more: JSONObject, place: String)] = [
            ([:], "Task.statusReason"), (Requests.reason("ineligible"), "Task.statusReason.text"),
        ]
        for cell in cells {
            var world = try World()
            var record = try world.refer()
            let issues = #expect(throws: FHIRIssues.self) {
                try world.send(&record, "rejected", by: World.provider, cell.more)
            }
            #expect(issues?.issues.map(\.code) == [.required])
            #expect(issues?.issues.map(\.expression) == [cell.place])
        }
    }

    @Test func `a refusal stands at the element that its field came from`() {
        let fields = [
            ("Task", "instead", "Task.statusReason.text"), ("Task", "onward", "Task.id"),
            ("Appointment", "day", "Appointment.start"), ("Goal", "text", "Goal.description"),
            ("Task", "nothing-of-fhir", "Task"),
        ]
        for (type, field, place) in fields {
            let issue = FHIRIssue(refused: "missing-value", field: field, "Say it.", of: type)
            #expect(issue.expression == place)
        }
    }

    @Test func `a Task follows the case from referral to discharge`() throws {
        var world = try World()
        var record = try world.refer()
        let start = record
        #expect(try world.state(record) == "requested 2.0")
        try world.send(&record, "accepted", by: World.provider)
        #expect(try world.state(record) == "accepted 3.0")
        let booking =
            #"{"appointment":"a","kind":"phone","day":"2025-06-02","time":"09:30","minutes":45}"#
        try world.tell(&record, [.event("appointment.booked", booking)])
        #expect(try world.state(record) == "accepted 5.1.1")
        #expect(try world.state(record, .referrer) == "accepted 3.0")
        let missed = #"{"appointment":"a","kind":"phone"}"#
        try world.tell(&record, [.event("appointment.missed", missed)])
        #expect(try world.state(record) == "accepted 5.1.2")
        try world.tell(
            &record,
            [.event("appointment.booked", booking.replacing("\"a\"", with: "\"b\""))]
        )
        try world.tell(
            &record,
            [.event("appointment.attended", missed.replacing("\"a\"", with: "\"b\""))]
        )
        #expect(try world.state(record) == "in-progress 5.1.4")
        try world.send(&record, "on-hold", by: World.provider, Requests.reason("person-asked"))
        #expect(try world.state(record) == "on-hold 5.1.4")
        try world.send(&record, "in-progress", by: World.provider)
        #expect(try world.state(record) == "in-progress 5.1.4")
        try world.tell(
            &record,
            [
                .event("assessment.completed"), .event("support.started"),
                .event("plan.agreed", #"{"plan":"thrive-in-work"}"#),
            ]
        )
        let output = """
            {"output":[{"type":{"coding":[{"system":"https://goodwork.example/fhir/CodeSystem/output",
            "code":"discharge-status"}]},"valueCodeableConcept":{"coding":[{"system":
            "https://goodwork.example/fhir/CodeSystem/discharge-status","code":"in-work"}]}},{"type":{"coding":[{"system":"https://goodwork.example/fhir/CodeSystem/output",
            "code":"improved"}]},"valueBoolean":true}]}
            """
        try world.send(&record, "completed", by: World.provider, Requests.json(output))
        #expect(try world.state(record) == "completed 7.0")
        let outputs = try world.task(record, .outcome).all("output").compactMap {
            $0["type"]?["coding"]?["code"]?.text
        }
        #expect(outputs == ["support-started", "plan", "discharge-status", "improved"])
        #expect(try world.task(record, .referrer)["output"] == nil)
        // Without leave nobody learns that support has ended, nor of appointments.
        #expect(try world.state(record, .referrer) == "in-progress 3.0")
        #expect(try world.task(record, .referrer)["executionPeriod"]?["end"] == nil)
        #expect(try request(record)["status"]?.text == "completed")
        #expect(record.history.header == start.history.header)
    }

    @Test func `a cancellation is asked for, and confirmed or answered`() throws {
        var world = try World()
        var record = try Self.record(.accepted, &world)
        let ask = Requests.business("5.2")
        #expect(throws: FHIRIssues.self) {
            try world.send(&record, "accepted", by: World.provider, ask)
        }
        try world.send(&record, "accepted", by: World.clinic, ask)
        #expect(try world.state(record) == "accepted 5.2")
        #expect(try world.state(record, .referrer) == "accepted 5.2")
        let items = record.history.fold().workItems(in: world.programme)
        #expect(items.contains { $0.subject == "cancellation" })
        var confirmed = record
        try world.send(&confirmed, "cancelled", by: World.provider)
        #expect(try world.state(confirmed) == "cancelled 6.0")
        #expect(try request(confirmed)["status"]?.text == "revoked")
        try world.send(&record, "completed", by: World.provider)
        #expect(try world.state(record) == "completed 7.0")
        #expect(try request(record)["status"]?.text == "completed")
    }

    @Test func `consent that was taken back is sent as a Consent, not as a reason`() throws {
        var world = try World()
        let moves: [(from: TaskStatus, to: String)] = [
            (.requested, "rejected"), (.accepted, "failed"), (.inProgress, "cancelled"),
        ]
        for move in moves {
            var record = try Self.record(move.from, &world)
            let reason = Requests.reason("consent-withdrawn")
            let refused = #expect(throws: FHIRIssues.self) {
                try world.send(&record, move.to, by: World.provider, reason)
            }
            #expect(refused?.issues.map(\.expression) == ["Task.statusReason"])
            #expect(refused?.issues.first?.detail == "wrong-order")
            #expect(refused?.issues.first?.description.contains("Send a Consent") == true)
            try world.tell(&record, [.event("consent.withdrawn", #"{"scope":"referral"}"#)])
            #expect(try world.state(record) == "cancelled 6.0")
        }
    }

    @Test func `a Task without an owner is claimed by one who may choose its strand`() throws {
        var world = try World()
        var record = try world.refer(Requests.changed("manchester.be-well", "manchester"))
        #expect(try world.task(record)["owner"] == nil)
        #expect(throws: FHIRIssues.self) {
            try world.send(&record, "accepted", by: World.clinic)
        }
        try world.send(&record, "accepted", by: World.provider)
        #expect(try world.task(record)["owner"]?["reference"]?.text == "Organization/big-life")
        #expect(record.history.fold().strand == "be-well")
    }

    @Test func `whoever referred takes the request back, or asks to cancel`() throws {
        func change(_ status: String, _ organisation: String) throws -> FHIRResource {
            let text = Requests.serviceRequest
                .replacing(#""status":"active""#, with: #""status":"\#(status)""#)
            return try FHIRResource(Requests.json(text))
        }
        let cells: [(from: TaskStatus, status: String, kinds: [EventKind])] = [
            (.requested, "revoked", [.referralWithdrawn]),
            (.accepted, "revoked", [.referralWithdrawn]), (.accepted, "active", []),
            (.inProgress, "revoked", [.cancellationAsked]),
            (.onHold, "revoked", [.cancellationAsked]), (.cancelled, "revoked", []),
        ]
        for cell in cells {
            var world = try World()
            var record = try Self.record(cell.from, &world)
            let request = try change(cell.status, World.clinic)
            let command = try RequestUpdate.command(
                request,
                of: record,
                by: World.clinic,
                on: World.today
            )
            #expect(command.entries.map(\.body.kind) == cell.kinds, "\(cell.from) \(cell.status)")
            if !command.entries.isEmpty { try world.tell(&record, command) }
        }
        var world = try World()
        let over = try Self.record(.completed, &world)
        for (status, organisation) in [
            ("revoked", World.clinic), ("revoked", World.provider), ("draft", World.clinic),
        ] {
            let request = try change(status, organisation)
            #expect(throws: FHIRIssues.self, "\(status)") {
                try RequestUpdate.command(request, of: over, by: organisation, on: World.today)
            }
        }
    }

    /// What is changed in the ServiceRequest as it was sent, and where that is told.
    static let unkept: [(old: String, new: String, place: String)] = [
        (#""code":"msk""#, #""code":"anxiety""#, "ServiceRequest.reasonCode[0]"),
        ("2025-06-01", "2025-05-31", "ServiceRequest.authoredOn"),
        ("manchester.be-well", "manchester.other", "ServiceRequest.performer[0]"),
        ("Prefers mornings", "Prefers evenings", "ServiceRequest.note[0]"),
        (#""intent":"order""#, #""intent":"order","priority":"stat""#, "ServiceRequest.priority"),
    ]

    @Test(arguments: unkept.indices)
    func `a change that would not be kept is refused`(index: Int) throws {
        let row = Self.unkept[index]
        var world = try World()
        let record = try world.refer()
        func command(_ text: String) throws -> Command {
            let request = try FHIRResource(Requests.json(text))
            return try RequestUpdate.command(
                request,
                of: record,
                by: World.clinic,
                on: World.today
            )
        }
        #expect(try command(Requests.serviceRequest).entries.isEmpty)
        let changed = Requests.serviceRequest.replacing(row.old, with: row.new)
        let issues = #expect(throws: FHIRIssues.self) { try command(changed) }
        #expect(issues?.issues.map(\.expression) == [row.place])
        // Of a referral that is taken back nothing is lost but what does not matter any more.
        for status in ["revoked", "entered-in-error"] {
            let back = changed.replacing(#""status":"active""#, with: #""status":"\#(status)""#)
            #expect(try command(back).entries.map(\.body.kind) == [.referralWithdrawn])
        }
    }

    @Test func `a reason that did not come along is passed over`() throws {
        var world = try World()
        let record = try world.refer()
        var request = Requests.json(Requests.serviceRequest)
        let elsewhere: JSONObject = ["reference": .string("Condition/elsewhere")]
        request["reasonReference"] = .array([.object(elsewhere)])
        let command = try RequestUpdate.command(
            FHIRResource(request),
            of: record,
            by: World.clinic,
            on: World.today
        )
        #expect(command.entries.isEmpty)
    }

    @Test func `how soon it was wanted does not matter of what is cancelled`() throws {
        var world = try World()
        var record = try world.refer()
        let urgent: JSONObject = ["priority": .string("urgent")]
        #expect(throws: FHIRIssues.self) {
            try world.send(&record, "accepted", by: World.provider, urgent)
        }
        try world.send(&record, "cancelled", by: World.clinic, urgent)
        #expect(try world.task(record)["status"]?.text == "cancelled")
    }

    @Test func `a note of a Task is not lost, whether the Task moves or not`() throws {
        var world = try World()
        var record = try world.refer()
        func note(_ text: String) -> JSONObject {
            ["note": .array([.object(["text": .string(text)])])]
        }
        for status in ["requested", "accepted"] {
            #expect(throws: FHIRIssues.self, "\(status)") {
                try world.send(&record, status, by: World.provider, note("Please call"))
            }
        }
        // What was referred may come along.
        try world.send(&record, "accepted", by: World.provider, note("Prefers mornings"))
        #expect(try world.task(record)["status"]?.text == "accepted")
    }

    @Test func `what is said when a referral is taken back is kept`() throws {
        let cells: [(status: String, says: String?, kept: [String])] = [
            ("cancelled", "Moved to Leeds", ["Moved to Leeds"]), ("cancelled", nil, []),
            ("entered-in-error", "Wrong patient", ["Wrong patient"]),
            ("entered-in-error", nil, []),
        ]
        for cell in cells {
            var world = try World()
            var record = try world.refer()
            let more: JSONObject =
                cell.says.map { ["statusReason": .object(["text": .string($0)])] } ?? [:]
            try world.send(&record, cell.status, by: World.clinic, more)
            // An error is no referral that nobody wants any more, for either side.
            let isError = cell.status == "entered-in-error"
            for sight in [FHIRSight.team, .referrer] {
                let task = try world.task(record, sight)
                #expect(task["status"]?.text == cell.status)
                let code = task["statusReason"]?.code(of: Systems.code("status-reason"))
                #expect(code == (isError ? nil : "no-longer-wanted"))
            }
            #expect(try request(record)["status"]?.text == (isError ? cell.status : "revoked"))
            let kept = record.history.events.compactMap { event -> String? in
                guard case .referralWithdrawn(let taken) = event.body else { return nil }
                return taken.text
            }
            #expect(kept == cell.kept, "\(cell.status)")
        }
    }

    @Test func `an onward referral is a Task below the first, answered by the other service`()
        throws
    {
        var world = try World()
        var record = try Self.record(.inProgress, &world)
        try world.tell(
            &record,
            [
                .event("plan.agreed", #"{"plan":"thrive-in-work"}"#),
                .event("onward.sent", #"{"onward":"o1","service":"talking-therapies"}"#),
            ]
        )
        let tasks = record.views(of: "Task")
        #expect(tasks.count == 2)
        let onward = try #require(tasks.last)
        #expect(onward.body["status"]?.string == "requested")
        #expect(onward.body["partOf"]?.array?.first?["reference"]?.string == tasks.first?.reference)
        let sent = try FHIRResource(Requests.task("accepted"))
        #expect(throws: FHIRIssues.self) {
            try TaskUpdate(sent, id: onward.id, of: record, by: World.clinic, on: World.today)
        }
        let offered = world.programme.pathway.onward.first { $0.id == "talking-therapies" }
        let owner = try #require(offered?.organisation)
        let update = try TaskUpdate(sent, id: onward.id, of: record, by: owner, on: World.today)
        try world.tell(&record, update.command, by: owner)
        #expect(record.views(of: "Task").last?.body["status"]?.string == "accepted")
    }

    private func request(_ record: CaseRecord) throws -> FHIRElement {
        let id = record.history.header.id.text
        let version = try #require(record.versions(of: "ServiceRequest", id).last?.resource)
        return try FHIRResource(version).root
    }
}
