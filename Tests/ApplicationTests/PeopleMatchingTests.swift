import Application
import Casework
import TestSupport
import Testing

/// The same NHS number and birth date is one person; anything less is only reported.
@Suite struct PeopleMatchingTests {
    static let id = "fit-for-work-out-of-work"

    /// Cases by reference, each with number, given name, family name, birth date and, where it is
    /// given, postcode.
    static func list(_ people: [String]) throws -> ClientList {
        let whole = try ClientList(fixture: id)
        var list = whole.only(Array(1...people.count))
        list.files["activities.csv"] = nil
        list.files["jobs.csv"] = nil
        for (index, line) in people.enumerated() {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map {
                String($0)
            }
            let columns = [
                "case_ref", "nhs_number", "given_name", "family_name", "birth_date", "postcode",
            ]
            for (column, cell) in zip(columns, cells) { list[index + 1, column] = cell }
        }
        return list
    }

    static let number = "9993000019"
    static let other = "9993000027"

    static let situations: [(first: String, second: String, match: ImportResult.Match?)] = [
        ("A,\(number),Jo,Bee,1980-01-02", "B,\(number),Jo,Bee,1980-01-02", .matched),
        ("A,\(number),Jo,Bee,1980-01-02", "B,\(number),Joanna,Smith,02/01/1980", .matched),
        ("A,\(number),Jo,Bee,1980-01-02", "B,999 300 0019,Jo,Bee,", .matched),
        ("A,\(number),Jo,Bee,1980-01-02", "B,\(number),Jo,Bee,1980-02-01", .sameNumber),
        ("A,\(number),Jo,Bee,1980-01-02", "B,,JO,BEE,1980-01-02", .possible),
        ("A,,Jo,O'Bee,1980-01-02", "B,,jo,OBee,1980-01-02", .possible),
        ("A,\(number),Jo,Bee,1980-01-02", "B,\(other),Jo,Bee,1980-01-02", nil),
        ("A,,Jo,Bee,1980-01-02", "B,,Jo,Bee,1980-01-03", nil),
        ("A,,Jo,Bee,1980-01-02", "B,,Jo,Cee,1980-01-02", nil),
        ("A,,Jo,Bee,", "B,,Jo,Bee,", nil),
    ]

    @Test("Two cases of a list are one person's, possibly one person's, or two people's")
    func withinOneList() async throws {
        for (first, second, match) in Self.situations {
            try await withInstallation(.sqlite) { installation in
                let list = try Self.list([first, second])
                let result = try await installation.importList(list, Self.id)
                #expect(result.added == 2)
                try await check(result, match, "\(first) / \(second)", installation)
                #expect(result.matches.first?.other == (match == nil ? nil : "A"))
            }
        }
    }

    @Test("A case of a later list is matched with those known already", arguments: Backend.allCases)
    func acrossLists(_ backend: Backend) async throws {
        for (first, second, match) in Self.situations {
            // A database of PostgreSQL takes longer to make than the test takes.
            if backend == .postgres, match == nil { continue }
            try await withInstallation(backend) { installation in
                try await installation.importList(try Self.list([first]), Self.id)
                let result = try await installation.importList(try Self.list([second]), Self.id)
                #expect(result.added == 1)
                try await check(result, match, "\(first) / \(second)", installation)
            }
        }
    }

    private func check(
        _ result: ImportResult,
        _ match: ImportResult.Match?,
        _ about: String,
        _ installation: TestInstallation
    ) async throws {
        #expect(result.matches.map(\.match) == (match.map { [$0] } ?? []), "\(about)")
        let one = try await installation.header("A")
        let other = try await installation.header("B")
        #expect((one.person == other.person) == (match == .matched), "\(about)")
        #expect(try await installation.count("people") == (match == .matched ? 1 : 2), "\(about)")
        #expect(try await installation.problems() == [])
    }

    @Test("A third case finds its person among two with the same number")
    func severalWithOneNumber() async throws {
        let people = [
            "A,\(Self.number),Jo,Bee,1980-01-02", "B,\(Self.number),Al,Cee,1990-01-02",
            "C,\(Self.number),Al,Cee,1990-01-02",
        ]
        for isOneList in [true, false] {
            try await withInstallation(.sqlite) { installation in
                var matches: [ImportResult.Match] = []
                for list in isOneList ? [people] : people.map({ [$0] }) {
                    let result = try await installation.importList(try Self.list(list), Self.id)
                    matches += result.matches.map(\.match)
                }
                #expect(matches == [.sameNumber, .matched])
                let second = try await installation.header("B")
                let third = try await installation.header("C")
                #expect(second.person == third.person)
            }
        }
    }

    @Test("A second case of a person adds what it knows, and its blanks take nothing away")
    func blanksTakeNothingAway() async throws {
        try await withInstallation(.sqlite) { installation in
            var first = try Self.list(["A,\(Self.number),Jo,Bee,1980-01-02"])
            first[1, "phone"] = "0161 496 0000"
            var second = try Self.list(["B,\(Self.number),Jo,Bee-Smith,"])
            second[1, "email"] = "jo@example.org"
            try await installation.importList(first, Self.id)
            try await installation.importList(second, Self.id)
            let whole = try await installation.identity("A")
            #expect(whole?.birthDate == "1980-01-02")
            #expect(whole?.familyName == "Bee-Smith")
            #expect(whole?.phone == "0161 496 0000")
            #expect(whole?.email == "jo@example.org")

            // Another cell of the first case changes: who the person is, is as told last.
            first[1, "ethnicity"] = "Z"
            #expect(try await installation.importList(first, Self.id).corrected == 1)
            #expect(try await installation.identity("A") == whole)
        }
    }

    @Test("Matches are found across the batches that a list is read in")
    func acrossBatches() async throws {
        let whole = try ClientList(fixture: "fit-for-work-in-work")
        var list = whole
        list.files["activities.csv"] = nil
        // The last row, two batches later than the first, is the first person again.
        for row in [501, list.count()] {
            for column in ["nhs_number", "birth_date"] { list[row, column] = list[1, column] }
        }
        try await withInstallation(.sqlite) { installation in
            let result = try await installation.importList(list, "fit-for-work-in-work")
            #expect(result.counts == [.matched: 2])
            let people = try await installation.count("people")
            #expect(people == list.count() - 2)
        }
    }
}
