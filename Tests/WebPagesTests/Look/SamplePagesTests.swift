import Application
import Foundation
import HTML
import TestSupport
import Testing
import Web
import WebPages

/// Every component and every general page is made; where a folder is named, they are also written
/// there, to be looked at in a browser and held to what they follow (`make components`).
@Suite struct SamplePagesTests {
    private static let coach = Actor(user: "sam", organisation: "pathways", role: .coach)

    @Test("Every sample and general page is made whole")
    func pages() async throws {
        try await withInstallation(.sqlite) { installation in
            let site = TestSite(installation, routes: GeneralPages.routes + SamplePages.routes)
            for route in site.site.routes where route.method == .get {
                let browser = site.browser(
                    route.guard == .signedIn ? Self.coach : nil,
                    name: "Sam Coach"
                )
                let page = await browser.get(route.pattern)
                #expect([200, 422].contains(page.status), "\(route.pattern)")
                try write(page.body, to: name(route.pattern))
                guard !route.pattern.hasPrefix("/assets/") else { continue }
                #expect(page.text.components(separatedBy: "<h1").count == 2, "\(route.pattern)")
                if GeneralPages.routes.contains(where: { $0.pattern == route.pattern }) {
                    browser.set(Site.languageCookie, "ar")
                    let mirrored = await browser.get(route.pattern)
                    #expect(mirrored.text.contains("dir=\"rtl\""))
                    try write(mirrored.body, to: "/ar" + name(route.pattern))
                }
            }
            #expect(site.errors.isEmpty)
        }
    }

    @Test("Every component is made, for the check against NHS.UK frontend")
    func fragments() throws {
        for (name, markup) in Samples.fragments {
            #expect(!markup.isEmpty)
            try write(markup.bytes, to: "/fragments/\(name).html")
        }
    }

    private func name(_ path: String) -> String {
        if path.hasPrefix("/assets/") { return path }
        return path == "/" ? "/index.html" : path + "/index.html"
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["GOODWORK_PAGES"] else { return }
        let file = URL(fileURLWithPath: folder + path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(bytes).write(to: file)
    }
}
