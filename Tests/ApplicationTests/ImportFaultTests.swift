import Application
import Foundation
import Kernel
import TestSupport
import Testing

/// What is wrong with a list is told all at once, each fault at its cell, and nothing is imported.
@Suite struct ImportFaultTests {
    static let id = "fit-for-work-in-work"

    /// Sixty cases, seven of them with a job.
    static func list() throws -> ClientList {
        var list = try ClientList(fixture: id).only(Array(1...60))
        let columns = "case_ref,kind,started_on,ended_on,hours_per_week,weekly_pay"
        list.files["jobs.csv"] = [columns.split(separator: ",").map { String($0) }]
        for row in 51...57 {
            list.add(
                "jobs.csv",
                ["case_ref": "FIW00\(row)", "kind": "job", "started_on": "2013-05-27"]
            )
        }
        return list
    }

    /// Broken cells, a line each, and set in below them what is told of the row.
    ///
    /// A line has the file, the row below the headings, the column, and what is written there.
    static let brokenCells = """
        referrals.csv | 1 | case_ref |
            referrals.csv:2:1: case_ref: is blank; expected the sender's own reference
        referrals.csv | 2 | nhs_number | 9992000016
            referrals.csv:3:9: nhs_number: has a wrong check digit, so it has been mistyped;
                expected ten digits with a valid check digit
        referrals.csv | 3 | nhs_number | 12
            referrals.csv:4:9: nhs_number: has 2 digits, not 10; expected ten digits with a
                valid check digit
        referrals.csv | 4 | birth_date | 31/02/1980
            referrals.csv:5:31: birth_date: 31/02/1980 is not a date; expected YYYY-MM-DD or
                DD/MM/YYYY
        referrals.csv | 5 | birth_date | 2030-01-01
            referrals.csv:6:33: birth_date: is after the referral; expected an earlier date
        referrals.csv | 6 | gender | f
        referrals.csv | 6 | ethnicity | Q
        referrals.csv | 6 | strand | inwork
        referrals.csv | 6 | intensity | medium
            referrals.csv:7:43: gender: unknown-value: f is not one that this programme knows:
                female, male, other, unknown.
            referrals.csv:7:45: ethnicity: unknown-value: Q is not one that this programme
                knows: A, B, C, D, E, F, G, H, J, K, L, M, N, P, R, S, Z, 99.
            referrals.csv:7:62: strand: unknown-value: inwork is not one that this programme
                knows: in-work. Did you mean in-work?
            referrals.csv:7:140: intensity: unknown-value: medium is not one that this programme
                knows: high, low.
        referrals.csv | 7 | gender | f
        referrals.csv | 7 | gp_practice | BOBSMITH
            referrals.csv:8:43: gender: unknown-value: f is not one that this programme knows:
                female, male, other, unknown.
            referrals.csv:8:55: gp_practice: unknown-value: A general practice is named by its ODS
                code in capital letters, such as P84001.
        referrals.csv | 8 | postcode | Manchester
            referrals.csv:9:50: postcode: Manchester is not a postcode; expected such as M13 9PL
        referrals.csv | 10 | referred_on |
            referrals.csv:11:72: referred_on: is blank; expected a date, YYYY-MM-DD or
                DD/MM/YYYY
        referrals.csv | 11 | referred_on | yesterday
            referrals.csv:12:74: referred_on: yesterday is not a date; expected YYYY-MM-DD or
                DD/MM/YYYY
        referrals.csv | 12 | referred_on | 2012-12-31
            referrals.csv:13:74: referred_on: outside-programme: Manchester Fit for Work (in
                work) takes referrals from 1 April 2013 to 31 March 2016, not on 31 December 2012.
        referrals.csv | 13 | referral_source | gpp
            referrals.csv:14:85: referral_source: unknown-value: gpp is not one that this
                programme knows: gp. Did you mean gp?
        referrals.csv | 14 | referral_source |
            referrals.csv:15:83: referral_source: is blank; expected a source of the programme
        referrals.csv | 15 | employment_status | off sick
            referrals.csv:16:110: employment_status: unknown-value: off sick is not one that
                this programme knows: in-work, off-sick, out-of-work, unknown. Did you mean
                off-sick?
        referrals.csv | 16 | eligible | maybe
            referrals.csv:17:117: eligible: maybe is not an answer; expected yes or no
        referrals.csv | 17 | first_contact_on | 2013-02-01
            referrals.csv:18:114: first_contact_on: no-referral: On 1 February 2013 this case
                had not been referred yet.
        referrals.csv | 18 | first_contact_on | 2031-02-01
            referrals.csv:19:109: first_contact_on: in-the-future: 1 February 2031 has not come
                yet; today is 2 June 2025.
        referrals.csv | 19 | assessed_on |
            referrals.csv:20:134: assessed_on: is blank, but intensity is not; expected a date
        referrals.csv | 21 | plan_kind | thrive
            referrals.csv:22:161: plan_kind: unknown-value: thrive is not one that this
                programme knows: return-to-work.
        referrals.csv | 22 | plan_agreed_on |
            referrals.csv:23:172: plan_agreed_on: is blank, but plan_kind is not; expected a
                date
        referrals.csv | 23 | started_on |
            referrals.csv:24:175: discharged_on: not-started: Support had not started by then:
                close the case with a reason instead.
        referrals.csv | 24 | discharged_on | 2013-04-09
            referrals.csv:25:188: discharged_on: no-referral: On 9 April 2013 this case had not
                been referred yet.
        referrals.csv | 25 | discharge_status | working
            referrals.csv:26:195: discharge_status: unknown-value: working is not one that this
                programme knows: in-work, off-sick, resigned, retired, settlement-agreement,
                dismissed, other.
        referrals.csv | 26 | discharged_on |
            referrals.csv:27:174: discharged_on: is blank, but its outcome is not; expected a
                date
        referrals.csv | 27 | discharge_improved | y
            referrals.csv:28:206: discharge_improved: y is not an answer; expected yes or no
        referrals.csv | 28 | tracking_ended_on | 2013-04-20
            referrals.csv:29:199: tracking_ended_on: no-referral: On 20 April 2013 this case had
                not been referred yet.
        referrals.csv | 30 | closure_reason | bored
            referrals.csv:31:218: closure_reason: bored is not known here; expected one of
                completed, ineligible, not-accepted, unable-to-contact, no-longer-wanted, deferred,
                disengaged, duplicate, moved-away, transferred, consent-withdrawn, died
        referrals.csv | 31 | felt_helped | perhaps
            referrals.csv:32:210: felt_helped: perhaps is not known here; expected one of yes,
                no
        referrals.csv | 34 | case_ref | FIW0033
            referrals.csv:35:1: case_ref: FIW0033 stands on line 34 already; expected one row
                for each case
        referrals.csv | 40 | employment_status | in-work
            referrals.csv:41:108: eligible: off-sick-not-eligible: The service is for people who
                are in work but off sick.
        activities.csv | 31 | kind | cbd
            activities.csv:32:20: kind: cbd is not known here; expected one of physiotherapy,
                counselling, cbt, anger-management, hr-advice, return-to-work-negotiation; did you
                mean cbt?
        activities.csv | 32 | kind | cbt
        activities.csv | 32 | sessions | 7
            activities.csv:33:24: sessions: cbt-sessions-used-up: 0 of 6 sessions of Cognitive
                behavioural therapy have been delivered. No more than 6 can be added.
        activities.csv | 33 | sessions | none
            activities.csv:34:32: sessions: none will not do; expected a whole number from 1 to
                1000
        activities.csv | 34 | activity_on | 2013-13-01
            activities.csv:35:9: activity_on: 2013-13-01 is not a date; expected YYYY-MM-DD or
                DD/MM/YYYY
        activities.csv | 35 | outcome | maybe
            activities.csv:36:34: outcome: maybe is not known here; expected one of attended,
                did-not-attend, cancelled, booked, awaited
        activities.csv | 36 | outcome | cancelled
            activities.csv:37:26: outcome: cbt is an intervention; expected attended, or blank
        activities.csv | 37 | case_ref | FIW9999
            activities.csv:38:1: case_ref: FIW9999 is not in referrals.csv; expected the
                case_ref of a row of referrals.csv
        activities.csv | 38 | activity_on | 2012-01-01
            activities.csv:39:9: activity_on: no-referral: On 1 January 2012 this case had not
                been referred yet.
        jobs.csv | 1 | kind | occupation
            jobs.csv:2:9: kind: unknown-value: occupation is not one that this programme knows:
                job, self-employment, placement, apprenticeship.
        jobs.csv | 2 | started_on | soon
            jobs.csv:3:13: started_on: soon is not a date; expected YYYY-MM-DD or DD/MM/YYYY
        jobs.csv | 3 | ended_on | 2013-05-20
            jobs.csv:4:24: ended_on: is before the start; expected a later date, or leave out
                jobs that ended before the referral
        jobs.csv | 4 | hours_per_week | 101
            jobs.csv:5:25: hours_per_week: 101 will not do; expected hours from 0 to 100, such as
                37.5
        jobs.csv | 5 | weekly_pay | lots
            jobs.csv:6:26: weekly_pay: lots is not an amount; expected such as 183.04
        jobs.csv | 6 | case_ref |
            jobs.csv:7:1: case_ref: is blank; expected the case_ref of a row of referrals.csv
        """

    /// The list with every cell broken, and what is to be told of it.
    static func broken() throws -> (list: ClientList, told: [String]) {
        var list = try list()
        var told: [String] = []
        for line in brokenCells.split(separator: "\n") {
            let text = line.trimmingCharacters(in: .whitespaces)
            if line.hasPrefix("        ") {
                told[told.count - 1] += " " + text
            } else if line.hasPrefix("    ") {
                told.append(text)
            } else {
                let parts = text.split(separator: "|", omittingEmptySubsequences: false)
                    .map { $0.trimmingCharacters(in: .whitespaces) }
                let row = try #require(Int(parts[1]))
                list[parts[0], row, parts[2]] = parts[3]
            }
        }
        return (list, told)
    }

    @Test("Every broken cell is told at once, with its file, line and column")
    func faultsAllAtOnce() async throws {
        let (list, told) = try Self.broken()
        try await withInstallation(.sqlite) { installation in
            let check = try await installation.check(list, Self.id)
            let found = check.faults.map { fault in
                var fault = fault
                fault.file = fault.file.map { URL(fileURLWithPath: $0).lastPathComponent }
                return fault.description
            }
            for (one, other) in zip(found, told) { #expect(one == other) }
            #expect(found.count == told.count)
            #expect(check.rows == 60)
        }
    }

    @Test("What no page takes as a name, a number or an address is a list's fault too")
    func details() async throws {
        var list = try Self.list().only(Array(1...4))
        list[1, "given_name"] = "123"
        list[2, "family_name"] = "Ann\u{202E}a"
        list[3, "phone"] = "call me maybe"
        list[3, "email"] = "a@b"
        list[4, "address"] = String(repeating: "a", count: 401)
        let broken = list
        try await withInstallation(.sqlite) { installation in
            let check = try await installation.check(broken, Self.id)
            let told = check.faults.map { "\($0.line ?? 0) \($0.field ?? "") \($0.problem)" }
            #expect(
                told == [
                    "2 given_name has no letter",
                    "3 family_name has a character that cannot be seen",
                    "4 phone has 0 digits, not 7 or more",
                    "4 email is not written as name@example.org is",
                    "5 address has more than 400 characters",
                ]
            )
        }
    }

    @Test("A row that belongs to no case is read all the same, and its faults are told once")
    func strays() async throws {
        var list = try Self.list().only([1, 2])
        list.files["activities.csv"] = nil
        list.files["jobs.csv"] = [["case_ref", "kind", "started_on", "weekly_pay"]]
        for (reference, day) in [("", "soon"), ("FIW9999", "later"), ("FIW0002", "then")] {
            list.add(
                "jobs.csv",
                ["case_ref": reference, "kind": "job", "started_on": day, "weekly_pay": "lots"]
            )
        }
        // A row of referrals.csv without a reference does not take in what belongs to nobody.
        list[1, "case_ref"] = ""
        let broken = list
        try await withInstallation(.sqlite) { installation in
            let check = try await installation.check(broken, Self.id)
            let told = check.faults.map { "\($0.line ?? 0) \($0.field ?? "") \($0.problem)" }
            #expect(
                told == [
                    "2 case_ref is blank", "2 case_ref is blank",
                    "2 started_on soon is not a date", "2 weekly_pay lots is not an amount",
                    "3 case_ref FIW9999 is not in referrals.csv",
                    "3 started_on later is not a date", "3 weekly_pay lots is not an amount",
                    "4 started_on then is not a date", "4 weekly_pay lots is not an amount",
                ]
            )
        }
    }

    @Test("A row of a side file that is there twice is a fault, and another one like it is none")
    func doubledRows() async throws {
        var list = try ClientList(fixture: "kickstarter").only([1])
        let reference = list[1, "case_ref"]
        let day = list[1, "referred_on"]
        list.files["onward.csv"] = nil
        list.files["activities.csv"] = nil
        list.files["jobs.csv"] = nil
        let onward = [
            "case_ref": reference, "onward_ref": "o1", "service": "", "referred_on": day,
            "status": "pending",
        ]
        let job = ["case_ref": reference, "employer": "", "kind": "job", "started_on": day]
        let activity = ["case_ref": reference, "activity_on": day, "kind": "", "sessions": "2"]
        for (name, row) in [
            ("onward.csv", onward), ("jobs.csv", job), ("activities.csv", activity),
        ] {
            for _ in 1...2 { list.add(name, row) }
        }
        // Another job of the same day is a row of its own.
        var other = job
        other["employer"] = "Bridge Trust"
        list.add("jobs.csv", other)
        let doubled = list
        try await withInstallation(.sqlite) { installation in
            let check = try await installation.check(doubled, "kickstarter")
            let told = check.faults.filter { $0.problem.hasPrefix("the row is the same") }.map {
                let file = URL(fileURLWithPath: $0.file ?? "").lastPathComponent
                return "\(file):\($0.line ?? 0) \($0.field ?? "") \($0.problem)"
            }
            #expect(
                told == [
                    "activities.csv:3 case_ref the row is the same as line 2",
                    "jobs.csv:3 case_ref the row is the same as line 2",
                    "onward.csv:3 case_ref the row is the same as line 2",
                ]
            )
            #expect(check.faultyRows == 1)
        }
    }

    @Test("Of a list with faults nothing is imported, also where part is known already")
    func nothingIsImported() async throws {
        let (broken, _) = try Self.broken()
        try await withInstallation(.sqlite) { installation in
            await #expect(throws: ServiceError.self) {
                try await installation.importList(broken, Self.id)
            }
            for table in ["journal", "cases", "people", "import_rows"] {
                #expect(try await installation.count(table) == 0, "\(table)")
            }
            try await installation.importList(try Self.list().only(Array(1...20)), Self.id)
            let events = try await installation.count("journal")
            let stored = try await installation.stored()
            await #expect(throws: ServiceError.self) {
                try await installation.importList(broken, Self.id)
            }
            #expect(try await installation.count("journal") == events)
            #expect(try await installation.stored() == stored)
        }
    }

    @Test("Rows and columns that a spreadsheet leaves empty are passed over; a cell there is none")
    func leftEmpty() async throws {
        var list = try Self.list().only([1, 2])
        for (name, rows) in list.files {
            let blank = [String](repeating: "", count: rows[0].count)
            list.files[name] = (rows + [blank, blank]).map { $0 + ["", ""] }
        }
        let sound = list
        list.files["referrals.csv"]?[2].removeLast()
        list.files["referrals.csv"]?[2].append("a note")
        let noted = list
        try await withInstallation(.sqlite) { installation in
            let check = try await installation.check(sound, Self.id)
            #expect(check.faults.map(\.description) == [])
            #expect(check.rows == 2)
            let refused = try await installation.check(noted, Self.id).faults
            #expect(refused.map { "\($0.line ?? 0) \($0.problem)" } == ["3 the heading is blank"])
        }
    }

    @Test("Headings that are missing or unknown are told before anything is read")
    func headings() async throws {
        var list = try Self.list()
        for (from, to) in [("referral_source", "referal_source"), ("gender", "sex")] {
            list.files["referrals.csv"]?[0].replace([from], with: [to])
        }
        list.files["jobs.csv"]?[0].replace(["started_on"], with: ["start"])
        let broken = list
        try await withInstallation(.sqlite) { installation in
            let error = await #expect(throws: ServiceError.self) {
                try await installation.check(broken, Self.id)
            }
            let told = (error?.faults ?? []).map {
                "\($0.line ?? 0):\($0.column ?? 0): \($0.field ?? "") \($0.problem)"
            }
            #expect(
                Set(told) == [
                    "1:1: referral_source this column is missing",
                    "1:109: referal_source nothing is known of this column",
                    "1:55: sex nothing is known of this column",
                    "1:1: started_on this column is missing",
                    "1:15: start nothing is known of this column",
                ]
            )
            let misspelt = error?.faults.first { $0.field == "referal_source" }
            #expect(misspelt?.expected?.hasPrefix("one of case_ref, ") == true)
            #expect(misspelt?.expected?.hasSuffix("; did you mean referral_source?") == true)
        }
    }
}
