import Application
import Casework
import Kernel
import Programmes
import TestSupport
import Testing

/// What an account may not be made or changed to is told, every fault at once.
@Suite struct AccountFaultTests {
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
            let before = try await people.stored()
            for (number, (change, wanted)) in table.enumerated() {
                let done = await outcome {
                    try await people.goodwork.changeAccount(ada.id, change, by: people.operator)
                }
                #expect(done == wanted, "\(number)")
            }
            #expect(try await people.stored() == before)
        }
    }
}
