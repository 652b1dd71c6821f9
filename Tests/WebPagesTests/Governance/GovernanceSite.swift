import Application
import Casework
import Kernel
import TestSupport
import Testing
import WebPages

/// A site on which governance is at work, and who looks at its pages.
enum GovernanceSite {
    static let officer = Actor(user: "ig-1", organisation: "host", role: .governance)
    static let administrator = Actor(user: "admin-1", organisation: "host", role: .administrator)
    static let coach = Actor(user: "coach-1", organisation: "big-life", role: .coach)
    static let id = "fit-for-work-out-of-work"

    /// Lends a site with two cases, FOW0001 and FOW0002.
    static func with(
        _ backend: Backend = .sqlite,
        _ body: (TestSite, TestInstallation) async throws -> Void
    ) async throws {
        try await withInstallation(backend) { installation in
            var list = try ClientList(fixture: id).only([1, 2])
            for (row, name) in [(1, "Zelda"), (2, "Quentin")] {
                list[row, "given_name"] = name
                list[row, "family_name"] = "Sample"
                list[row, "birth_date"] = "1980-01-02"
            }
            list[2, "nhs_number"] = list[1, "nhs_number"]
            list[2, "birth_date"] = "1981-01-02"
            for column in [
                "discharged_on", "discharge_status", "discharge_improved", "tracking_ended_on",
                "closed_on", "closure_reason",
            ] {
                list.remove(column)
            }
            try await installation.importList(list, id)
            let site = TestSite(installation)
            try await body(site, installation)
            #expect(site.errors == [])
        }
    }
}

extension TestInstallation {
    /// Whether anything is left of who the person of a case is.
    func isNamed(_ reference: String) async throws -> Bool {
        try await identity(reference) != nil
    }
}
