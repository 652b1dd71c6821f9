import Application
import Casework
import Foundation
import Kernel
import Measures
import TestSupport
import Testing

/// What leaves the case team: kept back, entered in the register, and not to be got round.
@Suite struct ReleaseTests {
    static let id = "workwell-manchester"
    static let question = ReportQuestion(programme: id)

    static func actor(_ role: Role) -> Actor {
        Actor(user: "u-\(role.rawValue)", organisation: "o", role: role)
    }

    /// Refers people on a day of May 2025, which a report as at the end of May counts.
    static func refer(_ count: Int, _ installation: TestInstallation, from first: Int) async throws
    {
        for number in first..<(first + count) {
            var referral = ReferralReceived()
            referral.source = "gp"
            referral.referrer = "P84001"
            referral.strand = "be-well"
            referral.identity.givenName = "Person"
            referral.identity.familyName = "Number\(number)"
            let new = NewReferral(
                programme: id,
                referral: referral,
                consents: [.referral: true],
                on: try #require(CivilDate(iso: "2025-05-20"))
            )
            _ = try await installation.goodwork.refer(
                new,
                by: installation.actor,
                seed: UInt64(number)
            )
        }
    }

    static func referrals(_ table: ReportTable) -> String { table.rows[0].whole.shown }

    @Test("Looking again does not show who came between", arguments: Backend.allCases)
    func looks(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let goodwork = installation.goodwork
            let (commissioner, analyst) = (Self.actor(.commissioner), Self.actor(.analyst))
            let manager = Self.actor(.manager)
            try await Self.refer(12, installation, from: 1)
            let first = try await goodwork.report(Self.question, by: commissioner)
            #expect(Self.referrals(first) == "12")
            #expect(first.asAt.iso == "2025-05-31")
            #expect(first.keptBack?.audience == .board)
            // Two more are told of late. Whoever looks again sees what they saw.
            installation.clock.advance(milliseconds: 3_600_000)
            try await Self.refer(2, installation, from: 13)
            #expect(try await goodwork.report(Self.question, by: commissioner) == first)
            #expect(try await goodwork.report(Self.question, by: analyst) == first)
            #expect(try await installation.count("releases") == 1)
            // The case team sees all of it, and enters nothing.
            var team = Self.question
            team.asAt = first.asAt
            #expect(Self.referrals(try await goodwork.report(team, by: manager)) == "14")
            team.audience = .board
            #expect(Self.referrals(try await goodwork.report(team, by: manager)) == "*")
            #expect(try await installation.count("releases") == 1)
            // Released anew, the two would be the difference.
            let second = try await goodwork.release(Self.question, purpose: "June", by: manager)
            #expect(Self.referrals(second) == "*")
            #expect(try await goodwork.report(Self.question, by: commissioner) == second)
            // A table for everyone is not held against what only the board saw.
            var open = Self.question
            open.audience = .published
            let third = try await goodwork.report(open, by: analyst)
            #expect(Self.referrals(third) == "15")
            let register = try await goodwork.releases(by: Self.actor(.governance))
            #expect(register.map(\.kind) == [.look, .release, .look])
            #expect(register.map(\.audience) == [.published, .board, .board])
            #expect(register.map(\.purpose) == [nil, "June", nil])
            #expect(register.map(\.by) == ["u-analyst", "u-provider-manager", "u-commissioner"])
        }
    }

    @Test("Files and releases need a purpose, and what is not kept back stays in the team")
    func refusals() async throws {
        try await withInstallation(.sqlite) { installation in
            let goodwork = installation.goodwork
            try await Self.refer(6, installation, from: 1)
            var bare = Self.question
            bare.audience = .operational
            let commissioner = Self.actor(.commissioner)
            await #expect(throws: ServiceError.self) {
                try await goodwork.report(bare, by: commissioner)
            }
            await #expect(throws: ServiceError.self) {
                try await goodwork.exportReport(bare, as: .csv, purpose: "x", by: commissioner)
            }
            await #expect(throws: ServiceError.self) {
                try await goodwork.exportReport(
                    Self.question,
                    as: .csv,
                    purpose: " ",
                    by: commissioner
                )
            }
            await #expect(throws: ServiceError.self) {
                try await goodwork.release(Self.question, purpose: "", by: Self.actor(.manager))
            }
            #expect(try await installation.count("releases") == 0)
            let file = try await goodwork.exportReport(
                Self.question,
                as: .csv,
                purpose: "board papers",
                by: commissioner
            )
            #expect(file.name == "workwell-manchester-2025-05-31.csv")
            #expect(String(decoding: file.bytes, as: UTF8.self).contains("kept_back"))
            let register = try await goodwork.releases(by: commissioner)
            #expect(register.map(\.kind) == [.export])
            #expect(register.map(\.purpose) == ["board papers"])
        }
    }

    @Test("A report and facts as workbooks: types, definitions, why and when")
    func workbooks() async throws {
        try await withInstallation(.sqlite) { installation in
            let goodwork = installation.goodwork
            try await Self.refer(6, installation, from: 1)
            let report = try await goodwork.exportReport(
                Self.question,
                as: .xlsx,
                purpose: "=board papers",
                by: Self.actor(.commissioner)
            )
            let read = try await Self.read(report)
            #expect(read.contains("Figures A2 s Referrals"))
            #expect(read.contains("Figures D2 n 6"))
            #expect(read.contains("Definitions B2 s All cases."), "\(read)")
            #expect(read.contains("About B5 d 2025-05-31T00:00:00"), "\(read)")
            #expect(read.contains { $0.hasSuffix("s =board papers") })
            let (facts, cases) = try await goodwork.exportFacts(
                Self.id,
                as: .xlsx,
                purpose: "a test",
                by: Self.actor(.analyst)
            )
            #expect(cases == 6)
            let rows = try await Self.read(facts)
            #expect(rows.contains("Definitions A1 s Column"))
            let referred = try #require(rows.first { $0.hasSuffix(" s referred_on") })
            let column = referred.split(separator: " ")[1].filter(\.isLetter)
            #expect(rows.contains("Facts \(column)2 d 2025-05-20T00:00:00"), "\(referred)")
            let names = rows.filter { $0.contains("Number") || $0.contains("Person ") }
            #expect(names == [])
            let (json, _) = try await goodwork.exportFacts(
                Self.id,
                as: .json,
                purpose: "a test",
                by: Self.actor(.analyst)
            )
            let parsed = try JSONValue(parsing: json.bytes)
            #expect(parsed.array?.count == 6)
            #expect(parsed.array?.first?["referred_on"]?.string == "2025-05-20")
        }
    }

    /// What openpyxl reads: sheet, cell, type, value.
    static func read(_ exported: ExportedFile) async throws -> [String] {
        let said = try await PressTests.read(
            exported.bytes,
            """
            import sys, openpyxl
            for sheet in openpyxl.load_workbook(open(sys.argv[1], "rb")):
                for row in sheet.iter_rows():
                    for cell in row:
                        if cell.value is None: continue
                        value = cell.value.isoformat() if cell.is_date else cell.value
                        print(sheet.title, cell.coordinate, cell.data_type, value)
            """
        )
        return said.split(separator: "\n").map(String.init)
    }
}
