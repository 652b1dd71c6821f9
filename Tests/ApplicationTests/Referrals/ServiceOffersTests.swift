import Application
import Casework
import Kernel
import Programmes
import TestSupport
import Testing

/// Which services are offered for a referral, in which order and why.
@Suite struct ServiceOffersTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var says: String
        var source: String
        var condition: String?
        var outward: String?
        var answers: [String: String] = [:]
        var offers: [String]
        var testDescription: String { says }
    }

    static let table = [
        Row(
            says: "Everything known, an MSK patient",
            source: "secondary-care",
            condition: "msk",
            outward: "M20",
            answers: ["health-condition": "yes", "racially-minoritised": "no"],
            offers: ["msk met", "be-well met", "rmg not-met"]
        ),
        Row(
            says: "Another condition is not for the MSK strand",
            source: "secondary-care",
            condition: "mental-health",
            outward: "M20",
            answers: ["health-condition": "yes"],
            offers: ["be-well met", "rmg not-known", "msk not-met"]
        ),
        Row(
            says: "Nothing known asks, and refuses nobody",
            source: "secondary-care",
            offers: ["be-well not-known", "msk not-known", "rmg not-known"]
        ),
        Row(
            says: "From elsewhere, no strand takes the person",
            source: "secondary-care",
            condition: "msk",
            outward: "N1",
            answers: ["health-condition": "no"],
            offers: ["msk not-met", "be-well not-met", "rmg not-met"]
        ),
        Row(says: "A source that the programme does not take", source: "astrologer", offers: []),
    ]

    @Test("Offers in order", arguments: table)
    func offers(_ row: Row) async throws {
        try await withInstallation(.sqlite) { installation in
            let goodwork = installation.goodwork
            let today = installation.clock.now.civilDateUK
            var referral = ReferralReceived()
            referral.source = row.source
            referral.condition = row.condition
            referral.outwardCode = row.outward
            if row.outward == "N1" {
                referral.practice = "F83001"
                referral.jobcentre = "JCP-LONDON"
            }
            referral.answers = row.answers
            let programme = try await installation.programme("workwell-manchester")
            let offers = goodwork.offers(for: referral, in: [programme], on: today)
            let told = offers.map { "\($0.strand) \($0.verdict.rawValue)" }
            if row.says.hasPrefix("Nothing") {
                #expect(Set(told) == Set(row.offers))
                let missing = Set(offers.flatMap(\.missing).map(\.id))
                #expect(missing.isSuperset(of: ["postcode", "condition", "health-condition"]))
            } else {
                #expect(told == row.offers)
            }
            // Whatever does not hold has its sentence.
            #expect(offers.allSatisfy { ($0.verdict == .met) == $0.open.isEmpty })
        }
    }

    @Test("Only programmes and strands that run on the day take referrals")
    func days() async throws {
        try await withInstallation(.sqlite) { installation in
            let goodwork = installation.goodwork
            let june = try #require(CivilDate(iso: "2025-06-02"))
            let ids = try await goodwork.programmesOpen(on: june).map(\.id)
            #expect(ids.contains("workwell-manchester"))
            #expect(!ids.contains("kickstarter"))
            let early = try #require(CivilDate(iso: "2024-11-15"))
            let programme = try await installation.programme("workwell-manchester")
            let offers = goodwork.offers(for: ReferralReceived(), in: [programme], on: early)
            #expect(offers.map(\.strand) == ["be-well"])
            let late = try #require(CivilDate(iso: "2026-04-01"))
            let then = try await goodwork.programmesOpen(on: late).map(\.id)
            #expect(!then.contains("workwell-manchester"))
        }
    }
}
