import Foundation
import TestSupport
import Testing

/// Lists through the command line: templates, faulty rows, and imports that are killed.
@Suite(.timeLimit(.minutes(10))) struct ListTests {
    @Test("A template is an empty list, and is never written over what is there")
    func templates() async throws {
        try await withProgram { program in
            let made = try await program.run(
                "import",
                "--template",
                "kickstarter",
                "mine",
                "--json"
            )
            #expect(made.exit == 0, "\(made.errors)")
            #expect(try (made.json() as? [String])?.contains("mine/referrals.csv") == true)
            let path = program.folder + "/mine/referrals.csv"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try Data((text + "KS1,").utf8).write(to: URL(fileURLWithPath: path))
            let again = try await program.run("import", "--template", "kickstarter", "mine")
            #expect(again.exit == 1)
            #expect(again.errors.contains("is there already"))
            #expect(try String(contentsOfFile: path, encoding: .utf8) == text + "KS1,")
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            // With nothing written into it, it is no list yet, whichever rows are left out.
            for words in [[], ["--skip-faulty"]] as [[String]] {
                let empty = try await program.run(
                    ["import", "mine", "--programme", "kickstarter"] + words
                )
                #expect(empty.exit == 2, "\(empty.output)")
                #expect(empty.errors.contains("The list has no rows."), "\(empty.errors)")
                #expect(empty.output.isEmpty, "\(empty.output)")
            }
        }
    }

    @Test("--skip-faulty imports the rest, and writes the faulty rows with the reasons")
    func skipFaulty() async throws {
        try await withProgram { program in
            var list = try ClientList(fixture: "kickstarter")
            list[3, "gender"] = "f"
            list[5, "referred_on"] = "once"
            list["onward.csv", 1, "status"] = "maybe"
            let folder = program.folder + "/list"
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true
            )
            try list.write(to: folder)
            let refused = try await program.run("import", "list", "--programme", "kickstarter")
            #expect(refused.exit == 2)
            #expect(refused.errors.contains("Nothing was imported"))
            let outcome = try await program.run(
                "import",
                "list",
                "--programme",
                "kickstarter",
                "--skip-faulty",
                "--faulty-file",
                "faulty.csv",
                "--json"
            )
            #expect(outcome.exit == 0, "\(outcome.errors)")
            let faulty = try ClientList.table(program.folder + "/faulty.csv")
            #expect(faulty.count == 4)
            #expect(try outcome.member("skipped") == 3)
            #expect(try outcome.member("added") == 40)
            let verified = try await program.run("verify")
            #expect(verified.exit == 0)
        }
    }

    @Test("An import that is killed leaves a sound database, and can be completed")
    func killedImports() async throws {
        let id = "fit-for-work-in-work"
        // The sizes of the database at which it is killed, in bytes.
        for size in [1, 200_000, 2_000_000] {
            try await withProgram { program in
                let out = program.folder + "/out"
                let arguments = ["import", Fixtures.list(id), "--programme", id]
                let process = try program.start(arguments, output: out, errors: out + ".err")
                while process.isRunning, Self.size(program.folder + "/goodwork.db") < size {
                    try await Task.sleep(for: .milliseconds(2))
                }
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()

                let completed = try await program.run(arguments + ["--json"])
                #expect(completed.exit == 0, "\(completed.errors)")
                let added: Int = try completed.member("added")
                let unchanged: Int = try completed.member("unchanged")
                #expect(added + unchanged == 689)
                let verified = try await program.run("verify")
                #expect(verified.exit == 0, "\(verified.output)")
                let report = try await program.run("report", id, "--format", "csv")
                let path = program.folder + "/report.csv"
                try report.output.write(toFile: path, atomically: true, encoding: .utf8)
                let rows = try ClientList.table(path).dropFirst().map { Array($0.prefix(4)) }
                #expect(rows == (try Fixtures.expected(id)))
            }
        }
    }

    /// The bytes of a database and its log.
    private static func size(_ path: String) -> Int {
        ["", "-wal"].reduce(0) { sum, suffix in
            let found = try? FileManager.default.attributesOfItem(atPath: path + suffix)[.size]
            return sum + (found as? Int ?? 0)
        }
    }
}
