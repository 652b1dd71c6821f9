import Application
import Foundation
import Kernel
import PrimaryCare
import TestSupport
import Testing
import WebPages

/// A practice looks at its own records; a commissioner at all practices.
@Suite struct PracticePagesTests {
    /// Imports twelve patients of a practice: one off sick for six weeks, four in work.
    static func importExtract(
        _ installation: TestInstallation,
        _ practice: String = "P84001"
    ) async throws {
        var lines = ["nhs_number,birth_date,code,recorded_on,to"]
        for number in 1...12 {
            let made = (0..<3).compactMap {
                NHSNumber(nineDigits: String(100_000_000 + number * 3 + $0))
            }
            let digits = made.first?.digits ?? ""
            let entry =
                number <= 4
                ? "224363007,2025-05-01,"
                : number == 5 ? "751481000000104,2025-04-20,2025-06-30" : ",,"
            lines.append("\(digits),1985-06-15,\(entry)")
        }
        let text = lines.joined(separator: "\n")
        let day = try #require(CivilDate(iso: "2025-05-31"))
        let goodwork = installation.goodwork
        let list = try goodwork.practiceFiles.codes()
        let reading = try await withTemporaryDirectory { folder in
            try text.write(toFile: folder + "/e.csv", atomically: true, encoding: .utf8)
            return try ExtractReading(
                ExtractQuestion(paths: [folder + "/e.csv"], practice: practice, day: day),
                list: list
            )
        }
        _ = try await goodwork.importExtract(
            reading,
            day: day,
            list: list,
            skipping: false,
            by: installation.actor,
            seed: 1
        )
    }

    @Test("A practice sees its sheet, who might be offered support, and what to write")
    func practice() async throws {
        try await withInstallation(.sqlite) { installation in
            try await Self.importExtract(installation)
            let site = TestSite(installation)
            let browser = site.browser(Actor(user: "gp", organisation: "P84001", role: .referrer))
            let sheet = await browser.get("/practice")
            #expect(sheet.status == 200)
            #expect(sheet.words.contains("33.3% of your patients aged 16 to 64"))
            #expect(sheet.words.contains("Our practice"))
            let list = await browser.get("/practice/worklist")
            #expect(list.words.contains("Off sick for 6 weeks"))
            #expect(list.words.contains("1 patient."))
            let form = await browser.get("/practice/return")
            #expect(form.status == 200)
            let blank = await browser.post("/practice/return", [:])
            #expect(blank.words.contains("Choose a kind of file"))
            let file = await browser.post("/practice/return", ["format": "csv"])
            #expect(file.text.hasPrefix("id,nhs_number,birth_date,recorded_on,code"))
            #expect(site.errors == [])
        }
    }

    @Test(
        "A practice that has sent nothing is told what to do; a clinic has no such page in its menu"
    )
    func empty() async throws {
        try await withInstallation(.sqlite) { installation in
            let site = TestSite(installation)
            let gp = site.browser(Actor(user: "gp", organisation: "P84001", role: .referrer))
            #expect(await gp.get("/practice").words.contains("No extract of this practice"))
            let clinic = site.browser(
                Actor(user: "c", organisation: "mft-msk-clinic", role: .referrer)
            )
            #expect(!(await clinic.get("/referrals").words.contains("Our practice")))
        }
    }

    @Test("A commissioner sees all practices, small counts kept back, and nobody's number")
    func commissioner() async throws {
        try await withInstallation(.sqlite) { installation in
            try await Self.importExtract(installation)
            try await Self.importExtract(installation, "P84002")
            let site = TestSite(installation)
            let browser = site.browser(Actor(user: "c", organisation: "icb", role: .commissioner))
            let page = await browser.get("/practices")
            #expect(page.status == 200)
            #expect(page.words.contains("As at 31 May 2025"))
            #expect(page.words.contains("counts of 1 to 4 are shown as *"))
            #expect(!page.text.contains("100000"))
            #expect(await browser.get("/practice").status == 403)
            #expect(site.errors == [])
        }
    }
}
