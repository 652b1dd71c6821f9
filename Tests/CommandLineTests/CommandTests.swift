import Foundation
import TestSupport
import Testing

/// Every command, from the outside.
@Suite(.timeLimit(.minutes(10))) struct CommandTests {
    static let commands = [
        [], ["init"], ["import"], ["report"], ["open"], ["case"], ["check"], ["verify"], ["copy"],
        ["erase"],
        ["export"], ["export", "facts"], ["export", "journal"], ["demo"],
        ["serve"],
    ]

    @Test("Every command has --help")
    func help() async throws {
        try await withProgram { program in
            for command in Self.commands {
                let outcome = try await program.run(command + ["--help"])
                #expect(outcome.exit == 0, "\(command)")
                let usage = (["USAGE: goodwork"] + command).joined(separator: " ")
                #expect(outcome.output.contains(usage), "\(outcome.output)")
                #expect(outcome.output.contains("OVERVIEW: "), "\(command)")
                #expect(outcome.errors.isEmpty, "\(command)")
            }
        }
    }

    @Test("A programme's whole way through the command line")
    func wholeWay() async throws {
        try await withProgram { program in
            let made = try await program.run("init", "--json")
            #expect(made.exit == 0)
            #expect(try made.member("key_file") == "goodwork.db.key")

            let list = Fixtures.list("kickstarter")
            let first = try await program.run(
                "import",
                list,
                "--programme",
                "kickstarter",
                "--json"
            )
            #expect(first.exit == 0, "\(first.errors)")
            #expect(try first.member("added") == 43)
            let again = try await program.run("import", list, "--programme", "kickstarter")
            #expect(again.output.contains("0 cases added, 0 corrected, 43 unchanged"))

            try await reports(program)
            try await cases(program)
            try await exports(program)

            let verified = try await program.run("verify", "--json")
            #expect(verified.exit == 0)
            #expect(try (verified.member("problems") as [String]).isEmpty)
            #expect(try verified.member("cases") == 43)
        }
    }

    private func reports(_ program: Program) async throws {
        let expected = try Fixtures.expected("kickstarter")
        let csv = try await program.run("report", "kickstarter", "--format", "csv")
        try csv.output.write(
            toFile: program.folder + "/report.csv",
            atomically: true,
            encoding: .utf8
        )
        let rows = try ClientList.table(program.folder + "/report.csv").dropFirst()
        #expect(rows.map { Array($0.prefix(4)) } == expected)
        for (format, holds) in [
            ("text", "Kickstarter referrals"), ("markdown", "| "), ("html", "<table"),
        ] {
            let outcome = try await program.run("report", "kickstarter", "--format", format)
            #expect(outcome.exit == 0)
            #expect(outcome.output.contains(holds), "\(format)")
        }
        let json = try await program.run("report", "kickstarter", "--by", "month", "--json")
        #expect(try (json.member("rows") as [Any]).count == expected.count)
        let past = try await program.run(
            "report",
            "kickstarter",
            "--known-at",
            "2024-01-01",
            "--format",
            "csv"
        )
        #expect(past.output.contains("\nReferrals from MFT,0,"))
    }

    private func cases(_ program: Program) async throws {
        let opened = try await program.run("open", "kickstarter", "2", "--json")
        #expect(opened.exit == 0)
        #expect(opened.output.contains("KS0001"))
        _ = try opened.json()
        let total: Int = try opened.member("total")
        let first = try await program.run("open", "kickstarter", "2", "--limit", "1")
        #expect(total > 1)
        #expect(first.output.contains(": \(total) cases, the first 1 shown (--limit)\n"))
        let told = try await program.run("case", "KS0001")
        #expect(told.exit == 0)
        #expect(!told.output.contains("Tariq"))
        let named = try await program.run(
            "case",
            "KS0001",
            "--identify",
            "--reason",
            "a test",
            "--json"
        )
        #expect(named.output.contains("Tariq"))
        _ = try named.json()
        let copy = try await program.run("copy", "KS0001", "--reason", "a test")
        #expect(copy.output.hasPrefix("<!DOCTYPE html>"))
        #expect(copy.output.contains("Tariq"))
        let held = try await program.run("copy", "KS0001", "--reason", "a test", "--json")
        #expect(held.output.contains("Tariq"))
        _ = try held.json()
        let erased = try await program.run("erase", "KS0001", "--reason", "asked to be", "--json")
        #expect(try erased.member("erased") == true)
        let gone = try await program.run("case", "KS0001", "--identify", "--reason", "a test")
        #expect(gone.exit == 0)
        #expect(!gone.output.contains("Tariq"))
    }

    private func exports(_ program: Program) async throws {
        let facts = try await program.run(
            "export",
            "facts",
            "kickstarter",
            "--to",
            "facts.csv",
            "--purpose",
            "a test"
        )
        #expect(facts.exit == 0, "\(facts.errors)")
        let rows = try ClientList.table(program.folder + "/facts.csv")
        #expect(rows.count == 44)
        let columns = try ClientList.table(program.folder + "/facts.columns.csv").dropFirst()
        #expect(columns.map { $0[0] } == rows[0])
        let journal = try await program.run("export", "journal", "--purpose", "a test")
        // Without a purpose nothing leaves, and the file that is there stays as it is.
        let unsaid = try await program.run("export", "facts", "kickstarter", "--to", "facts.csv")
        #expect(unsaid.exit == 3)
        #expect(try ClientList.table(program.folder + "/facts.csv") == rows)
        let book = try await program.run(
            "export",
            "facts",
            "kickstarter",
            "--format",
            "xlsx",
            "--to",
            "facts.xlsx",
            "--purpose",
            "a test"
        )
        #expect(book.exit == 0, "\(book.errors)")
        let released = try await program.run(
            "report",
            "kickstarter",
            "--audience",
            "published",
            "--release",
            "--purpose",
            "a test"
        )
        #expect(released.exit == 0, "\(released.errors)")
        #expect(released.output.contains("figures are kept back"))
        let register = try await program.run("releases")
        #expect(register.output.contains("published"))
        let lines = journal.output.split(separator: "\n")
        #expect(lines.count > 150)
        for line in lines {
            #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: Any])
        }
    }

    @Test("The demonstration throws away only an earlier one, whole or cut off")
    func demoBesideOwnClients() async throws {
        try await withProgram { program in
            let demo = [
                "demo", "--lists", Fixtures.root + "/fixtures", "--no-serve", "--cases", "20",
            ]
            let key = URL(fileURLWithPath: program.folder + "/demo.db.key")
            #expect(try await program.run("init", "--database", "demo.db").exit == 0)
            let kept = try Data(contentsOf: key)
            let real = try await program.run(demo)
            #expect(real.exit == 64)
            #expect(real.errors.contains("leaves demo.db as it is"), "\(real.errors)")
            #expect(real.errors.contains("remove demo.db and demo.db.key"), "\(real.errors)")
            #expect(try Data(contentsOf: key) == kept)
            #expect(try await program.run("verify", "--database", "demo.db").exit == 0)
            for name in ["demo.db", "demo.db.key"] {
                try FileManager.default.removeItem(atPath: program.folder + "/" + name)
            }

            // Cut off before it had tables, and then before it had lists.
            try Data().write(to: URL(fileURLWithPath: program.folder + "/demo.db"))
            let cutOff = try await program.run("demo", "--lists", "nowhere", "--no-serve")
            #expect(cutOff.exit == 2, "\(cutOff.errors)")
            let whole = try await program.run(demo)
            #expect(whole.exit == 0, "\(whole.errors)")

            // A list of somebody's own programme, put beside it.
            let rules = try String(
                contentsOfFile: Fixtures.programmes + "/kickstarter.yaml",
                encoding: .utf8
            )
            try rules.replacing("programme: kickstarter", with: "programme: own-clients").write(
                toFile: program.folder + "/own-clients.yaml",
                atomically: true,
                encoding: .utf8
            )
            var other = program
            other.environment["GOODWORK_PROGRAMMES"] = program.folder
            other.environment["GOODWORK_DATABASE"] = "demo.db"
            let own = try await other.run(
                ["import", Fixtures.list("kickstarter"), "--programme", "own-clients"]
            )
            try #require(own.exit == 0, "\(own.errors)")
            #expect(try await program.run(demo).exit == 64)
            let mine = try await other.run("case", "KS0001", "--programme", "own-clients")
            #expect(mine.exit == 0, "\(mine.errors)")
        }
    }

    @Test("The demonstration runs, again too, and leaves other databases alone")
    func demo() async throws {
        try await withProgram { program in
            for _ in 1...2 {
                let outcome = try await program.run(
                    ["demo", "--lists", Fixtures.root + "/fixtures", "--no-serve", "--cases", "40"]
                )
                #expect(outcome.exit == 0, "\(outcome.errors)")
                #expect(outcome.output.contains("Manchester Fit for Work") || outcome.output != "")
                #expect(outcome.output.contains("Engaged clients securing employment: 18 cases"))
                #expect(outcome.output.contains("coach@demo.example"))
            }
            var other = program
            other.environment["GOODWORK_DATABASE"] = "demo.db"
            #expect(try await other.run("verify").exit == 0)
            let code = try await program.run("demo", "--code", "coach@demo.example")
            #expect(code.output.count == 7 && Int(code.output.dropLast()) != nil)
            let open = try await other.run("serve", "--host", "0.0.0.0", "--port", "0")
            #expect(open.exit == 3)
            #expect(open.errors.contains("on this machine only"))

            #expect(try await program.run("init", "--database", "real.db").exit == 0)
            let none = try await program.run(
                ["demo", "--code", "coach@demo.example", "--database", "real.db"]
            )
            #expect(none.exit == 3)
            let key = try Data(contentsOf: URL(fileURLWithPath: program.folder + "/real.db.key"))
            for database in ["real.db", "postgres://somebody@example.org/real"] {
                let refused = try await program.run("demo", "--database", database)
                #expect(refused.exit == 64)
                #expect(refused.errors.contains("leaves"))
            }
            #expect(
                try Data(contentsOf: URL(fileURLWithPath: program.folder + "/real.db.key")) == key
            )
        }
    }

    @Test("A list goes into PostgreSQL and its report comes out")
    func postgres() async throws {
        let url = try await TemporaryPostgres.shared.freshURL()
        try await withProgram { program in
            var program = program
            program.environment["GOODWORK_DATABASE"] = url
            let nothing = try await program.run("report", "kickstarter")
            #expect(nothing.exit == 4, "\(nothing.errors)")
            #expect(!FileManager.default.fileExists(atPath: program.folder + "/goodwork.key"))
            let list = Fixtures.list("kickstarter")
            let outcome = try await program.run(
                "import",
                list,
                "--programme",
                "kickstarter",
                "--json"
            )
            #expect(outcome.exit == 0, "\(outcome.errors)")
            #expect(try outcome.member("added") == 43)
            let report = try await program.run("report", "kickstarter", "--format", "csv")
            #expect(report.output.contains("\nReferrals from MFT,43,"))
            #expect(try await program.run("verify").exit == 0)
        }
    }
}
