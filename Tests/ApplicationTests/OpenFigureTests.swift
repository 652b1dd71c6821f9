import Application
import Kernel
import Measures
import TestSupport
import Testing

/// A figure opens to its cases, by row, part and group; what cannot be opened says why.
@Suite struct OpenFigureTests {
    @Test("A figure opens to its cases, whole or for one group, and says what it cannot open")
    func opens() async throws {
        let id = "working-well"
        try await withInstallation(.sqlite) { installation in
            try await installation.importList(ClientList(fixture: id), id)
            func open(
                _ row: String,
                _ part: CellPart = .numerator,
                by grouping: Grouping? = nil,
                group: String? = nil,
                limit: Int = .max
            ) async throws -> OpenedFigure {
                try await installation.goodwork.open(
                    ReportQuestion(programme: id, grouping: grouping),
                    row: row,
                    part: part,
                    group: group,
                    limit: limit,
                    by: installation.actor
                )
            }
            let unattached = try await open("4")
            #expect(unattached.row == "Unattached")
            #expect(unattached.cases.count == 98 && unattached.total == 98)
            for (limit, listed) in [(2, 2), (0, 0), (-1, 0)] {
                let some = try await open("4", limit: limit)
                #expect(some.cases.count == listed && some.total == 98)
            }
            let may = try await open("Referrals", by: .month, group: "May 2014")
            #expect(may.cases.count == 37)
            #expect(try await open("1", by: .month, group: "2014-05").cases.count == 37)
            let refusals: [(String, CellPart, Grouping?, String?, String)] = [
                ("1", .denominator, nil, nil, "has no cases behind it"),
                ("1", .numerator, .month, "May", "There are: 2014-03, 2014-04"),
                ("1", .numerator, nil, "2014-05", "needs --by"),
                ("Unatached", .numerator, nil, nil, "Did you mean “Unattached”?"),
            ]
            for (row, part, grouping, group, words) in refusals {
                let error = await #expect(throws: ServiceError.self) {
                    _ = try await open(row, part, by: grouping, group: group)
                }
                #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
            }
        }
    }
}
