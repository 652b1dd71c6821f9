import Application
import Casework
import FHIRModel
import Kernel
import Store
import TestSupport
import Testing
import Web
import WebAPI

/// What was taken back leaves the copies of those who had it.
@Suite struct DeletedRecordsTests {
    /// A score that the coach tells of a case.
    ///
    /// - Returns: the id of its Observation.
    static func score(_ scene: FHIRScene, _ id: String) async throws -> String {
        let made = await scene.coach.post(
            "/fhir/R4/Observation",
            """
            {"resourceType":"Observation","status":"final",
             "basedOn":[{"reference":"ServiceRequest/\(id)"}],
             "code":{"coding":[{"system":"http://snomed.info/sct","code":"720433000"}]},
             "valueInteger":12}
            """
        )
        return try #require(made["id"]?.string, "\(made.json.text)")
    }

    /// Takes it back.
    static func withdraw(_ score: String, _ scene: FHIRScene, _ id: String) async {
        let event = score.dropFirst(id.count + 1)
        let answer = await scene.coach.post(
            "/api/v1/cases/\(id)/entries",
            #"{"voids":[{"event":"\#(event)","reason":"entered-in-error","text":"x"}]}"#
        )
        #expect(answer.status == 201, "\(answer.json.text)")
    }

    private static func filter(_ search: String) -> String {
        "&_typeFilter=" + URLEncoding.encode(search)
    }

    @Test("Since a moment, what is no more is named to whoever had it", arguments: Backend.allCases)
    func deleted(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let scene = try await FHIRScene(installation, scopes: "system/*.cruds api/write")
            let id = try await EntryTests.supported(scene)
            installation.clock.advance()
            let score = try await Self.score(scene, id)
            let whole = try await scene.manager.takeAway("Patient/$export")
            #expect(whole.ids["Observation"]?.contains(score) == true)
            #expect(whole.manifest["deleted"] == nil)
            let moment = try #require(whole.manifest["transactionTime"]?.string)
            installation.clock.advance()
            await Self.withdraw(score, scene, id)
            installation.clock.advance()

            let path = "Patient/$export?_since=\(moment)"
            let since = try await scene.manager.takeAway(path)
            #expect(since.deleted == ["Observation/\(score)"])
            #expect(since.ids["Observation"]?.contains(score) != true)
            let ours = Self.filter("Observation?code=http://snomed.info/sct|720433000")
            let filtered = try await scene.manager.takeAway(path + ours)
            #expect(filtered.deleted == since.deleted)
            for other in ["&_type=Task", Self.filter("Observation?code=another")] {
                let taken = try await scene.manager.takeAway(path + other)
                #expect(taken.deleted == [], "\(other)")
                #expect(taken.manifest["deleted"]?.array == [], "\(other)")
            }
            // Whoever referred never had it; who asks for all has nothing to take back.
            #expect(try await scene.practice.takeAway(path).deleted == [])
            #expect(try await scene.manager.takeAway("Patient/$export").deleted == [])
            let later = installation.clock.now.iso
            let nothing = try await scene.manager.takeAway("Patient/$export?_since=\(later)")
            #expect(nothing.deleted == [])
        }
    }

    @Test("What a token may not see it is not told the end of")
    func narrowed() async throws {
        try await withInstallation(.sqlite) { installation in
            let scene = try await FHIRScene(installation, scopes: "system/*.cruds api/write")
            let id = try await EntryTests.supported(scene)
            let moment = installation.clock.now.iso
            installation.clock.advance()
            let score = try await Self.score(scene, id)
            installation.clock.advance()
            await Self.withdraw(score, scene, id)
            let path = "Patient/$export?_since=\(moment)"
            for (search, isTold) in [("code=720433000", true), ("code=another", false)] {
                let narrow = try await scene.test.client(
                    .manager,
                    of: "big-life",
                    scopes: "system/Observation.rs?\(search)"
                )
                let taken = try await narrow.takeAway(path)
                #expect(taken.deleted == (isTold ? ["Observation/\(score)"] : []), "\(search)")
            }
            let place = try await scene.manager.start(path)
            _ = try await installation.goodwork.runExport(FHIRRecords(installation.goodwork))
            let name = "\(place)/deleted-Observation.1.ndjson"
            #expect(await scene.manager.get(name).status == 200)
            for scopes in ["system/Observation.rs?code=another", "system/Task.rs"] {
                let token = try await scene.test.api.goodwork.token(
                    for: ProvedAssertion(
                        client: scene.manager.client?.id ?? "",
                        name: scopes,
                        endsAt: installation.clock.now.adding(milliseconds: 300_000)
                    ),
                    asking: ClientScopes(scopes)
                )
                let narrow = TestClient(
                    test: scene.test,
                    client: scene.manager.client,
                    token: token.text
                )
                #expect(await narrow.get(name).status == 403, "\(scopes)")
            }
        }
    }
}
