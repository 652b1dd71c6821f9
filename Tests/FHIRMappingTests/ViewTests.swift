import Casework
import FHIRModel
import Foundation
import Kernel
import TestPrograms
import Testing

@testable import FHIRMapping

@Suite struct ViewTests {
    @Test func `everything that is read satisfies the tables, at every step and sight`() throws {
        var types: Set<String> = []
        for count in 0...Story.events.count {
            var world = try World()
            var record = try Story.tell(&world, until: count)
            for sight in FHIRSight.allCases {
                record.sight = sight
                for json in Story.resources(record) {
                    do {
                        types.insert(try FHIRResource(json).type)
                    } catch {
                        Issue.record(
                            "after \(count), \(sight): \(error)\n\(JSONValue.object(json).text)"
                        )
                    }
                }
            }
        }
        let served = Set(Capability.resources.map(\.type)).subtracting(["Group", "Subscription"])
        #expect(types == served.union(["CapabilityStatement"]))
    }

    @Test func `what is coded alone reads the same while free text stays sealed`() throws {
        var world = try World()
        var record = try Story.tell(&world)
        var blank = record
        let events = try record.history.events.map { event in
            var event = event
            event.body = try event.body.encoded().payload.withUnsafeBufferPointer { bytes in
                try EventBody(type: event.body.kind.rawValue, payload: bytes, sealed: nil)
            }
            return event
        }
        blank.history = History(header: record.history.header, events: events)
        for sight in FHIRSight.allCases {
            (record.sight, blank.sight) = (sight, sight)
            for type in CaseRecord.codedTypes.sorted() {
                let current = record.current(of: type)
                #expect(!current.isEmpty, "\(type)")
                #expect(blank.current(of: type) == current, "\(type) \(sight)")
            }
        }
        // Free text was taken out, or this would prove nothing.
        #expect(blank.current(of: "Communication") != record.current(of: "Communication"))
    }

    @Test func `a text that was once taken blank is no text`() throws {
        var world = try World()
        let record = try Story.tell(&world)
        var blank = record
        let events = record.history.events.map { event in
            var event = event
            switch event.body {
            case .noteWritten(var note):
                note.text = "  "
                event.body = .noteWritten(note)
            case .goalAdded(var goal):
                goal.text = ""
                event.body = .goalAdded(goal)
            default: break
            }
            return event
        }
        blank.history = History(header: record.history.header, events: events)
        #expect(!record.current(of: "Communication").isEmpty)
        #expect(blank.current(of: "Communication").isEmpty)
        let goal = blank.current(of: "Goal").first?.view?.body
        #expect(goal?["description"]?["text"]?.string == "Walk")
    }

    @Test func `versions are what happened, a version for each moment that changed it`() throws {
        var world = try World()
        let record = try Story.tell(&world)
        let id = record.history.header.id.text
        let versions = record.versions(of: "Task", id)
        #expect(versions.map(\.number) == Array(1...versions.count))
        #expect(versions.map(\.lastUpdated) == versions.map(\.lastUpdated).sorted())
        #expect(versions[0].etag == "W/\"1\"")
        let statuses = versions.compactMap { $0.view?.body["status"]?.string }
        #expect(statuses.first == "requested")
        #expect(statuses.last == "completed")
        // What was once told stays as it was, whatever was told later.
        let early = CaseRecord(
            history: History(
                header: record.history.header,
                events: Array(record.history.events.prefix(8))
            ),
            programme: record.programme,
            sight: .team,
            names: record.names
        )
        let before = early.versions(of: "Task", id)
        #expect(Array(versions.prefix(before.count)) == before)
        // All at once says the same as one by one.
        for version in record.current() {
            let view = try #require(version.view)
            #expect(record.versions(of: view.type, view.id).last == version, "\(view.reference)")
        }
    }

    @Test func `whoever referred sees no more than the person has agreed to`() throws {
        var world = try World()
        var record = try Story.tell(&world)
        func types(_ sight: FHIRSight) -> [String: Int] {
            record.sight = sight
            return Dictionary(grouping: record.views(), by: \.type).mapValues(\.count)
        }
        #expect(
            types(.referrer) == [
                "ServiceRequest": 1, "Task": 1, "Consent": 2, "Communication": 2, "Condition": 1,
                "Observation": 1,
            ]
        )
        // A referrer's version does not move with what they may not know.
        record.sight = .referrer
        let id = record.history.header.id.text
        let told = record.versions(of: "Task", id).compactMap { $0.view?.body["status"]?.string }
        #expect(told == ["requested", "accepted", "in-progress"])
        #expect(types(.outcome)["Task"] == 2)
        #expect(types(.outcome)["CarePlan"] == 1)
        for hidden in [
            "QuestionnaireResponse", "Goal", "Appointment", "Procedure", "EpisodeOfCare",
        ] {
            #expect(types(.outcome)[hidden] == nil, "\(hidden)")
            #expect(types(.team)[hidden] != nil, "\(hidden)")
        }
        record.sight = .outcome
        let words = record.views().map { JSONValue.object($0.body).text }.joined()
        for secret in ["For the team", "See you soon", "Walk to work", "0161 496", "phq"] {
            #expect(!words.contains(secret), "\(secret)")
        }
    }

    @Test func `a corrected status is the word of whoever corrected it`() throws {
        var world = try World()
        var record = try world.refer()
        func statuses(_ sight: FHIRSight) -> [String] {
            record.sight = sight
            return record.views(of: "Observation").map { view in
                let value = view.body["valueCodeableConcept"]?["coding"]?.array?.first
                let performer = view.body["performer"]?.array?.first?["reference"]?.string
                return [
                    value?["code"]?.string, view.body["status"]?.string, performer,
                    view.body["issued"]?.string == record.history.events.last?.recordedAt.iso
                        ? "now" : "then",
                ].compactMap { $0 }.joined(separator: " ")
            }
        }
        let correction = #"{"employment_status":"in-work","corrects":["employment_status"]}"#
        try world.tell(&record, [.event("referral.answered", correction)])
        #expect(statuses(.referrer) == ["off-sick final Organization/P84001 then"])
        #expect(statuses(.team) == ["in-work corrected Organization/big-life now"])
        // A correction that is taken back leaves the referral's word.
        let told = try #require(record.history.events.last { $0.body.kind == .referralAnswered })
        try world.tell(
            &record,
            Command(voids: [Command.Void(event: told.id, reason: "entered-in-error")])
        )
        #expect(statuses(.team) == ["off-sick final Organization/P84001 then"])

        // A blank that the team filled is theirs.
        let unknown = #""system":"\#(Systems.code("employment-status"))","code":"unknown""#
        record = try world.refer(
            Requests.changed(#""system":"http://snomed.info/sct","code":"224459001""#, unknown)
        )
        #expect(statuses(.team) == [])
        try world.tell(&record, [.event("referral.answered", #"{"employment_status":"in-work"}"#)])
        #expect(statuses(.referrer) == [])
        #expect(statuses(.team) == ["in-work final Organization/big-life now"])
    }

    @Test func `whoever referred reads the condition that they told, and no correction`() throws {
        var world = try World()
        var record = try world.refer()
        func conditions(_ sight: FHIRSight) -> [String] {
            record.sight = sight
            let codes = record.views(of: "Condition").map { view in
                view.body["code"]?["coding"]?.array?.first?["code"]?.string ?? "-"
            }
            let reasons = record.views(of: "ServiceRequest").compactMap {
                $0.body["reasonReference"]?.array?.count
            }
            #expect(reasons == codes.map { _ in 1 })
            return codes
        }
        let said = try #require(conditions(.team).first)
        let other = said == "msk" ? "mental-health" : "msk"
        let correction = #"{"condition":"\#(other)","corrects":["condition"]}"#
        try world.tell(&record, [.event("referral.answered", correction)])
        #expect(conditions(.referrer) == [said])
        #expect(conditions(.outcome) == [said])
        #expect(conditions(.team) == [other])
    }

    @Test func `whoever referred reads of the person what they told, and no correction`() throws {
        var world = try World()
        var record = try world.refer()
        func said(_ sight: FHIRSight) -> [String?] {
            record.sight = sight
            let person = Story.person(record)
            return [person.gender, person.ethnicity, person.practice]
        }
        let told = said(.team)
        #expect(told == ["female", "M", "P84001"])
        let correction = #"""
            {"gender":"male","ethnicity":"A","gp_practice":"P84002",
             "corrects":["gender","ethnicity","gp_practice"]}
            """#
        try world.tell(&record, [.event("referral.answered", correction)])
        #expect(said(.referrer) == told)
        #expect(said(.outcome) == told)
        #expect(said(.team) == ["male", "A", "P84002"])
    }

    @Test(arguments: [(World.clinic, ["msk"]), (World.provider, [String]())])
    func `a condition that was blank is read by whoever referred where they told it`(
        _ teller: String,
        _ read: [String]
    ) throws {
        var world = try World()
        var record = try world.refer()
        var events = record.history.events
        for place in events.indices {
            guard case .referralReceived(var fields) = events[place].body else { continue }
            fields.condition = nil
            events[place].body = .referralReceived(fields)
        }
        record.history = History(header: record.history.header, events: events)
        let answer: [EventBody] = try [.event("referral.answered", #"{"condition":"msk"}"#)]
        try world.tell(&record, answer, by: teller)
        func conditions(_ sight: FHIRSight) -> [String] {
            record.sight = sight
            return record.views(of: "Condition").map { view in
                view.body["code"]?["coding"]?.array?.first?["code"]?.string ?? "-"
            }
        }
        #expect(conditions(.referrer) == read)
        #expect(conditions(.team) == ["msk"])
    }

    @Test func `elements come from where docs say`() throws {
        var world = try World()
        let record = try Story.tell(&world)
        func body(_ type: String, _ place: Int = 0) throws -> FHIRElement {
            let views = record.views(of: type)
            try #require(views.count > place, "\(type)")
            let version = FHIRVersion(
                number: 1,
                lastUpdated: Instant(milliseconds: 0),
                view: views[place]
            )
            return try FHIRResource(#require(version.resource)).root
        }
        let request = try body("ServiceRequest")
        #expect(
            request.all("identifier").compactMap { $0["value"]?.text } == ["4K7P-2D9Q", "R-77"]
        )
        #expect(
            request["performer"]?["reference"]?.text
                == "HealthcareService/workwell-manchester.be-well"
        )
        #expect(request["requester"]?["reference"]?.text == "Organization/P84001")
        // Nine in the morning in June is eight in UTC.
        #expect(try body("Appointment")["start"]?.text == "2025-06-02T08:30:00.000Z")
        #expect(try body("Appointment")["status"]?.text == "fulfilled")
        #expect(try body("Appointment", 1)["status"]?.text == "booked")
        let observations = record.views(of: "Observation").map { JSONValue.object($0.body) }
        let phq = try #require(observations.first { $0.text.contains("720433000") })
        #expect(phq["valueQuantity"]?["value"]?.int == 5)
        #expect(phq["interpretation"]?.array?[0]["text"]?.string == "Mild")
        #expect(try body("QuestionnaireResponse").all("item").count == 9)
        #expect(try body("Goal")["description"]?["text"]?.text == "Walk to work again")
        #expect(
            try body("EpisodeOfCare")["careManager"]?["reference"]?.text == "Practitioner/coach-1"
        )
        let job = try #require(observations.first { $0.text.contains("11341-5") })
        #expect(job["component"]?.array?[0]["valueQuantity"]?["value"]?.int == 16)
        let patient = try FHIRResource(#require(Story.person(record).version.resource)).root
        #expect(patient["identifier"]?["value"]?.text == "9434765919")
        #expect(patient["birthDate"]?.text == "1970-03-30")
        var erased = Story.person(record)
        erased.identity = nil
        let gone = try FHIRResource(#require(erased.version.resource)).root
        #expect(gone["name"] == nil && gone["identifier"] == nil && gone["active"]?.bool == false)
    }

    @Test func `fhir resources and fhirkit take all of it`() async throws {
        var world = try World()
        let record = try Story.tell(&world)
        var all = Story.resources(record)
        all.append(FHIRIssues(FHIRIssue(.value, at: "Task.status", "It is wrong.")).outcome)
        all.append(Requests.transaction)
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "fhir-views-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (asked, answered) = (folder.appending(path: "asked"), folder.appending(path: "told"))
        try Data(JSONValue.array(all.map { .object($0) }).text.utf8).write(to: asked)
        try await TestProgram.python(
            "Tests/FHIRMappingTests/views.py",
            asked.path,
            answered.path
        )
        let told = try JSONValue(parsing: Array(Data(contentsOf: answered)))
        for fault in told["faults"]?.array ?? [] { Issue.record("\(fault.string ?? "")") }
        #expect(told["checked"]?.int == all.count)
        #expect(all.count > 60)
    }
}
