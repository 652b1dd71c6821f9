import Foundation
import TestSupport
import Testing

/// How commands fail: with a code that a script can act on, and words that a person can.
@Suite(.timeLimit(.minutes(10))) struct ExitCodeTests {
    /// A command, the code it ends with, the code in JSON, and what its words must hold.
    static let failures: [(command: String, exit: Int32, code: String, says: String)] = [
        ("report nowhere", 4, "not-found", "There is no programme nowhere in"),
        ("report kickstater", 4, "not-found", "Did you mean kickstarter?"),
        ("report kickstarter --as-at soon", 64, "usage", "write 2025-03-31"),
        ("report kickstarter --known-at soon", 64, "usage", "write 2025-03-31T17:00:00Z"),
        ("report kickstarter --by shoe-size", 64, "usage", "strand"),
        ("open kickstarter 99", 4, "not-found", "1 to 14"),
        ("open kickstarter 1 --part middle", 64, "usage", "numerator"),
        ("case KS9999", 4, "not-found", "There is no case KS9999"),
        ("case KS0001 --identify", 3, "forbidden", "say why, with --reason"),
        ("areas import nowhere.csv", 4, "not-found", "no file nowhere.csv"),
        ("guide import nowhere.json", 4, "not-found", "no file nowhere.json"),
        (
            "client add C --organisation o --role referrer --purpose p --scope s --keys nowhere",
            4, "not-found", "no file nowhere"
        ),
        ("claim list --programme nowhere", 4, "not-found", "There is no programme nowhere in"),
        ("import nowhere --programme kickstarter", 4, "not-found", "--template kickstarter"),
        ("import LIST --programme kickstarer", 4, "not-found", "Did you mean kickstarter?"),
        ("import FAULTY --programme kickstarter", 2, "faults", "--skip-faulty"),
        ("import CHANGED --programme kickstarter", 2, "faults", "fields"),
        ("report kickstarter --database nowhere.db", 4, "not-found", "goodwork init"),
        ("verify --database text.db", 1, "failed", "text.db"),
        ("verify --database nokey.db", 1, "failed", "GOODWORK_KEY_FILE"),
        ("verify --database otherkey.db", 1, "failed", "GOODWORK_KEY_FILE"),
        ("verify --database postgres://nobody@/x?host=/nowhere", 1, "failed", "postgres://"),
        ("verify --database postgres://goodwork:p@ss@127.0.0.1:1/x", 64, "usage", "%40"),
        ("init --database nowhere/a.db", 1, "failed", "nowhere/a.db"),
    ]

    @Test("Failures have their exit codes, in words and in JSON")
    func failuresHaveCodes() async throws {
        try await withProgram { program in
            try await prepare(program)
            for (command, exit, code, says) in Self.failures {
                let arguments = command.split(separator: " ").map { word in
                    word == "LIST" ? Fixtures.list("kickstarter") : String(word)
                }
                let words = try await program.run(arguments)
                #expect(words.exit == exit, "\(command): \(words.errors)")
                #expect(words.errors.hasPrefix("goodwork: "), "\(command): \(words.errors)")
                #expect(words.errors.contains(says), "\(command): \(words.errors)")
                #expect(words.output.isEmpty, "\(command)")
                let json = try await program.run(arguments + ["--json"])
                #expect(json.exit == exit, "\(command)")
                let failure = try json.failure()
                #expect(failure["code"] as? String == code, "\(command): \(failure)")
                #expect((failure["message"] as? String)?.isEmpty == false)
                if code == "faults" { #expect((failure["faults"] as? [Any])?.isEmpty == false) }
            }
            #expect(try await program.run("verify").exit == 0)
        }
    }

    /// Addresses of databases with the password s3cret, and what of them is shown.
    static let addresses: [(address: String, shown: String)] = [
        ("postgres://goodwork:s3cret@127.0.0.1:1/x", "postgres://…@127.0.0.1:1/x"),
        ("postgres://goodwork:?s3cret@127.0.0.1:1/x", "postgres://…@127.0.0.1:1/x"),
        ("postgres://127.0.0.1:1/x?user=goodwork&password=s3cret", "postgres://127.0.0.1:1/x"),
        ("postgres://goodwork:p@s3cret@127.0.0.1:1/x", "%40"),
        ("postgres://goodwork:s3cret/@127.0.0.1:1/x", "%2F"),
        ("postgres://goodwork:s/3?s3cret@127.0.0.1:1/x", "%2F"),
        // A setting may have an @: libpq takes it as it is.
        ("postgres://127.0.0.1:1/x?user=a@b&password=s3cret", "postgres://127.0.0.1:1/x"),
    ]

    @Test("No message shows the database's password", arguments: addresses)
    func passwords(_ address: String, _ shown: String) async throws {
        try await withProgram { program in
            let outcome = try await program.run("verify", "--database", address)
            #expect(outcome.exit != 0)
            #expect(outcome.errors.contains(shown), "\(outcome.errors)")
            #expect(!outcome.errors.contains("s3cret"), "\(outcome.errors)")
        }
    }

    /// A database, lists and files to fail on.
    private func prepare(_ program: Program) async throws {
        let list = Fixtures.list("kickstarter")
        let made = try await program.run("import", list, "--programme", "kickstarter")
        try #require(made.exit == 0, "\(made.errors)")
        var faulty = try ClientList(fixture: "kickstarter")
        faulty[3, "gender"] = "f"
        faulty[5, "referred_on"] = "once"
        let files = FileManager.default
        for name in ["FAULTY", "CHANGED"] {
            let folder = program.folder + "/" + name
            try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try faulty.write(to: folder)
        }
        let broken = faulty.text("referrals.csv").replacing("KS0004,", with: "KS0004,,")
        try Data(broken.utf8).write(
            to: URL(fileURLWithPath: program.folder + "/CHANGED/referrals.csv")
        )
        try Data("This is a text.".utf8).write(
            to: URL(fileURLWithPath: program.folder + "/text.db")
        )
        try Data("text.db".utf8).write(to: URL(fileURLWithPath: program.folder + "/text.db.key"))
        for name in ["nokey.db", "otherkey.db"] {
            #expect(try await program.run("init", "--database", name).exit == 0)
            try files.removeItem(atPath: "\(program.folder)/\(name).key")
        }
        let other = Data(repeating: 7, count: 32).base64EncodedString()
        try Data(other.utf8).write(
            to: URL(fileURLWithPath: program.folder + "/otherkey.db.key")
        )
    }

    @Test("What is asked for wrongly is told with the usage, and ends with 64")
    func usage() async throws {
        try await withProgram { program in
            let wrong = [
                ["nonsense"], ["report"], ["import"], ["import", "there"], ["erase", "KS0001"],
                ["report", "kickstarter", "--format", "pdf"], ["verify", "--frobnicate"],
                ["open", "kickstarter"], ["open", "kickstarter", "1", "--limit", "many"],
            ]
            for command in wrong {
                let outcome = try await program.run(command)
                #expect(outcome.exit == 64, "\(command)")
                #expect(outcome.errors.contains("Error: "), "\(command): \(outcome.errors)")
            }
            let left = try FileManager.default.contentsOfDirectory(atPath: program.folder)
            #expect(!left.contains { $0.hasPrefix("goodwork") })
        }
    }

    @Test("A programme of a version that has other rules now is a conflict")
    func conflicts() async throws {
        try await withProgram { program in
            var program = program
            let folder = program.folder + "/rules"
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true
            )
            let path = "\(folder)/kickstarter.yaml"
            let text = try String(
                contentsOfFile: Fixtures.programmes + "/kickstarter.yaml",
                encoding: .utf8
            )
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            program.environment["GOODWORK_PROGRAMMES"] = folder
            let list = Fixtures.list("kickstarter")
            #expect(try await program.run("import", list, "--programme", "kickstarter").exit == 0)
            let changed = text.replacing(
                "within: {working_days: 5}",
                with: "within: {working_days: 6}"
            )
            #expect(changed != text)
            try Data(changed.utf8).write(to: URL(fileURLWithPath: path))
            let outcome = try await program.run("import", list, "--programme", "kickstarter")
            #expect(outcome.exit == 5)
            #expect(outcome.errors.contains("Raise its version"))
        }
    }

    @Test("A programme file with faults is told with their lines, and ends with 1")
    func check() async throws {
        try await withProgram { program in
            let good = Fixtures.programmes + "/kickstarter.yaml"
            let fine = try await program.run("check", good, "--json")
            #expect(fine.exit == 0)
            #expect(try (fine.member("faults") as [Any]).isEmpty)
            let text = try String(contentsOfFile: good, encoding: .utf8)
            let bad = program.folder + "/kickstarter.yaml"
            try Data(text.replacing("pathway:", with: "pathwya:").utf8).write(
                to: URL(fileURLWithPath: bad)
            )
            let faulty = try await program.run("check", good, bad)
            #expect(faulty.exit != 0)
            #expect(faulty.output.contains("\(good): no faults"))
            #expect(faulty.output.contains("pathwya"))
            let misnamed = program.folder + "/misnamed.yaml"
            try FileManager.default.copyItem(atPath: bad, toPath: misnamed)
            let both = try await program.run("check", misnamed)
            #expect(both.output.contains("pathwya"))
            #expect(both.output.contains("expected kickstarter.yaml"), "\(both.output)")
            let missing = try await program.run("check", "nowhere.yaml")
            #expect(missing.output.contains("nowhere.yaml: is not there"), "\(missing.output)")
            let json = try await program.run("check", bad, "nowhere.yaml", "--json")
            #expect(json.exit == faulty.exit)
            #expect(try (json.member("faults") as [Any]).count >= 2)
        }
    }
}
