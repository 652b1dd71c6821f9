import SQL
import TestSupport
import Testing
import Web
import WebAPI

/// What programs are told when the database fails.
@Suite struct FaultyDatabaseTests {
    /// What the interfaces answer to a GET while the database throws an error.
    private static func answer(_ path: String, _ error: SQLError) async throws -> Response {
        try await withFreshDatabase(.sqlite) { database in
            let faulty = FaultyDatabase(database)
            let installation = try await TestInstallation(faulty)
            let api = API(goodwork: installation.goodwork) { _ in
                .failure(AssertionDoubt("This proves nothing."))
            } report: { _ in
            }
            var request = Request(.get, path)
            request.headers["authorization"] = "Bearer " + String(repeating: "A", count: 43)
            faulty.begin(.throwing(error))
            return await api.answer(request)
        }
    }

    @Test(
        "A commit whose answer was lost is not told as undone",
        arguments: ["/api/v1/referrals", "/fhir/R4/Task"]
    )
    func lostAnswers(_ path: String) async throws {
        let lost = try await Self.answer(path, SQLError(.unknownOutcome, "the line went dead"))
        let words = String(decoding: lost.body, as: UTF8.self)
        #expect(lost.status == 500)
        #expect(words.contains("outcome-unknown") && words.contains("It may have been saved."))
        #expect(!words.contains("nothing was done"))
        #expect(!words.contains("the line went dead"))
        let failed = try await Self.answer(path, SQLError(.connection, "gone"))
        #expect(failed.status == 500)
        #expect(String(decoding: failed.body, as: UTF8.self).contains("nothing was done"))
    }

    @Test("A client is not told to prove itself otherwise where nobody could look at its proof")
    func tokens() async throws {
        try await withInstallation(.sqlite) { installation in
            let api = API(goodwork: installation.goodwork) { _ in
                throw SQLError(.connection, "gone")
            } report: { _ in
            }
            let form = Form([
                "grant_type": "client_credentials",
                "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion": "anything",
            ])
            let answer = await api.answer(Request(.post, "/oauth/token", form: form))
            #expect(answer.status == 500)
            let words = String(decoding: answer.body, as: UTF8.self)
            #expect(!words.contains("invalid_client") && words.contains("unforeseen"))
        }
    }
}
