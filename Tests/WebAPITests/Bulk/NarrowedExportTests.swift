import Application
import Casework
import FHIRMapping
import FHIRModel
import Kernel
import Programmes
import Store
import Synchronization
import TestSupport
import Testing
import Web

@testable import WebAPI

/// An export of some people, or of records that are found as a search finds them.
@Suite struct NarrowedExportTests {
    /// Three cases of the team, of which the last is closed.
    private static func stories(_ installation: TestInstallation) async throws -> [CaseHeader] {
        var headers: [CaseHeader] = []
        for number in 1...3 {
            headers.append(try await AccessScene.makeCase(installation, number))
        }
        let today = installation.clock.now.civilDateUK
        var closed = Closed()
        closed.reason = .noLongerWanted
        try await installation.change(headers[2].id.text, Command(.closed(closed), on: today))
        return headers
    }

    private static func filter(_ filters: String...) -> String {
        filters.map { "_typeFilter=" + URLEncoding.encode($0) }.joined(separator: "&")
    }

    @Test(
        "Of a type with filters that goes out which fits one of them; other types go out whole",
        arguments: Backend.allCases
    )
    func filtered(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let headers = try await Self.stories(installation)
            let manager = try await FHIRScene(installation).manager
            let all = Set(headers.map(\.id.text))
            let open = Set(headers.prefix(2).map(\.id.text))
            // What a search finds is what an export takes.
            let path = "EpisodeOfCare?status=active"
            let searched = await manager.get("/fhir/R4/\(path)")
            #expect(Set(searched.found) == Set(open.map { "EpisodeOfCare/\($0)" }))
            let taken = try await manager.takeAway("$export?" + Self.filter(path))
            #expect(taken.ids["EpisodeOfCare"] == open)
            #expect(taken.ids["ServiceRequest"] == all && taken.ids["Organization"] != nil)
            let either = try await manager.takeAway(
                "Patient/$export?_type=EpisodeOfCare&"
                    + Self.filter(path, "EpisodeOfCare?_id=\(headers[2].id.text)")
            )
            #expect(either.ids["EpisodeOfCare"] == all && either.ids.count == 1)
            let none = try await manager.takeAway(
                "$export?_type=Organization&" + Self.filter("Organization?name=nobody")
            )
            #expect(none.count == 0)
            let since = try await manager.takeAway(
                "$export?_type=Task&" + Self.filter("Task?_lastUpdated=gt2030-01-01")
            )
            #expect(since.count == 0)
        }
    }

    @Test("Whoever may not know who it is cannot ask by what was left out")
    func cloaked() async throws {
        try await withInstallation(.sqlite) { installation in
            let team = TestTeam(installation)
            let header = try await team.refer(
                "Ada",
                consents: [.referral: true, .evaluation: true]
            )
            let evaluator = try await TestAPI(installation).client(
                .evaluator,
                of: "northern",
                scopes: "system/*.rs"
            )
            let whole = try await evaluator.takeAway("$export?_type=Task")
            #expect(whole.ids["Task"]?.count == 1)
            let person = "Task?patient=Patient/\(header.person.text)"
            #expect(
                try await evaluator.takeAway("$export?" + Self.filter(person)).ids["Task"] == nil
            )
            let body = Self.patients([header.person.text])
            let answer = await evaluator.post(
                "/fhir/R4/Patient/$export",
                body,
                headers: TestClient.asynchronous
            )
            #expect(answer.status == 400, "\(answer.json.text)")
        }
    }

    private static func patients(_ ids: [String], type: String = "Patient") -> String {
        let named = ids.map {
            #"{"name":"patient","valueReference":{"reference":"\#(type)/\#($0)"}}"#
        }
        return #"{"resourceType":"Parameters","parameter":[\#(named.joined(separator: ","))]}"#
    }

    @Test("Of people who are named only their records go out", arguments: Backend.allCases)
    func people(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let headers = try await Self.stories(installation)
            let scene = try await FHIRScene(installation)
            let two = headers.prefix(2).map(\.person.text)
            for path in ["Patient/$export", "Group/workwell-manchester/$export"] {
                let answer = await scene.manager.post(
                    "/fhir/R4/\(path)",
                    Self.patients(two),
                    headers: TestClient.asynchronous
                )
                #expect(answer.status == 202, "\(answer.json.text)")
                let place = try #require(answer.response["Content-Location"])
                while try await installation.goodwork.runExport(FHIRRecords(installation.goodwork))
                {}
                let taken = try await scene.manager.take(
                    String(place.dropFirst("http://127.0.0.1:8080".count))
                )
                #expect(taken.ids["Patient"] == Set(two))
                #expect(taken.ids["EpisodeOfCare"] == Set(headers.prefix(2).map(\.id.text)))
            }
            let wrong: [(String, String, TestClient, String)] = [
                ("$export", Self.patients(two), scene.manager, "Patient/$export"),
                ("Patient/$export", Self.patients(["x"]), scene.manager, "is a reference"),
                ("Patient/$export", Self.patients(two, type: "Task"), scene.manager, "reference"),
                ("Patient/$export", Self.patients(two), scene.stranger, "There is no Patient"),
            ]
            for (path, body, client, says) in wrong {
                let answer = await client.post(
                    "/fhir/R4/\(path)",
                    body,
                    headers: TestClient.asynchronous
                )
                #expect(answer.status == 400, "\(path): \(answer.json.text)")
                #expect(answer.issues.contains { $0.contains(says) }, "\(answer.issues)")
            }
        }
    }

    /// Writes as FHIR does, and one record more that is not as the tables have it.
    private struct SpoiltRecords: RecordWriter {
        let writer: FHIRRecords

        func directory(_ export: RecordExport, isCloaked: Bool) async throws -> [ExportLine] {
            let view = FHIRView("Task", "spoilt", ["status": .string("unheard-of")])
            let spoilt = FHIRVersion(number: 1, lastUpdated: export.knownAt, view: view)
            let lines = try await writer.directory(export, isCloaked: isCloaked)
            return lines + writer.wanted([spoilt], export)
        }

        func lines(
            of person: ExportedPerson,
            _ export: RecordExport,
            names: [String: String]
        ) throws -> [ExportLine] {
            try writer.lines(of: person, export, names: names)
        }
    }

    @Test("What a filter cannot be asked of is a fault in the list; the operator hears which it is")
    func unread() async throws {
        try await withInstallation(.sqlite) { installation in
            let id = try await AccessScene.makeCase(installation, 1).id.text
            let manager = try await FHIRScene(installation).manager
            let said = Mutex<[String]>([])
            let writer = FHIRRecords(installation.goodwork) { text in
                said.withLock { $0.append(text) }
            }
            let filter = Self.filter("Task?_lastUpdated=gt2020-01-01")
            let place = try await manager.start("$export?_type=Task&" + filter)
            while try await installation.goodwork.runExport(SpoiltRecords(writer: writer)) {}
            let taken = try await manager.take(place)
            let tasks = taken.ids["Task"] ?? []
            #expect(tasks.contains(id) && !tasks.contains("spoilt"))
            let says = taken.errors.map(\.text).joined()
            #expect(taken.errors.count == 1 && says.contains("held of a Task cannot be searched"))
            #expect(!says.contains("spoilt"))
            let heard = said.withLock { $0 }
            #expect(heard.count == 1 && heard.first?.hasPrefix("Task/spoilt cannot") == true)
            let whole = try await manager.takeAway("$export?_type=Task")
            #expect(whole.errors.isEmpty)
        }
    }

    @Test("A history comes in pages, and since a moment")
    func history() async throws {
        try await withInstallation(.sqlite) { installation in
            let header = try await AccessScene.makeCase(installation, 1)
            let today = installation.clock.now.civilDateUK
            let path = "/fhir/R4/Task/\(header.id.text)/_history"
            let manager = try await FHIRScene(installation).manager
            let whole = await manager.get(path)
            let count = try #require(whole["total"]?.int)
            installation.clock.advance()
            let moment = installation.clock.now.iso
            for body in [EventBody.supportStarted(Plain())] {
                try await installation.change(header.id.text, Command(body, on: today))
            }
            let client = try await manager.renewed()
            let all = await client.get(path)
            let total = try #require(all["total"]?.int)
            #expect(total == count + 1 && all.next == nil)
            var (seen, next): ([String], String?) = ([], path + "?_count=1")
            while let place = next {
                let page = await client.get(place)
                #expect(page["total"]?.int == total && page["entry"]?.array?.count == 1)
                #expect(throws: Never.self) { try page.fhir() }
                seen += (page["entry"]?.array ?? []).compactMap {
                    $0["resource"]?["meta"]?["versionId"]?.string
                }
                next = page.next
            }
            #expect(seen == (1...total).reversed().map(String.init))
            let later = await client.get(path + "?_since=" + URLEncoding.encode(moment))
            #expect(later["total"]?.int == 1)
            let none = await client.get(path + "?_count=0")
            #expect(none["total"]?.int == total && none["entry"] == nil)
            for query in ["_count=-1", "_count=x", "_since=yesterday", "_before=x", "never=1"] {
                #expect(await client.get(path + "?" + query).status == 400, "\(query)")
            }
        }
    }
}
