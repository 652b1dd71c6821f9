import Application
import Casework
import Kernel
import Measures
import SQL
import TestSupport
import Testing

/// A corrected list changes only what differs, as corrections that leave the first telling behind.
@Suite struct CorrectionTests {
    /// A list and the references of the cases that a correction of it touches.
    struct Corrected {
        var programme: String
        var before: ClientList
        var after: ClientList
        var touched: Set<String>
    }

    static func corrected(_ programme: String) throws -> Corrected {
        var before = try ClientList(fixture: programme)
        // There, without a row: a file that is missing would say nothing of jobs.
        if before.files["jobs.csv"] == nil {
            before.files["jobs.csv"] = [["case_ref", "kind", "started_on"]]
        }
        var after = before
        var touched: Set<String> = []
        func touch(_ row: Int, _ column: String, _ value: String) {
            after[row, column] = value
            touched.insert(after[row, "case_ref"])
        }
        for row in stride(from: 1, through: 37, by: 4) {
            let day = CivilDate(iso: before[row, "referred_on"])
            touch(row, "referred_on", day?.adding(days: 1).iso ?? "")
            for column in ["first_contact_on", "started_on"]
            where before[row, column] == before[row, "referred_on"] {
                touch(row, column, after[row, "referred_on"])
            }
        }
        touch(2, "family_name", "Corrected")
        touch(3, "nhs_number", "999 100 9973")
        touch(4, programme == "kickstarter" ? "gender" : "condition", "other")
        touch(6, "employment_status", "unknown")
        touch(7, "ethnicity", "")
        touch(8, "postcode", "M40 1AA")
        for (name, column) in [("onward.csv", "status_on"), ("jobs.csv", "started_on")] {
            guard before.count(name) > 2 else { continue }
            let day = CivilDate(iso: before[name, 1, column])
            after[name, 1, column] = day?.adding(days: 1).iso ?? ""
            touched.insert(before[name, 1, "case_ref"])
            touched.insert(before[name, 2, "case_ref"])
            after.files[name]?.remove(at: 2)
        }
        if before.count("onward.csv") > 0 {
            after["onward.csv", 2, "status"] = "no-longer-wanted"
            touched.insert(after["onward.csv", 2, "case_ref"])
        }
        if before.count("activities.csv") > 0 {
            after.files["activities.csv"]?.removeLast()
            let last = before.count("activities.csv")
            touched.insert(before["activities.csv", last, "case_ref"])
        }
        let worker = before[12, "case_ref"]
        let began = CivilDate(iso: before[12, "referred_on"])?.adding(days: 2)
        let job = ["case_ref": worker, "kind": "job", "started_on": began?.iso ?? ""]
        after.add("jobs.csv", job)
        touched.insert(worker)
        return Corrected(programme: programme, before: before, after: after, touched: touched)
    }

    static let programmes = ["kickstarter", "fit-for-work-out-of-work"]

    @Test("A corrected list changes only its cases, and the first list again only them")
    func onlyWhatDiffers() async throws {
        for (programme, backend) in zip(Self.programmes, Backend.allCases) {
            try await check(programme, backend)
        }
    }

    private func check(_ programme: String, _ backend: Backend) async throws {
        let list = try Self.corrected(programme)
        #expect(list.touched.count >= 15)
        try await withInstallation(backend) { installation in
            try await installation.importList(list.before, programme)
            let first = try await installation.figures()
            let versions = try await Self.versions(installation)
            installation.clock.advance()

            let result = try await installation.importList(list.after, programme)
            #expect(result.corrected == list.touched.count)
            #expect(result.unchanged == list.before.count() - list.touched.count)
            #expect(result.added == 0)
            let after = try await Self.versions(installation)
            let moved = versions.filter { after[$0.key] != $0.value }.map(\.key)
            #expect(Set(moved) == list.touched)
            #expect(try await installation.figures() != first)
            #expect(try await installation.problems() == [])

            installation.clock.advance()
            let back = try await installation.importList(list.before, programme)
            #expect(back.corrected == list.touched.count)
            #expect(try await installation.figures() == first)
            #expect(try await installation.problems() == [])
        }
    }

    @Test("A column or a file that the list lacks says nothing: what was told there stays")
    func silence() async throws {
        let id = "fit-for-work-in-work"
        let whole = try ClientList(fixture: id).only(Array(1...20))
        try await withInstallation(.sqlite) { installation in
            try await installation.importList(whole, id)
            let first = try await installation.figures()
            var part = whole
            part.files["activities.csv"] = nil
            for column in ["ethnicity", "birth_date", "given_name", "intensity", "felt_helped"] {
                part.remove(column)
            }
            installation.clock.advance()
            let result = try await installation.importList(part, id)
            #expect(result.corrected == 0)
            #expect(result.events == 0)
            #expect(try await installation.figures() == first)

            // A blank cell does say that there is nothing.
            var blank = whole
            for row in 1...20 { blank[row, "ethnicity"] = "" }
            #expect(try await installation.importList(blank, id).corrected == 20)
            #expect(try await installation.problems() == [])
        }
    }

    @Test("A changed value is a withdrawn entry and another in its place")
    func correctionsStandBesideWhatTheyCorrect() async throws {
        let id = "fit-for-work-out-of-work"
        var list = try ClientList(fixture: id).only([1])
        try await withInstallation(.sqlite) { installation in
            try await installation.importList(list, id)
            let told = try await installation.history("FOW0001")
            installation.clock.advance()
            list[1, "started_on"] = "2013-12-09"
            try await installation.importList(list, id)
            let corrected = try await installation.history("FOW0001")
            #expect(Array(corrected.events.prefix(told.version)) == told.events)
            #expect(corrected.version == told.version + 2)
            let start = try #require(told.events.first { $0.body.kind == .supportStarted })
            let last = try #require(corrected.events.last)
            guard case .voided(let voided) = corrected.events[told.version].body else {
                Issue.record("no entry was withdrawn: \(corrected.events[told.version])")
                return
            }
            #expect(voided.event == start.id.text)
            #expect(voided.reason == "corrected-list")
            #expect(voided.replacement == last.id.text)
            #expect(last.body.kind == .supportStarted)
            #expect(last.occurredOn.iso == "2013-12-09")
        }
    }

    @Test("A new name and number are the person's from then on, and are found by")
    func identityFollows() async throws {
        let id = "fit-for-work-out-of-work"
        var list = try ClientList(fixture: id).only([1, 2])
        try await withInstallation(.sqlite) { installation in
            try await installation.importList(list, id)
            let before = try await installation.identity("FOW0001")
            list[1, "family_name"] = "Khan-Smith"
            list[1, "nhs_number"] = "9991009973"
            try await installation.importList(list, id)
            let after = try await installation.identity("FOW0001")
            #expect(before?.familyName == "Khan")
            #expect(after?.familyName == "Khan-Smith")
            #expect(after?.nhsNumber == "9991009973")
            // A later list that knows only the new number finds the same person.
            var later = try ClientList(fixture: id).only([1])
            later[1, "case_ref"] = "LATER"
            later[1, "nhs_number"] = "9991009973"
            let result = try await installation.importList(later, id)
            #expect(result.counts[.matched] == 1)
            let one = try await installation.header("FOW0001")
            let other = try await installation.header("LATER")
            #expect(one.person == other.person)
        }
    }

    @Test("A telephone number that was taken once holds no list up", arguments: Backend.allCases)
    func detailsTakenBefore(backend: Backend) async throws {
        let id = "fit-for-work-out-of-work"
        var list = try ClientList(fixture: id).only([1])
        list[1, "phone"] = "0161 496 0000"
        try await withInstallation(backend) { installation in
            try await installation.importList(list, id)
            try await Self.take(phone: "n/a", of: "FOW0001", installation)
            installation.clock.advance()

            list[1, "phone"] = "n/a"
            list[1, "family_name"] = "Khan-Smith"
            #expect(try await installation.importList(list, id).corrected == 1)
            #expect(try await installation.identity("FOW0001")?.familyName == "Khan-Smith")

            // The same again, with a new row below it.
            var longer = try ClientList(fixture: id).only([1, 2])
            longer[1, "phone"] = "n/a"
            longer[1, "family_name"] = "Khan-Smith"
            let result = try await installation.importList(longer, id)
            #expect(result.added == 1)
            #expect(result.unchanged == 1)

            longer[1, "phone"] = "none"
            longer[2, "phone"] = "n/a"
            let told = try await installation.check(longer, id).faults.map {
                "\($0.line ?? 0) \($0.field ?? "") \($0.problem)"
            }
            #expect(
                told == [
                    "2 phone has 0 digits, not 7 or more", "3 phone has 0 digits, not 7 or more",
                ]
            )
            #expect(try await installation.problems() == [])
        }
    }

    /// Puts a telephone number into the journal as an earlier version took it from a list.
    private static func take(
        phone: String,
        of reference: String,
        _ installation: TestInstallation
    ) async throws {
        for event in try await installation.history(reference).effective() {
            guard case .referralReceived(var fields) = event.body else { continue }
            fields.identity.phone = phone
            let entry = Command.Entry(
                body: .referralReceived(fields),
                on: event.occurredOn,
                key: event.key,
                replaces: event.id
            )
            let void = Command.Void(event: event.id, reason: "corrected-list")
            try await installation.change(reference, Command(entries: [entry], voids: [void]))
        }
    }

    private static func versions(_ installation: TestInstallation) async throws -> [String: Int] {
        let rows = try await installation.database.read { transaction in
            try transaction.rows("SELECT reference, version FROM cases") { row in
                (try row.text(0), Int(try row.int(1)))
            }
        }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }
}
