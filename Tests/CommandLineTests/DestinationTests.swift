import Foundation
import TestSupport
import Testing

/// What a command writes: as `--format` says or as the file ends, and never one in the other's name.
@Suite(.timeLimit(.minutes(10))) struct DestinationTests {
    /// A command, and how what it writes begins, or why it refuses.
    ///
    /// What goes to a file is looked for in `out.…`, the rest on standard output.
    private static let table = """
        facts                               | case_id,
        facts --format json                 | [
        facts --to out.csv                  | case_id,
        facts --to out.CSV                  | case_id,
        facts --to out.json                 | [
        facts --to out.xlsx                 | PK
        facts --format xlsx --to out.xlsx   | PK
        facts --format csv --to out.data    | case_id,
        facts --format csv --to out         | case_id,
        facts --format csv --to out.xlsx    | refused: out.xlsx ends in .xlsx, but --format says csv: expected FILE.csv.
        facts --format csv --to out.pdf     | refused: out.pdf ends in .pdf, but --format says csv: expected FILE.csv.
        facts --to out.data                 | refused: expected FILE.csv, FILE.json, FILE.xlsx, FILE.parquet, or say --format.
        facts --to out                      | refused: The ending of out does not say what to write
        facts --to out.pdf                  | refused: expected FILE.csv, FILE.json, FILE.xlsx, FILE.parquet
        facts --format pdf --to out.pdf     | refused: --format pdf is not known: csv, json, xlsx, parquet.
        facts --format xlsx                 | refused: --format xlsx needs a file: FILE.xlsx.
        report                              | refused: --format xlsx needs a file: FILE.xlsx.
        report --format csv                 | row,
        report --to out.xlsx                | PK
        report --to out.csv                 | row,
        report --format xlsx --to out.csv   | refused: expected FILE.xlsx.
        journal                             | {
        journal --to out.ndjson             | {
        journal --to out.jsonl              | {
        journal --to out                    | {
        journal --to out.csv                | refused: expected FILE.ndjson.
        guide                               | {
        guide --to out.json                 | {
        guide --format json --to out.csv    | refused: out.csv ends in .csv, but --format says json
        guide --to out                      | refused: expected FILE.json, FILE.csv, or say --format.
        sheet --to out.docx                 | refused: expected FILE.html, FILE.pdf, or say --format.
        return --to out.xlsx                | refused: expected FILE.csv, FILE.json, or say --format.
        claim --to out.xlsx                 | refused: expected FILE.text, FILE.csv, FILE.json
        board --output out.html --format pdf | refused: expected FILE.pdf.
        board --output no/out.html          | refused: no/out.html cannot be written: there is no folder no.
        facts --to no/out.csv               | refused: no/out.csv cannot be written: there is no folder no.
        report --to no/out.csv              | refused: no/out.csv cannot be written: there is no folder no.
        claim --to no/out.csv               | refused: no/out.csv cannot be written: there is no folder no.
        """

    private static let commands = [
        "facts": "export facts kickstarter --purpose test",
        "report": "export report kickstarter --purpose test",
        "journal": "export journal --purpose test",
        "guide": "guide export",
        "sheet": "practice sheet P84001",
        "return": "practice return P84001 --reason test",
        "claim": "claim export none",
        "board": "board none.yaml --draft",
    ]

    @Test("A file holds what its ending says, or nothing is written and the reason is told")
    func table() async throws {
        try await withProgram { program in
            let list = Fixtures.list("kickstarter")
            let made = try await program.run("import", list, "--programme", "kickstarter")
            try #require(made.exit == 0, "\(made.errors)")
            for line in Self.table.split(separator: "\n") {
                let sides = line.split(separator: "|", maxSplits: 1)
                let said = sides[0].split(separator: " ").map(String.init)
                let expected = sides[1].drop { $0 == " " }
                let command = try #require(Self.commands[said[0]])
                let arguments = command.split(separator: " ").map(String.init) + said.dropFirst()
                let outcome = try await program.run(arguments)
                let files = try FileManager.default.contentsOfDirectory(atPath: program.folder)
                    .filter { $0.hasPrefix("out") }
                if expected.hasPrefix("refused: ") {
                    #expect(outcome.exit == 64, "\(line): \(outcome.exit)")
                    #expect(outcome.errors.contains(expected.dropFirst(9)), "\(outcome.errors)")
                    #expect(files.isEmpty && outcome.output.isEmpty, "\(line)")
                    continue
                }
                #expect(outcome.exit == 0, "\(line): \(outcome.errors)")
                var written = Data(outcome.output.utf8)
                if let name = said.first(where: { $0.hasPrefix("out") }) {
                    written = try Data(
                        contentsOf: URL(fileURLWithPath: "\(program.folder)/\(name)")
                    )
                }
                #expect(written.starts(with: expected.utf8), "\(line)")
                for file in files {
                    try FileManager.default.removeItem(atPath: "\(program.folder)/\(file)")
                }
            }
        }
    }
}
