import Application
import Casework
import Foundation
import Kernel
import Programmes
import SQL
import Store
import TestSupport
import Testing
import Web
import WebPages

/// What a referrer learns of a referral, and who does not.
@Suite struct StatusTests {
    private static var plan: EventBody {
        var fields = PlanAgreed()
        fields.plan = "thrive-in-work"
        return .planAgreed(fields)
    }

    private static var job: EventBody {
        var fields = JobStarted()
        fields.spell = "s1"
        return .jobStarted(fields)
    }

    private static var discharged: EventBody {
        var fields = Discharged()
        fields.status = "in-work"
        return .discharged(fields)
    }

    private static var risk: EventBody {
        var fields = RiskRaised()
        fields.risk = "r1"
        fields.about = "suicide"
        return .riskRaised(fields)
    }

    /// Tells a case's whole passage.
    private func pass(_ clinic: ReferralClinic, _ header: CaseHeader) async throws {
        try await clinic.tell(
            header,
            .referralAccepted(Plain()),
            .contactAttempted(ContactAttempted()),
            .assessmentCompleted(AssessmentCompleted()),
            .supportStarted(Plain()),
            Self.risk,
            Self.plan,
            Self.job,
            Self.discharged
        )
    }

    @Test(
        "With the person's leave the referrer learns what came of it",
        arguments: Backend.allCases
    )
    func shared(_ backend: Backend) async throws {
        try await withClinic(backend) { clinic in
            let header = try await clinic.refer()
            try await pass(clinic, header)
            let browser = clinic.site.browser(ReferralClinic.clinician)
            let page = await browser.get("/cases/\(header.id.text)/status")
            for says in [
                "Referral received", "Referral accepted", "in contact with the person",
                "Support started", "Plan agreed: thrive in work", "A job started on 2 June 2025",
                "Support ended", "Told to you on 2 June 2025", "Wilhelmina Quartz",
            ] {
                #expect(page.words.contains(says), "\(says)")
            }
            #expect(!page.words.lowercased().contains("risk"))
            #expect(!page.words.contains("suicide"))
            #expect(clinic.site.errors == [])
        }
    }

    @Test("A job that was held before the referral is told to nobody as one that started")
    func heldJob() async throws {
        try await withClinic { clinic in
            let header = try await clinic.refer()
            var held = JobStarted()
            held.spell = "s1"
            held.since = CivilDate(iso: "2020-01-06")
            try await clinic.tell(header, .referralAccepted(Plain()), .jobStarted(held))
            let browser = clinic.site.browser(ReferralClinic.clinician)
            let page = await browser.get("/cases/\(header.id.text)/status")
            #expect(page.words.contains("Referral accepted"))
            #expect(!page.words.contains("A job started"))
        }
    }

    @Test("Without it they learn where it stands, and no outcome", arguments: ["no", ""])
    func notShared(_ share: String) async throws {
        try await withClinic { clinic in
            let header = try await clinic.refer(ReferralClinic.complete(share: share))
            try await pass(clinic, header)
            try await clinic.tell(header, .trackingEnded(Plain()))
            let browser = clinic.site.browser(ReferralClinic.clinician)
            let status = await browser.get("/cases/\(header.id.text)/status")
            #expect(status.words.contains("has not agreed that we tell you"))
            #expect(status.words.contains("Referral accepted"))
            #expect(status.words.contains("Closed"))
            let list = await browser.get("/referrals?show=closed")
            #expect(list.words.contains("Closed"))
            for page in [status, list] {
                for secret in [
                    "thrive", "job", "Support started", "Support ended", "completed", "suicide",
                    "Follow-up",
                ] {
                    #expect(!page.words.contains(secret), "\(page.path) \(secret)")
                }
            }
        }
    }

    @Test("While support lasts, a list without leave says no more than that there was contact")
    func coarseList() async throws {
        try await withClinic { clinic in
            let header = try await clinic.refer(ReferralClinic.complete(share: "no"))
            try await clinic.tell(
                header,
                .contactAttempted(ContactAttempted()),
                .assessmentCompleted(AssessmentCompleted()),
                .supportStarted(Plain()),
                Self.risk
            )
            let browser = clinic.site.browser(ReferralClinic.clinician)
            for path in ["/referrals", "/cases/\(header.id.text)/status"] {
                let page = await browser.get(path)
                #expect(page.words.contains("In contact"))
                for secret in ["In support", "WorkWell plan agreed", "risk", "Assess"] {
                    #expect(!page.words.contains(secret), "\(path) \(secret)")
                }
            }
            #expect(await browser.get("/referrals").words.contains("1 in support"))
        }
    }

    @Test("A returned referral tells why, and what happens instead")
    func returned() async throws {
        try await withClinic { clinic in
            let header = try await clinic.refer(ReferralClinic.complete(share: "no"))
            var fields = ReferralReturned()
            fields.reason = .ineligible
            fields.instead = "Ask the practice nurse."
            try await clinic.tell(header, .referralReturned(fields))
            let page = await clinic.site.browser(ReferralClinic.clinician)
                .get("/cases/\(header.id.text)/status")
            #expect(page.words.contains("Referral returned: the person is not eligible"))
            #expect(page.words.contains("What happens instead: Ask the practice nurse."))
            let token = link(clinic, header)
            let linked = await clinic.site.browser().get("/status/\(token)")
            // No step that was never reached is told as passed.
            for status in [page, linked] {
                #expect(status.words.contains("Received , passed"))
                #expect(status.text.components(separatedBy: ", passed").count == 2)
                #expect(!status.words.contains("In contact"))
            }
            #expect(linked.words.contains("Referral returned to whoever referred"))
            #expect(!linked.words.contains("nurse"))
            #expect(!linked.words.contains("not eligible"))
        }
    }

    @Test("A referral can be withdrawn until the service is in contact")
    func withdrawn() async throws {
        try await withClinic { clinic in
            let browser = clinic.site.browser(ReferralClinic.clinician)
            let header = try await clinic.refer()
            let why = Form(["text": "Moved to Leeds"])
            let page = await browser.fill("/cases/\(header.id.text)/withdraw", why)
            #expect(page.path == "/cases/\(header.id.text)/status")
            #expect(page.words.contains("Referral withdrawn"))
            let last = try await clinic.installation.history(header.reference).events
                .first { $0.body.kind == .referralWithdrawn }
            var taken = TakenBack()
            taken.text = "Moved to Leeds"
            #expect(last?.body == .referralWithdrawn(taken))
            let late = try await clinic.refer(ReferralClinic.complete(2))
            try await clinic.tell(late, .contactAttempted(ContactAttempted()))
            let refused = await browser.fill("/cases/\(late.id.text)/withdraw", Form())
            #expect(refused.status == 422)
            #expect(refused.words.contains("Ask the service"))
            let status = await browser.get("/cases/\(late.id.text)/status")
            #expect(!status.text.contains("/withdraw"))
        }
    }

    @Test(
        "Of somebody erased no next step is promised, and no answer asked",
        arguments: [false, true]
    )
    func erased(_ isComplete: Bool) async throws {
        try await withClinic { clinic in
            let form = isComplete ? ReferralClinic.complete() : ReferralClinic.required()
            let header = try await clinic.refer(form)
            if isComplete { try await clinic.tell(header, .referralAccepted(Plain())) }
            let browser = clinic.site.browser(ReferralClinic.clinician)
            let path = "/cases/\(header.id.text)/status"
            let linked = "/status/\(link(clinic, header))"
            #expect(await browser.get(path).words.contains("Next step"))
            #expect(await clinic.site.browser().get(linked).words.contains("Next step"))
            try await clinic.installation.erase(header)
            let pages = [
                await browser.get(path), await clinic.site.browser().get(linked),
            ]
            for page in pages {
                #expect(page.words.contains(header.reference))
                for promise in ["Next step", "Whose step", "need more", "Give the answers"] {
                    #expect(!page.words.contains(promise), "\(page.path) \(promise)")
                }
            }
            let list = await browser.get("/referrals").words
            for promise in ["Contact the person", "Answer the referral", "Give the answers"] {
                #expect(!list.contains(promise), "\(promise)")
            }
        }
    }

    @Test(
        "Nothing is promised of somebody erased whose open risk is the older step",
        arguments: Backend.allCases
    )
    func erasedAtRisk(_ backend: Backend) async throws {
        try await withClinic(backend) { clinic in
            let header = try await clinic.refer()
            var risk = RiskRaised()
            risk.risk = "r1"
            risk.about = "other"
            try await clinic.tell(header, .riskRaised(risk))
            clinic.installation.clock.advance(milliseconds: 2 * 86_400_000)
            try await clinic.tell(header, .referralAccepted(Plain()))
            _ = try await clinic.installation.goodwork.erase(
                personOf: header,
                reason: "asked",
                by: clinic.installation.actor
            )
            let list = await clinic.site.browser(ReferralClinic.clinician).get("/referrals").words
            #expect(list.contains(header.reference))
            #expect(list.contains("Nothing more"))
            #expect(!list.contains("Contact the person"))
        }
    }

    @Test("A referral of somebody erased is withdrawn without words")
    func withdrawnOfErased() async throws {
        try await withClinic { clinic in
            let header = try await clinic.refer()
            _ = try await clinic.installation.goodwork.erase(
                personOf: header,
                reason: "asked",
                by: clinic.installation.actor
            )
            let browser = clinic.site.browser(ReferralClinic.clinician)
            let path = "/cases/\(header.id.text)/withdraw"
            #expect(await browser.get(path).words.contains("no words can be kept"))
            let page = await browser.fill(path, Form(["text": "Moved to Leeds"]))
            #expect(page.status == 200)
            #expect(page.words.contains("Referral withdrawn"))
        }
    }

    @Test("Another organisation's referral is not there")
    func strangers() async throws {
        try await withClinic { clinic in
            let header = try await clinic.refer(ReferralClinic.required())
            let case_ = "/cases/\(header.id.text)"
            let paths = [
                "\(case_)/status", "\(case_)/answers", "\(case_)/withdraw",
                "\(case_)/onward-answer", "/refer/sent/\(header.id.text)",
            ]
            for path in paths {
                let stranger = clinic.site.browser(ReferralClinic.stranger)
                #expect(await stranger.get(path).status == 404, "\(path)")
                #expect(await stranger.get("/cases/nothing/status").status == 404)
                let nobody = clinic.site.browser()
                #expect(await nobody.get(path).path.hasPrefix("/sign-in"), "\(path)")
            }
            let stranger = clinic.site.browser(ReferralClinic.stranger)
            #expect(await stranger.fill("\(case_)/withdraw", Form()).status != 200)
            let list = await stranger.get("/referrals?whose=all")
            #expect(!list.text.contains(header.reference))
            #expect(!list.words.contains("Quartz"))
            #expect(try await clinic.installation.history(header.reference).fold().isOpen)
        }
    }

    // MARK: - The signed link

    private func link(
        _ clinic: ReferralClinic,
        _ header: CaseHeader,
        purpose: SignedLink.Purpose = .status
    ) -> String {
        var link = clinic.installation.goodwork.statusLink(for: header.id)
        link.purpose = purpose
        return clinic.installation.goodwork.token(for: link)
    }

    @Test("A signed link shows the status and nothing else, until it expires")
    func links() async throws {
        try await withClinic { clinic in
            let header = try await clinic.refer()
            try await pass(clinic, header)
            let token = link(clinic, header)
            let other = try await clinic.refer(ReferralClinic.complete(2))
            let halves = token.split(separator: ".").map(String.init)
            let swapped = [halves[0], other.id.text, halves[2], halves[3]].joined(separator: ".")
            let longer = [halves[0], halves[1], halves[2] + "0", halves[3]].joined(separator: ".")
            let last = token.last == "A" ? "B" : "A"
            let day: Int64 = 86_400_000
            let table: [(name: String, token: String, after: Int64, isGood: Bool)] = [
                ("valid", token, 0, true),
                ("tampered", token.dropLast() + last, 0, false),
                ("another case", swapped, 0, false),
                ("longer", longer, 0, false),
                ("other purpose", link(clinic, header, purpose: .record), 0, false),
                ("nothing", "x", 0, false),
                ("its last moment", token, 90 * day - 1, true),
                ("expired", token, 1, false),
            ]
            for row in table {
                clinic.installation.clock.advance(milliseconds: row.after)
                let page = await clinic.site.browser().get("/status/\(row.token)")
                #expect(page.status == (row.isGood ? 200 : 410), "\(row.name)")
                #expect(page.words.contains(header.reference) == row.isGood, "\(row.name)")
                #expect(page.words.contains("This link does not work") == !row.isGood)
                for secret in [
                    "Wilhelmina", "Quartz", "thrive", "job", "suicide", "1981", "msk", "MSK",
                    "Support", NHSNumber(ReferralClinic.nhsNumber())?.digits ?? "-",
                ] {
                    #expect(!page.text.contains(secret), "\(row.name) \(secret)")
                }
            }
            let log = try await clinic.installation.database.read { transaction in
                try clinic.installation.store.accessLog(of: header.id.text, in: transaction)
            }
            let looks = log.filter { $0.actor == "link" }
            #expect(looks.map(\.action) == ["read-status", "read-status"])
        }
    }
}
