import Application
import Kernel
import TestSupport
import Testing
import Web
import WebAPI

/// What is asked wrongly is answered with what is wrong, all of it at once.
@Suite struct AskingTests {
    static let path = "/api/v1/referrals"

    @Test("Every fault is named at once, each with its place")
    func faults() async throws {
        try await withInstallation(.sqlite) { installation in
            let client = try await TestAPI(installation).client(.referrer, of: "P84001")
            let answer = await client.post(
                Self.path,
                """
                {
                  "programme": "workwell-manchester", "source": "gp",
                  "person": {"given_name": "", "family_name": "Okafor", "birth_date": "31/1/1980"},
                  "conditions": "msk", "employment_status": "of-sick", "consents": {}
                }
                """
            )
            #expect(answer.status == 422 && answer.code == "faults")
            #expect(
                answer.pointers == [
                    "/person/given_name", "/person/birth_date", "/condition",
                    "/employment_status", "/consents/referral", "/conditions",
                ]
            )
            let faults = answer["faults"]?.array ?? []
            #expect(faults[0]["line"]?.int == 3 && faults[0]["column"]?.int == 28)
            #expect(faults[3]["problem"]?.string?.contains("off-sick") == true)
            #expect(faults[5]["expected"]?.string == "“condition”")
            #expect(try await installation.count("cases") == 0)
        }
    }

    @Test(
        "What the programme has no name for is told where it stands",
        arguments: [
            (#""source": "gp""#, #""source": "z""#, "/source"),
            (
                #""health-condition": "yes""#, #""health-condition": "maybe""#,
                "/answers/health-condition"
            ),
            (#""health-condition": "yes""#, #""q": "yes""#, "/answers/q"),
            (#""given_name": "Ada""#, #""given_name": "\u200B""#, "/person/given_name"),
            (
                #""postcode": "M14 5AB""#, #""postcode": "M14 5AB", "phone": "abc""#,
                "/person/phone"
            ),
            (
                #""postcode": "M14 5AB""#, #""postcode": "M14 5AB", "email": "a@b""#,
                "/person/email"
            ),
            (#""msk""#, #""Ann rang 0161, back pain""#, "/condition"),
        ]
    )
    func unknown(_ said: String, _ wrong: String, _ pointer: String) async throws {
        try await withInstallation(.sqlite) { installation in
            let client = try await TestAPI(installation).client(.referrer, of: "P84001")
            let sent = PathTests.referral().replacing(said, with: wrong)
            let answer = await client.post(Self.path, sent)
            #expect(answer.status == 422, "\(answer.json.text)")
            #expect(answer.pointers == [pointer])
            #expect(try await installation.count("cases") == 0)
        }
    }

    @Test("What is missing is named as it is taken, and no other answer is")
    func missing() async throws {
        try await withInstallation(.sqlite) { installation in
            let client = try await TestAPI(installation).client(.referrer, of: "P84001")
            for (path, list) in [(Self.path + "/check", "offers"), ("/directory/match", "matches")]
            {
                let asked = await client.post(path, #"{"source": "gp"}"#)
                let missing = (asked[list]?.array ?? []).flatMap { $0["missing"]?.array ?? [] }
                let ids = Set(missing.compactMap { $0["id"]?.string })
                #expect(ids.isSuperset(of: ["postcode", "health-condition"]), "\(ids)")
                #expect(!ids.contains("health_condition"))
                let wrong = await client.post(path, #"{"answers": {"health_condition": "yes"}}"#)
                #expect(wrong.status == 422 && wrong.pointers == ["/answers/health_condition"])
                let fault = wrong["faults"]?.array?.first
                #expect(fault?["expected"]?.string?.contains("health-condition") == true)
                let right = await client.post(path, #"{"answers": {"health-condition": "yes"}}"#)
                #expect(right.status == 200, "\(right.json.text)")
                let told = (right[list]?.array ?? []).flatMap { $0["missing"]?.array ?? [] }
                #expect(!told.contains { $0["id"]?.string == "health-condition" })
            }
        }
    }

    @Test("The page's own rules hold here too")
    func rules() async throws {
        try await withInstallation(.sqlite) { installation in
            let client = try await TestAPI(installation).client(.referrer, of: "P84001")
            let answer = await client.post(
                Self.path,
                PathTests.referral(nhs: "9434765910", more: #", "on": "2030-01-01""#)
                    .replacing("M14 5AB", with: "M14").replacing(": true", with: ": false")
            )
            #expect(
                answer.pointers == [
                    "/on", "/person/postcode", "/person/nhs_number", "/consents/referral",
                ]
            )
            let wrong = PathTests.referral(nhs: "9434765910")
            let several = [
                (#""workwell-manchester""#, #""nobodys""#, ["/person/nhs_number", "/programme"]),
                (#""source": "gp""#, #""source": "z""#, ["/person/nhs_number", "/source"]),
                (#""be-well""#, #""nobodys""#, ["/person/nhs_number", "/strand"]),
                (#""health-condition""#, #""q""#, ["/person/nhs_number", "/answers/q"]),
            ]
            for (said, sent, pointers) in several {
                let answer = await client.post(Self.path, wrong.replacing(said, with: sent))
                #expect(answer.pointers == pointers, "\(answer.json.text)")
            }
            let early = await client.post(
                Self.path,
                PathTests.referral(more: #", "on": "2000-01-01""#)
            )
            #expect(early.status == 422)
        }
    }

    /// What is sent, and the status and code that it is answered with.
    static let asked:
        [(method: Request.Method, path: String, body: String?, header: String, Int, String)] = [
            (.get, "/api/v1/nothing", nil, "", 404, "not-found"),
            (.get, "/api/v1/referrals/check", nil, "", 405, "method-not-allowed"),
            (.delete, "/api/v1/referrals", nil, "", 405, "method-not-allowed"),
            (.get, path, nil, "accept: text/html", 406, "not-acceptable"),
            (.get, path, nil, "accept: text/html, application/*;q=0.5", 200, ""),
            (.get, path + "?limit=0", nil, "", 400, "bad-query"),
            (.get, path + "?limit=ten", nil, "", 400, "bad-query"),
            (.get, path + "?shelf=all", nil, "", 400, "bad-query"),
            (.get, path + "?limits=1", nil, "", 400, "bad-query"),
            (.get, path + "?limit=1&limit=2", nil, "", 400, "bad-query"),
            (.get, path + "?cursor=%21", nil, "", 400, "bad-query"),
            (.post, path, "{", "", 400, "not-json"),
            (.post, path, "[]", "", 422, "faults"),
            (.post, path, "{}", "content-type: text/plain", 415, "unsupported-media-type"),
            (.post, path, "{}", "idempotency-key: two words", 400, "bad-header"),
            (.post, path, String(repeating: "[", count: 2_000), "", 400, "not-json"),
            (.post, path, String(repeating: " ", count: 1_100_000), "", 413, "too-large"),
            (.get, "/api/v1/cases/nobody", nil, "", 404, "not-found"),
            (.get, "/api/v1/cases", nil, "", 403, "forbidden"),
        ]

    @Test("What cannot be answered is told apart", arguments: asked)
    func askedWrongly(
        _ method: Request.Method,
        _ path: String,
        _ body: String?,
        _ header: String,
        _ status: Int,
        _ code: String
    ) async throws {
        try await withInstallation(.sqlite) { installation in
            let client = try await TestAPI(installation).client(.referrer, of: "P84001")
            let halves = header.split(separator: ":", maxSplits: 1).map { String($0).trimmed }
            let headers = halves.count == 2 ? [halves[0]: halves[1]] : [:]
            let answer = await client.send(method, path, body, headers: headers)
            #expect(answer.status == status)
            #expect((answer.code ?? "") == code)
            if status == 405 { #expect(answer.response["Allow"] != nil) }
        }
    }

    @Test("Without a good token there is nothing; a scope narrows what a role may")
    func tokens() async throws {
        try await withInstallation(.sqlite) { installation in
            let test = TestAPI(installation)
            let none = await TestClient.nobody(test).get(Self.path)
            #expect(none.status == 401)
            #expect(none.response["WWW-Authenticate"] == "Bearer realm=\"Goodwork\"")
            let forged = TestClient(test: test, client: nil, token: "nonsense")
            #expect(await forged.get(Self.path).code == "invalid_token")

            let reader = try await test.client(.referrer, of: "P84001", scopes: "api/read")
            #expect(await reader.get(Self.path).status == 200)
            let written = await reader.post(Self.path, PathTests.referral())
            #expect(written.status == 403 && written.code == "insufficient_scope")

            let id = try #require(reader.client?.id)
            installation.clock.advance(milliseconds: 299_999)
            #expect(await reader.get(Self.path).status == 200)
            installation.clock.advance(milliseconds: 1)
            #expect(await reader.get(Self.path).status == 401)

            let other = try await test.client(.referrer, of: "P84001")
            #expect(await other.get(Self.path).status == 200)
            let goodwork = installation.goodwork
            try await goodwork.setClient(
                try #require(other.client?.id),
                isDisabled: true,
                by: installation.actor
            )
            #expect(await other.get(Self.path).status == 401)
            #expect(try await goodwork.activeClient(id) != nil)
        }
    }

    @Test("Who asks without end is told to wait, and others are not")
    func limits() async throws {
        try await withInstallation(.sqlite) { installation in
            var limit = RateLimit()
            limit.perMinute = 4
            let test = TestAPI(installation, limit: limit)
            let client = try await test.client(.referrer, of: "P84001")
            for _ in 0..<10 { #expect(await client.get(Self.path).status == 200) }
            let answer = await client.get(Self.path)
            #expect(answer.status == 429 && answer.response["Retry-After"] == "15")
            let other = try await test.client(.referrer, of: "P84001")
            #expect(await other.get(Self.path).status == 200)
            installation.clock.advance(milliseconds: 14_500)
            let soon = await client.get(Self.path)
            #expect(soon.json["detail"]?.string == "That was a lot. Wait 1 second.")
        }
    }

    @Test("Pages of a list follow each other, and leave nobody out", arguments: [1, 2, 3, 50])
    func pages(_ limit: Int) async throws {
        try await withTeam(.sqlite) { team in
            for name in ["Ada", "Ben", "Cai", "Dee", "Eve"] { _ = try await team.refer(name) }
            let test = TestAPI(team.installation)
            let client = try await test.client(.manager, of: TestTeam.organisation)
            var seen: [String] = []
            var path: String? = "/api/v1/cases?limit=\(limit)"
            while let next = path {
                let answer = await client.get(next)
                #expect(answer["total"]?.int == 5)
                let items = answer["items"]?.array ?? []
                #expect(items.count <= limit)
                seen += items.compactMap { $0["id"]?.string }
                path = answer["next"]?.string
            }
            #expect(seen.count == 5 && Set(seen).count == 5)
        }
    }
}
