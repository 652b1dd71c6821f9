import Kernel
import Programmes
import Testing

@testable import Casework

/// Which services could take a person, as the referral page shows it.
@Suite("Offers") struct OffersTests {
    /// What is said of a person, and each offer: strand, verdict, rules still open, answers missing.
    static let offers = """
        day        | referral                          | offers
        2024-11-04 | gp age=40 outward_code=M8         | be-well met
        2024-12-02 | gp age=40 outward_code=M8         | be-well met; msk not-known (msk-only) [condition]
        2024-12-02 | gp age=40 outward_code=M8 condition=copd | be-well met; msk not-met (msk-only)
        2024-12-02 | gp age=70                         | be-well not-met (lives-here working-age) [postcode gp_practice jobcentre]; msk not-met (lives-here working-age msk-only) [postcode gp_practice jobcentre condition]
        2024-12-02 | gp                                | be-well not-known (lives-here working-age) [postcode gp_practice jobcentre birth_date]; msk not-known (lives-here working-age msk-only) [postcode gp_practice jobcentre birth_date condition]
        2026-01-05 | gp age=40 outward_code=M8         | be-well met
        2026-04-01 | gp age=40 outward_code=M8         |
        2024-11-04 | jobcentre age=40 outward_code=M8  | be-well not-met (source)
        """

    private static func referral(_ words: String) throws -> ReferralReceived {
        let body = try EntryWords.body("referral \(words)")
        guard case .referralReceived(let fields) = body else { return ReferralReceived() }
        return fields
    }

    @Test("Each strand that is open is offered or says why not", arguments: TextTable(offers).rows)
    func eachOffer(_ row: TextTable.Row) throws {
        let offers = Offers.of(
            try Self.referral(row["referral"]),
            in: [try Shipped.programme("example")],
            on: try #require(CivilDate(iso: row["day"]))
        )
        let lines = offers.map { offer in
            let open = offer.open.map(\.rule).joined(separator: " ")
            let missing = offer.missing.map(\.id).joined(separator: " ")
            return "\(offer.strand) \(offer.verdict.rawValue)" + (open.isEmpty ? "" : " (\(open))")
                + (missing.isEmpty ? "" : " [\(missing)]")
        }
        #expect(lines.joined(separator: "; ") == row["offers"])
        #expect(offers.flatMap(\.open).allSatisfy { !$0.says.isEmpty })
    }

    @Test("Of several programmes those that could take the person come first, with plain words")
    func severalProgrammes() throws {
        let programmes = try Shipped.names.map { try Shipped.programme($0) }
        let day = try #require(CivilDate(iso: "2025-01-06"))
        let offers = Offers.of(
            try Self.referral("gp age=40 outward_code=M8 employment_status=off-sick"),
            in: programmes,
            on: day
        )
        let order: [Verdict] = [.met, .notKnown, .notMet]
        let places = offers.map { order.firstIndex(of: $0.verdict) ?? 9 }
        #expect(places == places.sorted() && Set(places).count > 1)
        let workwell = try #require(offers.first { $0.strand == "be-well" })
        #expect(workwell.verdict == .notKnown && workwell.provider == "big-life")
        #expect(
            workwell.missing.map(\.words) == [
                "Does a physical or mental health condition make work harder, or harder to find?"
            ]
        )
        let open = programmes.filter { $0.runs.contains(day) }
        #expect(offers.count == open.flatMap(\.strands).count { $0.runs.contains(day) })
        // What is offered as met is taken: the page and the rules say the same.
        for offer in offers where offer.verdict == .met {
            let programme = try #require(programmes.first { $0.id == offer.programme })
            var situation = Situation(programme)
            var referral = try Self.referral("gp age=40 outward_code=M8 employment_status=off-sick")
            referral.strand = offer.strand
            #expect(situation.tell(Command(.referralReceived(referral), on: day)) == "ok")
            #expect(situation.tell(Command(.referralAccepted(Plain()), on: day)) == "ok")
        }
    }
}
