import Application
import SQL
import TestSupport
import Testing
import Web
import WebPages

@Suite struct SiteTests {
    @Test("A page that is not there is answered as one, with the headers of every answer")
    func notFound() async throws {
        try await withInstallation(.sqlite) { installation in
            let page = await TestSite(installation).browser().get("/nowhere")
            #expect(page.status == 404)
            #expect(page.words.contains("Page not found"))
            let names = page.headers.map(\.name)
            for name in ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"] {
                #expect(names.contains(name))
            }
        }
    }

    @Test("A page says that nothing was saved only where that is known")
    func lostAnswers() async throws {
        let routes: [PageRoute] = [
            .get("/lost", .anyone) { _ in throw SQLError(.unknownOutcome, "the line went dead") },
            .get("/failed", .anyone) { _ in throw SQLError(.connection, "gone") },
        ]
        try await withInstallation(.sqlite) { installation in
            let site = TestSite(installation, routes: routes)
            let lost = await site.browser().get("/lost")
            #expect(lost.status == 500)
            #expect(lost.words.contains("It may have been saved: look before you send it again."))
            #expect(!lost.words.contains("Nothing was saved"))
            let failed = await site.browser().get("/failed")
            #expect(failed.status == 500)
            #expect(failed.words.contains("Nothing was saved."))
            #expect(site.errors.count == 2)
        }
    }
}
