import Application
import Foundation
import Kernel
import SQL
import Store
import TestSupport
import Testing

/// Nothing that would let somebody in stands in the database, nor who a resident is.
@Suite struct AccountSecrecyTests {
    @Test(
        "No password, token, secret, recovery code, login or name is in the database",
        arguments: Backend.allCases
    )
    func nothingInClear(_ backend: Backend) async throws {
        try await withPeople(backend) { people in
            let goodwork = people.goodwork
            var secrets = [People.password, "Adalogin", "Raelogin", "Wrong password of Ada"]
            let ada = try await people.add("Adalogin")
            _ = try await people.addResident("Raelogin")
            let oneTime = try await goodwork.addAccount(
                People.new("newcomer", [.coach], name: "Newcomer Name"),
                by: people.operator
            ).password
            secrets += [oneTime, "newcomer", "Newcomer Name"]
            _ = try await people.signIn("Adalogin", "Wrong password of Ada")
            _ = try await people.signIn("Unknownlogin")
            secrets += ["Unknownlogin", People.remote, goodwork.deviceToken(for: ada.id)]
            // One secret is being set up and one is set up.
            let begun = try #require(try await people.signIn("newcomer", oneTime).token)
            let changed = try await goodwork.changePassword(
                begun,
                current: nil,
                to: "eleven purple trams",
                remote: People.remote
            )
            let pending = try await goodwork.setUpSecondFactor(try #require(changed.token))
            let (token, secret, codes) = try await people.signInFully("Adalogin")
            secrets += ["eleven purple trams", pending.secret, Base32.text(secret)]
            secrets += codes + codes.map { $0.filter { $0 != "-" } }
            secrets += [token, goodwork.csrf(of: token), begun, pending.uri]
            secrets.append(try #require(try await people.signIn("Raelogin").token))
            let reset = try await goodwork.resetPassword(of: ada.id, by: people.operator)
            secrets.append(reset)
            var bytes = [secret, try People.bytes(ofBase32: pending.secret)]
            bytes += [token, begun].compactMap { Base64URL.bytes($0) }
            bytes += secrets.flatMap { [Array($0.utf8), Array($0.lowercased().utf8)] }
            bytes += secrets.flatMap { [Array($0.uppercased().utf8)] }

            let dump = try await people.installation.database.dump()
            // The search can find: what is stored in clear is there.
            for known in ["big-life", "argon2id", ada.id.text, "sign-in"] {
                #expect(dump.range(of: Data(known.utf8)) != nil, "\(known)")
            }
            #expect(bytes.count > 60)
            for one in bytes {
                let found = dump.range(of: Data(one)) != nil
                #expect(!found, "\(String(decoding: one, as: UTF8.self))")
            }
        }
    }

    @Test("A secret that is moved to another account does not open")
    func boundToItsPlace() async throws {
        try await withPeople(.sqlite) { people in
            let ada = try await people.add("ada")
            _ = try await people.signInFully("ada")
            let ben = try await people.add("ben")
            try await people.installation.tamper(
                """
                UPDATE accounts SET totp_sealed =
                    (SELECT totp_sealed FROM accounts WHERE id = '\(ada.id.text)')
                WHERE id = '\(ben.id.text)'
                """
            )
            let begun = try #require(try await people.signIn("ben").token)
            await #expect(throws: StoreError.self) {
                try await people.goodwork.giveSecondFactor(
                    begun,
                    code: "123456",
                    remote: People.remote
                )
            }
        }
    }

    @Test(
        "Erasing a person removes the account, its sessions and its codes",
        arguments: Backend.allCases
    )
    func erasure(_ backend: Backend) async throws {
        try await withPeople(backend) { people in
            let rae = try await people.addResident("rae")
            let token = try await people.signInFully("rae").token
            _ = try await people.add("ada")
            let store = people.goodwork.store
            let (person, now) = (try #require(rae.person), people.clock.now)
            let erased = try await store.database.write { transaction in
                try store.erase(person, at: now, in: transaction)
            }
            #expect(erased)
            #expect(try await people.state(token) == "none")
            #expect(try await people.signIn("rae").word == "wrong")
            #expect(try await people.goodwork.account(rae.id) == nil)
            #expect(try await people.installation.count("accounts") == 1)
            #expect(try await people.installation.count("recovery_codes") == 0)
            #expect(try await people.installation.count("sessions") == 0)
        }
    }

    @Test("A key that is destroyed behind the program's back shuts its account too")
    func destroyedKey() async throws {
        try await withPeople(.sqlite) { people in
            let rae = try await people.addResident("rae")
            let token = try #require(try await people.signIn("rae").token)
            try await people.installation.tamper("UPDATE people SET wrapped_key = NULL")
            #expect(try await people.state(token) == "none")
            let account = try #require(try await people.goodwork.account(rae.id))
            #expect(account.isDisabled)
            #expect(account.login.isEmpty)
        }
    }
}
