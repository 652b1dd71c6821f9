import Application
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
}
