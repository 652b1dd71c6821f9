import Foundation
import TestSupport
import Testing

/// The master key is made once, for its owner alone, and is never written over.
@Suite(.timeLimit(.minutes(10))) struct KeyTests {
    @Test("The key file is for its owner alone, and stays as it is")
    func keyFiles() async throws {
        try await withProgram { program in
            let path = program.folder + "/goodwork.db.key"
            #expect(try await program.run("init").exit == 0)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
            #expect(mode as? Int == 0o600)
            let key = try Data(contentsOf: URL(fileURLWithPath: path))
            #expect(Data(base64Encoded: key.dropLast())?.count == 32)
            #expect(try await program.run("init").exit == 0)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == key)
            // The database is gone, the key is not: it serves the next one.
            try FileManager.default.removeItem(atPath: program.folder + "/goodwork.db")
            #expect(try await program.run("init").exit == 0)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == key)
        }
    }

    @Test("A database whose key file is gone stays shut, and no other key is made")
    func missingKeys() async throws {
        try await withProgram { program in
            let path = program.folder + "/goodwork.db.key"
            #expect(try await program.run("init").exit == 0)
            try FileManager.default.moveItem(atPath: path, toPath: program.folder + "/kept.key")
            let shut = try await program.run("verify")
            #expect(shut.exit == 1)
            #expect(shut.errors.contains("There is no key file goodwork.db.key"))
            #expect(!FileManager.default.fileExists(atPath: path))
            var named = program
            named.environment["GOODWORK_KEY_FILE"] = "kept.key"
            #expect(try await named.run("verify").exit == 0)
            var given = program
            given.environment["GOODWORK_MASTER_KEY"] = try String(
                contentsOfFile: program.folder + "/kept.key",
                encoding: .utf8
            )
            #expect(try await given.run("verify").exit == 0)
        }
    }

    @Test("A key that is none is told", arguments: ["", "short", "not base64 at all !"])
    func badKeys(_ text: String) async throws {
        try await withProgram { program in
            var program = program
            program.environment["GOODWORK_MASTER_KEY"] = text
            let outcome = try await program.run("init")
            #expect(outcome.exit == 1)
            #expect(outcome.errors.contains("GOODWORK_MASTER_KEY does not hold a key"))
        }
    }

    @Test("A run that was cut off before the key was made can be repeated")
    func cutOffBeforeTheKey() async throws {
        try await withProgram { program in
            _ = FileManager.default.createFile(
                atPath: program.folder + "/goodwork.db",
                contents: nil
            )
            let outcome = try await program.run("init")
            #expect(outcome.exit == 0, "\(outcome.errors)")
            #expect(try await program.run("verify").exit == 0)
        }
    }

    @Test("The database is the option's, or the environment's, or goodwork.db")
    func databases() async throws {
        try await withProgram { program in
            var program = program
            program.environment["GOODWORK_DATABASE"] = "mine.db"
            #expect(try await program.run("init").exit == 0)
            #expect(try await program.run("init", "--database", "yours.db").exit == 0)
            program.environment = [:]
            #expect(try await program.run("init").exit == 0)
            let files = try FileManager.default.contentsOfDirectory(atPath: program.folder)
            for name in ["mine.db", "yours.db", "goodwork.db"] {
                #expect(files.contains(name))
                #expect(files.contains(name + ".key"))
            }
        }
    }
}
