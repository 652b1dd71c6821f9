import Application
import Casework
import Foundation
import Kernel
import SQL
import Store
import TestSupport
import Testing

/// Why somebody looked stands sealed in the access log, and opens for those who keep the records.
@Suite struct SealedReasonTests {
    static let officer = GovernancePeople.officer

    /// Reasons whose every word can be looked for in the bytes of a database.
    static let reasons: [Action: String] = [
        .breakGlass: "Collapsedinclinic Givennamea",
        .findPerson: "Lookedforbyfamily Aboutsearching",
        .copyRecord: "Solicitorasked Aboutcopying",
        .erasePerson: "Wishedtoleave Abouterasing",
        .readIdentity: "Calledbackby Aboutidentity",
        .exportJournal: "Moveelsewhere Aboutexporting",
    ]

    /// Everything that asks for a reason, done about A and B.
    private func work(_ installation: TestInstallation) async throws {
        let goodwork = installation.goodwork
        let header = try await installation.header("A")
        let identity = try #require(try await installation.identity("A"))
        let coach = Actor(user: "coach-9", organisation: "elsewhere", role: .coach)
        _ = try await goodwork.breakGlass(
            "A",
            reason: Self.reasons[.breakGlass] ?? "",
            by: coach,
            seed: 1
        )
        _ = try await goodwork.find(
            identity,
            reason: Self.reasons[.findPerson] ?? "",
            by: Self.officer
        )
        _ = try await goodwork.copy(
            personOf: header,
            reason: Self.reasons[.copyRecord] ?? "",
            by: Self.officer
        )
        _ = try await goodwork.erasure(
            personOf: header,
            reason: Self.reasons[.erasePerson] ?? "",
            by: Self.officer
        )
        _ = try await goodwork.story(
            of: header,
            identifies: true,
            reason: Self.reasons[.readIdentity] ?? "",
            by: installation.actor
        )
        _ = try await goodwork.exportJournal(
            by: installation.actor,
            reason: Self.reasons[.exportJournal] ?? ""
        ) { _ in }
    }

    /// What the log says of each action, as information governance reads it.
    private func log(_ installation: TestInstallation) async throws -> [Action: [AccessReason?]] {
        let page = try await installation.goodwork.searchLog(
            LogQuestion(),
            limit: 500,
            by: Self.officer
        )
        return page.entries.map(\.entry).reduce(into: [:]) { log, entry in
            guard let action = Action(rawValue: entry.action) else { return }
            log[action, default: []].append(entry.reason)
        }
    }

    @Test("No word of a reason stands in any column", arguments: Backend.allCases)
    func nowhereInClear(_ backend: Backend) async throws {
        try await GovernancePeople.with(backend, GovernancePeople.different(2)) { installation in
            try await work(installation)
            let dump = try await installation.database.dump()
            // The search can find: codes stand in clear.
            for code in Self.reasons.keys.map(\.rawValue) {
                #expect(dump.range(of: Data(code.utf8)) != nil, "\(code)")
            }
            for word in Self.reasons.values.flatMap({ $0.split(separator: " ") }) {
                let found = dump.range(of: Data(word.utf8)) != nil
                #expect(!found, "\(word)")
            }
            #expect(try await installation.problems() == [])
        }
    }

    @Test("Information governance reads every reason", arguments: Backend.allCases)
    func opens(_ backend: Backend) async throws {
        try await GovernancePeople.with(backend, GovernancePeople.different(2)) { installation in
            try await work(installation)
            let log = try await log(installation)
            for (action, reason) in Self.reasons {
                let told = log[action]?.compactMap { $0 } ?? []
                #expect(!told.isEmpty, "\(action)")
                #expect(told.allSatisfy { $0 == .words(reason) }, "\(action)")
            }
            // Whoever may see that there was a look sees no reason.
            let (store, id) = (installation.store, try await installation.header("A").id.text)
            let looks = try await installation.database.read {
                try store.accessLog(of: id, in: $0)
            }
            #expect(!looks.isEmpty)
            #expect(looks.allSatisfy { $0.reason == nil })
        }
    }

    @Test("Erasing a person takes the reasons about them along", arguments: Backend.allCases)
    func erasure(_ backend: Backend) async throws {
        try await GovernancePeople.with(backend, GovernancePeople.different(2)) { installation in
            try await work(installation)
            let header = try await installation.header("A")
            _ = try await installation.goodwork.erase(
                personOf: header,
                reason: "Wishedtoleave",
                by: installation.actor
            )
            // Of somebody who has been erased no new words are kept.
            _ = try await installation.goodwork.copy(
                personOf: header,
                reason: "Afterwards",
                by: Self.officer
            )
            let log = try await log(installation)
            for action in [Action.breakGlass, .copyRecord, .erasePerson, .readIdentity] {
                let told = log[action]?.compactMap { $0 } ?? []
                #expect(!told.isEmpty && told.allSatisfy { $0 == .erased }, "\(action)")
            }
            // The search for people was about no one person when it began.
            let searching = log[.findPerson]?.compactMap { $0 } ?? []
            #expect(searching == [.erased, .words(Self.reasons[.findPerson] ?? "")])
            #expect(log[.exportJournal] == [.words(Self.reasons[.exportJournal] ?? "")])
            #expect(try await installation.problems() == [])
        }
    }

    @Test("An entry from before, in clear, still reads and its chain holds")
    func oldEntries() async throws {
        try await GovernancePeople.with(.sqlite, GovernancePeople.different(1)) { installation in
            let store = installation.store
            let entry = AccessEntry(
                at: installation.clock.now,
                actor: "ig-1",
                organisation: "host",
                action: Action.copyRecord.rawValue,
                subject: try await installation.header("A").id.text,
                reason: .code("asked by letter")
            )
            try await store.committer.submit { try store.log(entry, in: $0) }
            #expect(try await log(installation)[.copyRecord] == [.code("asked by letter")])
            #expect(try await installation.problems() == [])
        }
    }

    /// What is done to a sealed reason behind the program's back.
    static let tampering = [
        "UPDATE access_log SET sealed_reason = NULL",
        "UPDATE access_log SET reason = 'another'",
        "UPDATE access_log SET reason_person = NULL",
        """
        UPDATE access_log SET sealed_reason =
            (SELECT sealed_reason FROM access_log WHERE action = 'export-journal')
        """,
    ]

    @Test("A reason that is changed, taken or moved is found", arguments: Backend.allCases)
    func tampered(_ backend: Backend) async throws {
        try await GovernancePeople.with(backend, GovernancePeople.different(1)) { installation in
            try await work(installation)
            for does in Self.tampering {
                let problems = try await installation.problems(
                    afterTampering: [does + " WHERE action = 'copy-record'"]
                )
                #expect(problems.contains { $0.contains("access log's chain breaks") }, "\(does)")
            }
        }
    }
}
