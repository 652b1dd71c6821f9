import Application
import Casework
import Kernel
import Programmes
import SQL
import TestSupport
import Testing

/// Who may manage accounts, and what nobody may.
@Suite struct ManagingTests {
    /// Everything that changes accounts or lists them all.
    enum Deed: String, CaseIterable, Sendable {
        case addOrganisation, changeOrganisation, addAccount, list, listOthers, rename, move
        case changeRoles, setCapacity, disable, enable, resetPassword

        func `do`(by actor: Actor, to id: UserID, _ people: People) async throws {
            let goodwork = people.goodwork
            switch self {
            case .addOrganisation:
                try await goodwork.addOrganisation(
                    Organisation(id: "new", name: "New", kinds: [.host]),
                    by: actor
                )
            case .changeOrganisation:
                try await goodwork.changeOrganisation("mft", name: "Another", by: actor)
            case .addAccount:
                _ = try await goodwork.addAccount(People.new("new", [.coach]), by: actor)
            case .list: _ = try await goodwork.accounts(by: actor)
            case .listOthers: _ = try await goodwork.accounts(of: "mft", by: actor)
            case .rename:
                let change = AccountChange(login: "eve@example.org", name: "Eve")
                try await goodwork.changeAccount(id, change, by: actor)
            case .move:
                let change = AccountChange(organisation: "mft")
                try await goodwork.changeAccount(id, change, by: actor)
            case .changeRoles: try await goodwork.changeRoles(of: id, to: [.analyst], by: actor)
            case .setCapacity: try await goodwork.setCapacity(of: id, to: 20, by: actor)
            case .disable: try await goodwork.disable(id, by: actor)
            case .enable: try await goodwork.enable(id, by: actor)
            case .resetPassword: _ = try await goodwork.resetPassword(of: id, by: actor)
            }
        }
    }

    @Test(
        "Operator and administrator manage accounts, nobody else",
        arguments: Deed.allCases,
        Role.allCases
    )
    func matrix(_ deed: Deed, _ role: Role) async throws {
        try await withPeople(.sqlite) { people in
            let ada = try await people.add("ada")
            let actor = Actor(user: "somebody", organisation: "big-life", role: role)
            let before = try await Self.stored(people)
            let may = role == .operator || role == .administrator
            let done = await outcome { try await deed.do(by: actor, to: ada.id, people) }
            #expect(done == (may ? "done" : "forbidden"))
            if !may { #expect(try await Self.stored(people) == before) }
            let entries = try await Self.log(people).filter { $0.hasPrefix("somebody") }
            #expect(entries.first?.hasPrefix("somebody manage-accounts ") == true)
            #expect(entries.first?.contains(may ? "allowed" : "refused") == true)
        }
    }

    /// A new account, and the fields that are at fault.
    @Test("Every fault of a new account is told at once", arguments: Backend.allCases)
    func faults(_ backend: Backend) async throws {
        try await withPeople(backend) { people in
            _ = try await people.add("ada")
            let rae = try await people.addResident("rae")
            let person = try await people.addPerson()
            var ids = IDMaker(seed: 1)
            let nobody: PersonID = ids.make(at: people.clock.now)
            let table: [(NewAccount, String)] = [
                (People.new("zoe", [.coach]), "done"),
                (People.new("zed", [.coach, .administrator], capacity: 0), "done"),
                (People.new("ADA", [.coach]), "faults login"),
                (People.new("", [.coach]), "faults login"),
                (People.new("a b", [.coach]), "faults login"),
                (People.new("a@b", [.coach]), "faults login"),
                (People.new("yan", [.coach], name: " "), "faults name"),
                (People.new("yan", [.coach], name: "a\nb"), "faults name"),
                (People.new("yan", [.coach], organisation: "none"), "faults organisation"),
                (People.new("yan", []), "faults roles"),
                (People.new("yan", [.operator]), "faults roles"),
                (People.new("yan", [.resident, .coach], person: person), "faults roles person"),
                (People.new("yan", [.resident]), "faults person"),
                (People.new("yan", [.coach], person: person), "faults person"),
                (People.new("yan", [.resident], person: rae.person), "faults person"),
                (People.new("yan", [.resident], person: nobody), "faults person"),
                (People.new("yan", [.coach], capacity: -1), "faults capacity"),
                (People.new("yan", [.coach], capacity: 1_001), "faults capacity"),
                (People.new("yan", [.analyst], capacity: 5), "faults capacity"),
                (
                    People.new("", [.operator], name: "", organisation: "x", capacity: -1),
                    "faults login name roles capacity organisation"
                ),
            ]
            let count = try await people.installation.count("accounts")
            for (number, (new, wanted)) in table.enumerated() {
                let done = await outcome {
                    try await people.goodwork.addAccount(new, by: people.operator)
                }
                #expect(done == wanted, "\(number)")
            }
            #expect(try await people.installation.count("accounts") == count + 2)
        }
    }

    @Test("Every fault of an organisation is told at once")
    func organisationFaults() async throws {
        try await withPeople(.sqlite) { people in
            let table: [(Organisation, String)] = [
                (Organisation(id: "P84001", name: "A surgery", kinds: [.referrer]), "done"),
                (Organisation(id: "mft", name: "Again", kinds: [.host]), "faults id"),
                (Organisation(id: "two words", name: "A", kinds: [.host]), "faults id"),
                (Organisation(id: "", name: "", kinds: []), "faults id name kind"),
            ]
            for (organisation, wanted) in table {
                let done = await outcome {
                    try await people.goodwork.addOrganisation(organisation, by: people.operator)
                }
                #expect(done == wanted, "\(organisation.id)")
            }
            let ids = try await people.goodwork.organisations().map(\.id)
            #expect(ids == ["P84001", "big-life", "mft"])
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
            let before = try await Self.stored(people)
            for actor in [ada.actor, people.operator] {
                #expect(try await goodwork.accounts(by: actor).map(\.name) == ["ada"])
                #expect(try await goodwork.accounts(of: "mft", by: actor).isEmpty)
                for id in [rae.id, ben.id] {
                    let deeds: [Deed] = [
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
            #expect(try await Self.stored(people) == before)
            #expect(try await people.signIn("rae").word == "in")
        }
    }

    @Test(
        "A reset gives a password that serves once, and clears the second factor if asked",
        arguments: [false, true]
    )
    func reset(_ clears: Bool) async throws {
        try await withPeople(.postgres) { people in
            let goodwork = people.goodwork
            let ada = try await people.add("ada")
            let (token, _, codes) = try await people.signInFully("ada")
            let password = try await goodwork.resetPassword(
                of: ada.id,
                clearsSecondFactor: clears,
                by: people.operator
            )
            #expect(password.count == 19)
            #expect(try await people.state(token) == "none")
            #expect(try await people.signIn("ada").word == "wrong")
            let word = try await people.signIn("ada", password).word
            #expect(word == (clears ? "change password" : "second factor"))
            #expect(try await goodwork.recoveryCodesLeft(of: ada.id) == (clears ? 0 : codes.count))
        }
    }

    /// A change of ada's account, and what comes of it.
    @Test("Every fault of a change is told at once, and then nothing is changed")
    func changeFaults() async throws {
        try await withPeople(.sqlite) { people in
            let ada = try await people.add("ada")
            _ = try await people.add("ben")
            let table: [(AccountChange, String)] = [
                (AccountChange(login: " ADA@example.org "), "done"),
                (AccountChange(login: "BEN@example.org"), "faults login"),
                (AccountChange(login: "ada"), "faults login"),
                (AccountChange(name: " "), "faults name"),
                (AccountChange(organisation: "none"), "faults organisation"),
                (AccountChange(roles: []), "faults roles"),
                (AccountChange(roles: [.analyst], capacity: .some(5)), "faults capacity"),
                (AccountChange(capacity: .some(nil)), "done"),
                (AccountChange(), "done"),
                (
                    AccountChange(
                        login: "",
                        name: "",
                        organisation: "x",
                        roles: [.operator],
                        capacity: .some(-1)
                    ),
                    "faults login name roles capacity organisation"
                ),
            ]
            let before = try await Self.stored(people)
            for (number, (change, wanted)) in table.enumerated() {
                let done = await outcome {
                    try await people.goodwork.changeAccount(ada.id, change, by: people.operator)
                }
                #expect(done == wanted, "\(number)")
            }
            #expect(try await Self.stored(people) == before)
        }
    }

    @Test("Somebody who is called otherwise signs in so, and is one", arguments: Backend.allCases)
    func rename(_ backend: Backend) async throws {
        try await withPeople(backend) { people in
            let goodwork = people.goodwork
            let ada = try await people.add("ada")
            let changed = try await goodwork.changeAccount(
                ada.id,
                AccountChange(login: "Eve@example.org", name: "Eve"),
                by: people.operator
            )
            #expect(changed.login == "eve@example.org" && changed.name == "Eve")
            #expect(try await goodwork.staffAccount(login: "eve@example.org").id == ada.id)
            #expect(try await people.signIn("ada").word == "wrong")
            #expect(try await people.signIn("eve").word == "set up")
            // The address that they had is free again.
            _ = try await people.add("ada", organisation: "mft")
            #expect(try await people.signIn("ada").word == "set up")
            let words = try await Self.log(people).filter { $0.contains("because email") }
            #expect(words == ["test manage-accounts allowed because email, name"])
        }
    }

    @Test(
        "Somebody who holds no open case moves to another organisation, signed out",
        arguments: Backend.allCases
    )
    func move(_ backend: Backend) async throws {
        try await withPeople(backend) { people in
            let (goodwork, installation) = (people.goodwork, people.installation)
            let ada = try await people.add("ada", [.coach, .administrator])
            let (token, _, _) = try await people.signInFully("ada")
            let change = AccountChange(organisation: "mft")
            let ann = try await installation.addResident("Ann")
            try await installation.support(ann, coach: ada.id.text)
            let refused = await outcome {
                try await goodwork.changeAccount(ada.id, change, by: people.operator)
            }
            #expect(refused == "holds-cases")
            #expect(try await people.state(token) == "full")
            var closed = Closed()
            closed.reason = .completed
            try await installation.tell(ann, [.closed(closed)])
            let own = await outcome {
                try await goodwork.changeAccount(ada.id, change, by: ada.actor)
            }
            #expect(own == "own-organisation")
            let moved = try await goodwork.changeAccount(ada.id, change, by: people.operator)
            #expect(moved.organisation == "mft")
            #expect(try await people.state(token) == "expired")
        }
    }

    @Test("An organisation has another name and other kinds, and keeps its code")
    func changeOrganisation() async throws {
        try await withPeople(.sqlite) { people in
            let goodwork = people.goodwork
            func change(
                _ id: String,
                _ name: String?,
                _ kinds: Set<Organisation.Kind>?
            ) async -> String {
                await outcome {
                    try await goodwork.changeOrganisation(
                        id,
                        name: name,
                        kinds: kinds,
                        by: people.operator
                    )
                }
            }
            #expect(await change("none", "None", nil) == "not-found")
            #expect(await change("mft", "", []) == "faults name kind")
            #expect(await change("mft", "The Trust", nil) == "done")
            #expect(await change("mft", nil, [.host]) == "done")
            let mft = try await goodwork.organisations().first { $0.id == "mft" }
            #expect(mft == Organisation(id: "mft", name: "The Trust", kinds: [.host]))
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
            let entries = try await Self.log(people).filter { $0.contains(" because ") }
            #expect(
                entries == [
                    "test manage-accounts allowed because add coach of big-life",
                    "test manage-accounts allowed because roles analyst",
                    "test manage-accounts allowed because disable",
                    "test manage-accounts allowed because enable",
                    "test manage-accounts allowed because reset password",
                ]
            )
            let own = try await Self.log(people).filter { $0.hasPrefix(ada.id.text) }
            #expect(own == ["\(ada.id.text) sign-in refused: wrong login or password"])
            #expect(try await people.installation.problems() == [])
        }
    }

    private static func log(_ people: People) async throws -> [String] {
        try await people.installation.database.read { transaction in
            try transaction.rows(
                "SELECT actor, action, outcome, reason FROM access_log ORDER BY position"
            ) { row in
                let why = try row.optionalText(3).map { " because " + $0 } ?? ""
                return "\(try row.text(0)) \(try row.text(1)) \(try row.text(2))\(why)"
            }
        }
    }

    /// Everything that managing accounts can change.
    private static func stored(_ people: People) async throws -> [String] {
        try await people.installation.database.read { transaction in
            let accounts = try transaction.rows(
                """
                SELECT id, roles, organisation, password_hash, capacity, disabled_at,
                    must_change_password, login_index, sealed
                FROM accounts ORDER BY id
                """
            ) { row in
                let texts = try (0...3).map { try row.optionalText($0) ?? "-" }
                let numbers = try (4...6).map { "\(try row.optionalInt($0) ?? -1)" }
                let sealed = try (7...8).map { "\(try row.blob($0))" }
                return (texts + numbers + sealed).joined(separator: " ")
            }
            let organisations = try transaction.rows(
                "SELECT id, name FROM organisations ORDER BY id"
            ) { row in
                "\(try row.text(0)) \(try row.text(1))"
            }
            return accounts + organisations
        }
    }
}

extension People {
    static func new(
        _ login: String,
        _ roles: Set<Role>,
        name: String = "Somebody",
        organisation: String = "big-life",
        person: PersonID? = nil,
        capacity: Int? = nil
    ) -> NewAccount {
        NewAccount(
            login: login.isEmpty ? "" : "\(login)@example.org",
            name: name,
            organisation: organisation,
            roles: roles,
            person: person,
            capacity: capacity
        )
    }
}
