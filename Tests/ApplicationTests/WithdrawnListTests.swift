import Application
import Casework
import Kernel
import Programmes
import TestSupport
import Testing

/// A row that says that consent was taken back tells the withdrawal, which closes the case by itself.
@Suite struct WithdrawnListTests {
    private static let id = "fit-for-work-out-of-work"
    private static let reference = "FOW0001"

    @Test("A case left for consent taken back is closed by that", arguments: Backend.allCases)
    func closed(_ backend: Backend) async throws {
        var list = try ClientList(fixture: Self.id).only([1])
        list[1, "closure_reason"] = "consent-withdrawn"
        // What was done on that day was done before it.
        list[1, "started_on"] = list[1, "closed_on"]
        try await withInstallation(backend) { installation in
            try await installation.importList(list, Self.id)
            let first = try await installation.history(Self.reference)
            Self.expectClosed(first, on: "2014-01-17")
            #expect(first.fold()[.started]?.iso == "2014-01-17")
            #expect(Self.told(.closed, first).isEmpty)
            #expect(try await installation.importList(list, Self.id).events == 0)

            installation.clock.advance()
            list[1, "closed_on"] = "2014-01-20"
            #expect(try await installation.importList(list, Self.id).corrected == 1)
            Self.expectClosed(try await installation.history(Self.reference), on: "2014-01-20")

            installation.clock.advance()
            list[1, "closure_reason"] = "disengaged"
            try await installation.importList(list, Self.id)
            let disengaged = try await installation.history(Self.reference).fold()
            #expect(disengaged.closure == .disengaged)
            #expect(disengaged.consents[.referral] == nil)

            installation.clock.advance()
            list[1, "closure_reason"] = "consent-withdrawn"
            try await installation.importList(list, Self.id)
            Self.expectClosed(try await installation.history(Self.reference), on: "2014-01-20")
            #expect(try await installation.problems() == [])
        }
    }

    @Test("So is a referral that was returned for it, and a missing column takes nothing back")
    func returned() async throws {
        var list = try ClientList(fixture: Self.id).only([1])
        list[1, "eligible"] = "no"
        list[1, "closure_reason"] = "consent-withdrawn"
        for column in ["first_contact_on", "started_on", "closed_on"] { list[1, column] = "" }
        try await withInstallation(.sqlite) { installation in
            try await installation.importList(list, Self.id)
            let first = try await installation.history(Self.reference)
            Self.expectClosed(first, on: "2013-12-02")
            #expect(first.fold().returned?.reason == .consentWithdrawn)

            installation.clock.advance()
            var part = list
            part.remove("closure_reason")
            #expect(try await installation.importList(part, Self.id).events == 0)

            list[1, "closure_reason"] = "ineligible"
            try await installation.importList(list, Self.id)
            let ineligible = try await installation.history(Self.reference).fold()
            #expect(ineligible.closure == .ineligible)
            #expect(ineligible.consents[.referral] == nil)
            #expect(try await installation.problems() == [])
        }
    }

    @Test("A case that an earlier list closed with the reason alone stays, until its row changes")
    func before() async throws {
        var list = try ClientList(fixture: Self.id).only([1])
        let day = try #require(CivilDate(iso: list[1, "closed_on"]))
        list[1, "closed_on"] = ""
        list[1, "closure_reason"] = ""
        try await withInstallation(.sqlite) { installation in
            try await installation.importList(list, Self.id)
            try await Self.close(on: day, installation)
            let old = try await installation.history(Self.reference)
            #expect(old.fold().closure == .consentWithdrawn)
            #expect(old.fold().consents[.referral] == nil)
            #expect(try await installation.problems() == [])

            installation.clock.advance()
            list[1, "closed_on"] = day.iso
            list[1, "closure_reason"] = "consent-withdrawn"
            #expect(try await installation.importList(list, Self.id).corrected == 1)
            let corrected = try await installation.history(Self.reference)
            Self.expectClosed(corrected, on: day.iso)
            #expect(Self.told(.closed, corrected).isEmpty)
            #expect(try await installation.problems() == [])
        }
    }

    /// Leaves a case as an earlier version closed it: with the reason, and consent as it was.
    private static func close(on day: CivilDate, _ installation: TestInstallation) async throws {
        var closed = Closed()
        closed.reason = .consentWithdrawn
        let entries = [
            Command.Entry(body: .consentWithdrawn(Consent()), on: day.adding(days: -2)),
            Command.Entry(body: .reopened(Reopened()), on: day.adding(days: -1)),
            Command.Entry(body: .closed(closed), on: day, key: "closed"),
        ]
        try await installation.change(reference, Command(entries: entries))
        let history = try await installation.history(reference)
        let voids = (told(.consentWithdrawn, history) + told(.reopened, history)).map {
            Command.Void(event: $0.id, reason: "mistaken")
        }
        try await installation.change(reference, Command(voids: voids))
    }

    /// The entries of a kind that hold and were told, not made by others.
    private static func told(_ kind: EventKind, _ history: History) -> [CaseEvent] {
        history.effective().filter { $0.body.kind == kind && $0.cause == nil }
    }

    private static func expectClosed(_ history: History, on day: String) {
        let folded = history.fold()
        #expect(folded.closure == .consentWithdrawn)
        #expect(folded[.closed]?.iso == day)
        #expect(folded.consents[.referral] == .consentWithdrawn)
    }
}
