import Foundation
import TestSupport
import Testing

/// `goodwork board`, as authors of board packs run it.
@Suite(.timeLimit(.minutes(10))) struct BoardCommandTests {
    static let pack = """
        pack: small
        programme: fit-for-work-in-work
        board: The Board
        subject: A small pack
        figures: {engaged: {row: Referrals engaged in service}}
        sections:
          - {heading: One, content: ["{engaged person|people} were engaged."]}

        """

    @Test("a pack is checked, drafted and made; without the packages its web page is written")
    func board() async throws {
        try await withProgram { program in
            var program = program
            program.environment["GOODWORK_PYTHON"] = "/nowhere/python"
            let list = Fixtures.list("fit-for-work-in-work")
            let made = try await program.run("import", list, "--programme", "fit-for-work-in-work")
            try #require(made.exit == 0, "\(made.errors)")
            let file = program.folder + "/small.yaml"
            try Self.pack.write(toFile: file, atomically: true, encoding: .utf8)
            let sound = try await program.run("check", file)
            #expect(sound.exit == 0, "\(sound.output)")
            let page = program.folder + "/paper.html"
            let draft = try await program.run("board", file, "--draft", "--output", page)
            #expect(draft.exit == 0, "\(draft.errors)")
            let text = try String(contentsOfFile: page, encoding: .utf8)
            #expect(text.contains(">689 people</a> were engaged."))
            #expect(text.contains("<strong>Draft. </strong>"))
            #expect(try await program.run("releases").output.contains("Nothing has been released"))
            try FileManager.default.removeItem(atPath: page)
            let pdf = try await program.run(
                ["board", file, "--purpose", "x", "--output", program.folder + "/paper.pdf"]
            )
            #expect(pdf.exit == 3)
            #expect(pdf.errors.contains("apt-get install libpango-1.0-0"), "\(pdf.errors)")
            #expect(FileManager.default.fileExists(atPath: page))
            #expect(try await program.run("releases").output.contains("export"))
        }
    }

    @Test("faults and options that are off are said")
    func faults() async throws {
        try await withProgram { program in
            let file = program.folder + "/small.yaml"
            try Self.pack.replacing("{engaged person", with: "{engagd person")
                .write(toFile: file, atomically: true, encoding: .utf8)
            for arguments in [["check", file], ["board", file, "--check"]] {
                let bad = try await program.run(arguments)
                #expect(bad.exit == 1, "\(arguments)")
                #expect(bad.output.contains("small.yaml:7:31: sections[1].content[1]"))
                #expect(bad.output.contains("did you mean `engaged`?"), "\(bad.output)")
            }
            let wrong: [([String], Int32, String)] = [
                (["board", file], 64, "--output"),
                (["board", file, "--output", "x.html"], 64, "--purpose"),
                (
                    ["board", file, "--output", "x.odt", "--draft"], 64,
                    "FILE.html, FILE.pdf, FILE.docx"
                ),
                (["board", file, "--output", "x.html", "--draft", "--as-at", "so"], 64, "a date"),
            ]
            for (arguments, exit, says) in wrong {
                let outcome = try await program.run(arguments)
                #expect(outcome.exit == exit, "\(arguments)")
                #expect(outcome.errors.contains(says), "\(outcome.errors)")
            }
        }
    }

    @Test("the pack that is shipped has no faults")
    func shipped() async throws {
        try await withProgram { program in
            let path = Fixtures.root + "/boards/workwell-manchester.yaml"
            let outcome = try await program.run("check", path)
            #expect(outcome.exit == 0, "\(outcome.output)")
        }
    }
}
