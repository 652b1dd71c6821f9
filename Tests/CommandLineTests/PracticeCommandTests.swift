import Foundation
import TestSupport
import Testing

/// Practices' records through the command line.
@Suite(.timeLimit(.minutes(10))) struct PracticeCommandTests {
    private static let extract = """
        nhs_number,birth_date,code,recorded_on,to
        9434765919,1985-06-15,224363007,2025-05-01,
        9476719931,1985-06-15,751481000000104,2025-04-20,2025-06-30
        """

    @Test("An extract is imported and reported; a fault has its place and stops it")
    func journey() async throws {
        try await withProgram { program in
            let folder = program.folder
            let good = folder + "/good.csv"
            let bad = folder + "/bad.csv"
            try Self.extract.write(toFile: good, atomically: true, encoding: .utf8)
            try Self.extract.replacing("224363007", with: "12").write(
                toFile: bad,
                atomically: true,
                encoding: .utf8
            )
            let asked = ["--taken-on", "2025-06-01", "--practice", "P84001"]
            let refused = try await program.run(["practice", "import", bad] + asked)
            #expect(refused.exit == 2)
            #expect(refused.errors.contains("bad.csv:2:23: code: 12 is not in the code list"))
            let empty = folder + "/empty.csv"
            let headings = String(Self.extract.prefix { $0 != "\n" })
            try headings.write(toFile: empty, atomically: true, encoding: .utf8)
            let none = try await program.run(["practice", "import", empty] + asked)
            #expect(none.exit == 2)
            #expect(none.errors.contains("The extract has no rows."), "\(none.errors)")
            let named = asked.dropLast() + ["BOBSMITH"]
            let wrong = try await program.run(["practice", "import", good] + named)
            #expect(wrong.exit == 64, "\(wrong.errors)")
            // Beside a file with rows, one without is no fault.
            let made = try await program.run(["practice", "import", good, empty] + asked)
            #expect(made.exit == 0, "\(made.errors)")
            let text = try await program.run([
                "practice", "report", "--as-at", "2025-06-01", "--part", "coverage",
            ])
            #expect(text.output.contains("Employment status recorded in the last 12 months"))
            #expect(text.output.contains("1 (50%)"))
            let csv = try await program.run([
                "practice", "report", "--as-at", "2025-06-01", "--format", "csv",
            ])
            #expect(csv.output.contains("off-sick,2025-06-01,P84001,off-sick-4-weeks"))
            let list = try await program.run([
                "practice", "worklist", "P84001", "--as-at", "2025-06-01", "--reason", "asked",
                "--format", "csv",
            ])
            #expect(list.output.contains("9476719931,1985-06-15,\"off sick for 6 weeks"))
            let sheet = folder + "/sheet.html"
            let written = try await program.run([
                "practice", "sheet", "P84001", "--as-at", "2025-06-01", "--to", sheet,
            ])
            #expect(written.exit == 0, "\(written.errors)")
            #expect(try String(contentsOfFile: sheet, encoding: .utf8).contains("<h2>The 5Rs</h2>"))
            for (words, exit, says) in [
                (["report", "--practice", "P84010"], 4, "P84010 has sent no extract"),
                (["worklist", "P84010", "--reason", "asked"], 4, "P84010 has sent no extract"),
                (["audit", "P84010", "--reason", "asked"], 4, "P84010 has sent no extract"),
                (["return", "P84010", "--reason", "asked"], 4, "P84010 has sent no extract"),
                (["sheet", "P84001", "--to", "sheet.txt"], 64, "expected FILE.html, FILE.pdf"),
            ] as [([String], Int32, String)] {
                let answer = try await program.run(["practice"] + words)
                #expect(answer.exit == exit, "\(words)")
                #expect(answer.errors.contains(says), "\(answer.errors)")
            }
            let audit = try await program.run([
                "practice", "audit", "P84001", "--reason", "asked", "--json",
            ])
            #expect(audit.exit == 0, "\(audit.errors)")
        }
    }
}
