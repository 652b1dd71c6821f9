import Application
import Kernel
import TestSupport
import Testing
import Web
import WebAPI

/// Marks of versions, as RFC 9110 has them, and bodies that need not be there.
@Suite struct ConditionTests {
    /// An `If-Match`, with `NOW` for the mark of the case, and the status that it is answered with.
    static let marks: [(header: String, status: Int)] = [
        ("NOW", 201), ("*", 201), (#""9.2025-06-02", NOW"#, 201), (#"NOW, "9.2025-06-02""#, 201),
        (#""9.2025-06-02""#, 412), ("W/NOW", 412), (#""else""#, 412), ("else", 400), ("", 400),
    ]

    @Test("A change holds on the marks of its If-Match", arguments: marks)
    func changing(_ header: String, _ status: Int) async throws {
        try await withInstallation(.sqlite) { installation in
            let test = TestAPI(installation)
            let practice = try await test.client(.referrer, of: "P84001")
            let manager = try await test.client(.manager, of: "big-life")
            let referred = await practice.post("/api/v1/referrals", PathTests.referral())
            // What a change answers is no mark of what its address shows.
            #expect(referred.status == 201 && referred.response["ETag"] == nil)
            let path = "/api/v1/cases/\(referred["id"]?.string ?? "")"
            let mark = try #require(await manager.get(path).response["ETag"])
            let today = installation.clock.now.civilDateUK.iso
            let answer = await manager.post(
                path + "/entries",
                #"{"entries": [{"type": "referral.accepted", "on": "\#(today)"}]}"#,
                headers: ["if-match": header.replacing("NOW", with: mark)]
            )
            #expect(answer.status == status, "\(answer.json.text)")
        }
    }

    @Test("A service that must not be there yet is not written over")
    func absent() async throws {
        try await withInstallation(.sqlite) { installation in
            let manager = try await TestAPI(installation).client(.manager, of: "bridge")
            let path = "/directory/services/\(DirectoryTests.id)"
            for (name, status) in [("Money advice", 201), ("Debt advice", 412)] {
                let written = await manager.send(
                    .put,
                    path,
                    DirectoryTests.service(name: name),
                    headers: ["if-none-match": "*"]
                )
                #expect(written.status == status, "\(written.json.text)")
            }
            #expect(await manager.get(path)["name"]?.string == "Money advice")
        }
    }

    @Test("What needs nothing to be said may be asked without a body")
    func bodies() async throws {
        try await withInstallation(.sqlite) { installation in
            let test = TestAPI(installation)
            let match = await TestClient.nobody(test).send(.post, "/directory/match")
            #expect(match.status == 200, "\(match.json.text)")
            let practice = try await test.client(.referrer, of: "P84001")
            #expect(await practice.send(.post, "/api/v1/referrals").status == 415)
            let path = "/api/v1/webhooks/none/deliveries/none/again"
            #expect(await practice.send(.post, path).status == 404)
        }
    }

    @Test("A note of a referral may be as long as one by FHIR, or on the page")
    func notes() async throws {
        try await withInstallation(.sqlite) { installation in
            let practice = try await TestAPI(installation).client(.referrer, of: "P84001")
            for (count, status) in [(4_001, 422), (4_000, 201)] {
                let note = String(repeating: "x", count: count)
                let answer = await practice.post(
                    "/api/v1/referrals",
                    PathTests.referral(more: #", "note": "\#(note)""#)
                )
                #expect(answer.status == status, "\(answer.json.text)")
            }
        }
    }
}
