import Application
import Casework
import Kernel
import Programmes
import TestSupport
import Testing

/// Organisations are added, and changed.
@Suite struct OrganisationTests {
    @Test("Every fault of an organisation is told at once")
    func organisationFaults() async throws {
        try await withPeople(.sqlite) { people in
            let table: [(Organisation, String)] = [
                (Organisation(id: "P84001", name: "A surgery", kinds: [.referrer]), "done"),
                (Organisation(id: "mft", name: "Again", kinds: [.host]), "faults id"),
                (Organisation(id: "two words", name: "A", kinds: [.host]), "faults id"),
                (Organisation(id: "tfm", name: "The\u{202E}Trust", kinds: [.host]), "faults name"),
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
}
