import Foundation
import TestSupport
import Testing

/// `goodwork value`, as analysts run it.
@Suite(.timeLimit(.minutes(10))) struct ValueCommandTests {
    static let id = "fit-for-work-in-work"

    @Test("prints the paper's saving in every format, with assumptions at other values")
    func everyFormat() async throws {
        try await withProgram { program in
            let list = Fixtures.list(Self.id)
            let made = try await program.run("import", list, "--programme", Self.id)
            try #require(made.exit == 0, "\(made.errors)")
            let words = try await program.run("value", Self.id)
            #expect(words.exit == 0, "\(words.errors)")
            #expect(words.output.contains("£59,001"))
            let csv = try await program.run("value", Self.id, "--format", "csv")
            #expect(csv.output.contains("figure,avoided_cost,value,59000.76\n"))
            for format in ["markdown", "html"] {
                let outcome = try await program.run("value", Self.id, "--format", format)
                #expect(outcome.output.contains("£59,001"), "\(format)")
            }
            let moved = try await program.run(
                "value",
                Fixtures.root + "/costs/\(Self.id).yaml",
                "--set",
                "value.physiotherapy=£200",
                "--set",
                "physiotherapy.count=100",
                "--json"
            )
            let figures: [String: [String: Any]] = try moved.member("figures")
            #expect(figures["avoided_cost"]?["value"] as? Double == 20_000)
        }
    }

    @Test("says what is wrong with an assumption, a day, a file")
    func saysFaults() async throws {
        try await withProgram { program in
            let made = try await program.run("init")
            try #require(made.exit == 0, "\(made.errors)")
            let wrong: [([String], Int32, String)] = [
                (["--set", "discount"], 64, "write --set discount=3"),
                (["--set", "discount=lots"], 2, "a percentage from 0 to 100"),
                (["--set", "dicount=3"], 2, "did you mean `discount`?"),
                (["--as-at", "soon"], 64, "is not a date"),
            ]
            for (arguments, exit, says) in wrong {
                let outcome = try await program.run(["value", Self.id] + arguments)
                #expect(outcome.exit == exit, "\(arguments): \(outcome.errors)")
                #expect(outcome.errors.contains(says), "\(outcome.errors)")
            }
            let costs = try FileManager.default.contentsOfDirectory(
                atPath: Fixtures.root + "/costs"
            )
            .filter { $0.hasSuffix(".yaml") }.map { Fixtures.root + "/costs/\($0)" }
            let sound = try await program.run(["check"] + costs)
            #expect(sound.exit == 0 && costs.count == 3, "\(sound.output)")
            let path = program.folder + "/broken.yaml"
            let text = try String(
                contentsOfFile: Fixtures.root + "/costs/\(Self.id).yaml",
                encoding: .utf8
            )
            try text.replacing("timing: start", with: "timing: begin")
                .write(toFile: path, atomically: true, encoding: .utf8)
            let broken = try await program.run("check", path)
            #expect(broken.exit == 1)
            #expect(
                broken.output.contains("broken.yaml:14:11: discount.timing"),
                "\(broken.output)"
            )
            let strays = [
                ("programme", "programme: \(Self.id)", "programme: fit-for-wrok-in-work"),
                ("table", "table: unit-costs", "table: unit-cost"),
            ]
            for (name, find, put) in strays {
                let faulty = text.replacing(find, with: put)
                try faulty.replacing("timing: start", with: "timing: begin").write(
                    toFile: "\(program.folder)/\(name).yaml",
                    atomically: true,
                    encoding: .utf8
                )
            }
            // One that rests on what is not there leaves the others to be read.
            let several = try await program.run("check", "programme.yaml", "table.yaml", path)
            #expect(several.exit == 1, "\(several.errors)")
            let unfounded = try await program.run("value", "programme.yaml")
            #expect(unfounded.exit == 2, "\(unfounded.errors)")
            for said in ["there is no programme `fit-for-wrok-in-work`", "discount.timing"] {
                #expect(unfounded.errors.contains(said), "\(unfounded.errors)")
            }
            for said in [
                "programme.yaml:6:12: programme: there is no programme `fit-for-wrok-in-work`",
                "programme.yaml:14:11: discount.timing", "table.yaml:14:11: discount.timing",
                "unit_costs.table: there is no table `unit-cost`",
                "did you mean `unit-costs`?", "broken.yaml:14:11: discount.timing",
            ] {
                #expect(several.output.contains(said), "\(several.output)")
            }
            let absent = try await program.run("value", "kickstarter")
            #expect(absent.exit == 4)
            #expect(absent.errors.contains("there is no file kickstarter.yaml"))
        }
    }
}
