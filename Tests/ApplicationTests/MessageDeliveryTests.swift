import Casework
import Kernel
import Programmes
import SQL
import Store
import TestSupport
import Testing

@testable import Application

/// A message leaves once; what does not get through is tried again, and holds up no other.
@Suite struct MessageDeliveryTests {
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

    @Test("What nothing is set up to carry is given up at once, and can be sent once something is")
    func noCarrier() async throws {
        try await withTeam(.sqlite) { team in
            let (goodwork, actor) = (team.installation.goodwork, team.installation.actor)
            let header = try await team.refer("Rosa") { $0.identity.phone = "07700900001" }
            try await team.change(header, .referralAccepted(Plain()))
            let post = Post()
            var mailAlone = post.messengers
            mailAlone.carriers[.text] = nil
            #expect(try await goodwork.deliver(with: mailAlone).givenUp == 1)
            let failed = try await goodwork.messageQueue(by: actor).failed
            #expect(failed.map(\.outcome) == ["no-carrier"])
            _ = try await goodwork.sendAgain(failed.map(\.id), by: actor)
            #expect(try await goodwork.deliver(with: post.messengers).sent == 1)
            #expect(post.text.taken.count == 1)
        }
    }
}
