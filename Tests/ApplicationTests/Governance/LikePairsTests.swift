import Application
import Casework
import Kernel
import Store
import TestSupport
import Testing

/// Records that may be of one person are found and offered, and no others.
@Suite struct LikePairsTests {
    private static let officer = GovernancePeople.officer

    /// The pairs as they are offered, each as its cases and why.
    private static func words(_ pairs: [LikePair]) -> [String] {
        pairs.map { "\(cases($0).joined()) \($0.why.rawValue)" }.sorted()
    }

    private static func cases(_ pair: LikePair) -> [String] {
        (pair.oneCases + pair.otherCases).sorted()
    }

    /// The cases of each person who is found by an identity.
    private static func found(
        _ identity: Identity,
        _ installation: TestInstallation
    ) async throws -> [[String]] {
        try await installation.goodwork.find(identity, reason: "asked", by: officer)
            .map { $0.cases.map(\.header.reference).sorted() }
    }

    @Test("Records that may be of one person are found", arguments: Backend.allCases)
    func likePairs(_ backend: Backend) async throws {
        let (number, other) = (PeopleMatchingTests.number, PeopleMatchingTests.other)
        try await GovernancePeople.with(
            backend,
            [
                "A,\(number),Jo,Bee,1980-01-02", "B,\(number),Jo,Bee,1981-01-02",
                "C,,Jo,Bee,1980-01-02", "D,\(other),Jo,Bee,1980-01-02",
            ]
        ) { installation in
            let goodwork = installation.goodwork
            let found = try await goodwork.likePairs(by: Self.officer)
            #expect(
                Self.words(found) == [
                    "AB same-nhs-number", "AC same-name-and-birth-date",
                    "CD same-name-and-birth-date",
                ]
            )
            #expect(found.allSatisfy { $0.partedOn == nil })
            let link = try await installation.merge("A", into: "B")
            try await goodwork.unmerge(link.id, reason: "Twins", by: Self.officer)
            let parted = try await goodwork.likePairs(by: Self.officer)
            #expect(parted.map { $0.partedOn != nil } == [true, false, false])
            let compared = try await goodwork.compare(
                link.one,
                link.other,
                reason: "asked",
                by: Self.officer
            )
            #expect(compared.parted.map { $0.undone?.reason } == ["Twins"])
            try await installation.merge("A", into: "B")
            #expect(try await goodwork.likePairs(by: Self.officer).count == 2)
            var identity = Identity()
            identity.nhsNumber = number
            #expect(try await Self.found(identity, installation) == [["A", "B"]])
            await #expect(throws: ServiceError.self) {
                _ = try await goodwork.find(identity, reason: "", by: Self.officer)
            }
        }
    }

    @Test("Pairs that are none do not hide those that come after them", arguments: Backend.allCases)
    func manyPairs(_ backend: Backend) async throws {
        // 36 of one name, each with a number, are 630 pairs; none of them is offered.
        let numbers = (0..<60).compactMap { NHSNumber(nineDigits: "99930\(4_010 + $0)")?.digits }
        let named = numbers.prefix(36).enumerated().map { place, number in
            "P\(place),\(number),Jo,Bee,1980-01-02"
        }
        #expect(named.count == 36)
        let last = ["Y,,Ann,Wasp,1970-05-05", "Z,,Ann,Wasp,1970-05-05"]
        try await GovernancePeople.with(backend, named + last) { installation in
            let pairs = try await installation.goodwork.likePairs(by: Self.officer)
            #expect(pairs.map(Self.cases) == [["Y", "Z"]])
            try await installation.merge("Y", into: "Z")
            #expect(try await installation.goodwork.likePairs(by: Self.officer).isEmpty)
        }
    }

    @Test("A name spelt otherwise is found by postcode and birth date", arguments: Backend.allCases)
    func samePlace(_ backend: Backend) async throws {
        let (number, other) = (PeopleMatchingTests.number, PeopleMatchingTests.other)
        try await GovernancePeople.with(
            backend,
            [
                "A,\(number),Jo,Bee,1980-01-02,M20 2LS", "B,,Joe,Bea,1980-01-02,m202ls",
                "C,,Joe,Bea,1980-01-03,M20 2LS", "D,\(other),Ann,Bee,1980-01-02,M20 2LS",
            ]
        ) { installation in
            let pairs = try await installation.goodwork.likePairs(by: Self.officer)
            // Two who both have a number are two people, such as sisters born on one day.
            #expect(
                Self.words(pairs) == [
                    "AB same-postcode-and-birth-date", "BD same-postcode-and-birth-date",
                ]
            )
            for (postcode, birth, expected) in [
                ("M20 2LS", "1980-01-02", ["A", "B", "D"]), ("M20 2LS", "1980-01-03", ["C"]),
                ("M20 2LT", "1980-01-02", []),
            ] {
                var identity = Identity()
                identity.postcode = postcode
                identity.birthDate = birth
                let cases = try await Self.found(identity, installation).flatMap { $0 }
                #expect(cases.sorted() == expected, "\(postcode) \(birth)")
            }
        }
    }
}
