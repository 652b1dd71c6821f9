import Casework
import Kernel
import Programmes
import SQL
import Store
import TestSupport
import Testing

@testable import Application

/// What is no news any more when a message leaves is told to nobody.
@Suite struct StaleMessageTests {
    @Test("News that is three days old, withdrawn, or of somebody erased is not sent")
    func nothingToSay() async throws {
        try await withTeam(.sqlite) { team in
            let goodwork = team.installation.goodwork
            let post = Post()
            let late = try await team.refer("Rosa") { $0.identity.email = "rosa@mail.example" }
            try await team.change(late, .referralAccepted(Plain()))
            team.installation.clock.advance(milliseconds: 3 * 86_400_000 + 1)
            _ = try await goodwork.deliver(with: post.messengers)
            #expect(post.email.taken.isEmpty)

            let left = try await team.refer("Sam") { $0.identity.email = "sam@mail.example" }
            try await team.change(left, .referralAccepted(Plain()))
            var consent = Consent()
            consent.scope = .referral
            try await team.change(left, .consentWithdrawn(consent))
            _ = try await goodwork.deliver(with: post.messengers)
            #expect(post.email.taken.isEmpty)
        }
    }

    @Test("The later day that is called off is told, and not the day that was missed before it")
    func calledOff() async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Rosa") { $0.identity.email = "rosa@mail.example" }
            var outcome = AppointmentOutcome()
            (outcome.appointment, outcome.kind) = ("a", "clinic")
            let later = team.today.adding(days: 12)
            try await team.change(header, .clinicBooked(team.today, time: "09:20"))
            try await team.change(header, .clinicBooked(later, time: "10:30"))
            try await team.change(header, .appointmentMissed(outcome))
            try await team.change(header, .appointmentCancelled(outcome))
            let post = Post()
            _ = try await team.installation.goodwork.deliver(with: post.messengers)
            let texts = post.email.taken.map(\.text)
            #expect(texts.contains { $0.contains("\(later.uk) at 10:30") }, "\(texts)")
            #expect(!texts.contains { $0.contains("09:20") || $0.contains(team.today.uk) })
        }
    }

    @Test(
        "Whoever came is not told any more of the appointment, nor that it had been called off",
        arguments: [true, false]
    )
    func came(_ wasCalledOff: Bool) async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Rosa") { $0.identity.email = "rosa@mail.example" }
            var outcome = AppointmentOutcome()
            (outcome.appointment, outcome.kind) = ("a", "clinic")
            try await team.change(header, .clinicBooked(team.today))
            if wasCalledOff { try await team.change(header, .appointmentCancelled(outcome)) }
            try await team.change(header, .appointmentAttended(outcome))
            let post = Post()
            _ = try await team.installation.goodwork.deliver(with: post.messengers)
            let texts = post.email.taken.map(\.text)
            #expect(!texts.contains { $0.contains(team.today.uk) }, "\(texts)")
            let store = team.installation.store
            let kept = try await store.database.read { try store.messages(of: header.id, in: $0) }
            let outcomes = kept.filter { $0.reader == .person }.map(\.outcome)
            #expect(Set(outcomes) == ["skipped-withdrawn"], "\(outcomes)")
        }
    }

    @Test("Of an appointment whose day is past nobody is told, whenever it was recorded")
    func pastAppointments() async throws {
        try await withTeam(.sqlite) { team in
            let goodwork = team.installation.goodwork
            let header = try await team.refer("Rosa", daysAgo: 10) {
                $0.identity.email = "rosa@mail.example"
            }
            let post = Post()
            try await team.change(header, .clinicBooked(team.today.adding(days: -7)), daysAgo: 8)
            _ = try await goodwork.deliver(with: post.messengers)
            var cancelled = AppointmentOutcome()
            cancelled.appointment = "a"
            cancelled.kind = "clinic"
            try await team.change(header, .appointmentCancelled(cancelled), daysAgo: 1)
            _ = try await goodwork.deliver(with: post.messengers)
            #expect(post.email.taken.isEmpty)

            // Today's is told of today, and not tomorrow.
            try await team.change(header, .clinicBooked(team.today))
            post.email.fail(CarriageFailure("busy", isFinal: false, context: "451"))
            #expect(try await goodwork.deliver(with: post.messengers).putOff == 1)
            post.email.fail(nil)
            team.installation.clock.advance(milliseconds: 86_400_000)
            _ = try await goodwork.deliver(with: post.messengers)
            #expect(post.email.taken.isEmpty)
            let store = team.installation.store
            let kept = try await store.database.read { try store.messages(of: header.id, in: $0) }
            let outcomes = kept.filter { $0.reader == .person }.map(\.outcome)
            #expect(Set(outcomes) == ["skipped-late"], "\(outcomes)")
        }
    }
}
