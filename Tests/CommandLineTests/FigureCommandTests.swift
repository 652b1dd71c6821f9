import Foundation
import TestSupport
import Testing

/// `goodwork spc` and `goodwork trajectory`, as analysts run them.
@Suite(.timeLimit(.minutes(10))) struct FigureCommandTests {
    static let fixture = Fixtures.root + "/fixtures/spc/xmr.csv"

    @Test("prints the fixture's columns from its series, points and values")
    func printsTheFixture() async throws {
        try await withProgram { program in
            let text = try String(contentsOfFile: Self.fixture, encoding: .utf8)
            let plain = text.split(separator: "\n").map {
                $0.split(separator: ",").prefix(3).joined(separator: ",") + "\n"
            }
            let path = program.folder + "/plain.csv"
            try plain.joined().write(toFile: path, atomically: true, encoding: .utf8)
            let outcome = try await program.run("spc", path, "--format", "csv")
            #expect(outcome.exit == 0)
            #expect(outcome.output == text)
            let words = try await program.run("spc", path, "--better", "down", "--target", "20")
            #expect(words.output.contains("the target of 20 may or may not be met"))
            let json = try await program.run("spc", path, "--json")
            #expect((try json.json() as? [Any])?.count == 60)
        }
    }

    @Test("says every fault with its line and column, and how options are off")
    func saysFaults() async throws {
        try await withProgram { program in
            let path = program.folder + "/bad.csv"
            try "series,point,value\na,1,x\na,1,2\n,3,\n".write(
                toFile: path,
                atomically: true,
                encoding: .utf8
            )
            let bad = try await program.run("spc", path)
            #expect(bad.exit == 2)
            for place in ["bad.csv:2:5: value", "bad.csv:3:3: point", "bad.csv:4:1: series"] {
                #expect(bad.errors.contains(place), "\(bad.errors)")
            }
            let wrong: [([String], Int32, String)] = [
                (["spc", Self.fixture, "--rebase", "5"], 64, "needs --reason"),
                (["spc", Self.fixture, "--reason", "x"], 64, "goes with --rebase"),
                (["spc", Self.fixture, "--better", "sideways"], 64, "up, down, neither"),
                (["spc", Self.fixture, "--baseline", "5"], 64, "at least 13"),
                (["spc", Self.fixture, "--rebase", "99", "--reason", "x"], 4, "the point 99"),
                (["spc", "nowhere.csv"], 4, "no file nowhere.csv"),
            ]
            for (arguments, exit, says) in wrong {
                let outcome = try await program.run(arguments)
                #expect(outcome.exit == exit, "\(arguments)")
                #expect(outcome.errors.contains(says), "\(outcome.errors)")
            }
        }
    }

    @Test("goodwork rebase says from where limits begin anew, lists it and takes it back")
    func rebase() async throws {
        try await withProgram { program in
            let id = "fit-for-work-in-work"
            let made = try await program.run("import", Fixtures.list(id), "--programme", id)
            try #require(made.exit == 0, "\(made.errors)")
            let wrong: [([String], Int32, String)] = [
                (["--chart", "starts", "--from", "2014-01"], 3, "what changed?"),
                (["--chart", "starts", "--reason", "x"], 64, "together"),
                (["--chart", "stops", "--from", "2014-01", "--reason", "x"], 3, "no such chart"),
                (["--chart", "starts", "--from", "2031-01", "--reason", "x"], 3, "no such month"),
                (["--withdraw", "nothing"], 4, "no such rebase"),
            ]
            for (arguments, exit, says) in wrong {
                let outcome = try await program.run(["rebase", id] + arguments)
                #expect(outcome.exit == exit, "\(arguments): \(outcome.exit)")
                #expect(outcome.errors.contains(says), "\(outcome.errors)")
            }
            let said = ["--chart", "starts", "--from", "2014-01", "--reason", "A second clinic"]
            let one = try await program.run(["rebase", id] + said)
            #expect(one.exit == 0 && one.output.contains("A second clinic"), "\(one.errors)")
            let list = try await program.run(["rebase", id, "--json"])
            let first = (try list.json() as? [[String: Any]])?.first
            #expect(first?["month"] as? String == "2014-01")
            let name = try #require(first?["id"] as? String)
            let gone = try await program.run(["rebase", id, "--withdraw", name])
            #expect(gone.exit == 0 && gone.output.contains("withdrawn"))
        }
    }

    @Test("goodwork trajectory sets the plan beside what came about")
    func trajectory() async throws {
        try await withProgram { program in
            let list = Fixtures.list("fit-for-work-in-work")
            let made = try await program.run("import", list, "--programme", "fit-for-work-in-work")
            try #require(made.exit == 0, "\(made.errors)")
            let words = try await program.run("trajectory", "fit-for-work-in-work")
            #expect(words.exit == 0, "\(words.errors)")
            #expect(words.output.contains("people started support by 31 January 2015"))
            let parts = try await program.run(
                ["trajectory", "fit-for-work-in-work", "--by", "strand", "--format", "csv"]
            )
            #expect(parts.output.hasPrefix("part,month,planned,actual"))
            let json = try await program.run(["trajectory", "fit-for-work-in-work", "--json"])
            #expect((try json.json() as? [Any])?.count == 1)
            let bad = try await program.run(["trajectory", "fit-for-work-in-work", "--by", "shoe"])
            #expect(bad.exit == 64)
        }
    }
}
