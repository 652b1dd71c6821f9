import Application
import Casework
import Kernel
import Store
import TestSupport
import Testing
import Web
import WebAPI

/// Routes for what only pages did before: dashboards, facts, papers, practices, settings, emergencies.
@Suite struct SettlingTests {
    @Test(
        "A manager reads a dashboard, opens a figure and sees the plan",
        arguments: Backend.allCases
    )
    func dashboards(_ backend: Backend) async throws {
        try await withTeam(backend) { team in
            for name in ["Ada", "Ben"] { _ = try await team.refer(name) }
            let test = TestAPI(team.installation)
            let manager = try await test.client(.manager, of: TestTeam.organisation)
            let found = try await team.refer("Cai")
            let id = found.programme
            let dashboard = await manager.get("/api/v1/dashboards/\(id)")
            #expect(dashboard.status == 200, "\(dashboard.json.text.prefix(300))")
            #expect(dashboard["provider"]?.string == TestTeam.organisation)
            let panels = dashboard["panels"]?.array ?? []
            let stages = panels.first { $0["id"]?.string == "stages" }
            let first = try #require(stages?["figures"]?.array?.first)
            #expect(first["numerator"]?.double == 3)
            let figure = URLEncoding.encode(first["id"]?.string ?? "")
            let opened = await manager.get("/api/v1/dashboards/\(id)/cases?figure=\(figure)")
            #expect(opened["total"]?.int == 3 && opened["items"]?.array?.count == 3)
            #expect(await manager.get("/api/v1/dashboards/\(id)/cases").status == 400)
            let none = await manager.get("/api/v1/dashboards/\(id)/cases?figure=none")
            #expect(none.status == 404)
            let plan = await manager.get("/api/v1/trajectories/\(id)")
            #expect(plan["items"]?.array?.isEmpty == false)
            let commissioner = try await test.client(.commissioner, of: "gm-icb")
            let whole = await commissioner.get("/api/v1/dashboards/\(id)")
            #expect(whole.status == 200 && whole["provider"] == nil)
            #expect(await commissioner.get("/api/v1/trajectories/\(id)").status == 403)
        }
    }

    @Test("Facts leave as text or as a workbook, for a purpose")
    func facts() async throws {
        try await withTeam(.sqlite) { team in
            let id = try await team.refer("Ada").programme
            let test = TestAPI(team.installation)
            let analyst = try await test.client(.analyst, of: "evaluation")
            for (format, begins) in [("csv", "programme"), ("json", "["), ("xlsx", "UEsDB")] {
                let file = await analyst.post(
                    "/api/v1/facts/\(id)/export",
                    #"{"format": "\#(format)", "purpose": "a test"}"#
                )
                let content = file["text"]?.string ?? file["base64"]?.string ?? ""
                let head = content.prefix(200)
                #expect(file.status == 200 && head.contains(begins), "\(format): \(head)")
                #expect(!content.contains("Ada"))
            }
            let without = await analyst.post(
                "/api/v1/facts/\(id)/export",
                #"{"format": "csv", "purpose": ""}"#
            )
            #expect(without.status == 422)
            let book = await analyst.post(
                "/api/v1/reports/\(id)/export",
                #"{"format": "xlsx", "purpose": "a test"}"#
            )
            #expect(book["base64"]?.string?.hasPrefix("UEsDB") == true)
        }
    }

    @Test("A coach elsewhere breaks the glass with a reason, and reads the case")
    func glass() async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Ada")
            let test = TestAPI(team.installation)
            let coach = try await test.client(.coach, of: "elsewhere")
            let path = "/api/v1/cases/\(header.id.text)"
            #expect(await coach.get(path).status == 404)
            let of = #"{"reference": "\#(header.id.text)", "reason": "\#("found ill")"}"#
            let broken = await coach.post("/api/v1/glass", of)
            #expect(broken["case"]?.string == header.id.text && broken["until"] != nil)
            #expect(await coach.get(path).status == 200)
            let unknown = await coach.post(
                "/api/v1/glass",
                #"{"reference": "none", "reason": "x"}"#
            )
            #expect(unknown.status == 404)
            let governance = try await test.client(.governance, of: "host")
            #expect(await governance.get("/api/v1/glass").json.text.contains("found ill"))
            #expect(await governance.get("/api/v1/people/copies")["items"]?.array?.isEmpty == true)
            let given = await governance.post("/api/v1/people/copies/none/given", "{}")
            #expect(given.status == 404)
        }
    }

    @Test("An organisation lists what was referred on to it, and whoever has no part does not")
    func onward() async throws {
        try await withInstallation(.sqlite) { installation in
            let test = TestAPI(installation)
            let header = try await AccessScene.makeCase(installation, 1)
            let asked = try await test.client(.coach, of: "talking-therapies")
            let list = await asked.get("/api/v1/onward")
            #expect(list["total"]?.int == 1, "\(list.json.text)")
            let entry = list["items"]?.array?.first
            #expect(entry?["case"]?["id"]?.string == header.id.text)
            let elsewhere = try await test.client(.coach, of: "elsewhere")
            #expect(await elsewhere.get("/api/v1/onward")["total"]?.int == 0)
        }
    }

    @Test("An administrator gives words of a language, and sees the messages")
    func settings() async throws {
        try await withInstallation(.sqlite) { installation in
            let test = TestAPI(installation)
            let administrator = try await test.client(.administrator, of: "host")
            let path = "/api/v1/translations/cy"
            let given = await administrator.post(path, #"{"phrases": {"Start now": "Dechrau"}}"#)
            #expect(given.status == 204)
            #expect(await administrator.get(path)["phrases"]?["Start now"]?.string == "Dechrau")
            #expect(await administrator.get("/api/v1/translations/en").status == 404)
            #expect(await administrator.get("/api/v1/messages")["waiting"]?.int == 0)
            let again = await administrator.post("/api/v1/messages/again", #"{"ids": ["none"]}"#)
            #expect(again["again"]?.int == 0)
        }
    }

    @Test("Practices, papers and values are answered to those whose they are")
    func others() async throws {
        try await withTeam(.sqlite) { team in
            _ = try await team.refer("Ada")
            let test = TestAPI(team.installation)
            let practice = try await test.client(.referrer, of: "P84001")
            let own = await practice.get("/api/v1/practices/P84001?months=3")
            #expect(
                own.status == 200 && own["figures"]?.array != nil,
                "\(own.json.text.prefix(200))"
            )
            #expect(await practice.get("/api/v1/practices/P84002").status == 404)
            let list = await practice.get("/api/v1/practices/P84001/worklist")
            #expect(list["patients"]?.array?.isEmpty == true)
            let made = await practice.post("/api/v1/practices/P84001/return", "{}")
            #expect(made["entries"]?.array?.isEmpty == true)
            #expect(await practice.get("/api/v1/practices/P84001/return").status == 200)
            let commissioner = try await test.client(.commissioner, of: "gm-icb")
            #expect(await commissioner.get("/api/v1/practices").status == 200)
            #expect(await commissioner.get("/api/v1/board-packs").status == 200)
            #expect(await commissioner.get("/api/v1/papers")["total"]?.int == 0)
            #expect(await commissioner.get("/api/v1/papers/none").status == 404)
            #expect(await commissioner.post("/api/v1/values/none", "{}").status == 404)
            // A path of a file is for the command line only.
            let path = await commissioner.post("/api/v1/values/..%2Fcosts%2Fx.yaml", "{}")
            #expect(path.status == 404)
        }
    }
}
