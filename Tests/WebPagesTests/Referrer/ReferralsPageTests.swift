import Application
import Casework
import Kernel
import TestSupport
import Testing
import Web
import WebPages

/// The list of what one referred: tiles, filters and pages.
@Suite struct ReferralsPageTests {
    @Test("Tiles count, and each leads to its list", arguments: Backend.allCases)
    func tiles(_ backend: Backend) async throws {
        try await withClinic(backend) { clinic in
            let asked = ReferralClinic.required(1).with("family_name", "Asked")
            let met = try await clinic.refer(ReferralClinic.complete(2).with("family_name", "Met"))
            let over = try await clinic.refer(
                ReferralClinic.complete(3).with("family_name", "Over")
            )
            _ = try await clinic.refer(asked)
            let waiting = ReferralClinic.complete(4).with("family_name", "Waiting")
            _ = try await clinic.refer(waiting, by: ReferralClinic.colleague)
            try await clinic.tell(met, .contactAttempted(ContactAttempted()))
            try await clinic.tell(over, .referralWithdrawn(TakenBack()))
            let browser = clinic.site.browser(ReferralClinic.clinician)
            let table: [(query: String, shows: [String])] = [
                ("", ["Asked", "Met"]),
                ("?show=needs-me", ["Asked"]),
                ("?show=waiting", ["Asked"]),
                ("?show=support", ["Met"]),
                ("?show=closed", ["Over"]),
                ("?whose=all", ["Asked", "Met", "Waiting"]),
                ("?whose=all&show=waiting", ["Asked", "Waiting"]),
                ("?show=nonsense", ["Asked", "Met"]),
            ]
            for row in table {
                let page = await browser.get("/referrals\(row.query)")
                for name in ["Asked", "Met", "Over", "Waiting"] {
                    let isShown = page.words.contains("Wilhelmina \(name)")
                    #expect(isShown == row.shows.contains(name), "\(row.query) \(name)")
                }
            }
            let words = await browser.get("/referrals").words
            for tile in ["1 needs me", "1 waiting", "1 in support", "1 closed"] {
                #expect(words.contains(tile), "\(tile)")
            }
            let all = await browser.get("/referrals?whose=all")
            #expect(all.words.contains("2 waiting"))
            #expect(all.text.contains(#"href="/referrals?whose=all&amp;show=waiting""#))
            #expect(all.words.contains("Accept the referral or return it"))
            #expect(all.words.contains("By 4 June 2025"))
            // Answers are asked for by a day, whatever else is due before.
            #expect(all.words.contains("Give the answers that are missing Whose You By 9 June"))
            #expect(!all.words.contains("No date"))
            clinic.installation.clock.advance(milliseconds: 30 * 86_400_000)
            let late = await browser.get("/referrals?whose=all").words
            #expect(late.contains("4 June 2025 overdue by 28 days"))
        }
    }

    @Test("Once support goes on, the next day is told to those who may know, and no more")
    func nextDay() async throws {
        try await withClinic { clinic in
            for (place, share) in [(1, "yes"), (2, "no")] {
                let header = try await clinic.refer(ReferralClinic.complete(place, share: share))
                var booked = AppointmentBooked()
                booked.appointment = "first"
                booked.kind = "phone"
                booked.day = clinic.today.adding(days: 1)
                try await clinic.tell(header, .referralAccepted(Plain()))
                try await clinic.tell(header, .contactAttempted(ContactAttempted()))
                try await clinic.tell(header, .appointmentBooked(booked))
            }
            let words = await clinic.site.browser(ReferralClinic.clinician).get("/referrals").words
            let step = "Go on with the person Whose MFT work and health By"
            #expect(words.contains("\(step) 3 June 2025 tomorrow"))
            #expect(words.contains("\(step) Not shared"))
        }
    }

    @Test("Fifty stand on a page")
    func pages() async throws {
        try await withClinic { clinic in
            for place in 1...52 {
                var referral = ReferralReceived()
                referral.source = "secondary-care"
                referral.referrer = "R0A"
                referral.identity.familyName = "Number\(place)"
                _ = try await clinic.installation.goodwork.refer(
                    NewReferral(
                        programme: "workwell-manchester",
                        referral: referral,
                        consents: [.referral: true],
                        on: clinic.today
                    ),
                    by: ReferralClinic.clinician,
                    seed: UInt64(place)
                )
            }
            let browser = clinic.site.browser(ReferralClinic.clinician)
            var seen: [Int] = []
            for (page, rows) in [(1, 50), (2, 2), (9, 2)] {
                let words = await browser.get("/referrals?page=\(page)").words
                let shown = (1...52).filter { words.contains("Number\($0) ") }
                #expect(shown.count == rows, "page \(page)")
                if page < 3 { seen += shown }
            }
            #expect(Set(seen).count == 52)
            #expect(await browser.get("/referrals").text.contains("?page=2"))
        }
    }

    @Test("Where there is nothing, the page says what to do")
    func empty() async throws {
        try await withClinic { clinic in
            let page = await clinic.site.browser(ReferralClinic.clinician).get("/referrals")
            #expect(page.words.contains("Refer a person"))
            #expect(page.words.contains("0 need me"))
        }
    }
}
