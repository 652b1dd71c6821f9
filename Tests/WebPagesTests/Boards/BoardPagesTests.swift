import Application
import Foundation
import Kernel
import TestSupport
import Testing
import Web
import WebPages

/// Board packs as commissioners see, make and read them.
@Suite struct BoardPagesTests {
    static let payer = Actor(user: "carol", organisation: "board", role: .commissioner)
    static let coach = Actor(user: "cora", organisation: "board", role: .coach)

    static let pack = """
        pack: small
        programme: workwell-manchester
        board: The Board
        subject: A small pack
        figures: {referrals: {row: Referrals}}
        sections:
          - {heading: One, content: ["{referrals person|people} came."]}
        """

    private func withSite(
        _ backend: Backend,
        _ body: (TestSite, TestInstallation) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder in
            try Self.pack.write(
                toFile: folder + "/small.yaml",
                atomically: true,
                encoding: .utf8
            )
            try "pack: faulty".write(
                toFile: folder + "/faulty.yaml",
                atomically: true,
                encoding: .utf8
            )
            try await withInstallation(backend) { installation in
                var goodwork = installation.goodwork
                goodwork.packs = PackLibrary(directory: folder)
                goodwork.press = Press(python: nil)
                var site = TestSite(installation)
                site.site.goodwork = goodwork
                try await body(site, installation)
            }
        }
    }

    @Test("A commissioner makes a pack and reads it", arguments: Backend.allCases)
    func journey(_ backend: Backend) async throws {
        try await withSite(backend) { site, installation in
            let browser = site.browser(Self.payer)
            let reports = await browser.get("/reports")
            #expect(reports.text.contains("href=\"/boards\""))
            let list = await browser.get("/boards")
            #expect(list.words.contains("Make: A small pack"))
            #expect(list.words.contains("faulty has"))
            let blank = await browser.post("/boards/small", ["as-at": "soon"])
            #expect(blank.status == 422)
            #expect(blank.words.contains("Say what it is for"))
            #expect(blank.words.contains("Write a date such as"))
            let paper = await browser.post("/boards/small", ["purpose": "Quarter 1"])
            let path = paper.path
            #expect(path.hasPrefix("/papers/"))
            #expect(paper.status == 200)
            #expect(paper.words.contains("No people came."), "\(paper.words)")
            let policies = paper.headers.filter { $0.name == "Content-Security-Policy" }
            #expect(policies.count == 1)
            let policy = try #require(policies.first?.value)
            #expect(policy.contains("style-src 'sha256-"))
            #expect(!policy.contains("unsafe") && !policy.contains("script-src"))
            let after = await browser.get("/boards")
            #expect(after.words.contains("Quarter 1"))
            #expect(after.text.contains("href=\"\(path)/pdf\""))
            // Where PDF cannot be made it is said.
            let pdf = await browser.get(path + "/pdf")
            #expect(pdf.status >= 400)
            #expect(pdf.words.contains("A PDF cannot be made here"))
            #expect(await browser.get("/papers/nothing").status == 404)
            #expect(await site.browser(Self.coach).get(path).status == 403)
            #expect(try await installation.count("board_packs") == 1)
        }
    }
}
