import Application
import Kernel
import TestSupport
import Testing
import Web
import WebAPI

/// Run charts over the interface: what they say, and from where their limits are reckoned anew.
@Suite struct RebaseTests {
    static let path = "/api/v1/dashboards/fit-for-work-in-work"

    private static func starts(_ client: TestClient) async -> JSONValue? {
        let panels = await client.get(path)["panels"]?.array ?? []
        let runs = panels.first { $0["id"]?.string == "runs" }?["runs"]?.array
        return runs?.first { $0["id"]?.string == "starts" }
    }

    @Test("A rebase is said, stands on the chart, and is withdrawn", arguments: Backend.allCases)
    func rebase(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let programme = "fit-for-work-in-work"
            try await installation.importList(ClientList(fixture: programme), programme)
            let test = TestAPI(installation)
            let commissioner = try await test.client(.commissioner, of: "board")
            let manager = try await test.client(.manager, of: "pathways-cic")
            let before = try #require(await Self.starts(commissioner))
            #expect(before["parts"]?.array?.count == 1 && before["better"]?.string == "up")
            let body = #"{"chart": "starts", "month": "2014-01", "reason": "A second clinic"}"#
            let said = await commissioner.post("\(Self.path)/rebases", body)
            #expect(said.status == 201, "\(said.json.text)")
            #expect(said["organisation"]?.string == "board" && said["provider"] == nil)
            #expect(said["said_on"]?.string == "2025-06-02")
            let id = try #require(said["id"]?.string)
            for client in [commissioner, manager] {
                let run = try #require(await Self.starts(client))
                let part = run["parts"]?.array?.last
                #expect(part?["from"]?.string == "January 2014")
                #expect(part?["reason"]?.string == "A second clinic (said on 2 June 2025)")
                #expect(run["verdict"]?.string?.contains("A second clinic") == true)
                let list = await client.get("\(Self.path)/rebases")
                #expect(list["items"]?.array?.map { $0["id"]?.string } == [id])
            }
            let wrong: [(String, Int, String)] = [
                (body.replacing("second clinic", with: "third clinic"), 422, "rebased-already"),
                (body.replacing("2014-01", with: "2031-01"), 422, "unknown-month"),
                (body.replacing("A second clinic", with: " "), 422, "missing-value"),
                (body.replacing("starts", with: "stops"), 422, "faults"),
            ]
            for (body, status, code) in wrong {
                let answer = await commissioner.post("\(Self.path)/rebases", body)
                #expect(answer.status == status && answer.code == code, "\(answer.json.text)")
            }
            let withdraw = "\(Self.path)/rebases/\(id)/withdraw"
            #expect(await manager.post(withdraw, "{}").status == 403)
            let gone = await commissioner.post(withdraw, "{}")
            #expect(gone["withdrawn_on"]?.string == "2025-06-02")
            #expect(await Self.starts(manager)?["parts"]?.array?.count == 1)
            // A manager's is of their own cases.
            let own = await manager.post("\(Self.path)/rebases", body)
            #expect(own["provider"]?.string == "pathways-cic")
            #expect(await Self.starts(manager)?["parts"]?.array?.count == 2)
            #expect(await Self.starts(commissioner)?["parts"]?.array?.count == 1)
        }
    }
}
