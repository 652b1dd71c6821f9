import Casework
import Funding
import Kernel
import Measures
import Programmes
import Testing

@Suite("Where a payment fell due") struct AchievementTests {
    /// A case that started on a day, moved as told; the strand that its payment is claimed in.
    private func strand(
        startedOn iso: String,
        _ moves: [(from: String, strand: String?)]
    ) throws -> String? {
        let rules = try programme("payments: [{id: start, price: 100, for: supported}]")
        var facts = Facts(
            caseID: caseID(1),
            programme: rules.id,
            programmeVersion: rules.version,
            reference: "R1"
        )
        facts[.referred] = day("2025-02-01")
        facts[.started] = day(iso)
        facts[.strand] = moves.last?.strand
        var table = FactTable()
        table.append(facts)
        let places = moves.map { move in
            let provider = move.strand.map { "\($0)-cic" }
            let place = HeldPlace(strand: move.strand, provider: provider, locality: nil)
            return (from: day(move.from), place: place)
        }
        let found = Achievement.find(
            rules,
            in: table,
            of: CasePeople(persons: [caseID(1): person(1)], moves: [caseID(1): places]),
            asAt: day("2025-03-31")
        )
        #expect(found.count == 1)
        return found.first?.place.strand
    }

    @Test("It is the strand of that day, and before there was one, the first that was chosen")
    func chosenLate() throws {
        let late: [(from: String, strand: String?)] = [
            ("2025-02-01", nil), ("2025-02-10", "south"), ("2025-03-01", "north"),
        ]
        #expect(try strand(startedOn: "2025-02-08", late) == "south")
        #expect(try strand(startedOn: "2025-02-10", late) == "south")
        #expect(try strand(startedOn: "2025-03-02", late) == "north")
        #expect(try strand(startedOn: "2025-02-08", [("2025-02-01", nil)]) == nil)
    }
}
