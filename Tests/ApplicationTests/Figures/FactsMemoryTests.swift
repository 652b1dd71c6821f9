import Application
import Casework
import Kernel
import Measures
import Programmes
import TestSupport
import Testing

/// Facts kept in memory are those of the database, also after changes.
@Suite struct FactsMemoryTests {
    @Test("What is asked again is told anew when cases have changed", arguments: Backend.allCases)
    func staysCurrent(_ backend: Backend) async throws {
        let id = "kickstarter"
        try await withInstallation(backend) { installation in
            let goodwork = installation.goodwork
            let today = installation.goodwork.now().civilDateUK
            func same(_ asAt: CivilDate) async throws -> Int {
                let kept = try await goodwork.factsInMemory(of: id, asAt: asAt)
                let fresh = try await goodwork.facts(ReportQuestion(programme: id), asAt: asAt)
                #expect(kept.count == fresh.count)
                for row in 0..<fresh.count {
                    let place = try #require(kept.row(of: fresh.cases[row]))
                    for milestone in Milestone.allCases {
                        #expect(kept.date(milestone, row: place) == fresh.date(milestone, row: row))
                    }
                    for field in CodeField.allCases {
                        #expect(kept.code(field, row: place) == fresh.code(field, row: row))
                    }
                    for field in SetField.allCases {
                        #expect(kept.set(field, row: place) == fresh.set(field, row: row))
                    }
                }
                return kept.count
            }
            #expect(try await same(today) == 0)
            var list = try ClientList(fixture: id)
            try await installation.importList(list, id)
            let count = try await same(today)
            #expect(count > 0)
            #expect(try await same(today) == count)
            list[3, "gender"] = list[3, "gender"] == "female" ? "male" : "female"
            try await installation.importList(list, id)
            #expect(try await same(today) == count)
            // A day in the middle, on which some cases had not begun.
            let early = try await same(today.adding(days: -400))
            #expect(early <= count)
        }
    }
}
