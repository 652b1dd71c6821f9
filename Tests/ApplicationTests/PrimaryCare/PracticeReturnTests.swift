import Application
import Casework
import Kernel
import PrimaryCare
import Store
import TestSupport
import Testing

/// What cases learn goes back to the practice, and the audit says whether it was written.
@Suite struct PracticeReturnTests {
    /// Refers a patient who is off sick.
    static func refer(
        _ installation: TestInstallation,
        _ number: Int,
        agrees: Bool,
        status: String? = "off-sick"
    ) async throws -> CaseHeader {
        var referral = ReferralReceived()
        referral.source = "gp"
        referral.referrer = "P84001"
        referral.strand = "be-well"
        referral.employmentStatus = status
        referral.identity.givenName = "Person"
        referral.identity.familyName = "Number\(number)"
        referral.identity.birthDate = "1985-06-15"
        referral.identity.nhsNumber = ExtractText.number(number)
        let new = NewReferral(
            programme: "workwell-manchester",
            referral: referral,
            consents: [.referral: true, .practiceRecord: agrees],
            on: try #require(CivilDate(iso: "2025-04-20"))
        )
        let answer = try await installation.goodwork.refer(
            new,
            by: installation.actor,
            seed: UInt64(number)
        )
        guard case .referred(let header, _) = answer else {
            throw ServiceError(.invalid, "number \(number) was not referred")
        }
        return header
    }

    /// Refers a patient and records, a month later, that they are out of work.
    static func makeCase(
        _ installation: TestInstallation,
        _ number: Int,
        agrees: Bool,
        status: String? = "off-sick"
    ) async throws -> CaseHeader {
        let header = try await refer(installation, number, agrees: agrees, status: status)
        var recorded = EmploymentStatusRecorded()
        recorded.status = "out-of-work"
        try await tell(installation, header, .employmentStatusRecorded(recorded), "2025-05-20")
        return header
    }

    private static func tell(
        _ installation: TestInstallation,
        _ header: CaseHeader,
        _ body: EventBody,
        _ day: String
    ) async throws {
        let on = try #require(CivilDate(iso: day))
        try await installation.change(header.reference, Command(body, on: on))
    }

    @Test("The return and its audit, from the case to the record", arguments: Backend.allCases)
    func loop(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let goodwork = installation.goodwork
            let gp = TestInstallation.gp()
            let first = try await Self.makeCase(installation, 1, agrees: true)
            _ = try await Self.makeCase(installation, 2, agrees: false)
            _ = try await Self.makeCase(installation, 3, agrees: true)
            _ = try await Self.makeCase(installation, 4, agrees: true)
            var extract = ExtractText()
            for number in 1...5 { extract.status(number, "224363007", "2025-03-01") }
            // The practice knows of the fourth already.
            extract.status(4, "73438004", "2025-05-22")
            try await installation.importExtract(extract.text, on: "2025-05-25")
            let made = try await goodwork.makeReturn("P84001", by: gp)
            #expect(made.entries.map(\.nhsNumber).sorted() == [1, 3].map(ExtractText.number))
            #expect(made.entries.allSatisfy { $0.status == .outOfWork && $0.state == .waiting })
            #expect(made.csv.contains("73438004,Unemployed,02,out-of-work"))
            let bundle = try JSONValue(parsing: made.fhir)
            #expect(bundle["entry"]?.array?.count == 2)
            #expect(
                bundle["entry"]?.array?.first?["resource"]?["effectiveDateTime"]?.string
                    == "2025-05-20"
            )
            // One of the two is written.
            extract.status(1, "73438004", "2025-05-20")
            try await installation.importExtract(extract.text, on: "2025-06-02")
            let audit = try await goodwork.auditReturn("P84001", by: gp)
            #expect(audit.written == (1, 2))
            #expect(
                audit.entries.first { $0.nhsNumber == ExtractText.number(3) }?.state == .notWritten
            )
            #expect(try await goodwork.makeReturn("P84001", by: gp).entries.count == 1)
            let sheet = try await goodwork.practiceSheet("P84001", by: gp)
            #expect(sheet.written == (1, 2))
            // What the practice told, and was asked to write, is in the person's copy.
            let copy = try await goodwork.copy(
                personOf: first,
                reason: "asked for",
                by: GovernancePeople.officer
            )
            let practice = try #require(copy.practices.first)
            #expect(copy.practices.count == 1 && practice.practice == "P84001")
            #expect(practice.entries.map(\.code) == ["224363007", "73438004"])
            #expect(practice.entries.map(\.toldOn.iso) == ["2025-05-25", "2025-06-02"])
            #expect(practice.returns.map(\.status) == [.outOfWork])
            let json = copy.json
            #expect(json.contains("\"name\":\"Unemployed\"") && json.contains("asked_to_write"))
            // The practice referred four of its patients.
            let place = PracticeCount.referredHere.place
            #expect(sheet.report.table.cell(place, practice: 0).count == 4)
        }
    }

    @Test("What need not be written any more is not asked for, and what was written stays counted")
    func askedNoMore() async throws {
        try await withInstallation(.sqlite) { installation in
            let goodwork = installation.goodwork
            let gp = TestInstallation.gp()
            var extract = ExtractText()
            var headers: [Int: CaseHeader] = [:]
            for number in 1...5 {
                headers[number] = try await Self.makeCase(installation, number, agrees: true)
                extract.status(number, "224363007", "2025-03-01")
            }
            try await installation.importExtract(extract.text, on: "2025-05-25")
            #expect(try await goodwork.makeReturn("P84001", by: gp).entries.count == 5)
            // An extract of a day before the asking shows nothing of it.
            try await installation.importExtract(extract.text, on: "2025-06-01")
            let early = try await goodwork.auditReturn("P84001", by: gp)
            #expect(early.entries.count { $0.state == .waiting } == 5)

            extract.status(2, "224459001", "2025-05-28")
            extract.status(4, "73438004", "2025-05-20")
            try await installation.importExtract(extract.text, on: "2025-06-02")
            let left = "nhs_number,left_on\n\(ExtractText.number(3)),2025-06-01\n"
            try await installation.importExtract(left, on: "2025-06-02", practice: "P84001")
            for number in [1, 4] {
                var consent = Consent()
                consent.scope = .practiceRecord
                let on = try #require(CivilDate(iso: "2025-06-02"))
                try await installation.change(
                    try #require(headers[number]).reference,
                    Command(entries: [Command.Entry(body: .consentWithdrawn(consent), on: on)])
                )
            }
            let states: [(number: Int, says: String, state: ReturnState?)] = [
                (1, "no longer agrees", nil),
                (2, "the record has a later status", nil),
                (3, "has left", nil),
                (4, "was written, and agrees no more", .written),
                (5, "was not written", .notWritten),
            ]
            let audit = try await goodwork.auditReturn("P84001", by: gp)
            for row in states {
                let entry = audit.entries.first { $0.nhsNumber == ExtractText.number(row.number) }
                #expect(entry?.state == row.state, "\(row.says)")
            }
            #expect(audit.written == (1, 2))
            let made = try await goodwork.makeReturn("P84001", by: gp)
            #expect(made.entries.map(\.nhsNumber) == [ExtractText.number(5)])
        }
    }

    @Test("A corrected status is asked for from its own day, in place of the wrong one")
    func corrected() async throws {
        try await withInstallation(.sqlite) { installation in
            let goodwork = installation.goodwork
            let gp = TestInstallation.gp()
            var extract = ExtractText()
            for number in 1...3 { extract.status(number, "224363007", "2025-03-01") }
            let written = try await Self.refer(installation, 1, agrees: true)
            let asked = try await Self.refer(installation, 2, agrees: true)
            let blank = try await Self.makeCase(installation, 3, agrees: true, status: nil)
            try await installation.importExtract(extract.text, on: "2025-05-21")
            #expect(try await goodwork.makeReturn("P84001", by: gp).entries.count == 3)
            extract.status(1, "224459001", "2025-04-20")
            try await installation.importExtract(extract.text, on: "2025-05-22")
            var correction = ReferralAnswered()
            correction.employmentStatus = "out-of-work"
            correction.corrects = ["employment_status"]
            for header in [written, asked] {
                try await Self.tell(
                    installation,
                    header,
                    .referralAnswered(correction),
                    "2025-05-23"
                )
            }
            // How it was at referral says nothing of what has been told since.
            var answer = ReferralAnswered()
            answer.employmentStatus = "off-sick"
            try await Self.tell(installation, blank, .referralAnswered(answer), "2025-05-24")
            let made = try await goodwork.makeReturn("P84001", by: gp).entries
            #expect(made.map(\.nhsNumber).sorted() == (1...3).map(ExtractText.number))
            #expect(made.allSatisfy { $0.status == .outOfWork })
            let days = made.sorted { $0.nhsNumber < $1.nhsNumber }.map(\.day.iso)
            #expect(days == ["2025-05-23", "2025-05-23", "2025-05-20"])
            let audit = try await goodwork.auditReturn("P84001", by: gp).entries
            #expect(audit.count == 4)
            #expect(audit.filter { $0.state == .written }.map(\.status) == [.offSick])
        }
    }

    @Test(
        "A person who is erased is gone from the practice's records too",
        arguments: Backend.allCases
    )
    func erased(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let header = try await Self.makeCase(installation, 1, agrees: true)
            var extract = ExtractText()
            extract.status(1, "224363007", "2025-03-01")
            extract.status(2, "224363007", "2025-03-01")
            try await installation.importExtract(extract.text, on: "2025-05-25")
            let gp = TestInstallation.gp()
            #expect(try await installation.goodwork.makeReturn("P84001", by: gp).entries.count == 1)
            try await installation.erase(header)
            #expect(try await installation.count("practice_patients") == 1)
            #expect(try await installation.count("practice_returns") == 0)
        }
    }
}
