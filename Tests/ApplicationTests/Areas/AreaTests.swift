import Application
import Casework
import Foundation
import Kernel
import Measures
import Programmes
import SQL
import Store
import TestSupport
import Testing

/// A table of postcodes, and what referrals say because of it.
@Suite("Areas and deprivation") struct AreaTests {
    private func file(_ text: String) throws -> String {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("areas-\(UUID().uuidString).csv").path
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    private func taken(
        _ text: String,
        _ installation: TestInstallation,
        ranks: Int = Goodwork.areaRanks
    ) async throws -> AreasImported {
        let path = try file(text)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await installation.goodwork.importAreas(
            path: path,
            ranks: ranks,
            by: installation.actor
        )
    }

    private func referred(
        _ postcode: String?,
        _ installation: TestInstallation
    ) async throws -> CaseHeader {
        var referral = ReferralReceived()
        referral.source = "gp"
        referral.strand = "be-well"
        referral.outwardCode = postcode.flatMap { Postcode($0)?.outward }
        referral.identity.givenName = "Ada"
        referral.identity.postcode = postcode
        let answer = try await installation.goodwork.refer(
            NewReferral(
                programme: ClaimScene.programme,
                referral: referral,
                consents: [.referral: true],
                on: CivilDate(iso: "2025-05-01") ?? CivilDate(day: 0)
            ),
            by: installation.actor,
            seed: .random(in: .min ... .max)
        )
        guard case .referred(let header, _) = answer else {
            throw ServiceError(.invalid, "not referred")
        }
        return header
    }

    private func decile(
        _ header: CaseHeader,
        _ installation: TestInstallation
    ) async throws -> String? {
        let store = installation.store
        let facts = try await installation.database.read { try store.facts(of: header.id, in: $0) }
        return facts?[.deprivation]
    }

    @Test("A referral says how deprived its postcode is, for good", arguments: Backend.allCases)
    func referrals(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let before = try await referred("M14 5RQ", installation)
            let done = try await taken(
                "postcode,lsoa,imd_decile\nM14 5RQ,E01005062,2\nm85aa,E01005100,1\n",
                installation
            )
            #expect((done.postcodes, done.elsewhere, done.all) == (2, 0, 2))
            let after = try await referred("M14 5RQ", installation)
            let other = try await referred("OL1 1AA", installation)
            let none = try await referred(nil, installation)
            _ = try await taken("postcode,lsoa,imd_decile\nM14 5RQ,E01005062,7\n", installation)
            let third = try await referred("m14 5rq", installation)
            var found: [String?] = []
            for header in [before, after, other, none, third] {
                found.append(try await decile(header, installation))
            }
            #expect(found == [nil, "2", nil, nil, "7"])
            // Replay gives what is kept.
            #expect(try await installation.problems() == [])
            // A blank that is filled later is looked up in the table of that day.
            var answers = ReferralAnswers()
            answers.postcode = Postcode("M8 5AA")
            let opened = try await installation.goodwork.file(
                none.id,
                for: .changeCase,
                by: installation.actor
            )
            let command = try #require(answers.command(for: opened))
            try await installation.change(none.reference, command)
            #expect(try await decile(none, installation) == "1")
        }
    }

    @Test("Ranks of the postcode lookup become deciles, and what is not in England is left out")
    func ranks() async throws {
        try await withInstallation(.sqlite) { installation in
            let text = """
                pcd,pcds,lsoa21,imd
                M145RQ,M14 5RQ,E01005062,3285
                M85AA,M8 5AA,E01005100,3284
                SK138AA,SK13 8AA,E01019400,32844
                CF101EP,CF10 1EP,W01001939,12

                """
            let done = try await taken(text, installation)
            #expect((done.postcodes, done.elsewhere, done.all) == (3, 1, 3))
            let store = installation.store
            let deciles = try await installation.database.read { transaction in
                try ["M14 5RQ", "M8 5AA", "SK13 8AA", "CF10 1EP"].map { text in
                    try Postcode(text).flatMap { try store.decile(of: $0, in: transaction) }
                }
            }
            #expect(deciles == [2, 1, 10, nil])
        }
    }

    @Test("Every fault is told at once, and nothing is taken in")
    func faults() async throws {
        try await withInstallation(.sqlite) { installation in
            let text = """
                postcode,lsoa,imd_decile
                M14 5RQ,E01005062,2
                M14,E01005062,11
                M14 5RQ,Moss Side,3
                ,E01005062,
                """
            do {
                _ = try await taken(text, installation)
                Issue.record("faults were passed over")
            } catch let error as ServiceError {
                let told = error.faults.map { "\($0.line ?? 0): \($0.problem)" }
                #expect(
                    told == [
                        "3: “M14” is not a postcode", "3: “11” is out of range",
                        "4: “Moss Side” is not the code of an area",
                        "4: M14 5RQ stands on line 2 already", "5: it is blank", "5: it is blank",
                    ]
                )
            }
            let store = installation.store
            #expect(try await installation.database.read { try store.areaCount(in: $0) } == 0)
            let heading = try await ClaimTests.refusal {
                try await taken("post_code,lsoa\nM14 5RQ,E01005062\n", installation)
            }
            #expect(heading == "faults")
            let manager = Actor(user: "m", organisation: "mft", role: .manager)
            let refused = try await ClaimTests.refusal {
                try await installation.goodwork.importAreas(path: "none.csv", by: manager)
            }
            #expect(refused == "forbidden")
        }
    }

    @Test("Where a postcode lies is said by two numbers that can be, or not at all")
    func degrees() async throws {
        try await withInstallation(.sqlite) { installation in
            let text = """
                postcode,lsoa,imd_decile,lat,long
                M14 5RQ,E01005062,2,53.4569,-2.2192
                M8 5AA,E01005100,1,99.999999,0.000000
                M9 5AA,E01005100,1,,
                M1 1AA,E01005062,2,53.48,
                M1 1AB,E01005062,2,,-2.23
                M1 1AD,E01005062,2,153.45,-2.23
                M14,E01005062,2,53.48,191
                M1 1AE,E01005062,2,-2.23,53.48
                M1 1AF,E01005062,2,-2.23,0

                """
            let error = await #expect(throws: ServiceError.self) {
                try await taken(text, installation)
            }
            let told = (error?.faults ?? []).map {
                "\($0.line ?? 0) \($0.field ?? "") \($0.problem)"
            }
            #expect(
                told == [
                    "5 long it is blank, and the other is not",
                    "6 lat it is blank, and the other is not",
                    "7 lat “153.45” is no number of degrees", "8 postcode “M14” is not a postcode",
                    "8 long “191” is no number of degrees",
                    "9 lat “-2.23” and “53.48” are the wrong way round",
                ]
            )
            let sound = text.split(separator: "\n").prefix(4).joined(separator: "\n")
            let kept = try await taken(sound, installation)
            #expect(kept.postcodes == 3)
        }
    }

    @Test(
        "A latitude without a longitude is a fault of the headings",
        arguments: [("lat", "long"), ("longitude", "lat")]
    )
    func loneDegrees(_ there: String, _ missing: String) async throws {
        try await withInstallation(.sqlite) { installation in
            let text = "postcode,lsoa,imd_decile,\(there)\nM14 5RQ,E01005062,2,1.5\n"
            let error = await #expect(throws: ServiceError.self) {
                try await taken(text, installation)
            }
            let told = (error?.faults ?? []).map {
                "\($0.line ?? 0):\($0.column ?? 0): \($0.problem)"
            }
            #expect(told == ["1:26: there is no column \(missing) beside it"])
        }
    }

    @Test("A list that was imported before the table says nothing new when it comes again")
    func lists() async throws {
        try await withInstallation(.sqlite) { installation in
            let list = try ClientList(fixture: "kickstarter").only([1, 2])
            try await installation.importList(list, "kickstarter")
            _ = try await taken("postcode,lsoa,imd_decile\nM14 5RQ,E01005062,2\n", installation)
            let again = try await installation.importList(list, "kickstarter")
            #expect(again.unchanged == 2)
        }
    }
}
