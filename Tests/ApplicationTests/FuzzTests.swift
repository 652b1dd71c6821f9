import Application
import Casework
import Foundation
import Kernel
import SQL
import Store
import TestSupport
import Testing

/// Whatever comes in, nothing traps, and nothing is half done.
///
/// Each round's seed is told.
@Suite struct FuzzTests {
    @Test("Mutated lists are refused whole or taken whole", arguments: [11, 12, 13])
    func lists(_ seed: Int) async throws {
        var mutator = Mutator(seed: UInt64(seed))
        let sources: [(id: String, list: ClientList)] = try [
            "fit-for-work-out-of-work", "kickstarter", "fit-for-work-in-work",
        ].map { ($0, try ClientList(fixture: $0).only(Array(1...12))) }
        try await withInstallation(.sqlite) { installation in
            var taken = 0
            for round in 1...30 {
                let (id, list) = sources[round % sources.count]
                let about: Comment = "seed \(seed), round \(round)"
                try await withTemporaryDirectory { folder in
                    try list.write(to: folder)
                    try mutator.mutate(folder, list)
                    let before = try await installation.count("journal")
                    do {
                        try await installation.importList(folder, id)
                        taken += 1
                    } catch is ServiceError {
                        #expect(try await installation.count("journal") == before, about)
                        try await importSkipping(folder, id, installation)
                    }
                }
                if round % 5 == 0 {
                    #expect(try await installation.problems() == [], about)
                }
            }
            #expect(taken > 0)
            #expect(try await installation.count("journal") > 0)
        }
    }

    /// Imports what can be imported; only the headings can stand in the way of all of it.
    private func importSkipping(
        _ folder: String,
        _ id: String,
        _ installation: TestInstallation
    ) async throws {
        guard let importer = try? await installation.importer(folder, id) else { return }
        let check = try await importer.check { _, _, _ in }
        #expect(!check.faultyFile.isEmpty)
        let faulty = Set(check.faultyCases.keys)
        let result = try await importer.write(skipping: faulty, seed: .random(in: 0 ... .max)) {
            _,
            _,
            _ in
        }
        let done = result.added + result.corrected + result.unchanged
        #expect(done + result.skipped + result.erased == result.rows)
    }

    @Test("Mutated programme files are refused, or decide a list without trapping")
    func programmes() async throws {
        let seed: UInt64 = 21
        var mutator = Mutator(seed: seed)
        let list = try ClientList(fixture: "fit-for-work-in-work").only(Array(1...5))
        let path = Fixtures.programmes + "/fit-for-work-in-work.yaml"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        var sound = 0
        for round in 1...60 {
            try await withTemporaryDirectory { folder in
                let mutated = mutator.mutated(Array(text.utf8), times: 1 + round % 4)
                try Data(mutated).write(
                    to: URL(fileURLWithPath: folder + "/fit-for-work-in-work.yaml")
                )
                let library = ProgrammeLibrary(directory: folder)
                guard let read = try? library.file("fit-for-work-in-work") else { return }
                sound += 1
                guard sound <= 12 else { return }
                try await withInstallation(.sqlite) { installation in
                    let other = installation.with(library)
                    try await withTemporaryDirectory { lists in
                        try list.write(to: lists)
                        let importer = try Importer(
                            goodwork: other,
                            directory: lists,
                            programme: read.programme,
                            actor: installation.actor
                        )
                        let check = try await importer.check { _, _, _ in }
                        #expect(check.rows == 5, "seed \(seed), round \(round)")
                    }
                }
            }
        }
        #expect(sound > 0)
    }

    @Test("A damaged journal is reported as damage, by every reader of it", arguments: [31, 32])
    func journals(_ seed: Int) async throws {
        var mutator = Mutator(seed: UInt64(seed))
        try await withInstallation(.sqlite) { installation in
            for id in ["fit-for-work-out-of-work", "kickstarter"] {
                let list = try ClientList(fixture: id).only(Array(5...12))
                try await installation.importList(list, id)
            }
            let rows = try await installation.count("journal")
            for round in 1...50 {
                let position = mutator.below(rows) + 1
                let payload = try await installation.payload(position)
                let mutated = mutator.damaged(payload)
                guard mutated != payload else { continue }
                let about: Comment = "seed \(seed), round \(round): \(payload) became \(mutated)"
                try await installation.setPayload(position, mutated)
                let problems = try await installation.problems()
                #expect(problems.contains { $0.contains("position \(position) ") }, about)
                if round % 3 == 0 { try await readAll(installation) }
                try await installation.setPayload(position, payload)
            }
            _ = try await installation.rebuild()
            #expect(try await installation.problems() == [])
        }
    }

    /// Reads everything that is folded from the journal; damage is thrown, never trapped on.
    private func readAll(_ installation: TestInstallation) async throws {
        var question = ReportQuestion(programme: "kickstarter", asAt: CivilDate(iso: "2024-08-01"))
        question.knownAt = installation.clock.now
        _ = try? await installation.report(question)
        question.programme = "fit-for-work-out-of-work"
        _ = try? await installation.report(question)
        _ = try? await installation.rebuild()
        let sink = Sink()
        _ = try await installation.goodwork.exportJournal(
            by: installation.actor,
            reason: "test"
        ) { sink.write($0) }
    }
}

extension TestInstallation {
    /// The same installation with other programme files.
    fileprivate func with(_ library: ProgrammeLibrary) -> Goodwork {
        let clock = clock
        return Goodwork(store: store, library: library, now: { clock.now })
    }

    fileprivate func payload(_ position: Int) async throws -> String {
        try await database.read { transaction in
            try transaction.first(
                "SELECT payload FROM journal WHERE position = $1",
                [.int(Int64(position))]
            ) { try $0.text(0) } ?? ""
        }
    }

    fileprivate func setPayload(_ position: Int, _ payload: String) async throws {
        try await database.write { transaction in
            try transaction.execute(
                "UPDATE journal SET payload = $1 WHERE position = $2",
                [.text(payload), .int(Int64(position))]
            )
        }
    }
}
