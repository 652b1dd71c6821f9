import Application
import Kernel
import TestSupport
import Testing
import Web

@testable import WebPages

/// Public forms and links are let through at a measured rate from each address.
@Suite struct RateLimitTests {
    private static let start = TestClock().now

    private static func small(_ perMinute: Int) -> RateLimit {
        var limit = RateLimit()
        limit.perMinute = perMinute
        return limit
    }

    /// At 4 a minute and 10 at once: when something comes, after milliseconds, and its wait.
    private static let arrivals: [(at: Int64, count: Int, waits: Int?)] = [
        (0, 10, nil), (0, 1, 15), (5_000, 1, 10), (14_999, 1, 1), (15_000, 1, nil),
        (15_000, 1, 15), (60_000, 3, nil), (60_000, 1, 15),
        // A long rest fills the bucket, and no more than that.
        (3_600_000, 10, nil), (3_600_000, 1, 15),
        // A clock that is put back takes nothing away.
        (3_000_000, 1, 15),
    ]

    @Test("A bucket empties and fills with time")
    func bucket() {
        let limiter = Limiter(Self.small(4))
        for (place, arrival) in Self.arrivals.enumerated() {
            for _ in 0..<arrival.count {
                let now = Self.start.adding(milliseconds: arrival.at)
                let waits = limiter.take("form", from: "192.0.2.1", at: now)
                #expect(waits == arrival.waits, "row \(place)")
            }
        }
    }

    /// Two addresses, and whether they are counted as one.
    private static let addresses: [(String, String, Bool)] = [
        ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false),
        ("192.0.2.1:5000", "192.0.2.1", true), ("::ffff:192.0.2.1", "192.0.2.1", true),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::9", true),
        ("2001:db8:1:2::9", "2001:db8:1:3::9", false),
        ("[2001:db8:1:2::9]:443", "2001:db8:1:2::1", true),
        ("2001:db8::1", "2001:db8:0:0:5:6:7:8", true), ("::1", "::2", true), ("unknown", "", false),
    ]

    @Test("Addresses of one place have one count, others their own", arguments: addresses)
    func places(_ one: String, _ other: String, _ areOne: Bool) {
        #expect((Limiter.place(of: one) == Limiter.place(of: other)) == areOne)
    }

    @Test("However many addresses come, the memory is bounded and nobody new is shut out")
    func bounded() {
        let limiter = Limiter(Self.small(4), bucketsMax: 100)
        for number in 0..<10_000 {
            let address = "10.0.\(number / 256).\(number % 256)"
            #expect(limiter.take("form", from: address, at: Self.start) == nil)
        }
        #expect(limiter.count <= 200)
    }

    @Test("What has rested long enough is forgotten, and what has not is kept")
    func generations() {
        let limiter = Limiter(Self.small(60))
        // 60 a minute, 150 at once: full after 150 seconds.
        for _ in 0..<150 { _ = limiter.take("form", from: "192.0.2.1", at: Self.start) }
        for second in stride(from: Int64(1), through: 400, by: 1) {
            let now = Self.start.adding(milliseconds: second * 1_000)
            // One a second is the rate: it is let in, and nothing is to spare.
            #expect(limiter.take("form", from: "192.0.2.1", at: now) == nil, "\(second)")
            #expect(limiter.take("form", from: "192.0.2.1", at: now) == 1, "\(second)")
        }
        let later = Self.start.adding(milliseconds: 1_000_000)
        for address in ["a", "b"] { _ = limiter.take("form", from: address, at: later) }
        _ = limiter.take("form", from: "c", at: later.adding(milliseconds: 150_000))
        #expect(limiter.count == 3)
        _ = limiter.take("form", from: "c", at: later.adding(milliseconds: 300_000))
        #expect(limiter.count == 1)
    }

    @Test("Forms that anybody may send are counted, pages that a link opens, and an issuer's")
    func routes() {
        let isOpen = Site.everyRoute.filter { $0.guard == .anyone }
        for route in isOpen where route.method == .post {
            #expect(route.counted != nil, "\(route.pattern)")
        }
        let counted = Set(Site.everyRoute.compactMap(\.counted))
        let expected: Set<String> = ["self-referral", "status", "answer", "invitation", "sign-in"]
        #expect(counted.isSuperset(of: expected), "\(counted)")
        let issuer = Site.everyRoute.filter { $0.pattern.hasPrefix("/sign-in/openid") }
        #expect(issuer.map(\.counted) == ["sign-in", "sign-in"])
        // Who has signed in is known, and is not counted.
        for route in Site.everyRoute where route.guard != .anyone {
            #expect(route.counted == nil, "\(route.pattern)")
        }
    }

    @Test("Too much is answered with plain words and the time to wait, and others go on")
    func pages() async throws {
        try await withInstallation(.sqlite) { installation in
            var settings = SiteSettings()
            settings.limit = Self.small(2)
            let site = TestSite(installation, settings: settings)
            let browser = TestBrowser(site: site.site, remote: "192.0.2.1")
            let fields: KeyValuePairs = ["login": "nobody", "password": "a wrong one"]
            let page = await browser.get("/sign-in")
            for _ in 0..<5 {
                #expect(await browser.submit("/sign-in", from: page, fields).status != 429)
            }
            let refused = await browser.submit("/sign-in", from: page, fields)
            #expect(refused.status == 429)
            #expect(refused.headers.contains { $0 == ("Retry-After", "30") })
            #expect(refused.words.contains("Nothing was saved. Wait 30 seconds"))
            // Pages can be looked at, other forms sent, and others are not hindered.
            #expect(await browser.get("/sign-in").status == 200)
            #expect(await browser.get("/status/nothing").status != 429)
            let other = TestBrowser(site: site.site, remote: "192.0.2.2")
            let own = await other.get("/sign-in")
            #expect(await other.submit("/sign-in", from: own, fields).status != 429)
            installation.clock.advance(milliseconds: 29_500)
            let soon = await browser.submit("/sign-in", from: page, fields)
            #expect(soon.words.contains("Nothing was saved. Wait 1 second, go back"))
            installation.clock.advance(milliseconds: 1_000)
            #expect(await browser.submit("/sign-in", from: page, fields).status != 429)
            #expect(site.errors == [])
        }
    }

    @Test("A clinic behind one address is not hindered")
    func clinic() {
        let limiter = Limiter(RateLimit())
        // Five hundred people, two forms each, within ten minutes.
        for number in 0..<1_000 {
            let now = Self.start.adding(milliseconds: Int64(number) * 600)
            #expect(limiter.take("sign-in", from: "192.0.2.1", at: now) == nil)
        }
    }
}
