import Foundation
import Kernel
import Testing

@testable import Messengers

/// Messages are taken by a real mail server, and by what Notify's own library accepts.
@Suite(.serialized, .timeLimit(.minutes(10))) struct MessengersTests {
    private static let at = Instant(milliseconds: 1_748_870_400_000)
    private static let service = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
    private static let secret = "11111111-2222-4333-8444-555555555555"

    private static func mail(to: String, subject: String = "Your appointment", text: String) -> Mail
    {
        Mail(id: "message-1", to: to, subject: subject, text: text, at: at)
    }

    @Test(
        "A mail arrives as it was written",
        arguments: [
            ("Your appointment", "On 3 June 2025 at 14:30."),
            ("آپ کی ملاقات", "آپ کی ملاقات 03/06/2025 کو ہے۔"),
            (
                String(repeating: "Wzdłuż ", count: 20) + "end",
                "A line.\n.\n..\nFrom here\n" + String(repeating: "x", count: 2_000)
            ),
            ("Two\r\nBcc: other@mail.example", "One line"),
        ]
    )
    func mailArrives(_ subject: String, _ text: String) async throws {
        let receivers = try Receivers()
        let server = try #require(
            MailServer(url: "smtp://127.0.0.1:\(receivers.smtp)", from: "no-reply@goodwork.example")
        )
        try await server.send(Self.mail(to: "rosa@mail.example", subject: subject, text: text))
        let taken = try receivers.next()
        #expect(taken["from"]?.string == "no-reply@goodwork.example")
        #expect(taken["to"]?.array == [.string("rosa@mail.example")])
        let flat = subject.split(whereSeparator: \.isNewline).joined(separator: " ")
        #expect(taken["subject"]?.string == flat)
        #expect(taken["text"]?.string == text)
        #expect(taken["id"]?.string == "<message-1@goodwork.example>")
        #expect(taken["date"]?.string == "2025-06-02T13:20:00+00:00")
        #expect(taken["auto"]?.string == "auto-generated")
        #expect(taken["defects"]?.array == [])
    }

    @Test(
        "What a mail server says decides whether it is tried again",
        arguments: [
            ("gone@mail.example", MessengerFailure.Kind.refused), ("busy@mail.example", .busy),
            ("rosa@mail.example\r\nRCPT TO:<x@y>", .refused), ("two@at@once", .refused),
            ("no address", .refused), ("", .refused), ("spam@mail.example", .refused),
        ]
    )
    func mailIsRefused(_ address: String, _ kind: MessengerFailure.Kind) async throws {
        let receivers = try Receivers()
        let server = try #require(
            MailServer(url: "smtp://127.0.0.1:\(receivers.smtp)", from: "no-reply@goodwork.example")
        )
        let failure = await #expect(throws: MessengerFailure.self) {
            try await server.send(Self.mail(to: address, text: "x"))
        }
        #expect(failure?.kind == kind)
        #expect(failure?.isFinal == (kind == .refused))
    }

    @Test("A mail server that refuses us, and not the address, is tried again")
    func mailRefusesUs() async throws {
        let receivers = try Receivers()
        for (port, from, kind) in [
            (receivers.closed, "no-reply", MessengerFailure.Kind.settings),
            (receivers.smtp, "barred", .settings), (receivers.smtp, "slow", .busy),
        ] {
            let server = try #require(
                MailServer(url: "smtp://127.0.0.1:\(port)", from: "\(from)@goodwork.example")
            )
            let failure = await #expect(throws: MessengerFailure.self) {
                try await server.send(Self.mail(to: "gone@mail.example", text: "x"))
            }
            #expect(failure?.kind == kind, "\(from)")
            #expect(failure?.isFinal == false, "\(from)")
        }
    }

    @Test("A mail server that does not answer is tried again; one elsewhere must speak TLS")
    func mailWithoutServer() async throws {
        let server = try #require(
            MailServer(url: "smtp://127.0.0.1:9", from: "no-reply@goodwork.example")
        )
        let failure = await #expect(throws: MessengerFailure.self) {
            try await server.send(Self.mail(to: "rosa@mail.example", text: "x"))
        }
        #expect(failure?.kind == .unreachable)
        for (url, from) in [
            ("http://127.0.0.1:25", "a@b.example"), ("smtp://", "a@b.example"),
            ("smtp://host", "nobody"), ("smtp://ho st", "a@b.example"),
            ("smtp://me:pass@word@host:25", "a@b.example"), ("smtp://me@", "a@b.example"),
            ("smtp://me:pass/word@host:25", "a@b.example"), ("smtp://:25", "a@b.example"),
            ("smtp://[::1:25", "a@b.example"), ("smtp://host:mail", "a@b.example"),
        ] {
            #expect(MailServer(url: url, from: from) == nil, "\(url) \(from)")
        }
    }

    @Test(
        "Mail goes in clear to this machine only, whatever another's name begins with",
        arguments: [
            ("127.0.0.1", true), ("localhost:25", true), ("LocalHost", true), ("[::1]:25", true),
            ("me:pass%40word@localhost:587", true), ("me:password@localhost.example.org", false),
            ("127.0.0.1.example.org", false), ("localhost@mail.example:25", false),
            ("[::1:2]", false), ("mail.example/localhost", false),
        ]
    )
    func plainMail(_ place: String, _ isAllowed: Bool) throws {
        let server = try #require(
            MailServer(url: "smtp://\(place)", from: "no-reply@goodwork.example")
        )
        #expect(server.isPlainAllowed == isAllowed)
    }

    @Test("Notify's own library accepts our token, and its answers are understood")
    func notify() async throws {
        let receivers = try Receivers()
        func made(_ secret: String) throws -> Notify {
            let made = Notify(
                key: "goodwork-\(Self.service)-\(secret)",
                base: "http://127.0.0.1:\(receivers.notify)",
                now: { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
            )
            return try #require(made)
        }
        func send(
            _ notify: Notify,
            _ kind: Notify.Kind,
            _ address: String,
            template: String = "8c2a"
        ) async throws {
            try await notify.send(
                kind,
                to: address,
                template: template,
                values: [("subject", "Your \"appointment\""), ("text", "Zwölf Uhr")],
                reference: "message-1"
            )
        }
        let notify = try made(Self.secret)
        try await send(notify, .email, "rosa@mail.example")
        let mail = try receivers.next()
        #expect(mail["path"]?.string == "/v2/notifications/email")
        #expect(mail["email_address"]?.string == "rosa@mail.example")
        #expect(mail["service"]?.string == Self.service)
        #expect(mail["template_id"]?.string == "8c2a")
        #expect(mail["personalisation"]?["subject"]?.string == "Your \"appointment\"")
        #expect(mail["reference"]?.string == "message-1")
        try await send(notify, .sms, "07700900001")
        #expect(try receivers.next()["phone_number"]?.string == "07700900001")

        for (secret, address, template, kind) in [
            (Self.secret, "07700900000", "8c2a", MessengerFailure.Kind.refused),
            (Self.secret, "07700900999", "8c2a", .busy),
            (Self.service, "07700900001", "8c2a", .settings),
            (Self.secret, "07700900001", "none", .settings),
            (Self.secret, "07700900101", "8c2a", .settings),
            (Self.secret, "07700900102", "8c2a", .settings),
            (Self.secret, "07700900103", "8c2a", .settings),
        ] {
            let other = try made(secret)
            let failure = await #expect(throws: MessengerFailure.self) {
                try await send(other, .sms, address, template: template)
            }
            #expect(failure?.kind == kind, "\(address)")
        }
    }

    @Test("A key that is not one is refused at once")
    func keys() {
        for key in [
            "", "goodwork", "goodwork-\(Self.service)", "a-\(Self.service)-\(Self.service)x",
        ] {
            #expect(Notify(key: key, now: { Self.at }) == nil, "\(key)")
        }
    }
}
