import Application
import Casework
import Foundation
import Kernel
import Programmes
import Store
import TestSupport
import Testing

/// A new version is read, weighed against the open cases and activated; old cases keep theirs.
@Suite struct ProgrammeActivationTests {
    static let id = "kickstarter"
    static let administrator = GovernancePeople.administrator

    static func text(_ changes: (old: String, new: String)...) throws -> String {
        var text = try String(
            contentsOfFile: "\(Fixtures.programmes)/\(id).yaml",
            encoding: .utf8
        ).replacing("version: 1\n", with: "version: 2\n")
        for change in changes {
            let changed = text.replacing(change.old, with: change.new)
            try #require(changed != text, "\(change.old)")
            text = changed
        }
        return text
    }

    private func withCases(
        _ backend: Backend,
        _ body: (TestInstallation) async throws -> Void
    ) async throws {
        try await withInstallation(backend) { installation in
            try await installation.importList(try ClientList(fixture: Self.id), Self.id)
            try await body(installation)
        }
    }

    private func effect(
        _ installation: TestInstallation,
        _ changes: (old: String, new: String)...
    ) async throws -> ProgrammeEffect {
        var text = try Self.text()
        for change in changes {
            let changed = text.replacing(change.old, with: change.new)
            try #require(changed != text, "\(change.old)")
            text = changed
        }
        let goodwork = installation.goodwork
        let programme = try await goodwork.upload(programme: text, by: Self.administrator)
        return try await goodwork.effect(
            of: Self.id,
            version: programme.version,
            by: Self.administrator
        )
    }

    @Test("A faulty file is refused with every fault in its place", arguments: Backend.allCases)
    func faults(_ backend: Backend) async throws {
        try await withCases(backend) { installation in
            let text = try Self.text(
                ("{working_days: 5}", "{working_days: five}"),
                ("calendar: england-and-wales", "calendar: england-and-whales")
            )
            let error = await #expect(throws: ServiceError.self) {
                _ = try await installation.goodwork.upload(programme: text, by: Self.administrator)
            }
            #expect(error?.kind == .faults)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            let found = (error?.faults ?? []).map { lines[($0.line ?? 1) - 1] }
            #expect(found.count == 2)
            #expect(found.first?.contains("england-and-whales") == true)
            #expect(found.last?.contains("five") == true)
            #expect(error?.faults.allSatisfy { ($0.column ?? 0) > 0 } == true)
            // A version that is in use cannot be written anew.
            let same = try Self.text(("version: 2\n", "version: 1\n"))
            let used = await #expect(throws: ServiceError.self) {
                _ = try await installation.goodwork.upload(programme: same, by: Self.administrator)
            }
            #expect(used?.faults.first?.field == "version")
            #expect(used?.faults.first?.expected == "2")
            #expect(used?.faults.first?.line == 6)
        }
    }

    @Test(
        "What would change is told by kind, with the cases' references",
        arguments: Backend.allCases
    )
    func effects(_ backend: Backend) async throws {
        try await withCases(backend) { installation in
            let before = try await installation.stored()
            let none = try await effect(installation)
            // One of the 43 is closed.
            #expect(none.openCases == 42)
            #expect(none.isNone)
            #expect(none.unknownOrganisations == ["growth-company", "mft"])
            _ = try await installation.goodwork.addOrganisation(
                Organisation(id: "mft", name: "The Trust", kinds: [.provider]),
                by: Self.administrator
            )
            let shorter = try await effect(
                installation,
                (old: "\nreferral:\n", new: "\nretention: {years: 0}\n\nreferral:\n")
            )
            #expect(shorter.unknownOrganisations == ["growth-company"])
            #expect(shorter.retention == ProgrammeEffect.Retention(was: 8, becomes: 0))
            #expect(!shorter.isNone)

            let verdicts = try await effect(
                installation,
                (old: "require: {condition: [msk]}", new: "require: {condition: [mental-health]}")
            )
            #expect(verdicts.verdicts.flatMap(\.references).count == 42)
            #expect(verdicts.verdicts.allSatisfy { $0.says.hasSuffix("then not eligible") })
            #expect(verdicts.dueDays.isEmpty)

            let later = try await effect(
                installation,
                (old: "within: {working_days: 5}", new: "within: {days: 400}")
            )
            let stillToEngage = try await installation.stored().count {
                $0.hasPrefix("item ") && $0.contains("|clock|engagement-call|")
            }
            #expect(stillToEngage > 0)
            #expect(later.verdicts.isEmpty)
            #expect(later.dueDays.flatMap(\.references).count == stillToEngage)
            #expect(later.dueDays.allSatisfy { $0.says.hasSuffix("later") })

            let refused = try await effect(
                installation,
                (
                    old: "    - {id: engagement-call, name: Engagement call}",
                    new: "    - {id: talk, name: Talk}"
                ),
                (
                    old:
                        "    - {id: ips, name: Individual Placement and Support, answer_within: {weeks: 4}}",
                    new: "    - {id: ips, name: Individual Placement and Support, from: 2030-01-01}"
                )
            )
            #expect(refused.refusals.flatMap(\.references).contains { $0.hasPrefix("KS") })
            #expect(refused.refusals.allSatisfy { $0.says.contains(": ") })
            // One rule is one row, whatever days its words name.
            let rules = Set(refused.refusals.map { $0.says.prefix { $0 != ":" } })
            #expect(rules.count == refused.refusals.count)
            #expect(refused.refusals.contains { $0.isExample })
            // Nothing of it is written.
            #expect(try await installation.stored() == before)
            #expect(try await installation.problems() == [])
        }
    }

    @Test(
        "Activated, it decides new cases; a case under version 1 keeps it",
        arguments: Backend.allCases
    )
    func activation(_ backend: Backend) async throws {
        try await withCases(backend) { installation in
            let (goodwork, administrator) = (installation.goodwork, Self.administrator)
            let text = try Self.text(
                ("within: {working_days: 5}", "within: {working_days: 50}"),
                ("to: 2025-03-31}    # WW 2.4", "to: 2030-03-31}    # WW 2.4"),
                ("\nname: ", "\nname: Kickstarter as it is now # ")
            )
            _ = try await goodwork.upload(programme: text, by: administrator)
            // Uploaded is not activated.
            #expect(try await installation.programme(Self.id).version == 1)
            #expect(try await goodwork.reportProgramme(Self.id).version == 1)
            try await goodwork.activate(Self.id, version: 2, by: administrator)
            #expect(try await installation.programme(Self.id).version == 2)
            #expect(try await goodwork.reportProgramme(Self.id).version == 2)

            var referral = ReferralReceived()
            referral.source = "secondary-care"
            referral.strand = "msk"
            referral.condition = "msk"
            referral.identity.givenName = "Nina"
            referral.identity.familyName = "New"
            let new = NewReferral(
                programme: Self.id,
                referral: referral,
                on: installation.clock.now.civilDateUK
            )
            let answer = try await goodwork.refer(new, by: installation.actor, seed: 1)
            guard case .referred(let header, _) = answer else {
                Issue.record("not referred")
                return
            }
            #expect(header.programmeVersion == 2)
            let old = try await installation.header("KS0001")
            #expect(old.programmeVersion == 1)
            // What is decided on the old case goes by version 1 still.
            try await installation.change("KS0001", ChangeTests.note("still here"))
            let file = try await goodwork.story(
                of: old,
                identifies: false,
                reason: nil,
                by: installation.actor
            )
            #expect(file.programme.version == 1)
            #expect(file.programme.clocks.first?.within.count == 5)

            let overview = try await goodwork.programmes(by: administrator)
                .first { $0.id == Self.id }
            #expect(overview?.current == 2)
            #expect(overview?.name == "Kickstarter as it is now")
            #expect(overview?.versions.map(\.version) == [2, 1])
            #expect(overview?.versions.map(\.cases) == [1, 43])
            #expect(overview?.versions.map(\.isFile) == [false, true])
            for version in [1, 2] {
                let error = await #expect(throws: ServiceError.self) {
                    try await goodwork.activate(Self.id, version: version, by: administrator)
                }
                #expect(error?.code == "version-not-above")
            }
            #expect(try await installation.problems() == [])
        }
    }

    @Test("Only administrators manage programmes and translations")
    func access() async throws {
        try await withInstallation(.sqlite) { installation in
            let goodwork = installation.goodwork
            for role in Role.ofAccounts where role != .administrator {
                let actor = Actor(user: "x", organisation: "tests", role: role)
                await #expect(throws: ServiceError.self, "\(role)") {
                    _ = try await goodwork.programmes(by: actor)
                }
                await #expect(throws: ServiceError.self, "\(role)") {
                    try await goodwork.activate(Self.id, version: 1, by: actor)
                }
                await #expect(throws: ServiceError.self, "\(role)") {
                    try await goodwork.translate(["Language": "Język"], into: "pl", by: actor)
                }
            }
        }
    }

    @Test("A translation is kept, changed and taken away", arguments: Backend.allCases)
    func translations(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let goodwork = installation.goodwork
            let by = Self.administrator
            try await goodwork.translate(
                ["Language": "Jezyk", "Sign out": "Wyloguj"],
                into: "pl",
                by: by
            )
            try await goodwork.translate(["Language": "Język", "Sign out": ""], into: "pl", by: by)
            #expect(try await goodwork.translations(of: "pl") == ["Language": "Język"])
            for text in ["زبان\u{202E}", "\u{202A}زبان"] {
                let error = await #expect(throws: ServiceError.self) {
                    try await goodwork.translate(["Language": text], into: "ur", by: by)
                }
                #expect(error?.faults.map(\.field) == ["Language"])
            }
            #expect(try await goodwork.translations(of: "ur").isEmpty)
            let isolated = ["Language": "\u{2067}زبان\u{2069}"]
            try await goodwork.translate(isolated, into: "ur", by: by)
            #expect(try await goodwork.translations(of: "ur") == isolated)
        }
    }
}
