import Application
import Casework
import Kernel
import Store
import TestSupport
import Testing
import Web
import WebAPI

/// What was sent about a case, and the links that its person can be sent.
@Suite struct CaseLinkTests {
    @Test(
        "What is sent about a case is listed, with what became of it",
        arguments: Backend.allCases
    )
    func messages(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let team = TestTeam(installation)
            let header = try await team.refer("Ada") { $0.identity.email = "ada@mail.example" }
            let client = try await TestAPI(installation).client(.coach, of: TestTeam.organisation)
            let path = "/api/v1/cases/\(header.id.text)/messages"
            let before = await client.get(path)["items"]?.array?.count ?? -1
            try await team.change(header, .referralAccepted(Plain()))
            let items = await client.get(path)["items"]?.array ?? []
            #expect(items.count > before)
            #expect(items.contains { $0["to"]?.string == "person" })
            #expect(items.allSatisfy { $0["state"]?.string == "waiting" })
            // On the page it stands with the entry that it tells of.
            let page = await team.site.browser(TestTeam.coach).get("/cases/\(header.id.text)")
            #expect(page.words.contains("Message to the person: Waiting"), "\(page.words)")
            let referrer = try await TestAPI(installation).client(.referrer, of: "P84001")
            #expect(await referrer.get(path).status == 403)
        }
    }

    @Test("A link is there while its question is open, and leads where the page's does")
    func links() async throws {
        try await withInstallation(.sqlite) { installation in
            let team = TestTeam(installation)
            let header = try await team.refer("Ada")
            let client = try await TestAPI(installation).client(.coach, of: TestTeam.organisation)
            let path = "/api/v1/cases/\(header.id.text)/links"
            func states() async -> [String] {
                (await client.get(path)["items"]?.array ?? []).map { link in
                    "\(link["for"]?.string ?? "") \(link["state"]?.string ?? "") "
                        + (link["address"] == nil ? "-" : "address")
                }
            }
            #expect(
                await states() == [
                    "follow-up not-asked -", "satisfaction not-asked -", "invitation not-asked -",
                ]
            )
            try await team.change(header, .referralAccepted(Plain()))
            try await team.change(header, .contactAttempted(ContactAttempted()))
            #expect(await states().contains("invitation open address"))
            let links = await client.get(path)["items"]?.array ?? []
            let address = links.compactMap { $0["address"]?.string }.first ?? ""
            let place = String(address.dropFirst("http://127.0.0.1:8080".count))
            #expect(place.hasPrefix("/invitation/"), "\(address)")
            let visitor = await team.site.browser(nil).get(place)
            #expect(visitor.status == 200, "\(visitor.words)")
            _ = try await installation.goodwork.registerResident(
                ResidentAccount(login: "ada@mail.example", password: "thirteen green buses"),
                byInvitation: String(place.dropFirst("/invitation/".count)),
                birthDate: try #require(
                    try await installation.identity(header.reference)?.birthDate
                        .flatMap { CivilDate(iso: $0) }
                )
            )
            installation.clock.advance()
            // A link for a new password is made on the case's page, by an act that is written down.
            #expect(await states().last == "invitation answered -")
            #expect(await states().count == 3)
            let other = try await TestAPI(installation).client(.coach, of: "elsewhere")
            #expect(await other.get(path).status == 404)
        }
    }
}
