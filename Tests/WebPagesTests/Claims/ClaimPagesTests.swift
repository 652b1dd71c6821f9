import Application
import Casework
import Kernel
import TestSupport
import Testing
import Web
import WebPages

/// A claim on its pages, from the draft to the payment.
@Suite struct ClaimPagesTests {
    typealias Scene = ClaimScene

    /// An installation with three people whose support has begun, of whom one is Zebedee.
    private func withScene(
        _ backend: Backend,
        _ body: (TestInstallation, TestSite, CaseHeader) async throws -> Void
    ) async throws {
        try await withInstallation(backend) { installation in
            let header = try await Scene.refer(
                "Zebedee",
                on: "2025-01-20",
                started: "2025-02-03",
                in: installation
            )
            try await Scene.refer("Ada", on: "2025-01-20", started: "2025-02-04", in: installation)
            try await Scene.refer(
                "Fay",
                strand: "msk",
                on: "2025-03-01",
                started: "2025-03-20",
                in: installation
            )
            try await body(installation, TestSite(installation), header)
        }
    }

    /// Drafts the first quarter of 2025 and answers where the claim stands.
    private func make(_ browser: TestBrowser) async throws -> String {
        let page = await browser.post(
            "/claims/make",
            ["programme": Scene.programme, "quarter": "2025-Q1"]
        )
        #expect(page.status == 200, "\(page.words)")
        return page.path
    }

    @Test(
        "Made, submitted, queried, answered, in part rejected and paid",
        arguments: Backend.allCases
    )
    func journey(_ backend: Backend) async throws {
        try await withScene(backend) { installation, site, header in
            let manager = site.browser(Scene.manager)
            let payer = site.browser(Scene.payer)
            let empty = await manager.get("/claims")
            #expect(empty.words.contains("There are no claims yet"))
            let blank = await manager.post("/claims/make", [:])
            #expect(blank.status == 422)
            #expect(blank.words.contains("Choose the programme"))
            let claim = try await make(manager)
            let draft = await manager.get(claim)
            #expect(draft.words.contains("Claim of big-life for January to March 2025"))
            #expect(draft.words.contains("Submit this claim"))
            #expect(await payer.get(claim).words.contains("Submit this claim") == false)
            #expect(await manager.post(claim + "/submit", [:]).words.contains("Submitted"))
            #expect(await payer.post(claim + "/query", [:]).status == 422)
            _ = await payer.post(claim + "/query", ["words": "Which consent?"])
            let queried = await manager.get(claim)
            #expect(queried.words.contains("Which consent?"))
            _ = await manager.post(claim + "/answer", ["words": "On paper"])
            let lines = await payer.get(claim + "/lines")
            #expect(lines.words.contains("Lines 1 to 4 of 4"))
            let line = await payer.get(claim + "/lines/3")
            #expect(line.words.contains("What proves it"))
            #expect(line.words.contains("It fell due by this"))
            #expect(!line.words.contains("Open the case"))
            for page in [draft, lines, line] {
                #expect(!page.words.contains("Zebedee") && !page.words.contains("Testperson"))
            }
            _ = await payer.post(claim + "/reject", ["line": "3", "words": "No consent"])
            #expect(await payer.get(claim + "/lines").words.contains("Rejected"))
            _ = await payer.post(claim + "/accept", [:])
            let paid = await payer.post(claim + "/pay", ["words": "BACS 1"])
            #expect(paid.words.contains("Paid") && paid.words.contains("BACS 1"))
            let again = await payer.get(claim + "/pay")
            #expect(again.words.contains("A claim that is paid cannot be paid."))
            // The case behind a line opens for those who hold it.
            let own = await manager.get(claim + "/lines/3")
            #expect(own.words.contains("Open the case"))
            #expect(own.text.contains("/cases/\(header.id.text)"))
            let file = await payer.get(claim + "/csv")
            #expect(file.text.hasPrefix("claim,line,kind,payment,person"))
            #expect(site.errors == [])
        }
    }

    @Test("Whose claim it is not, is told that there is none") func others() async throws {
        try await withScene(.sqlite) { _, site, _ in
            let claim = try await make(site.browser(Scene.manager))
            let hospital = site.browser(Scene.hospital)
            for path in ["", "/lines", "/lines/1", "/submit", "/sample", "/csv"] {
                #expect(await hospital.get(claim + path).status == 404, "\(path)")
            }
            let coach = Actor(user: "c", organisation: "big-life", role: .coach)
            #expect(await site.browser(coach).get(claim).status == 403)
            #expect(await site.browser(coach).get("/claims").status == 403)
            let manager = site.browser(Scene.manager)
            #expect(await manager.get(claim + "/accept").status == 403)
        }
    }

    @Test("A sample is drawn, checked and extrapolated") func samples() async throws {
        try await withScene(.sqlite) { _, site, _ in
            let manager = site.browser(Scene.manager)
            let claim = try await make(manager)
            _ = await manager.post(claim + "/submit", [:])
            let payer = site.browser(Scene.payer)
            #expect(await payer.post(claim + "/sample", [:]).status == 422)
            let drawn = await payer.post(claim + "/sample", ["size": "4", "seed": "5"])
            #expect(drawn.words.contains("4 of 4 lines"))
            #expect(drawn.words.contains("Nothing yet, so it says nothing of the claim"))
            #expect(!drawn.words.contains("£0.00"))
            let missing = await payer.post(claim + "/findings", ["line": "1"])
            #expect(missing.status == 422)
            let found = await payer.post(
                claim + "/findings",
                ["line": "3", "right": "0", "words": "No consent on record"]
            )
            #expect(found.words.contains("1, of which 1 wrong"))
            #expect(found.words.contains("No consent on record"))
            // The claimant sees what was found, and draws nothing.
            let seen = await manager.get(claim + "/sample")
            #expect(seen.words.contains("No consent on record"))
            #expect(!seen.words.contains("Draw a sample"))
        }
    }

    @Test("How the money is divided stands on a page") func funding() async throws {
        try await withInstallation(.sqlite) { installation in
            let page = await TestSite(installation).browser(Scene.payer)
                .get("/claims/funding/\(Scene.programme)")
            for text in ["£786,007.20", "£524,004.80", "£730.08", "£729.76", "£731.63"] {
                #expect(page.words.contains(text), "\(text)")
            }
        }
    }
}
