import Casework
import Foundation
import Kernel
import Programmes
import Testing

@testable import Measures

/// What dashboards show outside the case team.
@Suite("Dashboards that leave the case team")
struct DashboardControlTests {
    static let days = ["2025-03-31", "2025-04-30", "2025-05-31", "2025-06-30"]

    @Test func timing() throws {
        for count in [600, 3000, 300, 120] {
            let people = try DashboardPeople(count, seed: 3)
            var known: [ReleasedTable] = []
            for text in Self.days {
                let asAt = day(text)
                let table = people.table(asAt: asAt)
                let start = ContinuousClock.now
                let sheet = try #require(
                    DashboardSheet.decide(
                        programme: people.programme,
                        table: table,
                        asAt: asAt,
                        control: DisclosureControl(audience: .board, released: known)
                    )
                )
                FileHandle.standardError.write(Data("\(count) \(text) \(table.count) \(sheet.hidden) \(ContinuousClock.now - start)\n".utf8))
                known.append(sheet.released)
            }
        }
    }
}
