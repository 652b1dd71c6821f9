import Application
import TestSupport
import Testing
import Web

@testable import WebPages

/// Pages of signing in by an issuer that is not as it should be.
@Suite struct OpenIDPagesTests {
    private static let door = OpenIDDoor(name: "Trust") {
        throw ServiceError(
            .forbidden,
            "The sign-in service does not answer. Try again in a few minutes.",
            context: "unreachable: port closed"
        )
    } finish: { _, _ in
        throw ServiceError(.refused, "Nobody comes back.")
    }

    @Test("An issuer that does not answer is told in one sentence, with the way back")
    func unreachable() async throws {
        try await withInstallation(.sqlite) { installation in
            let site = TestSite(installation, openID: Self.door)
            let page = await TestBrowser(site: site.site).get("/sign-in/openid")
            #expect(page.status == 403)
            #expect(page.words.contains("The sign-in service does not answer."))
            #expect(page.text.contains("href=\"/sign-in\""))
            #expect(site.errors == ["unreachable: port closed"])
        }
    }

    @Test("So it is where an account is to be connected, and nothing is lost")
    func connecting() async throws {
        try await withTeam(.sqlite) { team in
            let site = TestSite(team.installation, openID: Self.door)
            let browser = site.browser(TestTeam.coach)
            let page = await browser.post("/account/openid", [:])
            #expect(page.status == 422)
            #expect(page.words.contains("The sign-in service does not answer."))
            #expect(page.words.contains("Connect it"))
        }
    }
}
