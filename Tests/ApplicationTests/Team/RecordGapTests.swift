import Application
import Casework
import Kernel
import Programmes
import TestSupport
import Testing

/// What is missing from a record, situation by situation.
@Suite struct RecordGapTests {
    private static let today = CivilDate(day: 20_000)

    /// Facts that lack nothing.
    private static var full: Facts {
        var facts = Facts(
            caseID: CaseID(high: 1, low: 1),
            programme: "workwell-manchester",
            programmeVersion: 1,
            reference: "A"
        )
        facts.lastOccurredOn = today
        facts[.ethnicity] = "A"
        facts[.gender] = "female"
        facts[.age] = 40
        facts[.outwardCode] = "M8"
        facts[.practice] = "P84001"
        facts[.employmentStatusNow] = "in-work"
        facts[.condition] = "anxiety"
        facts[.eligibility] = "greater-manchester:met"
        facts[.consents] = "evaluation:refused referral:given"
        return facts
    }

    private static let action = WorkItem(
        kind: .action,
        subject: "a1",
        dueOn: today,
        owner: "coach",
        says: ""
    )

    private static func gaps(
        _ items: [WorkItem] = [],
        _ change: (inout Facts) -> Void = { _ in }
    ) async throws -> [RecordGap] {
        var facts = full
        change(&facts)
        return try await withInstallation(.sqlite) { installation in
            RecordGap.gaps(
                in: facts,
                items: items,
                programme: try await installation.programme("workwell-manchester"),
                on: today
            )
        }
    }

    @Test("A full record lacks nothing")
    func full() async throws {
        #expect(try await Self.gaps() == [])
    }

    @Test("Each missing answer is one gap")
    func answers() async throws {
        #expect(try await Self.gaps { $0[.ethnicity] = nil } == [.ethnicity])
        #expect(try await Self.gaps { $0[.gender] = nil } == [.gender])
        #expect(try await Self.gaps { $0[.age] = nil } == [.birthDate])
        #expect(try await Self.gaps { $0[.outwardCode] = nil } == [.postcode])
        #expect(try await Self.gaps { $0[.practice] = nil } == [.practice])
        #expect(try await Self.gaps { $0[.condition] = nil } == [.condition])
        for status in [nil, "unknown"] {
            let gaps = try await Self.gaps { $0[.employmentStatusNow] = status }
            #expect(gaps == [.employmentStatus])
        }
        let unsure = try await Self.gaps { $0[.eligibility] = "a:met health-condition:not-known" }
        #expect(unsure == [.eligibility])
    }

    @Test("Consent is asked once it was given or refused")
    func consent() async throws {
        for (consents, isAsked) in [
            ("", false), ("evaluation:given", false), ("referral:refused", true),
            ("referral:withdrawn", true),
        ] {
            let gaps = try await Self.gaps { $0[.consents] = consents }
            #expect(gaps == (isAsked ? [] : [.consent]), "\(consents)")
        }
    }

    @Test("Silence is more than 28 days, from first contact to discharge")
    func silence() async throws {
        for (days, engaged, discharged, isGap) in [
            (28, true, false, false), (29, true, false, true), (29, false, false, false),
            (29, true, true, false),
        ] {
            let gaps = try await Self.gaps { facts in
                facts.lastOccurredOn = Self.today.adding(days: -days)
                if engaged { facts[.firstContact] = Self.today.adding(days: -40) }
                if discharged {
                    facts[.state] = CaseState.tracking.rawValue
                    facts[.discharged] = Self.today.adding(days: -days)
                    facts[.dischargeStatus] = "in-work"
                }
            }
            #expect(gaps == (isGap ? [.contact] : []), "\(days) \(engaged) \(discharged)")
        }
    }

    @Test("Somebody who is supported again after a discharge can be forgotten, and lack a plan")
    func again() async throws {
        for (state, wanted) in [
            (CaseState.started, [RecordGap.contact, .plan]), (.tracking, []), (.discharged, []),
        ] {
            let gaps = try await Self.gaps { facts in
                facts.lastOccurredOn = Self.today.adding(days: -29)
                facts[.firstContact] = Self.today.adding(days: -300)
                facts[.discharged] = Self.today.adding(days: -100)
                facts[.dischargeStatus] = "in-work"
                facts[.planKind] = "thrive-in-work"
                facts[.state] = state.rawValue
            }
            #expect(gaps == wanted, "\(state)")
        }
    }

    @Test("An appointment lacks its outcome from the day after it")
    func appointments() async throws {
        for (days, isGap) in [(-1, true), (0, false), (1, false)] {
            let day = Self.today.adding(days: days).iso
            let gaps = try await Self.gaps {
                $0[.appointments] = "clinic:attended phone:booked@\(day)"
            }
            #expect(gaps == (isGap ? [.appointments] : []))
        }
    }

    @Test("A discharge needs its status, and a plan an open action")
    func endings() async throws {
        #expect(try await Self.gaps { $0[.discharged] = Self.today } == [.dischargeStatus])
        #expect(try await Self.gaps { $0[.planKind] = "thrive-in-work" } == [.plan])
        #expect(try await Self.gaps([Self.action]) { $0[.planKind] = "thrive-in-work" } == [])
    }
}
