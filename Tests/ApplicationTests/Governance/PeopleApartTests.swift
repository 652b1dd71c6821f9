import Application
import Casework
import Kernel
import SQL
import Store
import TestSupport
import Testing

/// Two people who were taken for one are told apart.
@Suite struct PeopleApartTests {
    private static let officer = GovernancePeople.officer

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
                -> PersonPair
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
            let link = try await installation.merge("B", into: "C")
            #expect(try await offered() == [])
            let joined = await #expect(throws: ServiceError.self) {
                try await installation.merge("A", into: "C")
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
            try await installation.merge("A", into: "B")
            let same = await #expect(throws: ServiceError.self) { _ = try await tell("A", "B") }
            #expect(same?.code == "already-joined")
            // The two who are one after all read nothing of each other: there is the third alone.
            let copy = try await goodwork.copy(
                personOf: try await installation.header("A"),
                reason: "asked",
                by: Self.officer
            )
            let apartToC = try await goodwork.pairs(.apart, by: Self.officer)
                .filter { $0.pair.id != twins.id }
            #expect(copy.apart == apartToC.map(\.pair))

            let found = try await goodwork.pairs(.apart, by: Self.officer)
            #expect(found.count == 2)
            let first = try #require(found.first { $0.pair.id == twins.id })
            #expect((first.oneCases + first.otherCases).sorted() == ["A", "B"])
            #expect(first.pair.undone?.by == "ig-2")
            let (store, person) = (installation.store, try await installation.person("A"))
            let log = try await installation.database.read {
                try store.accessLog(of: person.text, opensReasons: true, in: $0)
            }
            #expect(log.contains { $0.action == "tell-people-apart" && $0.outcome == "allowed" })
            #expect(log.allSatisfy { $0.reason?.text.contains("twins") != true })
            let coach = Actor(user: "x", organisation: "tests", role: .coach)
            let refused = await #expect(throws: ServiceError.self) {
                _ = try await goodwork.pairs(.apart, by: coach)
            }
            #expect(refused?.kind == .forbidden)
            // The words go with the person.
            _ = try await goodwork.erase(
                personOf: try await installation.header("A"),
                reason: "asked",
                by: Self.officer
            )
            let after = try await goodwork.pairs(.apart, by: Self.officer)
            #expect(after.allSatisfy { $0.pair.reason == nil })
        }
    }
}
