import Kernel
import SQL
import Store
import TestSupport
import Testing

/// From where limits of run charts are reckoned anew, as both databases keep it.
@Suite struct ChartRebaseTests {
    private static func rebase(
        _ id: String,
        _ month: String = "2025-04",
        chart: String = "starts",
        provider: String? = nil
    ) -> StoredRebase {
        StoredRebase(
            id: id,
            programme: "example",
            chart: chart,
            provider: provider,
            month: CivilMonth(iso: month) ?? CivilDate(day: 0).civilMonth,
            reason: "a second clinic “\(id)”",
            saidAt: Instant(milliseconds: 1_000 + Int64(id.count)),
            saidBy: "carol",
            organisation: "board"
        )
    }

    @Test(
        "A month stands once for the same charts, until it is withdrawn",
        arguments: Backend.allCases
    )
    func once(_ backend: Backend) async throws {
        try await withFreshDatabase(backend) { database in
            let store = try await Store.open(database, masterKey: TestInstallation.masterKey)
            let all = [
                Self.rebase("a"), Self.rebase("bb", provider: "south"),
                Self.rebase("ccc", provider: "north"), Self.rebase("dddd", chart: "referrals"),
                Self.rebase("eeeee", "2025-05"),
            ]
            let told = try await database.write { transaction in
                let kept = try all.map { try store.add($0, in: transaction) }
                let again = try ["a", "bb"].map { id -> Bool in
                    var same = all.first { $0.id == id } ?? all[0]
                    same.id = "again \(id)"
                    return try store.add(same, in: transaction)
                }
                return kept + again
            }
            #expect(told == [true, true, true, true, true, false, false])
            func kept() async throws -> [StoredRebase] {
                try await database.read { try store.rebases(of: "example", in: $0) }
            }
            #expect(try await kept() == all)
            let moments: [Int64] = [5_000, 6_000]
            for moment in moments {
                try await database.write { transaction in
                    try store.withdrawRebase(
                        "a",
                        at: Instant(milliseconds: moment),
                        by: "u\(moment)",
                        in: transaction
                    )
                }
            }
            let first = try await kept().first
            #expect(first?.withdrawnAt == Instant(milliseconds: 5_000))
            #expect(first?.withdrawnBy == "u5000")
            let isFree = try await database.write { try store.add(Self.rebase("ffffff"), in: $0) }
            #expect(isFree)
            #expect(try await kept().count == 6)
            #expect(try await database.read { try store.rebases(of: "other", in: $0) } == [])
        }
    }
}
