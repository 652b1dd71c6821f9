import Application
import Casework
import Kernel
import Programmes
import Store
import TestSupport
import Testing
import Web
import WebAPI

/// What providers, commissioners, administrators and those who look after records ask.
@Suite struct WideTests {
    @Test("A manager sees the team, assigns a case and moves another", arguments: Backend.allCases)
    func team(_ backend: Backend) async throws {
        try await withTeam(backend) { team in
            let test = TestAPI(team.installation)
            let manager = try await test.client(.manager, of: TestTeam.organisation)
            let header = try await team.refer("Ada")
            let other = try await team.refer("Ben")
            try await team.change(header, .referralAccepted(Plain()))

            let goodwork = team.installation.goodwork
            let coach = try await goodwork.addAccount(
                NewAccount(
                    login: "amina@example.org",
                    name: "Amina Khan",
                    organisation: TestTeam.organisation,
                    roles: [.coach],
                    capacity: 10
                ),
                by: team.installation.actor
            ).account
            let before = await manager.get("/api/v1/team")
            #expect(before["to_accept"]?.int == 1 && before["without_coach"]?.int == 1)
            let waiting = await manager.get("/api/v1/team/waiting?to_accept=true")
            #expect(waiting["total"]?.int == 1)
            #expect(waiting["items"]?.array?.first?["days_waiting"]?.int == 3)
            let gaps = await manager.get("/api/v1/team/gaps")
            #expect(gaps["total"]?.int == 2)

            let version = try await team.installation.history(header.id.text).version
            func cases(_ version: Int) -> String {
                """
                {"coach": "\(coach.id.text)",
                 "cases": [{"id": "\(header.id.text)", "version": \(version)}]}
                """
            }
            let assigned = await manager.post("/api/v1/team/assignments", cases(version))
            #expect(assigned["assigned"]?.array?.count == 1, "\(assigned.json.text)")
            let late = await manager.post("/api/v1/team/assignments", cases(version))
            #expect(late["failed"]?.array?.count == 1)
            let unknown = await manager.post(
                "/api/v1/team/assignments",
                cases(version).replacing(coach.id.text, with: header.id.text)
            )
            #expect(unknown.status == 422 && unknown.pointers == ["/coach"])

            let places = await manager.get("/api/v1/cases/\(other.id.text)/places")
            #expect(places["strands"]?.array?.isEmpty == false)
            let place = places["programmes"]?.array?.first { $0["verdict"]?.string != "not-met" }
            if let programme = place?["programme"]?.string {
                let strand = place?["strand"]?.string.map { ", \"strand\": \"\($0)\"" } ?? ""
                let moved = await manager.post(
                    "/api/v1/cases/\(other.id.text)/reroute",
                    "{\"programme\": \"\(programme)\"\(strand)}"
                )
                #expect(moved.status == 201, "\(moved.json.text)")
                #expect(moved["programme"]?.string == programme)
            }
        }
    }

    @Test("A commissioner reads a report, takes it away, and finds it in the register")
    func reports() async throws {
        try await withTeam(.sqlite) { team in
            for name in ["Ada", "Ben", "Cai"] { _ = try await team.refer(name) }
            let test = TestAPI(team.installation)
            let commissioner = try await test.client(.commissioner, of: "gm-icb")
            let list = await commissioner.get("/api/v1/reports")
            let programmes = (list["items"]?.array ?? []).compactMap { $0["programme"]?.string }
            #expect(programmes.contains("workwell-manchester"))
            let path = "/api/v1/reports/workwell-manchester"
            let report = await commissioner.get(path + "?by=strand&as_at=2025-06-02")
            #expect(report.status == 200)
            #expect(report["grouping"]?.string == "strand")
            #expect(await commissioner.get(path + "?audience=operational").status == 403)
            #expect(await commissioner.get("/api/v1/reports/nothing").status == 404)
            let file = await commissioner.post(
                path + "/export",
                #"{"format": "csv", "purpose": "the quarter's papers", "as_at": "2025-06-02"}"#
            )
            #expect(file.status == 200 && file["type"]?.string?.hasPrefix("text/csv") == true)
            let register = await commissioner.get("/api/v1/releases")
            #expect((register["total"]?.int ?? 0) > 0)
            let manager = try await test.client(.manager, of: TestTeam.organisation)
            let released = await manager.post(
                path + "/release",
                #"{"audience": "board", "purpose": "the board", "as_at": "2025-06-02"}"#
            )
            #expect([201, 422].contains(released.status), "\(released.json.text)")
        }
    }

    @Test("An administrator keeps programmes, organisations, accounts and clients")
    func administration() async throws {
        try await withInstallation(.sqlite) { installation in
            let test = TestAPI(installation)
            let administrator = try await test.client(.administrator, of: "host")
            let list = await administrator.get("/api/v1/programmes")
            let items = list["items"]?.array ?? []
            #expect(items.contains { $0["id"]?.string == "workwell-manchester" })
            let faulty = await administrator.post(
                "/api/v1/programmes",
                #"{"text": "programme: x"}"#
            )
            #expect(faulty.status == 422 && !(faulty["faults"]?.array ?? []).isEmpty)

            let added = await administrator.post(
                "/api/v1/organisations",
                #"{"id": "mft", "name": "The trust", "kinds": ["provider"]}"#
            )
            #expect(added.status == 201)
            let account = await administrator.post(
                "/api/v1/accounts",
                """
                {"login": "a@example.org", "name": "Ada", "organisation": "mft", "roles": ["coach"]}
                """
            )
            #expect(account.status == 201)
            #expect(account["one_time_password"]?.string?.isEmpty == false)
            let id = try #require(account["id"]?.string)
            let changed = await administrator.post(
                "/api/v1/accounts/\(id)/changes",
                #"{"capacity": 30, "is_disabled": true}"#
            )
            #expect(changed["capacity"]?.int == 30 && changed["is_disabled"]?.bool == true)
            let renamed = await administrator.post(
                "/api/v1/accounts/\(id)/changes",
                #"{"login": "eve@example.org", "name": "Eve", "organisation": "nowhere"}"#
            )
            #expect(renamed.status == 422, "\(renamed.json.text)")
            let eve = await administrator.post(
                "/api/v1/accounts/\(id)/changes",
                #"{"login": "eve@example.org", "name": "Eve"}"#
            )
            #expect(eve["login"]?.string == "eve@example.org" && eve["name"]?.string == "Eve")
            let trust = await administrator.post(
                "/api/v1/organisations/mft/changes",
                #"{"name": "The Trust", "kinds": ["provider", "referrer"]}"#
            )
            #expect(trust["name"]?.string == "The Trust", "\(trust.json.text)")
            let nobody = await administrator.post("/api/v1/organisations/none/changes", "{}")
            #expect(nobody.status == 404)
            #expect(await administrator.post("/api/v1/accounts/\(id)/password", "{}").status == 200)

            // A resident's is no account of theirs to manage.
            let ann = try await installation.addResident("Ann")
            let resident = try await installation.goodwork.addAccount(
                NewAccount(
                    login: "ann@example.org",
                    name: "Ann Example",
                    organisation: "mft",
                    roles: [.resident],
                    person: ann.header.person
                ),
                by: installation.actor
            ).account.id.text
            let listed = await administrator.get("/api/v1/accounts")["items"]?.array ?? []
            #expect(listed.compactMap { $0["id"]?.string } == [id])
            for what in ["changes", "password"] {
                let answer = await administrator.post("/api/v1/accounts/\(resident)/\(what)", "{}")
                #expect(answer.status == 404, "\(what)")
            }

            let keys = JSONValue.string(TestKeys.set).text
            let client = await administrator.post(
                "/api/v1/clients",
                """
                {"name": "A portal", "organisation": "mft", "roles": ["referrer"],
                 "purpose": "referrals", "scopes": ["api/read"], "keys": \(keys)}
                """
            )
            #expect(client.status == 201, "\(client.json.text)")
            let made = try #require(client["id"]?.string)
            let other = await administrator.post(
                "/api/v1/clients/\(made)/changes",
                #"{"keys": \#(TestKeys.set)}"#
            )
            #expect(other.status == 200, "as an object")
            let none = await administrator.post(
                "/api/v1/clients/\(made)/changes",
                #"{"keys": {"keys": []}}"#
            )
            #expect(none.status == 422 && none.pointers == ["/keys"])
            let shut = await administrator.post(
                "/api/v1/clients/\(made)/changes",
                #"{"is_disabled": true}"#
            )
            #expect(shut["is_disabled"]?.bool == true)
            #expect(await administrator.get("/api/v1/clients")["total"]?.int == 2)
            let wrong = await administrator.post(
                "/api/v1/clients",
                """
                {"name": "B", "organisation": "nobody", "roles": ["referrer"], "purpose": "x",
                 "scopes": ["all"], "keys_address": "http://example.org"}
                """
            )
            #expect(Set(wrong.pointers) == ["/organisation", "/scopes", "/keys_address"])
        }
    }

    @Test(
        "Whoever looks after records finds people, copies, and erases",
        arguments: Backend.allCases
    )
    func governance(_ backend: Backend) async throws {
        try await withTeam(backend) { team in
            let header = try await team.refer("Ada") { $0.identity.nhsNumber = "9434765919" }
            let twin = try await team.refer("Ada")
            let test = TestAPI(team.installation)
            let governance = try await test.client(.governance, of: "host")
            let found = await governance.post(
                "/api/v1/people/search",
                """
                {"given_name": "Ada", "family_name": "Tester", "birth_date": "1985-02-01",
                 "reason": "two records"}
                """
            )
            let people = (found["items"]?.array ?? []).compactMap { $0["id"]?.string }
            #expect(Set(people) == [header.person.text, twin.person.text])
            let pair = """
                {"one": "\(header.person.text)", "other": "\(twin.person.text)", "reason": "the same"}
                """
            #expect(await governance.post("/api/v1/people/compare", pair).status == 200)
            let offered = await governance.get("/api/v1/people/pairs")
            let why = offered["items"]?.array?.first?["why"]?.string
            #expect(why == "same-name-and-birth-date")
            let apart = await governance.post("/api/v1/people/apart", pair)
            #expect(apart.status == 201)
            let none = await governance.get("/api/v1/people/pairs")
            #expect(none["items"]?.array?.isEmpty == true)
            let standing = await governance.post("/api/v1/people/compare", pair)
            #expect(standing["apart"]?.string == apart["id"]?.string)
            let early = await governance.post("/api/v1/people/merges", pair)
            #expect(early.code == "two-people", "\(early.json.text)")
            let told = apart["id"]?.string ?? ""
            let withdrawn = await governance.post("/api/v1/people/apart/\(told)/withdraw", "{}")
            #expect(withdrawn.status == 204)
            let all = await governance.get("/api/v1/people/apart")
            #expect(all["items"]?.array?.first?["reason"]?.string == "the same")
            #expect(all["items"]?.array?.first?["withdrawn_at"]?.string != nil)
            let merged = await governance.post("/api/v1/people/merges", pair)
            #expect(merged.status == 201)
            let id = merged["id"]?.string ?? ""
            let undone = await governance.post(
                "/api/v1/people/merges/\(id)/undo",
                #"{"reason": "not the same"}"#
            )
            #expect(undone.status == 204)
            let of = #"{"reference": "\#(header.id.text)", "reason": "they asked"}"#
            let copy = await governance.post("/api/v1/people/copies", of)
            #expect(copy.status == 200 && copy.json.text.contains("Ada"))
            let erased = await governance.post("/api/v1/people/erasures", of)
            #expect(erased["was_there"]?.bool == true)
            let log = await governance.get("/api/v1/access-log?limit=5")
            #expect(log["items"]?.array?.count == 5 && log["next"]?.string != nil)
            let next = await governance.get(try #require(log["next"]?.string))
            #expect(next["items"]?.array?.isEmpty == false)
            #expect(await governance.get("/api/v1/retention").status == 200)
            #expect(await governance.get("/api/v1/glass").status == 200)
        }
    }
}
