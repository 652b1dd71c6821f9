import Application
import Foundation
import Kernel
import TestSupport
import Testing

/// The sound rows go in without the faulty ones, which are handed back with the reasons.
@Suite struct SkipFaultyTests {
    static let id = "fit-for-work-in-work"

    @Test("The sound rows are imported, and the file of faulty rows has the others")
    func soundRowsGoIn() async throws {
        let (broken, told) = try ImportFaultTests.broken()
        try await withInstallation(.sqlite) { installation in
            try await withTemporaryDirectory { folder in
                try broken.write(to: folder)
                let importer = try await installation.importer(folder, Self.id)
                let check = try await importer.check { _, _, _ in }
                let faulty = Set(check.faultyCases.keys)
                let result = try await importer.write(skipping: faulty, seed: 1) { _, _, _ in }
                #expect(result.skipped == faulty.count)
                #expect(result.added == 60 - faulty.count)
                #expect(result.added > 15)
                #expect(try await installation.count("cases") == result.added)
                #expect(try await installation.problems() == [])

                var file = try CSVFile(bytes: Array(check.faultyFile.utf8))
                var rows = 0
                let place = try #require(file.columns.firstIndex(of: "row"))
                let reference = try #require(file.columns.firstIndex(of: "case_ref"))
                while try file.next() {
                    rows += 1
                    let row = file.field(place)
                    #expect(row.hasPrefix(file.field(reference)))
                }
                #expect(rows == told.count)
            }
        }
    }

    @Test("Each fault stands beside its own row, and a row that belongs to no case counts as one")
    func ownRows() async throws {
        var list = try ImportFaultTests.list().only([1, 2, 3])
        list[3, "address"] = "1 High Street\nMoston"
        list[3, "phone"] = "12"
        list.files["activities.csv"] = nil
        list.files["jobs.csv"] = [["case_ref", "kind", "started_on"]]
        for (reference, kind, day) in [
            ("FIW0001", "job", "soon"), ("FIW9999", "job", "later"), ("FIW0002", "job", "then"),
        ] {
            list.add("jobs.csv", ["case_ref": reference, "kind": kind, "started_on": day])
        }
        let broken = list
        try await withInstallation(.sqlite) { installation in
            let check = try await installation.check(broken, Self.id)
            #expect(check.faultyCases.values.sorted() == ["FIW0001", "FIW0002", "FIW0003"])
            #expect(check.faultyRows == 4)
            var file = try CSVFile(bytes: Array(check.faultyFile.utf8))
            let names = ["case_ref", "line", "field", "row"]
            let places = names.compactMap { file.columns.firstIndex(of: $0) }
            var told: [[String]] = []
            while try file.next() { told.append(places.map { file.field($0) }) }
            let first = told.removeFirst()
            // The cell stands on the second line of its row.
            #expect(first.prefix(3) == ["FIW0003", "5", "phone"])
            #expect(first[3].hasPrefix("FIW0003,") && first[3].hasSuffix("Moston\",12"))
            #expect(
                told == [
                    ["FIW0001", "2", "started_on", "FIW0001,job,soon"],
                    ["", "3", "case_ref", "FIW9999,job,later"],
                    ["", "3", "started_on", "FIW9999,job,later"],
                    ["FIW0002", "4", "started_on", "FIW0002,job,then"],
                ]
            )
        }
    }

    @Test("Mended, the list imports the rest and leaves the others alone")
    func mendedLater() async throws {
        let sound = try ImportFaultTests.list()
        let (broken, _) = try ImportFaultTests.broken()
        let wanted = try await withInstallation(.sqlite) { installation in
            try await installation.importList(sound, Self.id)
            return try await installation.figures()
        }
        try await withInstallation(.sqlite) { installation in
            try await withTemporaryDirectory { folder in
                try broken.write(to: folder)
                let importer = try await installation.importer(folder, Self.id)
                let check = try await importer.check { _, _, _ in }
                let faulty = Set(check.faultyCases.keys)
                let first = try await importer.write(skipping: faulty, seed: 1) { _, _, _ in }
                let second = try await installation.importList(sound, Self.id)
                #expect(second.added == 60 - first.added)
                // Two rows of the other files named no case that there is, and come in later.
                #expect(second.corrected == 2)
                #expect(try await installation.figures() == wanted)
            }
        }
    }

    @Test("A refusal of the rules is told at the cell that it is about")
    func refusalsHaveCells() async throws {
        var list = try ImportFaultTests.list().only([1, 2, 3, 4, 5])
        list[1, "discharged_on"] = "2013-04-04"
        list[2, "referred_on"] = "2013-03-29"
        list[3, "started_on"] = ""
        list.files["jobs.csv"] = nil
        list.files["activities.csv"] = [["case_ref", "activity_on", "kind", "sessions"]]
        for (day, sessions) in [("2013-05-01", "4"), ("2013-05-08", "3")] {
            list.add(
                "activities.csv",
                ["case_ref": "FIW0004", "activity_on": day, "kind": "cbt", "sessions": sessions]
            )
        }
        let broken = list
        try await withInstallation(.sqlite) { installation in
            let check = try await installation.check(broken, Self.id)
            let told = check.faults.map {
                "\($0.line ?? 0) \($0.field ?? "") \($0.problem.prefix { $0 != ":" })"
            }
            #expect(
                told == [
                    "2 discharged_on not-started", "3 referred_on outside-programme",
                    "4 discharged_on not-started", "3 sessions cbt-sessions-used-up",
                ]
            )
        }
    }

    @Test("A row whose quotes are wrong is one fault, and no other row is lost")
    func unreadableRows() async throws {
        let list = try ImportFaultTests.list().only([1, 2, 3, 4])
        try await withInstallation(.sqlite) { installation in
            try await withTemporaryDirectory { folder in
                try list.write(to: folder)
                let path = folder + "/referrals.csv"
                let text = try String(contentsOfFile: path, encoding: .utf8)
                let broken = text.replacing("FIW0002,", with: "\"FIW0002,")
                try broken.write(toFile: path, atomically: true, encoding: .utf8)
                let importer = try await installation.importer(folder, Self.id)
                let check = try await importer.check { _, _, _ in }
                #expect(check.rows == 3)
                #expect(check.faults.first?.line == 3)
                let result = try await importer.write(
                    skipping: Set(check.faultyCases.keys),
                    seed: 1
                ) { _, _, _ in }
                #expect(result.added == 3)
            }
        }
    }
}
