import Funding
import Kernel
import Programmes
import Testing

@Suite("The ledger: what is due less what stands claimed") struct LedgerTests {
    let rules: Programme

    init() throws {
        rules = try programme(
            """
            payments:
              - {id: start, price: 100, for: supported}
            """
        )
    }

    /// A claim's lines, submitted as that claim.
    private func submitted(_ draft: ClaimDraft, _ number: Int) -> [ClaimLedger.Entry] {
        draft.lines.map {
            ClaimLedger.Entry(
                claimant: draft.claimant,
                at: LineReference(claim: claimID(number), line: $0.number),
                key: $0.key,
                caseID: $0.caseID,
                day: $0.day,
                amount: $0.amount
            )
        }
    }

    private func due(_ achieved: [Achievement], after ledger: ClaimLedger? = nil) -> Entitlements {
        Entitlements.compute(
            rules,
            quarter: quarter("2025-Q1"),
            achievements: achieved,
            refused: ledger?.refused ?? [],
            limits: ledger?.limits ?? [:]
        )
    }

    private func words(_ draft: ClaimDraft) -> [String] {
        draft.lines.map { line in
            let back = line.corrects.map { " of \($0.claim.low)/\($0.line)" } ?? ""
            let who = line.caseID.map { " case \($0.low)" } ?? ""
            return "\(draft.claimant) \(line.kind.rawValue)\(who) \(line.amount.text)\(back)"
        }
    }

    @Test("What stands is not claimed again") func once() {
        let entitled = due([achieved(1, "start", "2025-01-02")])
        let first = ClaimLedger([]).drafts(entitled, programmeVersion: 4)
        #expect(first.drafts.map(words) == [["north-cic new case 1 £100.00"]])
        let ledger = ClaimLedger(submitted(first.drafts[0], 1))
        #expect(ledger.drafts(entitled, programmeVersion: 4).drafts == [])
        #expect(ledger.total == Pence(100_00))
    }

    @Test("What is no longer due is given back, once") func voided() {
        let first = ClaimLedger([]).drafts(
            due([achieved(1, "start", "2025-01-02")]),
            programmeVersion: 4
        )
        var entries = submitted(first.drafts[0], 1)
        let second = ClaimLedger(entries).drafts(due([]), programmeVersion: 4)
        #expect(second.drafts.map(words) == [["north-cic clawback case 1 -£100.00 of 1/1"]])
        #expect(second.drafts[0].lines[0].note == "It is no longer due.")
        entries += submitted(second.drafts[0], 2)
        #expect(ClaimLedger(entries).drafts(due([]), programmeVersion: 4).drafts == [])
        // Entered again, it is claimed again.
        let third = ClaimLedger(entries).drafts(
            due([achieved(1, "start", "2025-02-02")]),
            programmeVersion: 4
        )
        #expect(third.drafts.map(words) == [["north-cic new case 1 £100.00"]])
    }

    @Test("Two records of one person are one person's claim; parted again they are two")
    func merged() {
        let both = [achieved(1, "start", "2025-01-02"), achieved(2, "start", "2025-01-03")]
        let first = ClaimLedger([]).drafts(due(both), programmeVersion: 4)
        var entries = submitted(first.drafts[0], 1)
        let kept = [person(2): person(1)]
        let joined = [
            achieved(1, "start", "2025-01-02"), achieved(2, "start", "2025-01-03", by: 1),
        ]
        let second = ClaimLedger(entries, kept: kept).drafts(due(joined), programmeVersion: 4)
        #expect(second.drafts.map(words) == [["north-cic clawback case 2 -£100.00 of 1/2"]])
        #expect(second.drafts[0].lines[0].note == "The same person was claimed for twice.")
        entries += submitted(second.drafts[0], 2)
        let settled = ClaimLedger(entries, kept: kept)
        #expect(settled.drafts(due(joined), programmeVersion: 4).drafts == [])
        let parted = ClaimLedger(entries).drafts(due(both), programmeVersion: 4)
        #expect(parted.drafts.map(words) == [["north-cic new case 2 £100.00"]])
    }

    @Test("A move to another strand is given back before it is claimed there") func moved() {
        let first = ClaimLedger([]).drafts(
            due([achieved(1, "start", "2025-01-02")]),
            programmeVersion: 4
        )
        var entries = submitted(first.drafts[0], 1)
        let there = due([achieved(1, "start", "2025-01-02", strand: "south")])
        let second = ClaimLedger(entries).drafts(there, programmeVersion: 4)
        #expect(second.drafts.map(words) == [["north-cic clawback case 1 -£100.00 of 1/1"]])
        #expect(second.waiting == 1)
        entries += submitted(second.drafts[0], 2)
        let third = ClaimLedger(entries).drafts(there, programmeVersion: 4)
        #expect(third.drafts.map(words) == [["south-cic new case 1 £100.00"]])
        #expect(third.waiting == 0)
        entries += submitted(third.drafts[0], 3)
        #expect(ClaimLedger(entries).duplicates == [])
        #expect(ClaimLedger(entries).total == Pence(100_00))
    }

    @Test("A line that was rejected is claimed again, unless it was for good") func rejected() {
        let entitled = [achieved(1, "start", "2025-01-02")]
        let first = ClaimLedger([]).drafts(due(entitled), programmeVersion: 4)
        var entries = submitted(first.drafts[0], 1)
        entries[0].rejection = .claimAgain
        let again = ClaimLedger(entries)
        #expect(
            again.drafts(due(entitled), programmeVersion: 4).drafts.map(words)
                == [["north-cic new case 1 £100.00"]]
        )
        entries[0].rejection = .final
        let final = ClaimLedger(entries)
        let left = due(entitled, after: final)
        #expect(final.drafts(left, programmeVersion: 4).drafts == [])
        #expect(left.leftOut.map(\.count) == [1])
    }

    @Test("A top-up that was rejected for good takes nothing from what was paid before")
    func rejectedTopUp() {
        let entitled = [achieved(1, "start", "2025-01-02")]
        let first = ClaimLedger([]).drafts(due(entitled), programmeVersion: 4)
        var entries = submitted(first.drafts[0], 1)
        // As if a cap had left no more.
        entries[0].amount = Pence(40_00)
        let second = ClaimLedger(entries).drafts(due(entitled), programmeVersion: 4)
        #expect(second.drafts.map(words) == [["north-cic top-up case 1 £60.00 of 1/1"]])
        entries += submitted(second.drafts[0], 2)
        entries[1].rejection = .final
        let ledger = ClaimLedger(entries)
        let left = due(entitled, after: ledger)
        #expect(ledger.refused == [])
        #expect(left.total == Pence(40_00))
        #expect(left.leftOut.map(\.count) == [1])
        #expect(ledger.drafts(left, programmeVersion: 4).drafts == [])
        // Once that is given back as well, nothing is claimed again.
        let back = ledger.drafts(due([], after: ledger), programmeVersion: 4)
        #expect(back.drafts.map(words) == [["north-cic clawback case 1 -£40.00 of 1/1"]])
        entries += submitted(back.drafts[0], 3)
        let none = ClaimLedger(entries)
        #expect(none.drafts(due(entitled, after: none), programmeVersion: 4).drafts == [])
    }

    @Test("Of two records of one person, the one rejected for good takes nothing from the other")
    func rejectedRecord() {
        let both = [achieved(1, "start", "2025-01-02"), achieved(2, "start", "2025-01-03")]
        let first = ClaimLedger([]).drafts(due(both), programmeVersion: 4)
        var entries = submitted(first.drafts[0], 1)
        entries[1].rejection = .final
        let ledger = ClaimLedger(entries, kept: [person(2): person(1)])
        let joined = [
            achieved(1, "start", "2025-01-02"), achieved(2, "start", "2025-01-03", by: 1),
        ]
        let left = due(joined, after: ledger)
        #expect(left.total == Pence(100_00))
        #expect(ledger.drafts(left, programmeVersion: 4).drafts == [])
    }

    @Test("A line is not rejected once what it holds was given back, whatever line that names")
    func rejectedTooLate() {
        let entitled = [achieved(1, "start", "2025-01-02")]
        let first = ClaimLedger([]).drafts(due(entitled), programmeVersion: 4).drafts[0]
        var entries = submitted(first, 1)
        // As if the price had been a penny less.
        entries[0].amount = Pence(99_99)
        var line = first.lines[0]
        line.amount = Pence(99_99)
        func refusal() -> ClaimRefusal? {
            ClaimLedger.objection(toRejecting: line, of: claimID(1), among: entries)
        }
        #expect(refusal() == nil)
        let second = ClaimLedger(entries).drafts(due(entitled), programmeVersion: 4).drafts[0]
        entries += submitted(second, 2)
        #expect(refusal() == nil)
        let back = ClaimLedger(entries).drafts(due([]), programmeVersion: 4).drafts[0]
        #expect(words(back) == ["north-cic clawback case 1 -£100.00 of 2/1"])
        entries += submitted(back, 3)
        #expect(refusal()?.reason == .clawbackStands)
    }

    @Test("A draft that others have overtaken is not submitted") func overtaken() throws {
        let entitled = due([achieved(1, "start", "2025-01-02")])
        let draft = ClaimLedger([]).drafts(entitled, programmeVersion: 4).drafts[0]
        #expect(ClaimLedger([]).objection(to: draft) == nil)
        let other = ClaimDraft(claimant: "south-cic", lines: draft.lines)
        let ledger = ClaimLedger(submitted(other, 1))
        #expect(ledger.objection(to: draft)?.reason == .overtaken)
        #expect(ClaimLedger(submitted(draft, 1)).objection(to: draft)?.reason == .overtaken)
        // Two lines for what has turned out to be one person.
        let two = due([achieved(1, "start", "2025-01-02"), achieved(2, "start", "2025-01-02")])
        let both = ClaimLedger([]).drafts(two, programmeVersion: 4).drafts[0]
        let joined = ClaimLedger([], kept: [person(2): person(1)])
        #expect(joined.objection(to: both)?.reason == .overtaken)
    }
}
