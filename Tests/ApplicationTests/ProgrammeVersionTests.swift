import Application
import Foundation
import Programmes
import SQL
import Store
import TestSupport
import Testing

/// A version of a programme file is free until a case was decided under it, and fixed from then on.
@Suite struct ProgrammeVersionTests {
    @Test("Rules may change under a version until a case was decided under it; words always may")
    func versions() async throws {
        let id = "kickstarter"
        let text = try String(
            contentsOfFile: "\(Fixtures.programmes)/\(id).yaml",
            encoding: .utf8
        )
        let rules = text.replacing("within: {working_days: 5}", with: "within: {working_days: 6}")
        let words = text.replacing("title: Kickstarter referrals", with: "title: Referrals")
        #expect(rules != text)
        #expect(words != text)
        try await withInstallation(.sqlite) { installation in
            try await withTemporaryDirectory { folder in
                let goodwork = installation.goodwork
                let library = ProgrammeLibrary(directory: folder)
                func current(_ text: String) async throws -> Programme {
                    let path = "\(folder)/\(id).yaml"
                    try text.write(toFile: path, atomically: true, encoding: .utf8)
                    let now = installation.clock.now
                    return try await goodwork.store.database.write { transaction in
                        try library.current(id, store: goodwork.store, at: now, in: transaction)
                    }
                }
                _ = try await current(rules)
                #expect(try await current(text).clocks.first?.within.count == 5)
                try await installation.importList(ClientList(fixture: id), id)
                #expect(try await current(words).report?.title == "Referrals")
                let error = await #expect(throws: ServiceError.self) {
                    _ = try await current(rules)
                }
                #expect(error?.kind == .conflict)
                let next = rules.replacing("version: 1\n", with: "version: 2\n")
                #expect(try await current(next).version == 2)
            }
        }
    }
}
