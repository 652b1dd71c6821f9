import Casework
import Kernel
import SQL
import Store
import TestSupport
import Testing

/// What is stored of cases is what the journal makes of them, whatever was done.
@Suite struct ReplayTests {
    @Test("Rebuilding gives the rows that were stored", arguments: Backend.allCases)
    func rebuildingChangesNothing(_ backend: Backend) async throws {
        let seed: UInt64 = 20_250_602
        var commands = RandomCommands(seed: seed)
        try await withInstallation(backend) { installation in
            let references = try await Self.importSome(installation)
            var done = 0
            for round in 0..<180 {
                let reference = references[round % references.count]
                installation.clock.advance()
                let history = try await installation.history(reference)
                let command = commands.next(for: history)
                if try await installation.refusal(reference, command) == nil { done += 1 }
            }
            #expect(done > 40, "seed \(seed)")
            let stored = try await installation.stored()
            #expect(try await installation.problems() == [], "seed \(seed)")
            #expect(try await installation.rebuild() == references.count)
            let rebuilt = try await installation.stored()
            #expect(rebuilt == stored, "seed \(seed)")
        }
    }

    @Test("Tables that were dropped come back from the journal", arguments: Backend.allCases)
    func droppedTablesComeBack(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            _ = try await Self.importSome(installation)
            let stored = try await installation.stored()
            for table in ["cases", "facts", "work_items", "case_parties"] {
                try await installation.tamper("DELETE FROM \(table)")
            }
            #expect(try await installation.stored() == [])
            _ = try await installation.rebuild()
            #expect(try await installation.stored() == stored)
        }
    }

    @Test("A reader of histories sees each case once, whole and in order")
    func historiesAreWhole() async throws {
        try await withInstallation(.sqlite) { installation in
            let references = try await Self.importSome(installation)
            let store = installation.store
            let found = try await installation.database.read { transaction in
                var found: [History] = []
                try store.eachHistory(in: transaction) { found.append($0) }
                return found
            }
            #expect(Set(found.map(\.header.reference)) == Set(references))
            #expect(found.count == references.count)
            for history in found {
                #expect(history.events.map(\.sequence) == Array(1...history.version))
            }
        }
    }

    /// Imports six cases of each of two programmes and answers their references.
    static func importSome(_ installation: TestInstallation) async throws -> [String] {
        var references: [String] = []
        for id in ["fit-for-work-in-work", "fit-for-work-out-of-work"] {
            let list = try ClientList(fixture: id).only(Array(1...6))
            try await installation.importList(list, id)
            references += (1...6).map { list[$0, "case_ref"] }
        }
        return references
    }
}
