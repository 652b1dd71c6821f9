import Kernel
import Testing

@testable import Casework
@testable import Programmes

@Suite("Work items") struct WorkItemTests {
    /// What happens to a case, and all that is then to be done: what, about what, by when, by whom.
    static let items = """
        day        | what happens                          | to do
        2024-11-04 | referral gp                           | acceptance referral 2024-11-06 manager; missing-answer referral 2024-11-11 referrer; clock contact 2024-11-11 coach
        2024-11-05 | paused contact in-hospital            | acceptance referral 2024-11-06 manager; missing-answer referral 2024-11-11 referrer; clock contact 2024-12-03 coach
        2024-11-06 | resumed contact                       | acceptance referral 2024-11-06 manager; missing-answer referral 2024-11-11 referrer; clock contact 2024-11-12 coach
        2024-11-06 | contact reached                       | missing-answer referral 2024-11-11 referrer; clock assessment 2024-11-20 manager
        2024-11-07 | assessed high                         | missing-answer referral 2024-11-11 referrer
        2024-11-08 | supplied outward_code=M8 age=40        | review case 2024-12-06 coach
        2024-11-11 | started                               | support-end support 2025-05-12 coach
        2024-11-11 | plan move-into-work                   | support-end support 2025-05-12 coach
        2024-11-11 | status out-of-work; onward ips        | onward-answer ips 2024-11-25 coach; support-end support 2025-05-12 coach
        2024-11-11 | onward talking-therapies tt           | onward-answer ips 2024-11-25 coach; onward-answer tt 2024-11-25 coach; support-end support 2025-05-12 coach
        2024-11-12 | answered ips received                 | onward-answer ips 2024-11-25 coach; onward-answer tt 2024-11-25 coach; support-end support 2025-05-12 coach
        2024-11-12 | answered tt pending                   | onward-answer ips 2024-11-25 coach; onward-answer tt 2024-11-26 coach; support-end support 2025-05-12 coach
        2024-11-13 | answered tt received                  | onward-answer ips 2024-11-25 coach; onward-answer tt 2024-11-26 coach; support-end support 2025-05-12 coach
        2024-11-13 | answered ips accepted; answered tt declined | support-end support 2025-05-12 coach
        2024-11-13 | booked first-appointment a 2024-11-20 | appointment a 2024-11-20 coach; support-end support 2025-05-12 coach
        2024-11-14 | booked first-appointment a 2024-11-27 | appointment a 2024-11-27 coach; support-end support 2025-05-12 coach
        2024-11-15 | cancelled first-appointment a         | support-end support 2025-05-12 coach
        2024-11-15 | booked first-appointment a 2024-11-27 | appointment a 2024-11-27 coach; support-end support 2025-05-12 coach
        2024-11-27 | attended first-appointment a          | support-end support 2025-05-12 coach
        2024-11-27 | booked first-appointment a 2024-12-04 | appointment a 2024-12-04 coach; support-end support 2025-05-12 coach
        2024-11-27 | cancelled first-appointment a         | support-end support 2025-05-12 coach
        2024-11-28 | action call 2024-12-12 person; action rest | action call 2024-12-12 person; support-end support 2025-05-12 coach
        2024-11-28 | action-dropped call                   | support-end support 2025-05-12 coach
        2024-11-29 | risk fall                             | risk fall 2024-11-29 manager; support-end support 2025-05-12 coach
        2024-12-02 | transfer-asked mft                    | risk fall 2024-11-29 manager; transfer mft 2024-12-09 provider; support-end support 2025-05-12 coach
        2024-12-06 | note                                  | risk fall 2024-11-29 manager; transfer mft 2024-12-09 provider; support-end support 2025-05-12 coach
        2024-12-06 | transfer-accepted mft                 | risk fall 2024-11-29 manager; support-end support 2025-05-12 coach
        2024-12-06 | risk-resolved fall                    | support-end support 2025-05-12 coach
        2025-02-03 | discharged in-work                    | tracking tracking 2025-03-03 coach
        2025-03-02 | tracking reached                      | tracking tracking 2025-03-03 coach
        2025-03-03 | tracking no-answer                    | tracking tracking 2025-03-03 coach
        2025-03-05 | tracking reached                      | tracking tracking 2025-03-31 coach
        2025-05-05 | tracking reached                      | tracking tracking 2025-05-05 coach
        2025-05-06 | tracking-ended                        |
        2025-05-07 | risk fall                             | risk fall 2025-05-07 manager
        2025-05-08 | risk-resolved fall                    |
        """

    @Test("At each step that is to be done which the table says")
    func eachStep() throws {
        var situation = Situation(try Shipped.programme("example"))
        for row in TextTable(Self.items).rows {
            #expect(try situation.tell(row) == "ok", "row \(row.number)")
            let items = situation.folded.workItems(in: situation.programme)
            let text = items.map { "\($0.kind.rawValue) \($0.subject) \($0.dueOn.iso) \($0.owner)" }
            let place = "row \(row.number): \(row["what happens"])"
            #expect(text.joined(separator: "; ") == row["to do"], "\(place)")
            #expect(items.allSatisfy { !$0.says.isEmpty })
        }
    }

    @Test("Of a name the appointment is meant that is still to come")
    func appointmentOfAName() throws {
        let told = [
            ("2024-11-04", "referral gp"), ("2024-11-04", "booked first-appointment a 2024-11-11"),
            ("2024-11-11", "attended first-appointment a"),
            ("2024-11-11", "booked first-appointment a 2024-11-18"),
        ]
        var situation = Situation(try Shipped.programme("example"))
        for (day, words) in told {
            let on = try #require(CivilDate(iso: day))
            #expect(situation.tell(try situation.command(words, on: on)) == "ok")
        }
        let appointment = situation.folded.appointment(named: "a")
        #expect(appointment?.day.iso == "2024-11-18" && appointment?.outcome == nil)
        #expect(situation.folded.appointments.count { $0.isAttended } == 1)
    }

    @Test("Support ends when the strand says, and else when the pathway does")
    func supportOfAStrand() throws {
        var programme = try Shipped.programme("example")
        programme.strands[1].support = SupportRules(weeks: 12)
        for (strand, due) in [("msk", "2025-03-31"), ("be-well", "2025-07-07")] {
            var situation = Situation(programme)
            let words = "referral gp strand=\(strand); assessed low; started"
            let day = try #require(CivilDate(iso: "2025-01-06"))
            #expect(situation.tell(try situation.command(words, on: day)) == "ok")
            let items = situation.folded.workItems(in: programme)
            #expect(items.map(\.kind) == [.supportEnd])
            #expect(items.map(\.dueOn.iso) == [due])
        }
    }

    @Test(
        "An open case always has something to be done, by somebody, by some day",
        arguments: (201...240).map { UInt64($0) }
    )
    func neverNothing(_ seed: UInt64) throws {
        let pool = try RandomStory.Pool()
        let history = RandomStory(pool, seed: seed).situation.history
        for event in history.events {
            let folded = history.fold(knownAt: event.recordedAt)
            guard folded.referral != nil else { continue }
            let items = folded.workItems(in: pool.programme)
            let place = "seed \(seed), event \(event.sequence)"
            #expect(folded.isOpen == (folded.state(in: pool.programme) != .closed), "\(place)")
            if folded.isOpen { #expect(!items.isEmpty, "\(place)") }
            if !folded.isOpen { #expect(items.allSatisfy { $0.kind == .risk }, "\(place)") }
            #expect(items.allSatisfy { !$0.owner.isEmpty && !$0.subject.isEmpty }, "\(place)")
            let subjects = items.map { "\($0.kind) \($0.subject)" }
            #expect(Set(subjects).count == subjects.count, "\(place): each thing once")
        }
    }
}
