import Application
import Casework
import FHIRModel
import Foundation
import Kernel
import SQL
import Store
import TestSupport
import Testing
import Web
import WebAPI

/// Records leave in bulk as each client may read them, whole, once, and with a purpose.
@Suite struct BulkExportTests {
    /// Cases of the team, told of in many ways.
    private static func stories(
        _ installation: TestInstallation,
        _ count: Int
    ) async throws -> [CaseHeader] {
        var headers: [CaseHeader] = []
        for number in 1...count {
            headers.append(try await AccessScene.makeCase(installation, number))
        }
        return headers
    }

    @Test(
        "Each client takes away what it may read, as it reads it",
        arguments: Backend.allCases
    )
    func own(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let headers = try await Self.stories(installation, 3)
            let scene = try await FHIRScene(installation)
            let ids = Set(headers.map(\.id.text))

            let team = try await scene.manager.takeAway("$export")
            #expect(team.ids["Task"]?.isSuperset(of: ids) == true)
            #expect(team.ids["EpisodeOfCare"] == ids)
            #expect(team.ids["Patient"] == Set(headers.map(\.person.text)))
            #expect(team.resources["Organization"]?.isEmpty == false)
            #expect(team.manifest["requiresAccessToken"]?.bool == true)
            #expect(team.manifest["request"]?.string == "http://127.0.0.1:8080/fhir/R4/$export")
            #expect(team.manifest["error"]?.array == [])
            #expect(team.resources["Patient"]?.first?["name"] != nil)
            for type in ["Task", "ServiceRequest", "EpisodeOfCare", "Goal", "Patient"] {
                for resource in team.resources[type] ?? [] {
                    let id = resource["id"]?.string ?? ""
                    let read = await scene.manager.get("/fhir/R4/\(type)/\(id)")
                    #expect(read.json == resource, "\(type)/\(id)")
                }
            }

            let practice = try await scene.practice.takeAway("Patient/$export")
            #expect(practice.ids["EpisodeOfCare"] == nil && practice.ids["Goal"] == nil)
            #expect(practice.ids["ServiceRequest"] == ids)
            #expect(practice.ids["Organization"] == nil, "no directory with people")
            let stranger = try await scene.stranger.takeAway("Patient/$export")
            #expect(stranger.count == 0)
            #expect(stranger.manifest["output"]?.array == [])

            let group = try await scene.manager.takeAway(
                "Group/workwell-manchester/$export?_type=Patient,Task"
            )
            #expect(Set(group.ids.keys) == ["Patient", "Task"])
            #expect(group.ids["Patient"] == team.ids["Patient"])
            let other = try await scene.manager.takeAway("Group/fit-for-work-in-work/$export")
            #expect(other.count == 0)
            #expect(await scene.manager.get("/fhir/R4/Group")["total"]?.int ?? 0 > 5)
            #expect(
                try await scene.manager.get("/fhir/R4/Group/workwell-manchester").fhir().type
                    == "Group"
            )
        }
    }

    @Test(
        "The evaluation gets those who agreed, and nothing that says who they are",
        arguments: Backend.allCases
    )
    func cloaked(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let team = TestTeam(installation)
            let secrets = [
                "Zaphod", "Quillfeather", "M14 5AB", "1985-02", "07700900123", "zaphod@mail",
                "Whisperlane", "9434765919", "Overheard", "Bettelgoal", "Doitaction", "Roomseven",
            ]
            for evaluation in [true, false] {
                var consents: [ConsentScope: Bool] = [.referral: true, .shareWithReferrer: true]
                consents[.evaluation] = evaluation
                let header = try await team.refer("Zaphod", consents: consents) { referral in
                    referral.identity.familyName = "Quillfeather"
                    referral.identity.postcode = "M14 5AB"
                    referral.identity.phone = "07700900123"
                    referral.identity.email = "zaphod@mail.example"
                    referral.identity.address = "1 Whisperlane"
                    if evaluation { referral.identity.nhsNumber = "9434765919" }
                }
                for body in Self.told { try await team.change(header, body) }
            }
            let evaluator = try await TestAPI(installation).client(
                .evaluator,
                of: "northern",
                scopes: "system/*.rs"
            )
            let taken = try await evaluator.takeAway("$export")
            #expect(taken.ids["EpisodeOfCare"]?.count == 1)
            #expect(taken.resources["Patient"]?.count == 1)
            #expect(taken.ids["Communication"] == nil && taken.ids["Provenance"] == nil)
            #expect(taken.ids["Practitioner"] == nil && taken.ids["PractitionerRole"] == nil)
            let patient = try #require(taken.resources["Patient"]?.first)
            #expect(patient["birthDate"]?.string == "1985")
            #expect(patient["address"]?.array?.first?["postalCode"]?.string == "M8")
            #expect(patient["identifier"] == nil && patient["name"] == nil)
            let name = patient["id"]?.string ?? ""
            let text = taken.all.map(\.text).joined(separator: "\n")
            for secret in secrets { #expect(!text.contains(secret), "\(secret)") }
            let header = try await installation.header(
                taken.ids["EpisodeOfCare"]?.first ?? ""
            )
            #expect(!text.contains(header.person.text) && !text.contains(header.reference))
            #expect(!text.contains("\"Practitioner"))
            for type in ["Task", "EpisodeOfCare", "Observation", "Goal", "Appointment", "CarePlan"]
            {
                for resource in try #require(taken.resources[type], "\(type)") {
                    let whose = ["subject", "for", "patient"].compactMap {
                        resource[$0]?["reference"]?.string
                    }
                    if type != "Appointment" { #expect(whose == ["Patient/\(name)"], "\(type)") }
                }
            }
            for resource in taken.resources["Appointment"] ?? [] {
                // The coach's part goes with the coach (FHIR R4, app-1).
                let parts = resource["participant"]?.array ?? []
                #expect(parts.map { $0["actor"]?["reference"]?.string } == ["Patient/\(name)"])
            }
            let again = try await evaluator.takeAway("Patient/$export?_type=Patient")
            #expect(again.resources["Patient"] == [patient], "the same name each time")

            var withdrawn = Consent()
            withdrawn.scope = .evaluation
            installation.clock.advance()
            try await installation.change(
                header.id.text,
                Command(.consentWithdrawn(withdrawn), on: team.today)
            )
            #expect(try await evaluator.takeAway("Patient/$export").count == 0)
        }
    }

    private static var told: [EventBody] {
        var note = NoteWritten()
        note.text = "Overheard"
        var shared = note
        shared.audience = .referrer
        var plan = PlanAgreed()
        plan.plan = "thrive-in-work"
        var goal = GoalAdded()
        (goal.goal, goal.text) = ("g1", "Bettelgoal")
        var action = ActionAdded()
        (action.action, action.owner, action.text) = ("t1", "coach", "Doitaction")
        var booked = AppointmentBooked()
        (booked.appointment, booked.kind, booked.day) = ("a1", "phone", CivilDate(day: 21_000))
        booked.location = "Roomseven"
        var coach = CoachAssigned()
        coach.coach = "coach-1"
        var measure = MeasureTaken()
        measure.instrument = "phq-9"
        measure.score = 12
        return [
            .referralAccepted(Plain()), .coachAssigned(coach), .noteWritten(note),
            .noteWritten(shared), .contactAttempted(ContactAttempted()),
            .assessmentCompleted(AssessmentCompleted()), .measureTaken(measure),
            .planAgreed(plan), .goalAdded(goal), .actionAdded(action), .appointmentBooked(booked),
        ]
    }

    @Test(
        "An export that is cut off goes on where it was: nobody is left out or told twice",
        arguments: Backend.allCases
    )
    func interrupted(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let headers = try await Self.stories(installation, 120)
            let manager = try await FHIRScene(installation).manager
            let whole = try await manager.takeAway("$export")
            #expect(whole.ids["EpisodeOfCare"]?.count == 120)
            let place = try await manager.start("$export")
            // What is told after it began is not in it.
            installation.clock.advance()
            _ = try await AccessScene.makeCase(installation, 500)
            try await installation.change(headers[0].id.text, ChangeNotes.note("later"))

            for people in [75, 20, 40] {
                let failing = FailingRecords(installation, after: people)
                await #expect(throws: FailingRecords.PowerCut.self) {
                    _ = try await installation.goodwork.runExport(failing)
                }
                let waiting = try await manager.renewed().get(place)
                #expect(waiting.status == 202)
                #expect(waiting.response["Retry-After"] != nil)
                let other = FHIRRecords(installation.goodwork)
                #expect(try await !installation.goodwork.runExport(other), "it has its lease")
                installation.clock.advance(milliseconds: 31_000)
            }
            let progress = try await manager.renewed().get(place).response["X-Progress"]
            // Whoever came later was counted, and is not in it.
            #expect(progress == "50 of 121 people", "\(progress ?? "none")")
            _ = try await installation.goodwork.runExport(FHIRRecords(installation.goodwork))
            let rest = try await manager.renewed().take(place)
            #expect(rest.ids == whole.ids)
            #expect(rest.resources.mapValues(\.count) == whole.resources.mapValues(\.count))
            for type in whole.resources.keys where type != "Patient" {
                let sort = { (all: [JSONValue]?) in (all ?? []).map(\.text).sorted() }
                #expect(sort(rest.resources[type]) == sort(whole.resources[type]), "\(type)")
            }
        }
    }

    @Test("A job that never comes on is given up, and says so")
    func givenUp() async throws {
        try await withInstallation(.sqlite) { installation in
            _ = try await Self.stories(installation, 2)
            let manager = try await FHIRScene(installation).manager
            let place = try await manager.start("$export")
            for _ in 0..<5 {
                let failing = FailingRecords(installation, after: 0)
                await #expect(throws: FailingRecords.PowerCut.self) {
                    _ = try await installation.goodwork.runExport(failing)
                }
                installation.clock.advance(milliseconds: 31_000)
            }
            _ = try await installation.goodwork.runExport(FHIRRecords(installation.goodwork))
            let answer = try await manager.renewed().get(place)
            #expect(answer.status == 500)
            #expect(try answer.fhir().type == "OperationOutcome")
        }
    }

    @Test("Since a moment, only what changed after it")
    func since() async throws {
        try await withInstallation(.sqlite) { installation in
            let headers = try await Self.stories(installation, 3)
            let manager = try await FHIRScene(installation).manager
            let first = try await manager.takeAway("Patient/$export")
            let moment = first.manifest["transactionTime"]?.string ?? ""
            installation.clock.advance()
            let today = installation.clock.now.civilDateUK
            var plan = PlanAgreed()
            plan.plan = "move-into-work"
            try await installation.change(
                headers[1].id.text,
                Command(.planAgreed(plan), on: today)
            )
            let changed = try await manager.takeAway("Patient/$export?_since=\(moment)")
            #expect(changed.ids["CarePlan"] == [headers[1].id.text])
            #expect(changed.ids["Patient"] == nil && changed.ids["ServiceRequest"] == nil)
            // A correction of the referral changes who it says the person is.
            var answered = ReferralAnswered()
            (answered.gender, answered.corrects) = ("other", ["gender"])
            try await installation.change(
                headers[2].id.text,
                Command(.referralAnswered(answered), on: today)
            )
            let corrected = try await manager.takeAway("Patient/$export?_since=\(moment)")
            #expect(corrected.ids["Patient"] == [headers[2].person.text])
            let later = URLEncoding.encode("gt\(moment)")
            let found = await manager.get("/fhir/R4/Patient?_lastUpdated=\(later)")
            #expect(found.found == ["Patient/\(headers[2].person.text)"])
            let plus = "2025-06-02T10:00:00%2B00:00"
            #expect(try await manager.takeAway("$export?_since=\(plus)&_type=Task").count == 0)
        }
    }

    @Test("An export is its client's, is logged with its purpose, can be deleted, and ends")
    func life() async throws {
        try await withInstallation(.sqlite) { installation in
            let headers = try await Self.stories(installation, 2)
            let scene = try await FHIRScene(installation)
            let place = try await scene.manager.start("Patient/$export?_type=Patient")
            #expect(await scene.coach.get(place).status == 404)
            #expect(await scene.coach.send(.delete, place).status == 404)
            #expect(await scene.manager.get("\(place)/Patient.1.ndjson").status == 404)
            let writer = FHIRRecords(installation.goodwork)
            _ = try await installation.goodwork.runExport(writer)
            let taken = try await scene.manager.take(place)
            #expect(taken.resources["Patient"]?.count == 2)
            for path in ["Patient.2.ndjson", "Task.1.ndjson", "Patient.x.ndjson", "Patient"] {
                #expect(await scene.manager.get("\(place)/\(path)").status == 404, "\(path)")
            }
            #expect(await scene.coach.get("\(place)/Patient.1.ndjson").status == 404)

            let log = try await installation.database.read { transaction in
                try transaction.rows(
                    "SELECT subject, reason FROM access_log WHERE action = $1 ORDER BY position",
                    ["export-records"]
                ) { "\(try $0.text(0)) \(try $0.optionalText(1) ?? "-")" }
            }
            let id = String(place.split(separator: "/").last ?? "")
            #expect(log.first == "export:\(id) patient Patient (tests)")
            for header in headers {
                #expect(log.contains("\(header.id.text) export:\(id) (tests)"))
            }
            #expect(log.contains("export:\(id) file Patient 1 (tests)"))

            let clear = try await installation.database.dump()
            #expect(clear.range(of: Data("Number1".utf8)) == nil, "files are sealed")
            #expect(await scene.manager.send(.delete, place).status == 202)
            #expect(await scene.manager.get(place).status == 404)
            #expect(try await installation.count("export_chunks") == 0)

            let gone = try await scene.manager.start("$export")
            #expect(await scene.manager.send(.delete, gone).status == 202)
            #expect(try await !installation.goodwork.runExport(writer))

            let old = try await scene.manager.start("$export")
            _ = try await installation.goodwork.runExport(writer)
            installation.clock.advance(milliseconds: 24 * 3_600_000)
            let later = try await scene.manager.renewed()
            #expect(await later.get(old).status == 404)
            try await installation.goodwork.forgetOldExports()
            #expect(try await installation.count("exports") == 0)

            let held = try await later.start("$export")
            _ = try await installation.goodwork.runExport(writer)
            try await installation.erase(headers[0])
            #expect(await later.get(held).status == 404, "erased from every copy")
        }
    }

    /// What is asked, and how it is refused.
    private static let refusals = """
        path                                | prefer        | client   | status
        $export                             |               | manager  | 400
        $export                             | respond-async | nobody   | 401
        $export                             | respond-async | governor | 403
        $export?_type=Nothing               | respond-async | manager  | 400
        $export?_type=Binary,Task           | respond-async | manager  | 400
        $export?_since=yesterday            | respond-async | manager  | 400
        $export?_outputFormat=text/csv      | respond-async | manager  | 400
        $export?_typeFilter=Task            | respond-async | manager  | 400
        $export?_typeFilter=Task%3Fnever=x  | respond-async | manager  | 400
        $export?_typeFilter=Task%3F_sort=status | respond-async | manager | 400
        $export?_typeFilter=Basic%3Fcode=x  | respond-async | manager  | 400
        $export?_typeFilter=Patient%3Fname=x | respond-async | manager | 400
        $export?_type=Goal&_typeFilter=Task%3Fstatus=x | respond-async | manager | 400
        Patient/$export?patient=Patient/1   | respond-async | manager  | 400
        $export?_type=Task                  | respond-async | narrow   | 403
        Patient/$export?_type=Organization  | respond-async | manager  | 400
        Group/nothing/$export               | respond-async | manager  | 404
        """

    @Test("What cannot be exported is refused")
    func refused() async throws {
        try await withInstallation(.sqlite) { installation in
            let scene = try await FHIRScene(installation)
            let clients = [
                "manager": scene.manager, "nobody": .nobody(scene.test),
                "governor": try await scene.test.client(
                    .governance,
                    of: "host",
                    scopes: "system/*.rs"
                ),
                "narrow": try await scene.test.client(
                    .manager,
                    of: "big-life",
                    scopes: "system/Patient.rs"
                ),
            ]
            for row in TextTable(Self.refusals).rows {
                let client = try #require(clients[row["client"]])
                let headers = row["prefer"].isEmpty ? [:] : ["prefer": row["prefer"]]
                let answer = await client.get("/fhir/R4/\(row["path"])", headers: headers)
                #expect("\(answer.status)" == row["status"], "\(row["path"]): \(answer.json.text)")
                #expect(answer["resourceType"]?.string == "OperationOutcome")
            }
            for number in 1...4 {
                let answer = await scene.manager.post(
                    "/fhir/R4/$export",
                    #"{"resourceType":"Parameters","parameter":[{"name":"_type","valueString":"Task"}]}"#,
                    headers: TestClient.asynchronous
                )
                #expect(answer.status == (number < 4 ? 202 : 429), "\(answer.json.text)")
            }
            let narrow = try #require(clients["narrow"])
            let taken = try await narrow.takeAway("$export")
            #expect(taken.count == 0)
            #expect(try await installation.problems() == [])
        }
    }
}
