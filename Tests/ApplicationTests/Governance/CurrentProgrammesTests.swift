import Application
import Foundation
import Kernel
import Programmes
import SQL
import Store
import TestSupport
import Testing

/// What is current is kept in memory; a change to a file, the folder or the database is still seen.
@Suite struct CurrentProgrammesTests {
    /// A folder of programme files, each with a date of its own in the past.
    ///
    /// What has just been written is never kept in memory, so a test has to date it back.
    final class Folder {
        let path: String
        private var age = 86_400.0

        init() throws {
            path = NSTemporaryDirectory() + "goodwork-current-\(UUID().uuidString)"
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true
            )
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func write(_ id: String, version: Int) throws {
            let text = try String(
                contentsOfFile: "\(Fixtures.programmes)/\(id).yaml",
                encoding: .utf8
            )
            let file = "\(path)/\(id).yaml"
            let isNew = !FileManager.default.fileExists(atPath: file)
            try text.replacing("version: 1\n", with: "version: \(version)\n")
                .write(toFile: file, atomically: false, encoding: .utf8)
            try date(file)
            if isNew { try date(path) }
        }

        func remove(_ id: String) throws {
            try FileManager.default.removeItem(atPath: "\(path)/\(id).yaml")
            try date(path)
        }

        private func date(_ place: String) throws {
            age -= 60
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -age)],
                ofItemAtPath: place
            )
        }
    }

    @Test("Every change is seen by the next look", arguments: Backend.allCases)
    func changes(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let folder = try Folder()
            let goodwork = Goodwork(
                store: installation.goodwork.store,
                library: ProgrammeLibrary(directory: folder.path),
                now: installation.goodwork.now
            )
            func current() async throws -> [String] {
                try await goodwork.currentProgrammes().map { "\($0.id) \($0.version)" }
            }
            try folder.write("kickstarter", version: 1)
            for _ in 1...2 { #expect(try await current() == ["kickstarter 1"]) }
            try folder.write("kickstarter", version: 2)
            for _ in 1...2 { #expect(try await current() == ["kickstarter 2"]) }
            try folder.write("working-better", version: 1)
            for _ in 1...2 {
                #expect(try await current() == ["kickstarter 2", "working-better 1"])
            }
            try folder.remove("working-better")
            for _ in 1...2 { #expect(try await current() == ["kickstarter 2"]) }
            let store = goodwork.store
            let text = try ProgrammeActivationTests.text(("version: 2\n", "version: 3\n"))
            let now = goodwork.now()
            try await store.database.write { transaction in
                try store.keepProgramme(
                    id: "kickstarter",
                    version: 3,
                    text: text,
                    at: now,
                    in: transaction
                )
                let active = ActiveProgramme(
                    id: "kickstarter",
                    version: 3,
                    activatedAt: now,
                    activatedBy: "test"
                )
                try store.activate(active, in: transaction)
            }
            for _ in 1...2 { #expect(try await current() == ["kickstarter 3"]) }
            try folder.write("kickstarter", version: 4)
            for _ in 1...2 { #expect(try await current() == ["kickstarter 4"]) }
        }
    }
}
