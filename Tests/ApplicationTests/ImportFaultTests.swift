import Application
import Foundation
import Kernel
import TestSupport
import Testing

/// What is wrong with a list is told all at once, each fault at its cell, and nothing is imported.
@Suite struct ImportFaultTests {
    static let id = "fit-for-work-in-work"

    /// One broken cell to a line: file, row below the headings, column, what is written there, and
    /// the fault that is told (line, column in characters, field, problem and what was expected).
    static let brokenCells = """
        PRINT
        """

    @Test("Every broken cell is told at once, with file, line and column")
    func faultsAllAtOnce() async throws {
        var list = try ClientList(fixture: Self.id).only(Array(1...60))
        list.files["jobs.csv"] = [["case_ref", "kind", "started_on", "ended_on", "hours_per_week", "weekly_pay"]]
        for row in 1...7 {
            list.add("jobs.csv", ["case_ref": "FIW00\(50 + row)", "kind": "job", "started_on": "2013-05-27"])
        }
        for line in Self.cells.split(separator: "\n") {
            let parts = line.split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            let row = try #require(Int(parts[1]))
            list[parts[0], row, parts[2]] = parts[3]
        }
        try await withInstallation(.sqlite) { installation in
            let check = try await installation.check(list, Self.id)
            for fault in check.faults { print("FAULT", fault) }
            #expect(try await installation.count("journal") == 0)
        }
    }
    static let cells = """
        referrals.csv | 1 | case_ref |
        referrals.csv | 2 | nhs_number | 9992000016
        referrals.csv | 3 | nhs_number | 12
        referrals.csv | 4 | birth_date | 31/02/1980
        referrals.csv | 5 | birth_date | 2030-01-01
        referrals.csv | 6 | gender | f
        referrals.csv | 6 | ethnicity | Q
        referrals.csv | 6 | strand | inwork
        referrals.csv | 6 | intensity | medium
        referrals.csv | 8 | postcode | Manchester
        referrals.csv | 10 | referred_on |
        referrals.csv | 11 | referred_on | yesterday
        referrals.csv | 12 | referred_on | 2012-12-31
        referrals.csv | 13 | referral_source | gpp
        referrals.csv | 14 | referral_source |
        referrals.csv | 15 | employment_status | off sick
        referrals.csv | 16 | eligible | maybe
        referrals.csv | 17 | first_contact_on | 2013-02-01
        referrals.csv | 18 | first_contact_on | 2031-02-01
        referrals.csv | 19 | assessed_on |
        referrals.csv | 21 | plan_kind | thrive
        referrals.csv | 22 | plan_agreed_on |
        referrals.csv | 23 | started_on |
        referrals.csv | 24 | discharged_on | 2013-04-09
        referrals.csv | 25 | discharge_status | working
        referrals.csv | 26 | discharged_on |
        referrals.csv | 27 | discharge_improved | y
        referrals.csv | 28 | tracking_ended_on | 2013-04-20
        referrals.csv | 30 | closure_reason | bored
        referrals.csv | 31 | felt_helped | perhaps
        referrals.csv | 40 | employment_status | in-work
        referrals.csv | 33 | case_ref | FIW0034
        activities.csv | 31 | kind | cbd
        activities.csv | 32 | kind | cbt
        activities.csv | 32 | sessions | 7
        activities.csv | 33 | sessions | none
        activities.csv | 34 | activity_on | 2013-13-01
        activities.csv | 35 | outcome | maybe
        activities.csv | 36 | outcome | cancelled
        activities.csv | 37 | case_ref | FIW9999
        activities.csv | 45 | activity_on | 2012-01-01
        jobs.csv | 1 | kind | occupation
        jobs.csv | 2 | started_on | soon
        jobs.csv | 3 | ended_on | 2013-12-31
        jobs.csv | 4 | hours_per_week | 101
        jobs.csv | 5 | weekly_pay | lots
        jobs.csv | 6 | case_ref |
        """
}
