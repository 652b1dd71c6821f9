import Casework
import Kernel
import Programmes
import SQL
import Store
import Synchronization
import TestSupport
import Testing

@testable import Application

/// Messages leave by the way that the person wishes, once, and never say who somebody is.
@Suite struct MessagesTests {
    /// Takes messages, or fails as it is told.
    private final class Carrier: MessageCarrier {
        private let state = Mutex<(taken: [OutgoingMessage], failure: CarriageFailure?)>(([], nil))
        /// What happens while a message is carried, after so many others.
        private let meanwhile: @Sendable (Int) async throws -> Void

        init(meanwhile: @escaping @Sendable (Int) async throws -> Void = { _ in }) {
            self.meanwhile = meanwhile
        }

        var taken: [OutgoingMessage] { state.withLock { $0.taken } }

        func fail(_ failure: CarriageFailure?) { state.withLock { $0.failure = failure } }

        func carry(_ message: OutgoingMessage) async throws {
            try await meanwhile(taken.count)
            try state.withLock { state in
                if let failure = state.failure { throw failure }
                state.taken.append(message)
            }
        }
    }

    private struct Post {
        var email = Carrier()
        var text = Carrier()
        var messengers: Messengers {
            Messengers(
                carriers: [.email: email, .text: text],
                address: "https://goodwork.example",
                service: "Goodwork",
                report: { _ in }
            )
        }
    }

    private static func booked(_ day: CivilDate, time: String? = "14:30") -> EventBody {
        var booked = AppointmentBooked()
        booked.appointment = "a"
        booked.kind = "clinic"
        booked.day = day
        booked.time = time
        booked.place = "clinic"
        booked.location = "12 Secret Street"
        return .appointmentBooked(booked)
    }

    /// What the person wished, what is known of them, and by which way they are told.
    static let wishes: [(way: ContactWay?, email: Bool, phone: Bool, channel: String)] = [
        (nil, true, true, "email"), (nil, false, true, "text"),
        (nil, false, false, "skipped-no-address"), (.email, true, true, "email"),
        (.email, false, true, "skipped-no-address"), (.text, true, true, "text"),
        (.text, true, false, "skipped-no-address"), (.phone, true, true, "skipped-not-wished"),
        (.post, true, true, "skipped-not-wished"), (.noMessages, true, true, "skipped-not-wished"),
    ]

    @Test("The person is told by the way that they wish, and by no other", arguments: wishes)
    func wishesAreKept(
        _ row: (way: ContactWay?, email: Bool, phone: Bool, channel: String)
    ) async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Rosa") { referral in
                if row.email { referral.identity.email = "rosa@mail.example" }
                if row.phone { referral.identity.phone = "07700900001" }
            }
            if let way = row.way {
                var wish = ContactPreferred()
                wish.way = way
                try await team.change(header, .contactPreferred(wish))
            }
            try await team.change(header, Self.booked(team.today.adding(days: 7)))
            let post = Post()
            _ = try await team.installation.goodwork.deliver(with: post.messengers)
            let sent = (post.email.taken + post.text.taken).map(\.channel.rawValue)
            let store = team.installation.store
            let kept = try await store.database.read { try store.messages(of: header.id, in: $0) }
            let last = try #require(kept.last { $0.reader == .person })
            let isSent = ["email", "text"].contains(row.channel)
            #expect(sent == (isSent ? [row.channel] : []))
            #expect(last.outcome == (isSent ? "sent" : row.channel))
            #expect((last.deliveredAt != nil) == isSent)
            let queue = try await team.installation.goodwork.messageQueue(
                by: team.installation.actor
            )
            #expect(queue.waiting == 0)
            #expect(queue.failed.isEmpty, "nobody to tell is no failure")
        }
    }

    @Test("A message has a reference and no identity; a moved appointment is told once, as it is")
    func words() async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Rosa") { $0.identity.email = "rosa@mail.example" }
            try await team.change(header, .referralAccepted(Plain()))
            try await team.change(header, Self.booked(team.today.adding(days: 7)))
            try await team.change(header, Self.booked(team.today.adding(days: 8), time: "09:15"))
            let post = Post()
            _ = try await team.installation.goodwork.deliver(with: post.messengers)
            let taken = post.email.taken
            #expect(taken.map(\.address) == ["rosa@mail.example", "rosa@mail.example"])
            #expect(
                taken.first { $0.subject == "Your appointment" }?.text
                    == "You have an appointment with big-life on 10 June 2025 at 09:15: "
                    + "at a clinic. If you cannot come, tell them. Give this reference: "
                    + "\(header.reference)."
            )
            for message in taken {
                for secret in ["Rosa", "Tester", "1985", "Secret", "anxiety"] {
                    #expect(!(message.subject + message.text).contains(secret), "\(secret)")
                }
                #expect(!(message.subject + message.text).contains("{"))
            }
            _ = try await team.installation.goodwork.deliver(with: post.messengers)
            #expect(post.email.taken.count == 2, "nothing is sent twice")
        }
    }

    @Test(
        "What fails is tried later and later, then stands for the administrator",
        arguments: Backend.allCases
    )
    func failures(_ backend: Backend) async throws {
        try await withTeam(backend) { team in
            let header = try await team.refer("Rosa") { $0.identity.email = "rosa@mail.example" }
            try await team.change(header, .referralAccepted(Plain()))
            let (goodwork, clock) = (team.installation.goodwork, team.installation.clock)
            let post = Post()
            post.email.fail(CarriageFailure("busy", isFinal: false, context: "451"))
            var rounds = 0
            for minutes in [0] + Goodwork.retryMinutes {
                if minutes > 0 {
                    clock.advance(milliseconds: (minutes - 1) * 60_000)
                    #expect(try await goodwork.deliver(with: post.messengers).total == 0)
                    clock.advance(milliseconds: 60_000)
                }
                let round = try await goodwork.deliver(with: post.messengers)
                rounds += 1
                let isLast = rounds == Goodwork.retryMinutes.count + 1
                #expect(round.putOff == (isLast ? 0 : 1), "round \(rounds)")
                #expect(round.givenUp == (isLast ? 1 : 0), "round \(rounds)")
                #expect(round.isFailure)
            }
            let actor = team.installation.actor
            let queue = try await goodwork.messageQueue(by: actor)
            let failed = try #require(queue.failed.first)
            #expect(queue.failed.count == 1)
            #expect(failed.outcome == "busy")
            #expect(failed.attempts == rounds)
            #expect(try await goodwork.deliver(with: post.messengers).total == 0)

            post.email.fail(nil)
            #expect(try await goodwork.sendAgain([failed.id, "other"], by: actor) == [failed.id])
            #expect(try await goodwork.deliver(with: post.messengers).sent == 1)
            #expect(try await goodwork.messageQueue(by: actor).failed.isEmpty)
            #expect(try await goodwork.sendAgain([failed.id], by: actor).isEmpty)
        }
    }

    @Test(
        "However long a round lasts, no other server sends what it is sending",
        arguments: Backend.allCases
    )
    func longRound(_ backend: Backend) async throws {
        try await withTeam(backend) { team in
            for name in ["Rosa", "Ravi"] {
                let header = try await team.refer(name) { referral in
                    referral.identity.email = "\(name)@mail.example"
                }
                try await team.change(header, .referralAccepted(Plain()))
            }
            let (goodwork, clock) = (team.installation.goodwork, team.installation.clock)
            let other = Post()
            var post = Post()
            post.email = Carrier { before in
                if before == 0 { return clock.advance(milliseconds: 6 * 60_000) }
                // Another server looks while this one is at the second.
                _ = try await goodwork.deliver(with: other.messengers)
            }
            _ = try await goodwork.deliver(with: post.messengers)
            #expect(post.email.taken.count == 2)
            #expect(other.email.taken.isEmpty, "nothing is sent twice")
        }
    }

    @Test("A service that does not answer is asked once in a round, and holds up no other")
    func silentService() async throws {
        try await withTeam(.sqlite) { team in
            for name in ["Rosa", "Ravi", "Rita"] {
                let header = try await team.refer(name) { referral in
                    if name == "Rita" {
                        referral.identity.phone = "07700900001"
                    } else {
                        referral.identity.email = "\(name)@mail.example"
                    }
                }
                try await team.change(header, .referralAccepted(Plain()))
            }
            let goodwork = team.installation.goodwork
            let post = Post()
            post.email.fail(
                CarriageFailure("unreachable", isFinal: false, isOfAll: true, context: "down")
            )
            let round = try await goodwork.deliver(with: post.messengers)
            #expect(round.putOff == 1 && round.left == 1 && round.sent == 1, "\(round)")
            #expect(!round.isFailure)
            #expect(post.text.taken.count == 1)

            // What was left has lost no time; what was tried waits.
            post.email.fail(nil)
            #expect(try await goodwork.deliver(with: post.messengers).sent == 1)
            team.installation.clock.advance(milliseconds: 60_000)
            #expect(try await goodwork.deliver(with: post.messengers).sent == 1)

            // Who is refused alone holds up nobody.
            for name in ["Sam", "Sue"] {
                let header = try await team.refer(name) { referral in
                    referral.identity.email = "\(name)@mail.example"
                }
                try await team.change(header, .referralAccepted(Plain()))
            }
            post.email.fail(CarriageFailure("settings", isFinal: false, context: "a template"))
            #expect(try await goodwork.deliver(with: post.messengers).putOff == 2)
        }
    }

    @Test("An address that is refused is not tried again")
    func refused() async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Rosa") { $0.identity.email = "gone@mail.example" }
            try await team.change(header, .referralAccepted(Plain()))
            let post = Post()
            post.email.fail(CarriageFailure("refused", isFinal: true, context: "550"))
            let round = try await team.installation.goodwork.deliver(with: post.messengers)
            #expect(round.givenUp == 1)
        }
    }

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
            try await team.change(header, Self.booked(team.today, time: "09:20"))
            try await team.change(header, Self.booked(later, time: "10:30"))
            try await team.change(header, .appointmentMissed(outcome))
            try await team.change(header, .appointmentCancelled(outcome))
            let post = Post()
            _ = try await team.installation.goodwork.deliver(with: post.messengers)
            let texts = post.email.taken.map(\.text)
            #expect(texts.contains { $0.contains("\(later.uk) at 10:30") }, "\(texts)")
            #expect(!texts.contains { $0.contains("09:20") || $0.contains(team.today.uk) })
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
            try await team.change(header, Self.booked(team.today.adding(days: -7)), daysAgo: 8)
            _ = try await goodwork.deliver(with: post.messengers)
            var cancelled = AppointmentOutcome()
            cancelled.appointment = "a"
            cancelled.kind = "clinic"
            try await team.change(header, .appointmentCancelled(cancelled), daysAgo: 1)
            _ = try await goodwork.deliver(with: post.messengers)
            #expect(post.email.taken.isEmpty)

            // Today's is told of today, and not tomorrow.
            try await team.change(header, Self.booked(team.today))
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

    @Test(
        "A resident is told that how they sign in was changed, and the team of the case is not",
        arguments: Backend.allCases
    )
    func signInChanged(_ backend: Backend) async throws {
        try await withTeam(backend) { team in
            let goodwork = team.installation.goodwork
            let header = try await team.refer("Rosa") { referral in
                referral.identity.email = "rosa@mail.example"
                referral.identity.birthDate = "1985-04-03"
            }
            let born = try #require(CivilDate(iso: "1985-04-03"))
            _ = try await goodwork.registerResident(
                ResidentAccount(login: "rosa@login.example", password: "thirteen green buses"),
                byInvitation: goodwork.token(for: goodwork.invitationLink(for: header.id)),
                birthDate: born
            )
            let post = Post()
            func changePassword(_ words: String) async throws {
                team.installation.clock.advance()
                let link = try await goodwork.passwordLink(for: header, by: TestTeam.coach)
                let answer = try await goodwork.changePassword(
                    to: words,
                    byInvitation: goodwork.token(for: link),
                    birthDate: born
                )
                #expect(answer == .changed(login: "r…@login.example"))
                _ = try await goodwork.deliver(with: post.messengers)
            }
            _ = try await goodwork.deliver(with: post.messengers)
            #expect(post.email.taken.isEmpty)
            try await changePassword("eleven purple trams")
            #expect(post.email.taken.map(\.address) == ["rosa@mail.example"])
            #expect(
                post.email.taken.first?.text
                    == "Your password, or another way in which you sign in, was changed on "
                    + "\(team.today.uk). Was it not you? Tell big-life at once, and give this "
                    + "reference: \(header.reference)."
            )
            let file = try await goodwork.file(header.id, for: .readCase, by: TestTeam.coach)
            #expect(file.messages.allSatisfy { $0.event != nil })
            // A wish for no messages holds for these too.
            var wish = ContactPreferred()
            wish.way = .noMessages
            try await team.change(header, .contactPreferred(wish))
            try await changePassword("twelve orange ferries")
            #expect(post.email.taken.count == 1)
            let store = team.installation.store
            let kept = try await store.database.read { try store.messages(of: header.id, in: $0) }
            let outcomes = kept.filter { $0.event == nil }.map(\.outcome)
            #expect(outcomes == ["sent", "skipped-not-wished"])
        }
    }

    @Test("That how a resident signs in was changed is told by the last case, where all are closed")
    func signInChangedAfterwards() async throws {
        try await withTeam(.sqlite) { team in
            let goodwork = team.installation.goodwork
            let header = try await team.refer("Rosa") { referral in
                referral.identity.email = "rosa@mail.example"
                referral.identity.birthDate = "1985-04-03"
            }
            let login = "rosa@login.example"
            _ = try await goodwork.registerResident(
                ResidentAccount(login: login, password: "thirteen green buses"),
                byInvitation: goodwork.token(for: goodwork.invitationLink(for: header.id)),
                birthDate: try #require(CivilDate(iso: "1985-04-03"))
            )
            try await team.change(header, .referralAccepted(Plain()))
            var closed = Closed()
            closed.reason = .disengaged
            try await team.change(header, .closed(closed))
            let account = try await goodwork.account(login: login)
            let issuer = "https://id.example.org"
            try await goodwork.connect(issuer: issuer, subject: "1", by: account.actor)
            let post = Post()
            _ = try await goodwork.deliver(with: post.messengers)
            let told = post.email.taken.map(\.text).filter { $0.contains("Was it not you?") }
            #expect(told.count == 1 && told.allSatisfy { $0.contains(header.reference) })
        }
    }

    @Test("Nobody writes to a person who died")
    func died() async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Rosa") { $0.identity.email = "rosa@mail.example" }
            try await team.change(header, Self.booked(team.today.adding(days: 7)))
            var closed = Closed()
            closed.reason = .died
            try await team.change(header, .closed(closed))
            let post = Post()
            _ = try await team.installation.goodwork.deliver(with: post.messengers)
            #expect(post.email.taken.isEmpty)
        }
    }

    @Test(
        "Whoever referred is told while they work there, and not from another organisation",
        arguments: Backend.allCases
    )
    func movedReferrer(_ backend: Backend) async throws {
        try await withTeam(backend) { team in
            let (goodwork, actor) = (team.installation.goodwork, team.installation.actor)
            for id in ["P84001", "P84002"] {
                try await goodwork.addOrganisation(
                    Organisation(id: id, name: "Practice \(id)", kinds: [.referrer]),
                    by: actor
                )
            }
            let doctor = try await goodwork.addAccount(
                NewAccount(
                    login: "gp@surgery.example",
                    name: "Gita Patel",
                    organisation: "P84001",
                    roles: [.referrer]
                ),
                by: actor
            ).account
            let header = try await team.refer("Rosa") { $0.referredBy = doctor.id.text }
            try await team.change(header, .referralAccepted(Plain()))
            let post = Post()
            _ = try await goodwork.deliver(with: post.messengers)
            let told = post.email.taken.filter { $0.address == "gp@surgery.example" }.count
            #expect(told > 0)

            try await goodwork.changeAccount(
                doctor.id,
                AccountChange(organisation: "P84002"),
                by: actor
            )
            var closed = Closed()
            closed.reason = .died
            try await team.change(header, .closed(closed))
            _ = try await goodwork.deliver(with: post.messengers)
            #expect(post.email.taken.count == told)
            let store = team.installation.store
            let kept = try await store.database.read { try store.messages(of: header.id, in: $0) }
            let ofReferrer = kept.filter { $0.reader == .referrer }.map(\.outcome)
            #expect(Set(ofReferrer) == ["sent", "skipped-no-address"])
        }
    }

    @Test(
        "A programme's own words and languages go before the usual ones",
        arguments: [
            ("en", "We can help"), ("cy", "Gallwn helpu"), ("pl", "We can help"),
        ]
    )
    func ownWords(_ language: String, _ subject: String) async throws {
        try await withTeam(.sqlite) { team in
            let text = try team.installation.goodwork.library.file("workwell-manchester").text
            let version = text.replacing("version: 1\n", with: "version: 99\n")
            let own = """

                messages:
                  - on: referral.accepted
                    to: person
                    subject: {en: "We can help", cy: "Gallwn helpu"}
                    text: {en: "{provider} took {reference}.", cy: "{reference}"}
                    notify: {email: {en: 8c2a, cy: 9d1b}}

                """
            let actor = team.installation.actor
            let goodwork = team.installation.goodwork
            let programme = try await goodwork.upload(programme: version + own, by: actor)
            try await goodwork.activate(programme.id, version: programme.version, by: actor)
            let header = try await team.refer("Rosa") { $0.identity.email = "rosa@mail.example" }
            var wish = ContactPreferred()
            wish.language = language == "en" ? nil : language
            try await team.change(header, .contactPreferred(wish))
            try await team.change(header, .referralAccepted(Plain()))
            let post = Post()
            _ = try await goodwork.deliver(with: post.messengers)
            let message = try #require(post.email.taken.first)
            #expect(message.subject == subject)
            #expect(message.template == (language == "cy" ? "9d1b" : "8c2a"))
        }
    }
}
