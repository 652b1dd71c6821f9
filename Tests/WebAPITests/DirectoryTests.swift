import Application
import Casework
import Directory
import Foundation
import Kernel
import Programmes
import TestSupport
import Testing
import Web
import WebAPI

/// The service guide over its interface: what anybody reads, and what its owners write.
@Suite struct DirectoryTests {
    static let id = "ac148810-d857-441c-9679-408f346de14b"
    static let organisation = "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610"

    static func service(
        _ id: String = id,
        name: String = "Money advice",
        more: String = ""
    ) -> String {
        """
        {"id": "\(id)", "name": "\(name)", "status": "active", "minimum_age": 18\(more),
         "eligibility_rule": "eligibility:\\n  - id: work\\n    require: {employment_status: [in-work]}\\n    says: For people in work.",
         "organization": {"id": "\(organisation)", "name": "Bridge Trust",
                          "description": "A charity."}}
        """
    }

    @Test("Anybody reads the guide, from any page, and need not read it twice")
    func reading() async throws {
        try await withInstallation(.sqlite) { installation in
            let test = TestAPI(installation)
            let nobody = TestClient.nobody(test)
            let about = await nobody.get("/directory/")
            #expect(about["version"]?.string == "HSDS-UK-3.0")
            #expect(about.response["Access-Control-Allow-Origin"] == "*")
            let services = await nobody.get("/directory/services?per_page=1000")
            #expect(services.status == 200 && services["empty"]?.bool == false)
            let mark = try #require(services.response["ETag"])
            let again = await nobody.get(
                "/directory/services?per_page=1000",
                headers: ["if-none-match": mark]
            )
            #expect(again.status == 304 && again.response["Access-Control-Allow-Origin"] == "*")
            #expect(services.response["Cache-Control"] == "public, no-cache")
            // What the programme files tell is there, under ids that never change.
            let all = services["contents"]?.array ?? []
            let strand = try #require(
                all.first {
                    $0["id"]?.string == StableUUID.of("strand workwell-manchester be-well")
                }
            )
            #expect(strand["status"]?.string == "active")
            let one = await nobody.get("/directory/services/\(strand["id"]?.string ?? "")")
            #expect(one["organization"]?["name"]?.string?.isEmpty == false)
            #expect(await nobody.get("/directory/services/unknown").status == 404)
            // Organisations that only programme files name are called by what is known of them.
            let givers = await nobody.get("/directory/organizations?per_page=1000")
            let names = (givers["contents"]?.array ?? []).compactMap { $0["name"]?.string }
            #expect(names.contains("Individual Placement and Support"), "\(names)")
            #expect(names.contains("Prime Provider") && !names.contains("Ips"), "\(names)")
            // A browser asks first whether a page may send JSON here; elsewhere it may not.
            let first = await test.api.answer(Request(.options, "/directory/match"))
            #expect(first.status == 204 && first["Access-Control-Allow-Origin"] == "*")
            let elsewhere = await test.api.answer(Request(.options, "/api/v1/cases"))
            #expect(elsewhere.status == 405 && elsewhere["Access-Control-Allow-Origin"] == nil)
        }
    }

    @Test(
        "A manager writes a service, changes it on its version, and closes it",
        arguments: Backend.allCases
    )
    func writing(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let test = TestAPI(installation)
            let nobody = TestClient.nobody(test)
            let manager = try await test.client(.manager, of: "bridge")
            let path = "/directory/services/\(Self.id)"
            #expect(await nobody.send(.put, path, Self.service()).status == 401)
            // Only one that is there: it is not yet (RFC 9110, 13.1.1).
            let mustBeThere = ["if-match": "*"]
            let none = await manager.send(.put, path, Self.service(), headers: mustBeThere)
            #expect(none.status == 412)
            #expect(await nobody.get(path).status == 404)
            let new = await manager.send(.put, path, Self.service())
            #expect(new.status == 201, "\(new.json.text)")
            let mark = try #require(new.response["ETag"])
            #expect(await nobody.get(path)["name"]?.string == "Money advice")
            let found = await nobody.get("/directory/services?search=bridge%20money")
            #expect(found["total_items"]?.int == 1)
            let renamed = Self.service(name: "Debt advice")
            let changed = await manager.send(.put, path, renamed, headers: ["if-match": mark])
            #expect(changed.status == 200 && changed["name"]?.string == "Debt advice")
            let same = await manager.send(.put, path, renamed, headers: mustBeThere)
            #expect(same.status == 200)
            let late = await manager.send(.put, path, Self.service(), headers: ["if-match": mark])
            #expect(late.status == 412)
            let other = try await test.client(.manager, of: "elsewhere")
            let stolen = await other.send(.put, path, Self.service(name: "Ours now"))
            #expect(stolen.status == 422 && stolen.pointers == ["/id"])
            let shut = await other.post(path + "/status", #"{"status": "defunct"}"#)
            #expect(shut.status == 404)
            let closed = await manager.post(path + "/status", #"{"status": "inactive"}"#)
            #expect(closed["status"]?.string == "inactive")
            let administrator = try await test.client(.administrator, of: "host")
            let open = await administrator.post(path + "/status", #"{"status": "active"}"#)
            #expect(open["status"]?.string == "active")
            #expect(
                await manager.post(
                    "/directory/services/\(UUIDs.two)/status",
                    #"{"status": "active"}"#
                ).status == 404
            )
        }
    }

    /// What is sent to import another organisation's service, and where the fault stands.
    static let others: [(path: String, body: String, pointer: String, line: Int)] = [
        ("/directory/import", service(), "/id", 1),
        ("/directory/import", "[\n\(service(UUIDs.two)),\n\(service())]", "/1/id", 6),
        ("/directory/import", "{\"services\": [\(service())]}", "/services/0/id", 1),
        ("/directory/import/tables", table, "/tables/services.csv", 3),
    ]
    private static let table = """
        {"tables": {"services.csv": "id,name,status,organization_id\\r\\n\
        \(UUIDs.two),A,active,\(organisation)\\r\\n\
        \(id),B,active,\(organisation)\\r\\n"}}
        """

    @Test("That a service is another organisation's is told where it stands")
    func belongings() async throws {
        try await withInstallation(.sqlite) { installation in
            let test = TestAPI(installation)
            let owner = try await test.client(.manager, of: "bridge")
            _ = await owner.send(.put, "/directory/services/\(Self.id)", Self.service())
            let other = try await test.client(.manager, of: "elsewhere")
            for (path, body, pointer, line) in Self.others {
                let refused = await other.post(path, body)
                #expect(refused.status == 422 && refused.pointers == [pointer], "\(body)")
                let fault = refused["faults"]?.array?.first
                #expect(fault?["line"]?.int == line, "\(refused.json.text)")
                let says = fault?["problem"]?.string ?? ""
                #expect(says.contains("belongs to another organisation"), "\(says)")
            }
        }
    }

    @Test("An import is all or nothing, and tells every fault with its place")
    func importing() async throws {
        try await withInstallation(.sqlite) { installation in
            let test = TestAPI(installation)
            let administrator = try await test.client(.administrator, of: "host")
            let bad = """
                [\(Self.service()),
                 \(Self.service(UUIDs.two, more: #", "maximum_age": "old""#)),
                 {"id": "3", "name": "C"}]
                """
            let refused = await administrator.post("/directory/import", bad)
            #expect(refused.status == 422)
            #expect(
                Set(refused.pointers) == [
                    "/1/maximum_age", "/2/id", "/2/status", "/2/organization",
                ]
            )
            let places = refused["faults"]?.array?.compactMap { $0["line"]?.int } ?? []
            #expect(places.count == 4)
            #expect(await administrator.get("/directory/services/\(Self.id)").status == 404)
            let good = "[\(Self.service()), \(Self.service(UUIDs.two, name: "Two"))]"
            let taken = await administrator.post("/directory/import", good)
            #expect(taken["added"]?.int == 2 && taken["organizations"]?.int == 1)
            let again = await administrator.post("/directory/import", good)
            #expect(again["added"]?.int == 0 && again["unchanged"]?.int == 2)
            #expect(again["changed"]?.int == 0)
            // What is written out can be read in elsewhere.
            let export = await administrator.get("/directory/export")
            try await withInstallation(.sqlite) { other in
                let there = try await TestAPI(other).client(.administrator, of: "host")
                let moved = await there.post("/directory/import", export.json.text)
                #expect(moved["added"]?.int == 2)
                #expect(await there.get("/directory/export").json == export.json)
            }
        }
    }

    @Test("A number that is written otherwise is no change, and another number is")
    func sameNumbers() async throws {
        try await withInstallation(.sqlite) { installation in
            let administrator = try await TestAPI(installation).client(.administrator, of: "host")
            func told(_ age: String) -> String { Self.service(more: ", \"maximum_age\": \(age)") }
            let taken = await administrator.post("/directory/import", told("64.50"))
            #expect(taken["added"]?.int == 1)
            for age in ["64.50", "64.5", "6.45e1"] {
                let same = await administrator.post("/directory/import", told(age))
                #expect(same["unchanged"]?.int == 1 && same["changed"]?.int == 0, "\(age)")
            }
            let other = await administrator.post("/directory/import", told("64.51"))
            #expect(other["unchanged"]?.int == 0 && other["changed"]?.int == 1)
        }
    }

    @Test("Tables go out and come in, and a fault names file, line and column")
    func tables() async throws {
        try await withInstallation(.sqlite) { installation in
            let test = TestAPI(installation)
            let administrator = try await test.client(.administrator, of: "host")
            _ = await administrator.send(.put, "/directory/services/\(Self.id)", Self.service())
            var tables: [(String, JSONValue)] = []
            for name in ["services.csv", "organizations.csv"] {
                let text = await Self.text(test, "/directory/tables/\(name)")
                tables.append((name, .string(text)))
            }
            try await withInstallation(.sqlite) { other in
                let there = try await TestAPI(other).client(.administrator, of: "host")
                let body: JSONObject = ["tables": .object(JSONObject(tables.map { ($0.0, $0.1) }))]
                let taken = await there.post(
                    "/directory/import/tables",
                    JSONValue.object(body).text
                )
                #expect(taken["added"]?.int == 1, "\(taken.json.text)")
                let export = await there.get("/directory/export").json
                #expect(export == (await administrator.get("/directory/export").json))
                let broken = #"{"tables": {"services.csv": "id,name,status\r\n1,A,open\r\n"}}"#
                let refused = await there.post("/directory/import/tables", broken)
                #expect(refused.status == 422)
                let faults = refused["faults"]?.array ?? []
                let status = faults.first { $0["problem"]?.string?.hasPrefix("status") == true }
                #expect(status?["line"]?.int == 2 && status?["column"]?.int == 5)
                #expect(faults.allSatisfy { $0["pointer"]?.string == "/tables/services.csv" })
                // A table that nothing hangs on hides no fault of the others.
                let more = broken.replacing("}}", with: #", "weather.csv": "a\r\n1\r\n"}}"#)
                let all = await there.post("/directory/import/tables", more)
                #expect(
                    all.pointers.first == "/tables/weather.csv"
                        && all.pointers.count == faults.count + 1
                )
            }
        }
    }

    @Test(
        "A record that cannot be read keeps nobody from the others, and can be brought again",
        arguments: Backend.allCases
    )
    func unreadable(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let test = TestAPI(installation)
            let administrator = try await test.client(.administrator, of: "host")
            let path = "/directory/services/\(Self.id)"
            _ = await administrator.send(.put, path, Self.service())
            try await installation.tamper(
                "UPDATE guide_records SET document = '{\"minimum_age\":016}' WHERE kind = 'service'"
            )
            // The next change has the guide read anew.
            let other = Self.service(UUIDs.two)
            let added = await administrator.post("/directory/import", other)
            #expect(added["added"]?.int == 1, "\(added.json.text)")
            let found = await administrator.get("/directory/services?search=bridge%20money")
            #expect(found["total_items"]?.int == 1)
            #expect(await administrator.get(path).status == 404)
            #expect(await administrator.get("/directory/export").status == 200)
            let problems = try await installation.problems()
            #expect(problems.contains { $0.contains(Self.id) }, "\(problems)")
            let again = await administrator.post("/directory/import", Self.service())
            #expect(again["changed"]?.int == 1, "\(again.json.text)")
            #expect(await administrator.get(path)["name"]?.string == "Money advice")
            #expect(try await installation.problems() == [])
        }
    }

    @Test("Which services can take somebody is told with its reasons, and nothing is kept")
    func matching() async throws {
        try await withInstallation(.sqlite) { installation in
            let test = TestAPI(installation)
            let manager = try await test.client(.manager, of: "bridge")
            _ = await manager.send(.put, "/directory/services/\(Self.id)", Self.service())
            let nobody = TestClient.nobody(test)
            func match(_ body: String) async -> JSONValue? {
                let answer = await nobody.post("/directory/match", body)
                return answer["matches"]?.array?.first { $0["service"]?.string == Self.id }
            }
            let yes = await match(#"{"birth_date": "1980-01-31", "employment_status": "in-work"}"#)
            #expect(yes?["verdict"]?.string == "met" && yes?["met"]?.array?.count == 2)
            let no = await match(#"{"birth_date": "2010-01-31", "employment_status": "in-work"}"#)
            #expect(no?["verdict"]?.string == "not-met")
            #expect(no?["open"]?.array?.first?["says"]?.string?.contains("18") == true)
            let perhaps = await match(#"{"birth_date": "1980-01-31"}"#)
            #expect(perhaps?["verdict"]?.string == "not-known")
            #expect(perhaps?["missing"]?.array?.first?["id"]?.string == "employment_status")
            let all = await nobody.post("/directory/match", "{}")["matches"]?.array ?? []
            #expect(all.contains { $0["strand"]?.string == "be-well" })
            _ = await manager.post(
                "/directory/services/\(Self.id)/status",
                #"{"status": "temporarily closed"}"#
            )
            #expect(await match("{}") == nil)
        }
    }

    @Test("Around a postcode needs a table that says where it lies")
    func proximity() async throws {
        try await withInstallation(.sqlite) { installation in
            let test = TestAPI(installation)
            let administrator = try await test.client(.administrator, of: "host")
            let at = """
                , "service_at_locations": [{"id": "e94c9f38-1e8f-4564-91d4-d53501ab1765",
                  "location": {"id": "3a19ff88-4620-4d17-9830-ac1d859eb5d5",
                    "location_type": "physical", "addresses": [
                      {"id": "74706e55-df26-4b84-80fe-ecc30b5befb4", "address_1": "1 High Street",
                       "city": "Manchester", "state_province": "Greater Manchester",
                       "postal_code": "M14 5RQ", "country": "GB", "address_type": "physical"}]}}]
                """
            let path = "/directory/services/\(Self.id)"
            #expect(
                await administrator.send(.put, path, Self.service(more: at)).status == 201
            )
            let near = "/directory/service_at_locations?postcode=M14%205RQ&proximity=500"
            #expect(await administrator.get(near).code == "postcode-not-known")
            try await withTemporaryDirectory { folder in
                let table = """
                    postcode,lsoa,imd_decile,lat,long
                    M14 5RQ,E01005062,1,53.4561,-2.2263
                    M1 1AE,E01005063,2,53.4794,-2.2346
                    SW1A 1AA,E01005064,9,99.999999,0.000000
                    """
                try write(table, to: "\(folder)/areas.csv")
                _ = try await installation.goodwork.importAreas(
                    path: "\(folder)/areas.csv",
                    by: installation.actor
                )
            }
            #expect(await administrator.get(near)["total_items"]?.int == 1)
            let far = "/directory/service_at_locations?postcode=M1%201AE&proximity="
            #expect(await administrator.get(far + "500")["total_items"]?.int == 0)
            #expect(await administrator.get(far + "3000")["total_items"]?.int == 1)
            let nowhere = "/directory/services?postcode=SW1A%201AA&proximity=500"
            #expect(await administrator.get(nowhere).status == 422)
            #expect(await administrator.get("/directory/services?proximity=5").status == 400)
            #expect(await administrator.get("/directory/services?day=Someday").status == 400)
            #expect(await administrator.get("/directory/services?start_time=9").status == 400)
        }
    }

    /// What only the programme file says of its service, whoever writes more of it.
    static let told = [
        "name", "status", "organization_id", "organization", "minimum_age", "maximum_age",
        "eligibility_description", "eligibility_rule",
    ]

    @Test("What is written under a programme's own id enriches it, and changes none of its rules")
    func enriched() async throws {
        try await withInstallation(.sqlite) { installation in
            let test = TestAPI(installation)
            let manager = try await test.client(.manager, of: "big-life")
            let id = StableUUID.of("strand workwell-manchester be-well")
            let path = "/directory/services/\(id)"
            func matched() async -> JSONValue? {
                let body = #"{"birth_date": "1980-01-31", "employment_status": "off-sick"}"#
                let answer = await manager.post("/directory/match", body)
                return answer["matches"]?.array?.first { $0["service"]?.string == id }
            }
            let (before, judged) = (await manager.get(path), await matched())
            let more = """
                , "maximum_age": 19, "eligibility_description": "For the young.",
                "alert": "Busy until May."
                """
            let text = Self.service(id, name: "Renamed", more: more)
            #expect(await manager.send(.put, path, text).status == 201)
            let after = await manager.get(path)
            for name in Self.told { #expect(after[name] == before[name], "\(name)") }
            #expect(after["alert"]?.string == "Busy until May.")
            let judgedAgain = await matched()
            #expect(judged != nil && judged == judgedAgain)
            for status in ["defunct", "active"] {
                let refused = await manager.post(path + "/status", #"{"status": "\#(status)"}"#)
                #expect(refused.status == 422 && refused.code == "told-by-a-programme")
            }
        }
    }

    private static func text(_ test: TestAPI, _ path: String) async -> String {
        let response = await test.api.answer(Request(.get, path))
        return String(decoding: response.body, as: UTF8.self)
    }

    private func write(_ text: String, to path: String) throws {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
}

private enum UUIDs {
    static let two = "bc148810-d857-441c-9679-408f346de14b"
}
