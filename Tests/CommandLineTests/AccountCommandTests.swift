import Foundation
import TestSupport
import Testing

/// Organisations and users, from the outside.
@Suite(.timeLimit(.minutes(10))) struct AccountCommandTests {
    @Test("Every command has --help")
    func help() async throws {
        let commands = [
            ["org"], ["org", "add"], ["org", "list"], ["org", "change"], ["user"], ["user", "add"],
            ["user", "list"], ["user", "change"], ["user", "disable"], ["user", "enable"],
            ["user", "reset"],
        ]
        try await withProgram { program in
            for command in commands {
                let outcome = try await program.run(command + ["--help"])
                #expect(outcome.exit == 0, "\(command)")
                let usage = (["USAGE: goodwork"] + command).joined(separator: " ")
                #expect(outcome.output.contains(usage), "\(outcome.output)")
            }
        }
    }

    @Test("From an empty database to a user who is reset and disabled")
    func wholeWay() async throws {
        try await withProgram { program in
            #expect(try await program.run("init").exit == 0)
            let organisation = try await program.run(
                ["org", "add", "big-life", "--name", "The Big Life Group"]
                    + ["--kind", "provider, referrer", "--json"]
            )
            #expect(organisation.exit == 0, "\(organisation.errors)")
            #expect(try organisation.member("kinds") == ["provider", "referrer"])
            let listed = try await program.run("org", "list")
            #expect(listed.output.contains("big-life  The Big Life Group  provider, referrer\n"))

            let add = ["user", "add", "Ada@example.org", "--name", "Ada", "--organisation"]
            let added = try await program.run(
                add + ["big-life", "--role", "coach", "--role", "provider-manager", "--json"]
            )
            #expect(added.exit == 0, "\(added.errors)")
            let password: String = try added.member("one_time_password")
            #expect(password.count == 19)
            let account: [String: Any] = try added.member("account")
            #expect(account["login"] as? String == "ada@example.org")
            #expect(account["roles"] as? [String] == ["coach", "provider-manager"])
            #expect(account["must_change_password"] as? Bool == true)
            let until = try #require(account["password_until"] as? String)
            let end = try Date(
                until,
                strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)
            )
            #expect(abs(end.timeIntervalSinceNow - 7 * 86_400) < 120)

            let users = try await program.run("user", "list")
            #expect(users.output.contains("ada@example.org  Ada   big-life      coach, prov"))
            let reset = try await program.run("user", "reset", "ada@example.org", "--second-factor")
            #expect(reset.exit == 0)
            #expect(reset.output.contains("and serves once, until "))
            let words = try #require(reset.output.split(separator: "\n").last)
            #expect(words.count == 19 && words != password[...])
            let off = try await program.run("user", "disable", "ada@example.org", "--json")
            #expect(try off.member("disabled") == true)
            #expect(try await program.run("user", "list").output.contains("disabled"))
            let on = try await program.run("user", "enable", "ada@example.org", "--json")
            #expect(try on.member("disabled") == false)
            let change = ["user", "change", "ada@example.org", "--json"]
            let changed = try await program.run(
                change + ["--new-login", "Eve@example.org", "--name", "Eve", "--role", "coach"]
                    + ["--capacity", "40"]
            )
            #expect(changed.exit == 0, "\(changed.errors)")
            #expect(try changed.member("login") == "eve@example.org")
            #expect(try changed.member("roles") == ["coach"])
            #expect(try changed.member("capacity") == 40)
            #expect(try await program.run(change).exit == 4)
            let many = try await program.run(
                "user",
                "change",
                "eve@example.org",
                "--capacity",
                "many"
            )
            #expect(many.exit == 2)
            let renamed = try await program.run(
                ["org", "change", "big-life", "--name", "Big Life", "--kind", "host", "--json"]
            )
            #expect(try renamed.member("name") == "Big Life")
            #expect(try renamed.member("kinds") == ["host"])
            // What the program itself hashes with, read back from the file.
            let path = URL(fileURLWithPath: program.folder + "/goodwork.db")
            let file = try ["", "-wal"].map { URL(fileURLWithPath: path.path + $0) }
                .filter { FileManager.default.fileExists(atPath: $0.path) }
                .reduce(into: Data()) { $0 += try Data(contentsOf: $1) }
            #expect(file.range(of: Data("$argon2id$v=19$m=19456,t=2,p=1$".utf8)) != nil)
        }
    }

    @Test("What is wrong is told with its field, and with an exit code")
    func faults() async throws {
        try await withProgram { program in
            let user = ["user", "add", "x", "--name", "", "--organisation", "none", "--role"]
            #expect(try await program.run(user + ["coach"]).exit == 4)
            #expect(try await program.run("init").exit == 0)
            let outcome = try await program.run(user + ["coach", "--json"])
            #expect(outcome.exit == 2)
            let faults = try #require(try outcome.failure()["faults"] as? [[String: Any]])
            #expect(
                faults.compactMap { $0["field"] as? String } == ["login", "name", "organisation"]
            )
            let roles = try await program.run(user + ["boss", "--role", "king"])
            #expect(roles.exit == 2)
            #expect(roles.errors.contains("“boss”") && roles.errors.contains("“king”"))
            let kinds = try await program.run("org", "add", "a", "--name", "A", "--kind", "shop")
            #expect(kinds.exit == 2)
            #expect(try await program.run("user", "disable", "nobody@example.org").exit == 4)
            #expect(try await program.run("user", "add").exit == 64)
        }
    }
}
