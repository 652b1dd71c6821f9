import Application
import Casework
import Foundation
import Kernel
import Programmes
import Store
import TestSupport
import Testing
import Web
import WebPages

/// Today, and the caseload.
@Suite struct CoachTests {
    @Test(
        "Today says what is overdue first, whose it is and where it is done",
        arguments: Backend.allCases
    )
    func today(_ backend: Backend) async throws {
        try await withCase(backend) { scene in
            try await CaseFormTests.prepare(scene, for: "appointments/first")
            let page = await scene.site.browser(CaseScene.ana).get("/today")
            let words = page.words
            #expect(words.contains("2 overdue 1 due today 0 in the next 7 days"))
            #expect(words.contains("1 appointment today 0 open risks"))
            #expect(words.contains("overdue by 6 days"))
            // The referral waits for the manager; a coach is not led to the manager's queue.
            #expect(
                words.contains(
                    "overdue by 12 days What Accept the referral or return it "
                        + "(waiting for the manager)"
                )
            )
            #expect(!page.text.contains("/team/queue"))
            #expect(page.text.contains("href=\"\(scene.path)/contact\""))
            #expect(page.text.contains("href=\"\(scene.path)/appointments/first\""))
            let overdue = try #require(page.text.range(of: "id=\"overdue-title\""))
            let due = try #require(page.text.range(of: "id=\"today-title\""))
            #expect(overdue.lowerBound < due.lowerBound)
            #expect(words.contains("Nadia Khan"))
            let some = await scene.site.browser(CaseScene.ana).get("/today?show=appointments")
            #expect(some.words.contains("record what came of it"))
            #expect(!some.words.contains("First contact"))
            // In every other column the person is said again to those who listen.
            let heading = #"<th scope="row" class="nhsuk-table__cell" role="rowheader">"#
            #expect(page.text.contains(heading))
            let ben = await scene.site.browser(CaseScene.ben).get("/today")
            #expect(!ben.words.contains("Nadia"))
            #expect(ben.words.contains("You hold no open cases yet"))
        }
    }

    @Test("Appointments of today stand with their times, the first of them first")
    func times() async throws {
        try await withCase { scene in
            for (name, time) in [("a", "15:00"), ("b", "09:30")] {
                var booked = AppointmentBooked()
                booked.appointment = name
                booked.kind = "phone"
                booked.day = CaseScene.today
                booked.time = time
                try await scene.change(.appointmentBooked(booked))
            }
            let page = await scene.site.browser(CaseScene.ana).get("/today?show=appointments")
            #expect(page.words.contains("2 appointments today"))
            let early = try #require(page.words.range(of: "Appointment at 09:30 (By telephone)"))
            let late = try #require(page.words.range(of: "Appointment at 15:00 (By telephone)"))
            #expect(early.lowerBound < late.lowerBound)
        }
    }

    @Test("A risk is the manager's to settle, and the coach sees whom it waits for")
    func waiting() async throws {
        try await withCase { scene in
            try await CaseFormTests.prepare(scene, for: "risks/known")
            let page = await scene.site.browser(CaseScene.ana).get("/today")
            #expect(page.words.contains("A risk is open: violence (waiting for the manager)"))
            #expect(page.text.contains("href=\"\(scene.path)#risks\""))
        }
    }

    @Test("A manager without a caseload is shown the way to the team; others may not come")
    func doors() async throws {
        try await withCase { scene in
            let mo = await scene.site.browser(CaseScene.mo).get("/today")
            #expect(mo.text.contains("href=\"/team\""))
            for path in ["/today", "/caseload"] {
                #expect(await scene.site.browser(CaseScene.gp).get(path).status == 403)
            }
        }
    }

    @Test("The caseload is filtered by codes")
    func filters() async throws {
        try await withCase { scene in
            let tom = try await scene.installation.refer("Tom", "Hill", coach: "ben")
            var closed = Closed()
            closed.reason = .noLongerWanted
            try await scene.installation.change(
                tom.reference,
                Command(.closed(closed), on: CaseScene.today)
            )
            try await CaseFormTests.prepare(scene, for: "risks/known")
            _ = try await scene.installation.refer("Uma", "Lee", coach: "ben")
            let ana = scene.site.browser(CaseScene.ana)
            let expected: [(query: String, names: [String])] = [
                ("", ["Nadia Khan"]),
                ("?whose=all", ["Nadia Khan", "Uma Lee"]),
                ("?whose=all&state=closed", ["Tom Hill"]),
                ("?whose=all&state=referred&strand=be-well", ["Nadia Khan", "Uma Lee"]),
                ("?whose=all&strand=msk", []),
                ("?whose=all&only=overdue", ["Nadia Khan", "Uma Lee"]),
                ("?whose=all&only=risk", ["Nadia Khan"]),
                ("?page=9", ["Nadia Khan"]),
                ("?page=-3&state=nonsense", ["Nadia Khan"]),
            ]
            for (query, names) in expected {
                let words = await ana.get("/caseload" + query).words
                for name in ["Nadia Khan", "Tom Hill", "Uma Lee"] {
                    #expect(words.contains(name) == names.contains(name), "\(query) \(name)")
                }
            }
        }
    }

    @Test("The last contact stands in the caseload, and goes when it is withdrawn")
    func lastContact() async throws {
        try await withCase { scene in
            let ana = scene.site.browser(CaseScene.ana)
            let contact = scene.path + "/contact"
            _ = await ana.post(
                contact,
                ["channel": "phone", "outcome": "reached", "on": "2025-05-21"]
            )
            _ = await ana.post(
                contact,
                ["channel": "phone", "outcome": "no-answer", "on": "2025-05-23"]
            )
            #expect(await ana.get("/caseload").words.contains("Last contact 21 May 2025"))
            let event = try await scene.history().events.first {
                $0.body.kind == .contactAttempted
            }
            _ = await ana.post(
                "\(scene.path)/entries/\(event?.id.text ?? "")/withdraw",
                ["reason": "entered-in-error", "text": "No"]
            )
            #expect(await ana.get("/caseload").words.contains("Last contact None yet"))
        }
    }

    @Test(
        "Search finds by name, number and reference, within one's own organisation alone",
        arguments: Backend.allCases
    )
    func search(_ backend: Backend) async throws {
        try await withCase(backend) { scene in
            _ = try await scene.installation.refer("Nadia", "Ward", coach: nil, strand: "msk")
            let (ben, olu) = (
                scene.site.browser(CaseScene.ben), scene.site.browser(CaseScene.olu)
            )
            let reference = scene.header.reference
            for words in ["khan", "NADIA kh", "Khan Nadia", reference, reference.lowercased()] {
                let page = await ben.post("/caseload", ["words": words])
                #expect(page.words.contains("Nadia Khan"), "\(words)")
                #expect(!page.words.contains("Nadia Ward"), "\(words)")
                #expect(page.path == "/caseload")
                let theirs = await olu.post("/caseload", ["words": words])
                #expect(!theirs.words.contains("Nadia Khan"), "\(words)")
            }
            for words in ["adia", "Nadia Wa", "!!", "Khan Tom"] {
                let page = await ben.post("/caseload", ["words": words])
                #expect(page.words.contains("Your organisation holds no such case"), "\(words)")
            }
            let blank = await ben.post("/caseload", ["words": " "])
            #expect(blank.status == 422)
            #expect(blank.words.contains("Write a name, an NHS number or a reference"))
        }
    }

    @Test("A name is found with and without its accents, its hyphen and its apostrophe")
    func spellings() async throws {
        try await withCase { scene in
            _ = try await scene.installation.refer("Siân", "O'Brien-Łukasz", coach: "ben")
            let ben = scene.site.browser(CaseScene.ben)
            for words in [
                "Siân O'Brien-Łukasz", "O'Brien-Łukasz", "sian", "Siân", "o’brien", "OBrien lukasz",
                "Lukasz Sian", "O Brien", "SIAN OBRIENLUKASZ",
            ] {
                let page = await ben.post("/caseload", ["words": words])
                #expect(page.words.contains("Siân O"), "\(words)")
                #expect(!page.words.contains("Nadia Khan"), "\(words)")
            }
            let others = await ben.post("/caseload", ["words": "Sian-Brien"])
            #expect(others.words.contains("Your organisation holds no such case"))
        }
    }

    @Test("A page of the caseload has 200 rows")
    func pages() async throws {
        try await withInstallation(.sqlite) { installation in
            for number in 1...203 {
                _ = try await installation.refer("Person", "Number\(number)")
            }
            let site = TestSite(installation, names: CaseScene.names)
            let ana = site.browser(CaseScene.ana)
            let first = await ana.get("/caseload")
            let second = await ana.get("/caseload?page=2")
            // The headings stand in a row too.
            let rows = { (page: TestBrowser.Page) in
                page.text.components(separatedBy: "<tr class=\"nhsuk-table__row\"").count - 2
            }
            #expect(rows(first) == 200)
            #expect(rows(second) == 3)
            #expect(first.words.contains("203 cases"))
            #expect(first.text.contains("page=2\" aria-label=\"Page 2\""))
            let clock = ContinuousClock()
            let start = clock.now
            for _ in 0..<10 { _ = await ana.get("/caseload") }
            print("200 rows: \((clock.now - start) / 10)")
        }
    }
}
