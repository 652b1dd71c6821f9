import Application
import Casework
import Foundation
import Kernel
import SQL
import Store
import TestSupport
import Testing

/// A change is decided on what holds, made durable once, and never lost.
@Suite struct ChangeTests {
    static let id = "kickstarter"

    static func note(_ text: String) -> Command {
        var fields = NoteWritten()
        fields.text = text
        return Command(.noteWritten(fields), on: CivilDate(day: 19_920))
    }

    private func withCases(
        _ backend: Backend,
        _ body: (TestInstallation) async throws -> Void
    ) async throws {
        try await withInstallation(backend) { installation in
            try await installation.importList(
                try ClientList(fixture: Self.id).only(Array(1...8)),
                Self.id
            )
            try await body(installation)
            #expect(try await installation.problems() == [])
        }
    }

    @Test("A change on a version that has passed is a conflict", arguments: Backend.allCases)
    func staleVersions(_ backend: Backend) async throws {
        try await withCases(backend) { installation in
            let version = try await installation.history("KS0001").version
            let next = try await installation.change("KS0001", Self.note("a"), version: version)
            #expect(next == version + 1)
            await #expect(throws: StoreError.conflict(reference: "KS0001")) {
                try await installation.change("KS0001", Self.note("b"), version: version)
            }
            #expect(try await installation.history("KS0001").version == next)
        }
    }

    @Test("The same key with the same command is done once, and answered alike")
    func idempotency() async throws {
        try await withCases(.sqlite) { installation in
            let goodwork = installation.goodwork
            let header = try await installation.header("KS0001")
            func send(_ text: String, _ user: String = "test") async throws -> Goodwork.Change {
                let actor = Actor(user: user, organisation: "tests", role: .operator)
                return try await goodwork.change(
                    header,
                    Self.note(text),
                    by: actor,
                    idempotencyKey: "key-1",
                    seed: .random(in: .min ... .max)
                )
            }
            let first = try await send("a")
            #expect(first.events.count == 1)
            try await installation.change("KS0001", Self.note("between"))
            let events = try await installation.count("journal")
            #expect(try await send("a") == first)
            #expect(try await installation.count("journal") == events)
            await #expect(throws: StoreError.keyReused("key-1")) { try await send("b") }
            await #expect(throws: StoreError.keyReused("key-1")) { try await send("a", "another") }
            #expect(try await installation.count("journal") == events)
        }
    }

    @Test("A key whose command was refused is free for another try")
    func refusedKeys() async throws {
        try await withCases(.sqlite) { installation in
            let early = Command(.contactAttempted(ContactAttempted()), on: CivilDate(day: 0))
            await #expect(throws: ServiceError.self) {
                try await installation.change("KS0001", early, key: "key-2")
            }
            try await installation.change("KS0001", Self.note("a"), key: "key-2")
        }
    }

    @Test("Two changes at once on one version: one is done", arguments: Backend.allCases)
    func racingVersions(_ backend: Backend) async throws {
        try await withCases(backend) { installation in
            for round in 1...5 {
                let version = try await installation.history("KS0002").version
                let outcomes = await withTaskGroup(of: Bool.self) { group in
                    for racer in 1...2 {
                        group.addTask {
                            let note = Self.note("\(round).\(racer)")
                            do {
                                try await installation.change("KS0002", note, version: version)
                                return true
                            } catch {
                                #expect(error as? StoreError == .conflict(reference: "KS0002"))
                                return false
                            }
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(outcomes.filter { $0 }.count == 1)
                #expect(try await installation.history("KS0002").version == version + 1)
            }
        }
    }

    @Test("Two programs on one database lose nothing of each other", arguments: Backend.allCases)
    func twoPrograms(_ backend: Backend) async throws {
        try await withReopenableDatabase(backend) { open in
            let one = try await TestInstallation(try await open())
            let other = try await TestInstallation(try await open())
            try await one.importList(try ClientList(fixture: Self.id).only([1, 2]), Self.id)
            let before = try await one.history("KS0001").version
            let done = await withTaskGroup(of: Int.self) { group in
                for (name, program) in [("one", one), ("other", other)] {
                    group.addTask {
                        var done = 0
                        for index in 1...12 {
                            do {
                                try await program.change("KS0001", Self.note("\(name) \(index)"))
                                done += 1
                            } catch {
                                #expect(error as? StoreError == .conflict(reference: "KS0001"))
                            }
                        }
                        return done
                    }
                }
                return await group.reduce(0, +)
            }
            #expect(done >= 12)
            #expect(try await one.history("KS0001").version == before + done)
            #expect(try await other.problems() == [])
            try await one.database.close()
            try await other.database.close()
        }
    }

    @Test("Two hundred commands at once are each there once", arguments: Backend.allCases)
    func manyAtOnce(_ backend: Backend) async throws {
        try await withCases(backend) { installation in
            let before = try await installation.count("journal")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 1...200 {
                    group.addTask {
                        let reference = "KS000\(1 + index % 8)"
                        try await installation.change(reference, Self.note("note \(index)"))
                    }
                }
                try await group.waitForAll()
            }
            var notes: [String] = []
            for index in 1...8 {
                notes += try await installation.history("KS000\(index)").events.compactMap {
                    if case .noteWritten(let fields) = $0.body { fields.text } else { nil }
                }
            }
            #expect(notes.count == 200)
            #expect(Set(notes) == Set((1...200).map { "note \($0)" }))
            #expect(try await installation.count("journal") == before + 200)
        }
    }

    @Test("A refusal has the code and the sentence of the rule, and changes nothing")
    func refusals() async throws {
        try await withCases(.sqlite) { installation in
            let stored = try await installation.stored()
            let error = await #expect(throws: ServiceError.self) {
                try await installation.change("KS0001", Command(.trackingEnded(Plain()), on: .now))
            }
            #expect(error?.kind == .refused)
            #expect(error?.code == "not-discharged")
            #expect(error?.message == "Tracking begins with the discharge.")
            #expect(try await installation.stored() == stored)
        }
    }
}

extension CivilDate {
    /// The day that a test's clock shows.
    static var now: CivilDate { TestClock().now.civilDateUK }
}
