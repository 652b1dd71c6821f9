import Application
import Casework
import Kernel
import SQL
import Store
import TestSupport
import Testing

/// Two records of one person are joined, followed everywhere, and parted as if nothing had been.
@Suite struct MergeTests {
    private static let officer = GovernancePeople.officer

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
            let first = try await installation.merge("A", into: "B")
            let second = try await installation.merge("B", into: "C")
            let c = alone[2]
            #expect(try await installation.kept(names) == [c, c, c, alone[3]])
            // A is named again: it is C that is joined to D.
            let third = try await installation.merge("A", into: "D")
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
            let merges = try await installation.goodwork.pairs(.joined, by: Self.officer).map(
                \.pair
            )
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
            let first = try await installation.merge("A", into: "B")
            let second = try await installation.merge("B", into: "C")
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
                        let link = try await installation.merge(names[one], into: names[other])
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
            let link = try await installation.merge("A", into: "B")
            let twice = await #expect(throws: ServiceError.self) {
                try await installation.merge("B", into: "A")
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
                let link = try await installation.merge(person, into: into)
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
}
