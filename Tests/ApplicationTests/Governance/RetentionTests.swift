import Application
import Casework
import Foundation
import Kernel
import Programmes
import SQL
import Store
import TestSupport
import Testing

/// What need not be kept is listed by its day, and erased only when somebody says so.
@Suite struct RetentionTests {
    /// The clock stands at 2 June 2025 and the programme keeps a closed case for so many years.
    static func day(yearsAgo years: Int, plus days: Int) -> String {
        TestClock().now.civilDateUK.adding(months: -12 * years).adding(days: days).iso
    }

    @Test(
        "A person is due once the last of their cases has been kept long enough",
        arguments: Backend.allCases
    )
    func days(_ backend: Backend) async throws {
        let number = PeopleMatchingTests.number
        let other = PeopleMatchingTests.other
        let two = ["A,\(number),Jo,Bee,1980-01-02", "B,\(number),Jo,Bee,1980-01-02"]
        let one = Array(two.prefix(1))
        let apart = [two[0], "B,\(other),Jan,Wasp,1970-01-02"]
        // Days after the last day of keeping on which A and B were closed; nil is open.
        let situations: [(people: [String], a: Int?, b: Int?, joined: Bool, due: [String])] = [
            (one, -1, nil, false, ["A"]),
            (one, 0, nil, false, []),
            (one, 1, nil, false, []),
            (one, -400, nil, false, ["A"]),
            (two, -1, -1, false, ["AB"]),
            (two, -1, 0, false, []),
            (two, -400, nil, false, []),
            (apart, -1, nil, false, ["A"]),
            (apart, -1, -2, false, ["B", "A"]),
            (apart, -1, nil, true, []),
            (apart, -1, -2, true, ["AB"]),
        ]
        for (place, situation) in situations.enumerated() {
            if backend == .postgres, ![0, 1, 9, 10].contains(place) { continue }
            try await GovernancePeople.with(backend, situation.people) { installation in
                let years = try await installation.programme(GovernancePeople.programme)
                    .retentionYears
                for (name, days) in [("A", situation.a), ("B", situation.b)] {
                    guard let days else { continue }
                    try await installation.close(name, on: Self.day(yearsAgo: years, plus: days))
                }
                let goodwork = installation.goodwork
                if situation.joined {
                    try await installation.merge("A", into: "B")
                }
                let due = try await goodwork.retentionDue(by: GovernancePeople.officer)
                let found = due.map { $0.cases.map(\.header.reference).sorted().joined() }
                #expect(found == situation.due, "situation \(place + 1)")
            }
        }
    }

    @Test("Erasing what is due is all or nothing, and written down", arguments: Backend.allCases)
    func erases(_ backend: Backend) async throws {
        try await GovernancePeople.with(backend, GovernancePeople.different(3)) { installation in
            let (goodwork, officer) = (installation.goodwork, GovernancePeople.officer)
            for name in ["A", "B"] { try await installation.close(name, on: "2016-01-04") }
            let people = try await goodwork.retentionDue(by: officer).map(\.person)
            #expect(people.count == 2)
            let open = try await installation.person("C")
            await #expect(throws: ServiceError.self) {
                try await goodwork.eraseRetained(people + [open], by: officer)
            }
            #expect(try await installation.identity("A") != nil)
            try await goodwork.eraseRetained(people, by: officer)
            for name in ["A", "B"] { #expect(try await installation.identity(name) == nil) }
            #expect(try await installation.identity("C") != nil)
            #expect(try await goodwork.retentionDue(by: officer).isEmpty)
            let store = installation.store
            let log = try await installation.database.read {
                try store.accessLog(of: people[0].text, opensReasons: true, in: $0)
            }
            #expect(
                log.contains {
                    $0.action == "erase-person" && $0.reason == .code("retention")
                        && $0.actor == "ig-1"
                }
            )
            await #expect(throws: ServiceError.self) {
                try await goodwork.eraseRetained([open], by: GovernancePeople.administrator)
            }
        }
    }

    @Test("Erasing beside a running write waits for it, and holds nothing that it needs")
    func waits() async throws {
        try await GovernancePeople.with(.postgres, GovernancePeople.different(1)) { installation in
            let header = try await installation.header("A")
            let decided = try await SecrecyTests.noteDecided("A", installation)
            let (store, database) = (installation.store, installation.database)
            let writing = Task {
                try await database.write { transaction in
                    try store.write([decided], in: transaction)
                    Thread.sleep(forTimeInterval: 1)
                    // What an erasure had locked would be refused here at once.
                    return try transaction.first(
                        "SELECT id FROM people WHERE id = $1 FOR UPDATE NOWAIT",
                        [.text(header.person.text)]
                    ) { _ in true }
                }
            }
            try await Task.sleep(for: .milliseconds(300))
            let done = try await installation.goodwork.erase(
                personOf: header,
                reason: "asked",
                by: GovernancePeople.officer
            )
            #expect(try await writing.value == true)
            #expect(done.erased)
            #expect(try await installation.problems() == [])
        }
    }

    @Test(
        "Who waits for a copy, of any record, is not erased before it",
        arguments: Backend.allCases
    )
    func copies(_ backend: Backend) async throws {
        try await GovernancePeople.with(backend, GovernancePeople.different(3)) { installation in
            let (goodwork, officer) = (installation.goodwork, GovernancePeople.officer)
            for name in ["A", "B", "C"] { try await installation.close(name, on: "2016-01-04") }
            let joined = try await installation.person("A")
            _ = try await goodwork.merge(
                joined,
                into: try await installation.person("B"),
                reason: "One person",
                by: officer,
                seed: 1
            )
            let (store, now) = (installation.store, installation.clock.now)
            _ = try await installation.database.write {
                try store.askCopy("copy-1", of: joined, at: now, in: $0)
            }
            let retention = try await goodwork.retention(by: officer)
            #expect(retention.due.flatMap(\.cases).map(\.header.reference) == ["C"])
            let waiting = retention.waiting.flatMap(\.cases).map(\.header.reference)
            #expect(waiting.sorted() == ["A", "B"])
            #expect(try await goodwork.governanceCounts(by: officer).retentionDue == 1)
            let everybody = (retention.due + retention.waiting).map(\.person)
            await #expect(throws: ServiceError.self) {
                try await goodwork.eraseRetained(everybody, by: officer)
            }
            #expect(try await installation.identity("C") != nil)
            let header = try await installation.header("B")
            func view() async throws -> ErasureView {
                try await goodwork.erasure(personOf: header, reason: "asked for", by: officer)
            }
            #expect(try await view().waitsForCopy)
            _ = try await installation.database.write {
                try store.answerCopy("copy-1", by: officer.user, at: now, in: $0)
            }
            #expect(try await goodwork.retention(by: officer).waiting.isEmpty)
            #expect(try await view().waitsForCopy == false)
            try await goodwork.eraseRetained(everybody, by: officer)
            for name in ["A", "B", "C"] {
                #expect(try await installation.identity(name) == nil)
            }
        }
    }
}
