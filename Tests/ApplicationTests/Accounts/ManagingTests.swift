import Application
import Casework
import Kernel
import Programmes
import TestSupport
import Testing

/// Who may manage accounts, and what nobody may.
@Suite struct ManagingTests {
    @Test(
        "Operator and administrator manage accounts, nobody else",
        arguments: AccountDeed.allCases,
        Role.allCases
    )
    func matrix(_ deed: AccountDeed, _ role: Role) async throws {
        try await withPeople(.sqlite) { people in
            let ada = try await people.add("ada")
            let actor = Actor(user: "somebody", organisation: "big-life", role: role)
            let before = try await people.stored()
            let may = role == .operator || role == .administrator
            let done = await outcome { try await deed.do(by: actor, to: ada.id, people) }
            #expect(done == (may ? "done" : "forbidden"))
            if !may { #expect(try await people.stored() == before) }
            let entries = try await people.log().filter { $0.hasPrefix("somebody") }
            #expect(entries.first?.hasPrefix("somebody manage-accounts ") == true)
            #expect(entries.first?.contains(may ? "allowed" : "refused") == true)
        }
    }

    @Test(
        "Nobody gives themselves a role, or resets their own password",
        arguments: Backend.allCases
    )
    func ownRoles(_ backend: Backend) async throws {
        try await withPeople(backend) { people in
            let goodwork = people.goodwork
            let ada = try await people.add("ada", [.administrator, .coach])
            let ben = try await people.add("ben", [.administrator])
            let rae = try await people.addResident("rae")
            let steps: [(UserID, Set<Role>, String)] = [
                (ada.id, [.administrator, .coach, .governance], "own-roles"),
                (ada.id, [.governance], "own-roles"),
                (ada.id, [.administrator], "done"),
                (ada.id, [.administrator, .coach], "own-roles"),
                (ben.id, [.administrator, .governance], "done"),
                (ben.id, [.operator], "faults roles"),
                (ben.id, [], "faults roles"),
                (ben.id, [.resident], "resident-account"),
                (rae.id, [.coach], "not-found"),
                (rae.id, [.resident], "not-found"),
            ]
            for (number, (id, roles, wanted)) in steps.enumerated() {
                let done = await outcome {
                    try await goodwork.changeRoles(of: id, to: roles, by: ada.actor)
                }
                #expect(done == wanted, "\(number)")
            }
            #expect(try await goodwork.account(rae.id)?.roles == [.resident])
            #expect(try await goodwork.account(ada.id)?.roles == [.administrator])
            let own = await outcome { try await goodwork.resetPassword(of: ada.id, by: ada.actor) }
            #expect(own == "own-password")
            #expect(try await people.signIn("ada").word == "set up")
        }
    }

    @Test("There is always an administrator", arguments: Backend.allCases)
    func lastAdministrator(_ backend: Backend) async throws {
        try await withPeople(backend) { people in
            let goodwork = people.goodwork
            let ada = try await people.add("ada", [.administrator])
            let ben = try await people.add("ben", [.administrator])
            // Both at once: one of them stays.
            async let one = outcome { try await goodwork.disable(ada.id, by: ben.actor) }
            async let two = outcome { try await goodwork.disable(ben.id, by: ada.actor) }
            #expect(await [one, two].sorted() == ["done", "last-administrator"])
            for id in [ada.id, ben.id] { try await goodwork.enable(id, by: people.operator) }
            try await goodwork.changeRoles(of: ada.id, to: [.coach], by: people.operator)
            let last = await outcome {
                try await goodwork.changeRoles(of: ben.id, to: [.coach], by: people.operator)
            }
            #expect(last == "last-administrator")
            #expect(try await goodwork.account(ben.id)?.roles == [.administrator])
        }
    }

    @Test("Staff see their colleagues, and no resident among them")
    func colleagues() async throws {
        try await withPeople(.sqlite) { people in
            _ = try await people.add("ada")
            _ = try await people.add("ben", [.manager, .analyst])
            _ = try await people.add("zoe", organisation: "mft")
            let rae = try await people.addResident("rae")
            let manager = Actor(user: "m", organisation: "big-life", role: .manager)
            let names = try await people.goodwork.accounts(of: "big-life", by: manager).map(\.name)
            #expect(names == ["ada", "ben"])
            let coaches = try await people.goodwork.accounts(
                of: "big-life",
                with: .coach,
                by: manager
            )
            #expect(coaches.map(\.name) == ["ada"])
            let resident = await outcome {
                try await people.goodwork.accounts(of: "big-life", by: rae.actor)
            }
            #expect(resident == "forbidden")
        }
    }

    @Test(
        "Whoever manages accounts sees no resident's, and changes none",
        arguments: Backend.allCases
    )
    func residents(_ backend: Backend) async throws {
        try await withPeople(backend) { people in
            let goodwork = people.goodwork
            let ada = try await people.add("ada", [.administrator])
            let rae = try await people.addResident("rae")
            let ben = try await people.addResident("ben", organisation: "mft")
            let before = try await people.stored()
            for actor in [ada.actor, people.operator] {
                #expect(try await goodwork.accounts(by: actor).map(\.name) == ["ada"])
                #expect(try await goodwork.accounts(of: "mft", by: actor).isEmpty)
                for id in [rae.id, ben.id] {
                    let deeds: [AccountDeed] = [
                        .rename, .move, .changeRoles, .setCapacity, .disable, .enable,
                        .resetPassword,
                    ]
                    for deed in deeds {
                        let done = await outcome { try await deed.do(by: actor, to: id, people) }
                        #expect(done == "not-found", "\(deed)")
                    }
                }
            }
            let byID = await outcome { try await goodwork.staffAccount(rae.id) }
            #expect(byID == "not-found")
            let byLogin = await outcome { try await goodwork.staffAccount(login: rae.login) }
            #expect(byLogin == "not-found")
            #expect(try await goodwork.staffAccount(login: ada.login).id == ada.id)
            #expect(try await people.stored() == before)
            #expect(try await people.signIn("rae").word == "in")
        }
    }

    @Test("What was done to an account stands in the access log")
    func logged() async throws {
        try await withPeople(.sqlite) { people in
            let ada = try await people.add("ada")
            let goodwork = people.goodwork
            try await goodwork.changeRoles(of: ada.id, to: [.analyst], by: people.operator)
            try await goodwork.disable(ada.id, by: people.operator)
            _ = try await people.signIn("ada")
            try await goodwork.enable(ada.id, by: people.operator)
            _ = try await goodwork.resetPassword(of: ada.id, by: people.operator)
            let entries = try await people.log().filter { $0.contains(" because ") }
            #expect(
                entries == [
                    "test manage-accounts allowed because add coach of big-life",
                    "test manage-accounts allowed because roles analyst",
                    "test manage-accounts allowed because disable",
                    "test manage-accounts allowed because enable",
                    "test manage-accounts allowed because reset password",
                ]
            )
            let own = try await people.log().filter { $0.hasPrefix(ada.id.text) }
            #expect(own == ["\(ada.id.text) sign-in refused: wrong login or password"])
            #expect(try await people.installation.problems() == [])
        }
    }
}
