import Foundation
import TestSupport
import Testing

/// The service guide through the command line: files taken in, and written again.
@Suite(.timeLimit(.minutes(10))) struct GuideCommandTests {
    private static let organisation = "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610"
    private static let services = """
        id,organization_id,name,status
        ac148810-d857-441c-9679-408f346de14b,\(organisation),Money advice,active
        48102e86-bb50-41c4-8f1e-e269368c41d1,\(organisation),Allotment,active
        """
    private static let organisations = """
        id,name,description
        \(organisation),Bridge Trust,A charity
        """

    /// A folder of tables.
    private static func tables(_ program: Program, services: String) throws -> String {
        let folder = program.folder + "/tables"
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
        for (name, text) in [("services.csv", services), ("organizations.csv", organisations)] {
            try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
        }
        return folder
    }

    @Test("Tables are taken in, written as JSON, and say the same when they come back")
    func roundTrip() async throws {
        try await withProgram { program in
            let folder = try Self.tables(program, services: Self.services)
            let made = try await program.run("guide", "import", folder, "--json")
            #expect(made.exit == 0, "\(made.errors)")
            let (added, terms): (Int, Int) = (
                try made.member("added"), try made.member("taxonomy_terms")
            )
            #expect(added == 2 && terms == 0)
            let shown = try await program.run("guide", "export")
            let services: [[String: Any]] = try shown.member("services")
            #expect(services.compactMap { $0["name"] as? String } == ["Allotment", "Money advice"])
            let file = program.folder + "/guide.json"
            #expect(try await program.run("guide", "export", "--to", file).exit == 0)
            let back = try await program.run("guide", "import", file)
            #expect(back.output.contains("0 services added, 0 changed, 2 as they were."))
            let written = program.folder + "/written"
            let csv = try await program.run("guide", "export", "--format", "csv", "--to", written)
            #expect(csv.exit == 0, "\(csv.errors)")
            let table = try String(contentsOfFile: written + "/services.csv", encoding: .utf8)
            #expect(table.contains("Money advice") && table.contains("Allotment"))
            let again = try await program.run("guide", "import", written, "--json")
            let unchanged: Int = try again.member("unchanged")
            #expect(unchanged == 2)
        }
    }

    @Test("What is wrong is told with its place, nothing is taken in, and the exit says so")
    func faults() async throws {
        try await withProgram { program in
            let folder = try Self.tables(
                program,
                services: Self.services.replacing("Allotment,active", with: "Allotment,open")
            )
            let refused = try await program.run("guide", "import", folder)
            #expect(refused.exit == 2, "\(refused.exit)")
            #expect(refused.errors.contains("services.csv:3:"), "\(refused.errors)")
            #expect(refused.errors.contains("open"))
            let shown = try await program.run("guide", "export")
            let services: [Any] = try shown.member("services")
            #expect(services.isEmpty)
            let nothing = try await program.run("guide", "import", program.folder + "/nothing")
            #expect(nothing.exit == 4 && nothing.errors.contains("There is no file"))
            for wrong in [["--format", "xml"], ["--format", "csv"]] {
                let answer = try await program.run(["guide", "export"] + wrong)
                #expect(answer.exit == 64, "\(wrong): \(answer.exit)")
            }
        }
    }
}
