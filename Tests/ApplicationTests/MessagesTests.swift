import Casework
import Kernel
import Programmes
import SQL
import Store
import TestSupport
import Testing

@testable import Application

/// Messages go to whom they are for, by the way that the person wishes, and never say who somebody
/// is.
@Suite struct MessagesTests {
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
            try await team.change(header, .clinicBooked(team.today.adding(days: 7)))
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

    @Test("Nobody writes to a person who died")
    func died() async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Rosa") { $0.identity.email = "rosa@mail.example" }
            try await team.change(header, .clinicBooked(team.today.adding(days: 7)))
            var closed = Closed()
            closed.reason = .died
            try await team.change(header, .closed(closed))
            let post = Post()
            _ = try await team.installation.goodwork.deliver(with: post.messengers)
            #expect(post.email.taken.isEmpty)
        }
    }

    @Test("A message has a reference and no identity; a moved appointment is told once, as it is")
    func words() async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Rosa") { $0.identity.email = "rosa@mail.example" }
            try await team.change(header, .referralAccepted(Plain()))
            try await team.change(header, .clinicBooked(team.today.adding(days: 7)))
            try await team.change(header, .clinicBooked(team.today.adding(days: 8), time: "09:15"))
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
