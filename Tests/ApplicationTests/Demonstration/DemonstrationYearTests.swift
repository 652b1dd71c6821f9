import Application
import Casework
import Kernel
import Programmes
import TestSupport
import Testing

/// The generator at its full size, without a database.
@Suite(.serialized) struct DemonstrationYearTests {
    /// A Tuesday.
    static let today = CivilDate(year: 2026, month: 11, day: 24) ?? CivilDate(day: 0)

    static func file() throws -> (programme: Programme, text: String) {
        try ProgrammeLibrary(directory: Fixtures.programmes).file("workwell-manchester")
    }

    @Test("A whole year is refused nowhere, and has every state and every reason")
    func wholeYear() async throws {
        let year = try await DemonstrationYear(
            Demonstration(),
            of: Self.file(),
            today: Self.today
        )
        #expect(year.refusals == [])
        #expect(year.histories.count == Demonstration.wholeYear)
        let programme = try Self.file().programme
        let folded = year.histories.map { $0.fold() }
        let states = Dictionary(grouping: folded) { $0.state(in: programme) }
        // Whoever is discharged is tracked in this programme.
        for state in CaseState.allCases where state != .discharged {
            #expect((states[state]?.count ?? 0) >= 20, "\(state)")
        }
        for reason in ClosureReason.allCases {
            #expect(folded.contains { $0.closure == reason }, "\(reason)")
        }
        checkCoaches(folded, programme)
        checkShares(folded)
        #expect(folded.filter { !$0.risks.isEmpty }.count == 1)
        let asked = folded.filter { $0.transferAskedTo == "pathways-cic" && $0.coach != nil }
        #expect(asked.count == 1)
        let people = Dictionary(grouping: folded.compactMap(\.referral?.identity)) { identity in
            [identity.givenName, identity.familyName, identity.birthDate]
        }
        let alike = people.values.filter { $0.count > 1 }
        #expect(alike.count == 2)
        #expect(alike.allSatisfy { $0.contains { $0.nhsNumber == nil } })
        let numbers = folded.compactMap { $0.referral?.identity.nhsNumber }
        #expect(Set(numbers).count == numbers.count)
        // The range that is kept for tests and never given to a person.
        #expect(numbers.allSatisfy { NHSNumber($0)?.digits.hasPrefix("999") == true })
        let postcodes = folded.compactMap { $0.referral?.identity.postcode }
        #expect(postcodes.allSatisfy { Postcode($0) != nil })
        let days = year.histories.flatMap(\.events).map(\.recordedAt.civilDateUK)
        #expect(days.allSatisfy { $0 < Self.today })
        let unanswered = folded.filter { one in
            one.workItems(in: programme).contains {
                $0.kind == .onwardAnswer && $0.dueOn < Self.today
            }
        }
        #expect(unanswered.count >= 5)
        let missing = folded.filter { one in
            one.workItems(in: programme).contains { $0.kind == .missingAnswer }
        }
        #expect(missing.count >= 5)
        let booked = folded.flatMap { $0.isOpen ? $0.appointments : [] }
        for (from, to, least) in [(0, 0, 8), (1, 6, 40)] {
            let days = Self.today.adding(days: from)...Self.today.adding(days: to)
            let ahead = booked.count { $0.outcome == nil && days.contains($0.day) }
            #expect(ahead >= least, "\(ahead) appointments from \(from) to \(to)")
        }
    }

    /// Every coach holds a caseload that can be held, with some of it overdue.
    private func checkCoaches(_ folded: [Case], _ programme: Programme) {
        let open = folded.filter(\.isOpen)
        let held = Dictionary(grouping: open.filter { $0.coach != nil }) { $0.coach ?? "" }
        #expect(held.count == 27)
        for (coach, cases) in held {
            let provider = cases.first?.parties(in: programme).provider ?? ""
            let isHalf = ["one-manchester", "manchester-city-council", "wythenshawe-housing-group"]
                .contains(provider)
            let range = isHalf ? 10...24 : 28...46
            #expect(range.contains(cases.count), "\(coach) of \(provider): \(cases.count)")
            let overdue = cases.count { one in
                one.workItems(in: programme).contains { $0.dueOn < Self.today }
            }
            #expect((1...6).contains(overdue), "\(coach) of \(provider): \(overdue) overdue")
        }
        let waiting = Dictionary(grouping: open.filter { $0.coach == nil }) {
            $0.parties(in: programme).provider ?? ""
        }
        #expect(waiting.count == 8)
        for (provider, cases) in waiting {
            #expect((6...16).contains(cases.count), "\(provider): \(cases.count) wait")
        }
    }

    private func checkShares(_ folded: [Case]) {
        let referrals = folded.compactMap(\.referral)
        let all = Double(referrals.count)
        func share(_ suits: (ReferralReceived) -> Bool) -> Double {
            Double(referrals.count(where: suits)) / all
        }
        let shares: [(String, Double, ClosedRange<Double>)] = [
            (
                "in work", share { $0.employmentStatus.map { $0 != "out-of-work" } ?? true },
                0.7...0.8
            ),
            ("msk strand", share { $0.strand == "msk" }, 0.3...0.42),
            ("mental health", share { $0.condition == "mental-health" }, 0.25...0.4),
            ("self", share { $0.source == "self" }, 0.07...0.17),
            ("White British", share { $0.ethnicity == "A" }, 0.3...0.5),
        ]
        for (name, share, range) in shares { #expect(range.contains(share), "\(name): \(share)") }
        let started = folded.count { $0[.started] != nil }
        #expect((0.55...0.75).contains(Double(started) / all), "\(started) have started")
    }

    @Test("Another seed makes other cases", arguments: [UInt64(1), 7])
    func seeds(_ seed: UInt64) async throws {
        let year = try await DemonstrationYear(
            Demonstration(seed: seed, cases: 80),
            of: Self.file(),
            today: Self.today
        )
        #expect(year.refusals == [])
        let usual = try await DemonstrationYear(
            Demonstration(cases: 80),
            of: Self.file(),
            today: Self.today
        )
        #expect(year.histories.map(\.header) != usual.histories.map(\.header))
    }

    @Test(
        "On any day of the year the year before it is sound",
        arguments: [
            "2025-06-02", "2025-12-28", "2026-03-31", "2026-04-01", "2027-01-04", "2028-02-29",
        ]
    )
    func days(_ day: String) async throws {
        let today = try #require(CivilDate(iso: day))
        let year = try await DemonstrationYear(
            Demonstration(cases: 80),
            of: Self.file(),
            today: today
        )
        #expect(year.refusals == [])
        #expect(year.histories.count == 80)
    }
}
