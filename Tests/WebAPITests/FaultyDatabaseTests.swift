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
}
