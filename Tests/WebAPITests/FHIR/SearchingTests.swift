import Application
import FHIRModel
import Kernel
import SQL
import Store
import TestSupport
import Testing
import Web
import WebAPI

/// Searching by FHIR: what is found, by whom, and a page at a time.
@Suite struct SearchingTests {
    /// Three people who were referred a second apart; the second is accepted.
    private static func cases(_ scene: FHIRScene, _ clock: TestClock) async throws -> [String] {
        var ids: [String] = []
        for (place, number) in ["9434765919", "9476719931", "9990000018"].enumerated() {
            clock.advance()
            let body = FHIRBodies.transaction("R-\(place)", family: "Person\(place)", nhs: number)
            ids.append(try await scene.referByTransaction(body))
        }
        clock.advance()
        let moved = await scene.manager.send(
            .patch,
            "/fhir/R4/Task/\(ids[1])",
            #"{"status":"accepted"}"#
        )
        #expect(moved.status == 200, "\(moved.json.text)")
        return ids
    }

    /// What is asked, and what is found: T0, T1, T2 are the Tasks, S and P the same of requests and
    /// people; what came along stands in brackets.
    static let searches = """
        asked by | search                                              | found
        manager  | Task                                                | T0 T1 T2
        practice | Task                                                | T0 T1 T2
        stranger | Task                                                |
        manager  | Task?status=requested                               | T0 T2
        manager  | Task?status=requested,accepted                      | T0 T1 T2
        manager  | Task?status:not=requested                           | T1
        manager  | Task?owner:missing=true&status=requested            |
        manager  | Task?owner=Organization/big-life                    | T0 T1 T2
        practice | Task?requester=Organization/P84001&_lastUpdated=gt2025-06-02T09:00:03Z | T1
        practice | Task?requester=Organization/P84002                  |
        manager  | Task?_id=S1                                         | T1
        manager  | Task?_id=S1,S0                                      | T0 T1
        manager  | Task?identifier=https://practice.example/ref%7CR-2  | T2
        manager  | Task?identifier=R-2                                 | T2
        manager  | Task?identifier=https://other.example%7CR-2         |
        manager  | Task?patient=P0                                     | T0
        manager  | Task?focus=ServiceRequest/S2                        | T2
        manager  | Task?_sort=-_lastUpdated                            | T1 T2 T0
        manager  | Task?_sort=_lastUpdated&_count=1                    | T0
        manager  | Task?_id=S1&_include=Task:focus                     | T1 [S1]
        manager  | Task?_id=S1&_include=Task:patient&_include=Task:focus | T1 [P1] [S1]
        manager  | Task?_id=S1&_include=Task:focus&_include:iterate=ServiceRequest:patient | T1 [S1] [P1]
        manager  | Task?_id=S1&_include:iterate=ServiceRequest:patient | T1
        manager  | Task?_id=S1&_include:iterate=Task:patient           | T1 [P1]
        manager  | ServiceRequest?_id=S0&_revinclude=Task:focus        | S0 [T0]
        manager  | Patient?_id=P1&_revinclude=Task:patient             | P1 [T1]
        manager  | Patient?family=person                               | P0 P1 P2
        manager  | Patient?family:exact=Person2                        | P2
        manager  | Patient?identifier=https://fhir.nhs.uk/Id/nhs-number%7C9476719931 | P1
        manager  | Patient?identifier=https://fhir.nhs.uk/Id/nhs-number%7C | P0 P1 P2
        manager  | Patient?identifier=x%7C1,https://fhir.nhs.uk/Id/nhs-number%7C | P0 P1 P2
        manager  | Patient?identifier=x%7C1,9476719931                 | P1
        manager  | Patient?identifier=x%7C                             |
        stranger | Patient?identifier=https://fhir.nhs.uk/Id/nhs-number%7C |
        stranger | Patient?identifier=9476719931                       |
        practice | Patient?identifier=9476719931                       | P1
        manager  | Task?_count=0                                       |
        manager  | Task?_summary=count                                 |
        """

    @Test("Each finds what is theirs", arguments: Backend.allCases)
    func finding(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let scene = try await FHIRScene(installation)
            let ids = try await Self.cases(scene, installation.clock)
            var words: [String: String] = [:]
            var people: [String] = []
            for (place, id) in ids.enumerated() {
                let task = await scene.manager.get("/fhir/R4/Task/\(id)")
                let patient = try #require(task["for"]?["reference"]?.string)
                people.append(String(patient.dropFirst("Patient/".count)))
                words["Task/\(id)"] = "T\(place)"
                words["ServiceRequest/\(id)"] = "S\(place)"
                words[patient] = "P\(place)"
            }
            for row in TextTable(Self.searches).rows {
                var path = row["search"]
                for place in 0..<3 {
                    path = path.replacing("S\(place)", with: ids[place])
                        .replacing("P\(place)", with: people[place])
                }
                let answer = await scene.client(row["asked by"]).get("/fhir/R4/\(path)")
                let found = answer.found.map { name in
                    let plain = name.filter { !"[]".contains($0) }
                    return name.replacing(plain, with: words[plain] ?? plain)
                }
                let what: Comment = "\(row["search"]): \(answer.json.text.prefix(500))"
                #expect(found.joined(separator: " ") == row["found"], what)
                #expect(throws: Never.self, what) { try answer.fhir() }
            }
            let counted = await scene.manager.get("/fhir/R4/Task?_count=0&_totalMethod=count")
            #expect(counted["total"]?.int == 3)
        }
    }

    @Test("Pages follow each other by their links, and nobody comes twice")
    func pages() async throws {
        try await withInstallation(.sqlite) { installation in
            let scene = try await FHIRScene(installation)
            let ids = try await Self.cases(scene, installation.clock)
            for sort in ["", "&_sort=-authored-on"] {
                var path: String? = "/fhir/R4/Observation?_count=1\(sort)"
                var found: [String] = []
                while let next = path, found.count < 10 {
                    let page = await scene.manager.get(next)
                    #expect(page.status == 200 || sort != "", "\(page.json.text)")
                    found += page.found
                    path = page.next
                }
                if sort.isEmpty { #expect(Set(found).count == 3 && found.count == 3) }
            }
            var path: String? = "/fhir/R4/Task?_count=2&_sort=-_lastUpdated"
            var found: [String] = []
            while let next = path, found.count < 10 {
                let page = await scene.manager.get(next)
                found += page.found
                path = page.next
            }
            #expect(found == [ids[1], ids[2], ids[0]].map { "Task/\($0)" })
        }
    }

    @Test("Groups and the directory come in pages as everything does")
    func groups() async throws {
        try await withInstallation(.sqlite) { installation in
            let scene = try await FHIRScene(installation)
            for type in ["Group", "HealthcareService"] {
                let whole = await scene.manager.get("/fhir/R4/\(type)")
                #expect(whole.found.count > 2 && whole["total"]?.int == whole.found.count)
                var path: String? = "/fhir/R4/\(type)?_count=2"
                var found: [String] = []
                while let next = path, found.count < 300 {
                    let page = await scene.manager.get(next)
                    #expect(page.found.count <= 2)
                    found += page.found
                    path = page.next
                }
                #expect(found == whole.found)
                #expect(await scene.manager.get("/fhir/R4/\(type)?foo=1").status == 400)
            }
            let counted = await scene.manager.get("/fhir/R4/Group?_summary=count")
            #expect((counted["total"]?.int ?? 0) > 2 && counted.found.isEmpty)
            let one = await scene.manager.get("/fhir/R4/Group?_id=workwell-manchester")
            #expect(one.found == ["Group/workwell-manchester"])
        }
    }

    @Test("A search by POST says the same, and what is shown is written down")
    func posting() async throws {
        try await withInstallation(.sqlite) { installation in
            let scene = try await FHIRScene(installation)
            let ids = try await Self.cases(scene, installation.clock)
            let before = try await installation.count("access_log")
            let answer = await scene.manager.send(
                .post,
                "/fhir/R4/Task/_search",
                "status=accepted",
                headers: ["content-type": "application/x-www-form-urlencoded"]
            )
            #expect(answer.found == ["Task/\(ids[1])"])
            // The search, and the one case of which something was shown.
            #expect(try await installation.count("access_log") == before + 2)
            let named = await scene.manager.send(
                .post,
                "/fhir/R4/Patient/_search",
                "family=person&_count=2",
                headers: ["content-type": "application/x-www-form-urlencoded"]
            )
            // What was searched stands in no address, and the next page is nobody else's.
            let next = try #require(named.next, "\(named.json.text)")
            #expect(named.found.count == 2 && !next.contains("person"), "\(next)")
            let second = await scene.manager.get(next)
            #expect(second.found.count == 1 && second.next == nil, "\(second.json.text)")
            #expect(Set(named.found).isDisjoint(with: second.found))
            let links = second["link"]?.array?.compactMap { $0["url"]?.string } ?? []
            #expect(links.count == 1 && !links.joined().contains("person"), "\(links)")
            #expect(await scene.practice.get(next).status == 400)
            #expect(await scene.manager.get("/fhir/R4/Patient?_page=x").status == 400)
            let elements = await scene.manager.get("/fhir/R4/Task?_elements=status&_id=\(ids[1])")
            let task = elements["entry"]?.array?.first?["resource"]?.object
            #expect(task?["for"] == nil && task?["status"]?.string == "accepted")
            let person = await scene.manager.get("/fhir/R4/Task/\(ids[1])")
            let patient = try #require(person["for"]?["reference"]?.string)
            let all = await scene.manager.get("/fhir/R4/\(patient)/$everything?_count=3")
            #expect(all.found.count == 3 && all.found.first == patient && all.next != nil)
            let some = await scene.manager.get("/fhir/R4/\(patient)/$everything?_type=Task")
            #expect(some.found == ["Task/\(ids[1])"])
            let other = await scene.manager.get("/fhir/R4/\(patient)/$everything?_type=Tusk")
            #expect(other.status == 400 && other.json.text.contains("Did you mean Task?"))
        }
    }

    @Test("Records that were joined name one another, and everything of a person has both")
    func joined() async throws {
        try await withInstallation(.sqlite) { installation in
            let scene = try await FHIRScene(installation)
            let one = try await scene.refer("Okafor")
            let other = try await scene.refer("Okafor-Bell", nhs: "9990000018")
            func subject(_ id: String) async throws -> String {
                let task = await scene.practice.get("/fhir/R4/Task/\(id)")
                return try #require(task["for"]?["reference"]?.string)
            }
            let (first, second) = (try await subject(one), try await subject(other))
            func id(_ reference: String) throws -> PersonID {
                try #require(PersonID(String(reference.dropFirst("Patient/".count))))
            }
            let officer = Actor(user: "g-1", organisation: "host", role: .governance)
            let link = try await installation.goodwork.merge(
                try id(first),
                into: try id(second),
                reason: "One person",
                by: officer,
                seed: 1
            )
            let read = await scene.practice.get("/fhir/R4/\(first)")
            let named = read["link"]?.array?.map { $0["other"]?["reference"]?.string }
            #expect(named == [second])
            #expect(try read.fhir().type == "Patient")
            let all = await scene.practice.get("/fhir/R4/\(second)/$everything")
            #expect(Set(all.found).isSuperset(of: [first, second, "Task/\(one)", "Task/\(other)"]))
            try await installation.goodwork.unmerge(link.id, reason: "Two", by: officer)
            #expect(await scene.practice.get("/fhir/R4/\(first)")["link"] == nil)
            let apart = await scene.practice.get("/fhir/R4/\(second)/$everything")
            #expect(!apart.found.contains(first) && !apart.found.contains("Task/\(one)"))
        }
    }
}
