import Foundation
import TestSupport
import Testing

/// Money and claims through the command line.
@Suite(.timeLimit(.minutes(10))) struct ClaimCommandTests {
    @Test("WorkWell's funding table is printed as the paper has it") func funding() async throws {
        try await withProgram { program in
            let text = try await program.run("funding", "workwell-manchester")
            #expect(text.exit == 0, "\(text.errors)")
            for figure in ["£1,310,012.00", "£786,007.20", "£524,004.80", "£730.08", "£731.63"] {
                #expect(text.output.contains(figure), "\(figure)")
            }
            let json = try await program.run("funding", "workwell-manchester", "--json")
            let rows: [[String: Any]] = try json.member("rows")
            #expect(rows.compactMap { $0["per_head_pence"] as? Int } == [73008, 72976, 73163])
            #expect(rows.last?["pence"] as? Int == 131_001_200)
            let csv = try await program.run("funding", "workwell-manchester", "--format", "csv")
            #expect(csv.output.hasPrefix("part,people,pence,"))
            #expect(try await program.run("funding", "kickstarter").exit == 3)
        }
    }

    @Test("A claim is made, submitted, sampled, accepted and paid") func claim() async throws {
        try await withProgram { program in
            #expect(try await program.run("init").exit == 0)
            let id = "gm-mental-health-and-employment"
            let early = try await program.run(
                "claim",
                "make",
                id,
                "--quarter",
                "2016-Q5"
            )
            #expect(early.exit == 64)
            let making = [
                "claim", "make", id, "--quarter", "2016-Q1", "--figure",
                "cquin-trained/2015-16=80", "--json",
            ]
            #expect(try await program.run(making).exit == 0)
            let made = try await program.run(making)
            #expect(made.exit == 0, "\(made.errors)")
            // The first draft is called what docs/claims.md calls it.
            let drafts = try await program.run("claim", "list")
            #expect(drafts.output.contains("replaced"), "\(drafts.output)")
            let claims: [[String: Any]] = try made.member("claims")
            let name = try #require(claims.first?["claim"] as? String)
            let first = try await program.run("claim", "show", String(name.dropLast()) + "1")
            #expect(first.output.contains(" replace\n"), "\(first.output)")
            #expect(claims.first?["pence"] as? Int == 3_000_000)
            #expect(try await program.run("claim", "accept", name).exit == 3)
            #expect(try await program.run("claim", "submit", name).exit == 0)
            let sample = try await program.run(
                "claim",
                "sample",
                name,
                "--size",
                "5",
                "--seed",
                "3",
                "--found",
                "1=29000.00"
            )
            #expect(sample.output.contains("1 checked, 1 wrong"), "\(sample.errors)")
            #expect(sample.output.contains("Too much by £1,000.00"))
            #expect(try await program.run("claim", "query", name, "--words", "Why?").exit == 0)
            #expect(try await program.run("claim", "answer", name, "--words", "So").exit == 0)
            #expect(try await program.run("claim", "accept", name).exit == 0)
            let paid = try await program.run("claim", "pay", name, "--words", "BACS 1", "--json")
            let state: String = try paid.member("state")
            #expect(state == "paid")
            let list = try await program.run("claim", "list")
            #expect(list.output.contains("£30,000.00"))
            let file = program.folder + "/claim.csv"
            let written = try await program.run("claim", "export", name, "--to", file)
            #expect(written.exit == 0, "\(written.errors)")
            let csv = try String(contentsOfFile: file, encoding: .utf8)
            #expect(csv.contains("80, as reported; all from 80"))
            #expect(try await program.run("claim", "show", "nothing").exit == 4)
        }
    }
}
