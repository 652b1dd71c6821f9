import Application
import Casework
import Kernel
import SQL
import Store
import TestSupport
import Testing

/// Two records of one person are joined, followed everywhere, and parted as if nothing had been.
@Suite struct MergeTests {
    static let officer = GovernancePeople.officer

    @discardableResult
    private func merge(
        _ one: String,
        into other: String,
        _ installation: TestInstallation
    ) async throws -> PersonLink {
        try await installation.goodwork.merge(
            try await installation.person(one),
            into: try await installation.person(other),
            reason: "The GP says so",
            by: Self.officer,
            seed: .random(in: .min ... .max)
        )
    }

    @Test(
        "A joined into B, B into C: all are C; parting gives back what was",
        arguments: Backend.allCases
    )
    func chain(_ backend: Backend) async throws {
        try await GovernancePeople.with(backend, GovernancePeople.different(4)) { installation in
            let names = ["A", "B", "C", "D"]
            let alone = try await installation.kept(names)
            #expect(Set(alone).count == 4)
            let stored = try await installation.stored()
            let figures = try await installation.figures()
            let first = try await merge("A", into: "B", installation)
            let second = try await merge("B", into: "C", installation)
            let c = alone[2]
            #expect(try await installation.kept(names) == [c, c, c, alone[3]])
            // A is named again: it is C that is joined to D.
            let third = try await merge("A", into: "D", installation)
            #expect(try await installation.kept(names) == [alone[3], alone[3], alone[3], alone[3]])
            // Nothing is moved: cases, facts and figures are as they were.
            #expect(try await installation.stored() == stored)
            #expect(try await installation.figures() == figures)
            try await installation.goodwork.unmerge(third.id, reason: "No", by: Self.officer)
            #expect(try await installation.kept(names) == [c, c, c, alone[3]])
            // B leaves and takes A along, as A was joined into it.
            try await installation.goodwork.unmerge(second.id, reason: "No", by: Self.officer)
            #expect(
                try await installation.kept(names) == [alone[1], alone[1], alone[2], alone[3]]
            )
            try await installation.goodwork.unmerge(first.id, reason: "No", by: Self.officer)
            #expect(try await installation.kept(names) == alone)
            let merges = try await installation.goodwork.merges(by: Self.officer).map(\.link)
            #expect(merges.count == 3)
            #expect(
                merges.allSatisfy { $0.undone?.reason == "No" && $0.reason == "The GP says so" }
            )
            #expect(try await installation.problems() == [])
        }
    }

    @Test("Parted within a chain, a merge is of the two alone", arguments: Backend.allCases)
    func partedInTheMiddle(_ backend: Backend) async throws {
        try await GovernancePeople.with(backend, GovernancePeople.different(3)) { installation in
            let goodwork = installation.goodwork
            let first = try await merge("A", into: "B", installation)
            let second = try await merge("B", into: "C", installation)
            try await goodwork.unmerge(first.id, reason: "No", by: Self.officer)
            try await goodwork.unmerge(second.id, reason: "No", by: Self.officer)
            for (name, links) in [
                ("A", [first.id]), ("B", [first.id, second.id]), ("C", [second.id]),
            ] {
                let copy = try await goodwork.copy(
                    personOf: try await installation.header(name),
                    reason: "asked for",
                    by: Self.officer
                )
                #expect(copy.merges.map(\.id).sorted() == links.sorted(), "\(name)")
            }
        }
    }

    @Test(
        "Random merges and partings come out as a plain forest does",
        arguments: zip([Backend.sqlite, .sqlite, .sqlite, .postgres], [UInt64(1), 2, 3, 4])
    )
    func random(_ backend: Backend, _ seed: UInt64) async throws {
        let names = ["A", "B", "C", "D", "E", "F", "G"]
        try await GovernancePeople.with(backend, GovernancePeople.different(7)) { installation in
            var random = RandomGenerator(seed: seed)
            let people = try await installation.kept(names)
            // What each was joined into, with the merge that did it.
            var parents: [PersonID: (into: PersonID, merge: String)] = [:]
            func root(_ person: PersonID) -> PersonID {
                var person = person
                while let next = parents[person] { person = next.into }
                return person
            }
            for _ in 1...60 {
                if random.below(3) > 0 {
                    let (one, other) = (random.below(7), random.below(7))
                    let before = try await installation.kept(names)
                    do {
                        let link = try await merge(names[one], into: names[other], installation)
                        #expect(root(people[one]) != root(people[other]))
                        parents[root(people[one])] = (root(people[other]), link.id)
                        if random.below(2) == 0 {
                            let id = link.id
                            try await installation.goodwork.unmerge(
                                id,
                                reason: "Mistaken",
                                by: Self.officer
                            )
                            parents = parents.filter { $0.value.merge != id }
                            #expect(try await installation.kept(names) == before, "seed \(seed)")
                        }
                    } catch let error as ServiceError {
                        #expect(error.code == "already-joined")
                        #expect(root(people[one]) == root(people[other]))
                    }
                } else if let (person, parent) = parents.sorted(by: { $0.key < $1.key })
                    .first(where: { _ in random.below(2) == 0 })
                {
                    try await installation.goodwork.unmerge(
                        parent.merge,
                        reason: "Two people",
                        by: Self.officer
                    )
                    parents[person] = nil
                }
                let kept = try await installation.kept(names)
                #expect(kept == people.map(root), "seed \(seed)")
                for place in people.indices {
                    let (store, own) = (installation.store, kept[place])
                    let again = try await installation.database.read {
                        try store.keptPerson(own, in: $0)
                    }
                    // One step leads to whoever stands for them.
                    #expect(again == own, "seed \(seed)")
                }
            }
        }
    }

    @Test("Only information governance merges; a reason is needed; nobody is joined twice")
    func refusals() async throws {
        try await GovernancePeople.with(.sqlite, GovernancePeople.different(2)) { installation in
            let (one, other) = (
                try await installation.person("A"), try await installation.person("B")
            )
            let goodwork = installation.goodwork
            for role in Role.ofAccounts where role != .governance {
                let actor = Actor(user: "x", organisation: "tests", role: role)
                let error = await #expect(throws: ServiceError.self) {
                    _ = try await goodwork.merge(one, into: other, reason: "x", by: actor, seed: 1)
                }
                #expect(error?.kind == .forbidden)
            }
            let blank = await #expect(throws: ServiceError.self) {
                _ = try await goodwork.merge(
                    one,
                    into: other,
                    reason: " ",
                    by: Self.officer,
                    seed: 1
                )
            }
            #expect(blank?.field == "reason")
            let link = try await merge("A", into: "B", installation)
            let twice = await #expect(throws: ServiceError.self) {
                try await merge("B", into: "A", installation)
            }
            #expect(twice?.code == "already-joined")
            try await goodwork.unmerge(link.id, reason: "No", by: Self.officer)
            let parted = await #expect(throws: ServiceError.self) {
                try await goodwork.unmerge(link.id, reason: "No", by: Self.officer)
            }
            #expect(parted?.code == "already-parted")
            // Both people's logs tell of it, and neither has the words of the reason.
            let store = installation.store
            for person in [one, other] {
                let log = try await installation.database.read {
                    try store.accessLog(of: person.text, opensReasons: true, in: $0)
                }
                for action in ["merge-people", "part-people"] {
                    #expect(log.contains { $0.action == action && $0.outcome == "allowed" })
                }
                #expect(log.allSatisfy { $0.reason?.text.contains("GP") != true })
            }
        }
    }

    @Test("A resident's own record follows a merge, and so does the offer of a duplicate")
    func follows() async throws {
        try await GovernancePeople.with(.sqlite, GovernancePeople.different(2)) { installation in
            let goodwork = installation.goodwork
            let (one, other) = (
                try await installation.person("A"), try await installation.person("B")
            )
            let resident = Actor(
                user: "r-1",
                organisation: "public",
                roles: [.resident],
                person: one
            )
            let header = try await installation.header("B")
            await #expect(throws: ServiceError.self) {
                _ = try await goodwork.file(header.id, for: .useOwnRecord, by: resident)
            }
            for (person, into) in [("A", "B"), ("B", "A")] {
                let link = try await merge(person, into: into, installation)
                let file = try await goodwork.file(header.id, for: .useOwnRecord, by: resident)
                #expect(file.identity?.name == "GivenB FamilyB")
                // Whoever refers A anew is told of the case that stands under B.
                let store = installation.store
                let records = try await installation.database.read {
                    try store.records(of: one, in: $0)
                }
                #expect(Set(records) == [one, other])
                try await goodwork.unmerge(link.id, reason: "No", by: Self.officer)
                await #expect(throws: ServiceError.self) {
                    _ = try await goodwork.file(header.id, for: .useOwnRecord, by: resident)
                }
            }
        }
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
            let words = found.map { pair in
                (pair.oneCases + pair.otherCases).sorted().joined() + " " + pair.why.rawValue
            }
            #expect(
                words.sorted() == [
                    "AB same-nhs-number", "AC same-name-and-birth-date",
                    "CD same-name-and-birth-date",
                ]
            )
            #expect(found.allSatisfy { $0.partedOn == nil })
            let link = try await merge("A", into: "B", installation)
            try await goodwork.unmerge(link.id, reason: "Twins", by: Self.officer)
            let parted = try await goodwork.likePairs(by: Self.officer)
            #expect(parted.map { $0.partedOn != nil } == [true, false, false])
            let compared = try await goodwork.compare(
                link.person,
                link.into,
                reason: "asked",
                by: Self.officer
            )
            #expect(compared.parted.map { $0.undone?.reason } == ["Twins"])
            try await merge("A", into: "B", installation)
            #expect(try await goodwork.likePairs(by: Self.officer).count == 2)
            var identity = Identity()
            identity.nhsNumber = number
            let people = try await goodwork.find(identity, reason: "asked", by: Self.officer)
            #expect(people.map { $0.cases.map(\.header.reference).sorted() } == [["A", "B"]])
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
            #expect(pairs.map { ($0.oneCases + $0.otherCases).sorted() } == [["Y", "Z"]])
            try await merge("Y", into: "Z", installation)
            #expect(try await installation.goodwork.likePairs(by: Self.officer).isEmpty)
        }
    }

    @Test("Who was found to be two people is offered no more", arguments: Backend.allCases)
    func toldApart(_ backend: Backend) async throws {
        let number = PeopleMatchingTests.number
        try await GovernancePeople.with(
            backend,
            ["A,\(number),Jo,Bee,1980-01-02", "B,\(number),Jo,Bee,1981-01-02"]
                + ["C,,Jo,Bee,1980-01-02"]
        ) { installation in
            let goodwork = installation.goodwork
            func offered() async throws -> [String] {
                try await goodwork.likePairs(by: Self.officer).map { pair in
                    (pair.oneCases + pair.otherCases).sorted().joined()
                }.sorted()
            }
            func tell(_ one: String, _ other: String, _ reason: String? = nil) async throws
                -> PeopleApart
            {
                try await goodwork.tellApart(
                    try await installation.person(one),
                    try await installation.person(other),
                    reason: reason,
                    by: Self.officer,
                    seed: .random(in: .min ... .max)
                )
            }
            #expect(try await offered() == ["AB", "AC"])
            let twins = try await tell("B", "A", "Secret twins")
            #expect(twins.reason == "Secret twins")
            #expect(try await tell("A", "C", " ").reason == nil)
            #expect(try await offered() == [])
            let again = await #expect(throws: ServiceError.self) { _ = try await tell("A", "B") }
            #expect(again?.code == "already-apart")

            // It is said of whoever stands for a person, and so of all that are joined with them.
            let link = try await merge("B", into: "C", installation)
            #expect(try await offered() == [])
            let joined = await #expect(throws: ServiceError.self) {
                try await merge("A", into: "C", installation)
            }
            #expect(joined?.code == "two-people")
            try await goodwork.unmerge(link.id, reason: "No", by: Self.officer)

            let compared = try await goodwork.compare(
                try await installation.person("A"),
                try await installation.person("B"),
                reason: "asked",
                by: Self.officer
            )
            #expect(compared.apart == twins)
            try await goodwork.withdrawApart(twins.id, by: GovernancePeople.otherOfficer)
            #expect(try await offered() == ["AB"])
            let late = await #expect(throws: ServiceError.self) {
                try await goodwork.withdrawApart(twins.id, by: Self.officer)
            }
            #expect(late?.code == "already-withdrawn")
            try await merge("A", into: "B", installation)
            let same = await #expect(throws: ServiceError.self) { _ = try await tell("A", "B") }
            #expect(same?.code == "already-joined")
            // The two who are one after all read nothing of each other: there is the third alone.
            let copy = try await goodwork.copy(
                personOf: try await installation.header("A"),
                reason: "asked",
                by: Self.officer
            )
            let apartToC = try await goodwork.peopleApart(by: Self.officer)
                .filter { $0.apart.id != twins.id }
            #expect(copy.apart == apartToC.map(\.apart))

            let found = try await goodwork.peopleApart(by: Self.officer)
            #expect(found.count == 2)
            let first = try #require(found.first { $0.apart.id == twins.id })
            #expect((first.oneCases + first.otherCases).sorted() == ["A", "B"])
            #expect(first.apart.withdrawn?.by == "ig-2")
            let (store, person) = (installation.store, try await installation.person("A"))
            let log = try await installation.database.read {
                try store.accessLog(of: person.text, opensReasons: true, in: $0)
            }
            #expect(log.contains { $0.action == "tell-people-apart" && $0.outcome == "allowed" })
            #expect(log.allSatisfy { $0.reason?.text.contains("twins") != true })
            let coach = Actor(user: "x", organisation: "tests", role: .coach)
            let refused = await #expect(throws: ServiceError.self) {
                _ = try await goodwork.peopleApart(by: coach)
            }
            #expect(refused?.kind == .forbidden)
            // The words go with the person.
            _ = try await goodwork.erase(
                personOf: try await installation.header("A"),
                reason: "asked",
                by: Self.officer
            )
            let after = try await goodwork.peopleApart(by: Self.officer)
            #expect(after.allSatisfy { $0.apart.reason == nil })
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
            let goodwork = installation.goodwork
            let pairs = try await goodwork.likePairs(by: Self.officer).map { pair in
                (pair.oneCases + pair.otherCases).sorted().joined() + " " + pair.why.rawValue
            }
            // Two who both have a number are two people, such as sisters born on one day.
            #expect(
                pairs.sorted() == [
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
                let people = try await goodwork.find(identity, reason: "asked", by: Self.officer)
                let cases = people.flatMap(\.cases).map(\.header.reference)
                #expect(cases.sorted() == expected, "\(postcode) \(birth)")
            }
        }
    }
}
