import Application
import Casework
import Crypto
import Foundation
import Kernel
import Programmes
import Store
import TestSupport
import Testing
import Web
import WebAPI

/// A program is told what happens, by ids alone, and only of what its organisation may know.
@Suite struct WebhookTests {
    private static let address = "https://surgery.example/hooks?of=goodwork"
    private static let all = HookTopic.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ",")

    private static func body(_ topics: String = all, _ more: String = "") -> String {
        "{\"address\":\"\(address)\",\"topics\":[\(topics)]\(more)}"
    }

    /// Lends a team, a program of its manager's, and the id of a webhook that the program made.
    private static func withHook(
        _ backend: Backend = .sqlite,
        of topics: String = all,
        _ body: (TestTeam, TestClient, String) async throws -> Void
    ) async throws {
        try await withInstallation(backend) { installation in
            let client = try await TestAPI(installation).client(.manager, of: TestTeam.organisation)
            let made = await client.post("/api/v1/webhooks", Self.body(topics))
            try await body(TestTeam(installation), client, try #require(made["id"]?.string))
        }
    }

    /// What happens to a case, and who is told of it by what name; `shared` where the person let the
    /// referrer know.
    private static let told = """
        what happens                | team                           | referrer           | shared
        referral.received           | case.opened case.changed       | case.opened        | case.opened
        referral.accepted           | case.accepted case.changed     | case.accepted      | case.accepted
        note.written team           | case.changed                   |                    |
        note.written referrer       | note.for-referrer case.changed | note.for-referrer  | note.for-referrer
        referral.cancellation-asked | case.cancellation-asked case.changed | case.cancellation-asked | case.cancellation-asked
        assessment.completed        | case.changed                   |                    |
        plan.agreed                 | case.changed                   |                    |
        support.started             | case.started case.changed      |                    | case.started
        onward.sent                 | onward.sent case.changed       |                    |
        case.discharged             | case.discharged case.changed   |                    | case.discharged
        case.closed                 | case.closed case.changed       | case.closed        | case.closed
        case.reopened               | case.reopened case.changed     | case.reopened      | case.reopened
        """

    private static func event(_ words: String) -> EventBody? {
        let parts = words.split(separator: " ")
        switch parts[0] {
        case "referral.accepted": return .referralAccepted(Plain())
        case "note.written":
            var note = NoteWritten()
            note.audience = parts[1] == "team" ? .team : .referrer
            note.text = "Secret words"
            return .noteWritten(note)
        case "referral.cancellation-asked": return .cancellationAsked(TakenBack())
        case "assessment.completed": return .assessmentCompleted(AssessmentCompleted())
        case "plan.agreed":
            var plan = PlanAgreed()
            plan.plan = "thrive-in-work"
            return .planAgreed(plan)
        case "support.started": return .supportStarted(Plain())
        case "onward.sent":
            var sent = OnwardSent()
            (sent.onward, sent.service) = ("o1", "talking-therapies")
            return .onwardSent(sent)
        case "case.discharged":
            var discharged = Discharged()
            discharged.status = "in-work"
            return .discharged(discharged)
        case "case.closed":
            var closed = Closed()
            closed.reason = .noLongerWanted
            return .closed(closed)
        case "case.reopened": return .reopened(Reopened())
        default: return nil
        }
    }

    @Test(
        "Each party is told what it may know, once, and nothing else",
        arguments: [Backend.sqlite, .postgres],
        [true, false]
    )
    func parties(_ backend: Backend, _ isShared: Bool) async throws {
        try await withInstallation(backend) { installation in
            let team = TestTeam(installation)
            let test = TestAPI(installation)
            var ids: [String: String] = [:]
            for (name, role, organisation) in [
                ("team", Role.manager, TestTeam.organisation), ("referrer", .referrer, "P84001"),
                ("elsewhere", .manager, "elsewhere"), ("counts", .administrator, "big-life"),
            ] {
                let client = try await test.client(role, of: organisation)
                let answer = await client.post("/api/v1/webhooks", Self.body())
                #expect(answer.status == 201, "\(answer.json.text)")
                ids[answer["id"]?.string ?? ""] = name
            }
            let receiver = TestReceiver()
            var header: CaseHeader?
            for row in TextTable(Self.told).rows {
                let words = row["what happens"]
                // Without that consent no note may be written for the referrer.
                if !isShared, words == "note.written referrer" { continue }
                if let header, let body = Self.event(words) {
                    try await team.change(header, body)
                } else {
                    header = try await team.refer(
                        "Rosa",
                        daysAgo: 0,
                        consents: [.referral: true, .shareWithReferrer: isShared]
                    )
                }
                _ = try await installation.tell(receiver)
                var told: [String: Set<String>] = [:]
                for (sent, body) in zip(receiver.taken, receiver.bodies) {
                    #expect(sent.address == Self.address)
                    let id = sent.headers.first { $0.hasPrefix("Webhook-Id: ") } ?? ""
                    let name = ids.first { id.hasSuffix($0.key) }?.value ?? "nobody"
                    let isNew = told[name, default: []].insert(body["type"]?.string ?? "").inserted
                    #expect(isNew, "\(words): told twice")
                    #expect(body["data"]?["case"]?.string == header?.id.text)
                    #expect(body.object?.keys == ["type", "timestamp", "data"])
                    #expect(body["data"]?.object?.keys == ["case", "event"])
                }
                func expected(_ column: String) -> Set<String> {
                    Set(row[column].split(separator: " ").map(String.init))
                }
                #expect(told["team", default: []] == expected("team"), "\(words)")
                let referrer = expected(isShared ? "shared" : "referrer")
                #expect(told["referrer", default: []] == referrer, "\(words)")
                #expect(told["elsewhere"] == nil && told["counts"] == nil, "\(words)")
                receiver.forget()
                installation.clock.advance()
            }
            #expect(try await installation.tell(receiver).total == 0)
            #expect(try await installation.problems() == [])
        }
    }

    @Test("What is sent is signed as Standard Webhooks has it")
    func signature() async throws {
        try await withInstallation(.sqlite) { installation in
            let team = TestTeam(installation)
            let client = try await TestAPI(installation).client(.manager, of: TestTeam.organisation)
            let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
            let made = await client.post(
                "/api/v1/webhooks",
                Self.body("\"case.opened\"", ",\"secret\":\"\(secret)\"")
            )
            #expect(made["secret"]?.string == secret)
            _ = try await team.refer("Rosa")
            let receiver = TestReceiver()
            _ = try await installation.tell(receiver)
            let sent = try #require(receiver.taken.first)
            func header(_ name: String) -> String {
                let line = sent.headers.first { $0.hasPrefix("\(name): ") } ?? ""
                return String(line.dropFirst(name.count + 2))
            }
            let key = try #require(Data(base64Encoded: String(secret.dropFirst(6))))
            let signed = "\(header("Webhook-Id")).\(header("Webhook-Timestamp"))."
            let code = HMAC<SHA256>.authenticationCode(
                for: Data(signed.utf8) + Data(sent.body),
                using: SymmetricKey(data: key)
            )
            #expect(header("Webhook-Signature") == "v1," + Data(code).base64EncodedString())
            let seconds = installation.clock.now.milliseconds / 1_000
            #expect(header("Webhook-Timestamp") == "\(seconds)")
            #expect(!header("Webhook-Id").contains("."))
            let dump = try await installation.database.dump()
            #expect(dump.range(of: Data(secret.utf8)) == nil)
            #expect(dump.range(of: key) == nil, "the secret is sealed")
        }
    }

    @Test(
        "What does not get through is tried again, given up visibly, and sent again when asked",
        arguments: [Backend.sqlite, .postgres]
    )
    func retries(_ backend: Backend) async throws {
        try await Self.withHook(backend, of: "\"case.opened\"") { team, first, id in
            let installation = team.installation
            let path = "/api/v1/webhooks/\(id)"
            let header = try await team.refer("Rosa")
            let receiver = TestReceiver()
            receiver.answer(500)
            #expect(try await installation.tell(receiver).putOff == 1)
            #expect(try await installation.tell(receiver).total == 0, "it waits")
            receiver.goDown(true)
            var tries = 1
            while tries < 20 {
                installation.clock.advance(milliseconds: 24 * 3_600_000)
                let round = try await installation.tell(receiver)
                tries += 1
                if round.givenUp == 1 { break }
                #expect(round.putOff == 1)
            }
            #expect(tries == 8)
            let client = try await first.renewed()
            let dead = await client.get("\(path)/deliveries")["items"]?.array?.first
            #expect(dead?["state"]?.string == "given-up")
            #expect(dead?["outcome"]?.string == "unreachable")
            #expect(dead?["case"]?.string == header.id.text)
            #expect(await client.get(path)["state"]?.string == "error")
            let queue = try await installation.goodwork.messageQueue(by: installation.actor)
            #expect(queue.failedHooks.map(\.hook) == [id])
            _ = try await team.refer("Ravi")
            #expect(try await installation.tell(receiver).total == 0, "nothing more is queued")

            receiver.goDown(false)
            receiver.answer(204)
            let delivery = dead?["id"]?.string ?? ""
            let again = await client.post("\(path)/deliveries/\(delivery)/again", "{}")
            #expect(again["state"]?.string == "waiting", "\(again.json.text)")
            #expect(try await installation.tell(receiver).sent == 1)
            #expect(await client.get(path)["state"]?.string == "active")
            let twice = await client.post("\(path)/deliveries/\(delivery)/again", "{}")
            #expect(twice.status == 422 && twice.code == "not-given-up")
            _ = try await team.refer("Rita")
            #expect(try await installation.tell(receiver).sent == 1, "it is told again")

            receiver.answer(410)
            _ = try await team.refer("Rudi")
            #expect(try await installation.tell(receiver).givenUp == 1)
            #expect(await client.get(path)["problem"]?.string == "gone")
        }
    }

    @Test(
        "A webhook that wants no more is not posted what waits for it, until it is asked for",
        arguments: [Backend.sqlite, .postgres]
    )
    func gone(_ backend: Backend) async throws {
        try await Self.withHook(backend, of: "\"case.opened\"") { team, first, id in
            let installation = team.installation
            let path = "/api/v1/webhooks/\(id)"
            for name in ["Rosa", "Ravi", "Rita"] { _ = try await team.refer(name) }
            let receiver = TestReceiver()
            receiver.answer(500)
            #expect(try await installation.tell(receiver).putOff == 3)
            _ = try await team.refer("Rudi")
            receiver.answer(410)
            #expect(try await installation.tell(receiver).givenUp == 1)
            receiver.answer(200)
            receiver.forget()
            for _ in 0..<3 {
                installation.clock.advance(milliseconds: 24 * 3_600_000)
                #expect(try await installation.tell(receiver).total == 0)
            }
            #expect(receiver.taken.isEmpty)
            let client = try await first.renewed()
            let hook = await client.get(path)
            #expect(hook["state"]?.string == "error" && hook["problem"]?.string == "gone")
            let all = await client.get("\(path)/deliveries")["items"]?.array ?? []
            #expect(all.map { $0["outcome"]?.string } == ["gone", "gone", "gone", "gone"])

            let again = all.first?["id"]?.string ?? ""
            _ = await client.post("\(path)/deliveries/\(again)/again", "{}")
            #expect(try await installation.tell(receiver).sent == 1)
            #expect(await client.get(path)["state"]?.string == "active")
        }
    }

    @Test("What may not be known any more when it leaves is not told")
    func checkedWhenItLeaves() async throws {
        try await withInstallation(.sqlite) { installation in
            let team = TestTeam(installation)
            let goodwork = installation.goodwork
            let client = try await TestAPI(installation).client(.referrer, of: "P84001")
            _ = await client.post("/api/v1/webhooks", Self.body())
            let header = try await team.refer(
                "Rosa",
                consents: [.referral: true, .shareWithReferrer: true]
            )
            let receiver = TestReceiver()
            _ = try await installation.tell(receiver)
            receiver.forget()
            try await team.change(header, .referralAccepted(Plain()))
            try await team.change(header, .assessmentCompleted(AssessmentCompleted()))
            try await team.change(header, .supportStarted(Plain()))
            var taken = Consent()
            taken.scope = .shareWithReferrer
            try await team.change(header, .consentWithdrawn(taken))
            _ = try await installation.tell(receiver)
            #expect(receiver.bodies.map { $0["type"]?.string } == ["case.accepted"])
            receiver.forget()
            let id = try #require(client.client?.id)
            _ = try await team.refer("Ravi")
            try await goodwork.setClient(id, isDisabled: true, by: installation.actor)
            let round = try await installation.tell(receiver)
            #expect(receiver.taken.isEmpty && round.skipped > 0)
        }
    }

    @Test("An import tells nobody; a webhook that is off, or deleted, is told nothing")
    func silence() async throws {
        try await Self.withHook { team, client, id in
            let installation = team.installation
            let id2 = await client.post("/api/v1/webhooks", Self.body())["id"]?.string ?? ""
            let list = try ClientList(fixture: "fit-for-work-in-work")
            try await installation.importList(list, "fit-for-work-in-work")
            let receiver = TestReceiver()
            #expect(try await installation.tell(receiver).total == 0)
            let off = await client.post("/api/v1/webhooks/\(id)/changes", "{\"is_on\":false}")
            #expect(off["state"]?.string == "off")
            _ = try await team.refer("Rosa")
            #expect(await client.send(.delete, "/api/v1/webhooks/\(id2)").status == 204)
            #expect(try await installation.tell(receiver).total == 0)
            #expect(await client.get("/api/v1/webhooks/\(id2)").status == 404)
            #expect(await client.get("/api/v1/webhooks")["total"]?.int == 1)
        }
    }

    @Test("A webhook is its client's; an administrator's client sees all, without secrets")
    func owners() async throws {
        try await withInstallation(.sqlite) { installation in
            let test = TestAPI(installation)
            let owner = try await test.client(.referrer, of: "P84001")
            let other = try await test.client(.referrer, of: "P84001")
            let administrator = try await test.client(.administrator, of: "host")
            let made = await owner.post("/api/v1/webhooks", Self.body())
            let path = "/api/v1/webhooks/\(made["id"]?.string ?? "")"
            #expect(await owner.get("/api/v1/webhooks")["total"]?.int == 1)
            #expect(await other.get("/api/v1/webhooks")["total"]?.int == 0)
            #expect(await administrator.get("/api/v1/webhooks")["total"]?.int == 1)
            #expect(await administrator.get(path)["secret"] == nil)
            #expect(await other.get(path).status == 404)
            #expect(await other.get("\(path)/deliveries").status == 404)
            #expect(await other.send(.delete, path).status == 404)
            #expect(await other.post("\(path)/changes", "{\"is_on\":false}").status == 404)
            #expect(await administrator.send(.delete, path).status == 204)
        }
    }

    @Test(
        "Only addresses that anybody can reach are taken",
        arguments: [
            ("https://surgery.example/hook", true), ("https://8.8.8.8:8443/", true),
            ("https://[2606:4700::1111]/", true), ("http://surgery.example/hook", false),
            ("ftp://surgery.example/", false), ("surgery.example", false), ("https://", false),
            ("https://localhost/", false), ("https://127.0.0.1/", false),
            ("https://10.1.2.3/", false), ("https://192.168.0.9/", false),
            ("https://169.254.169.254/latest/meta-data", false), ("https://[::1]/", false),
            ("https://[fd00::1]/", false), ("https://[::ffff:10.0.0.1]/", false),
            ("https://[64:ff9b::a00:1]/", false), ("https://0.0.0.0/", false),
            ("https://me:secret@surgery.example/", false), ("https://surgery.example/#x", false),
            ("https://sur gery.example/", false),
        ]
    )
    func addresses(_ address: String, _ isTaken: Bool) async throws {
        #expect((HookRules().problem(ofAddress: address) == nil) == isTaken)
        let loopback = HookRules(allowed: [IPRange("127.0.0.0/8")].compactMap(\.self))
        #expect(loopback.problem(ofAddress: "http://127.0.0.1:9/x") == nil)
        #expect(loopback.problem(ofAddress: "http://localhost:9/x") == nil)
        #expect(loopback.problem(ofAddress: "http://10.0.0.1/x") != nil)
    }

    @Test("Every fault of a webhook is told at once")
    func faults() async throws {
        try await withInstallation(.sqlite) { installation in
            let client = try await TestAPI(installation).client(.referrer, of: "P84001")
            let answer = await client.post(
                "/api/v1/webhooks",
                #"{"address":"http://10.0.0.1/","topics":[],"secret":"whsec_c2hvcnQ="}"#
            )
            #expect(answer.status == 422)
            #expect(Set(answer.pointers) == ["/address", "/topics", "/secret"])
            let near = await client.post(
                "/api/v1/webhooks",
                #"{"address":"https://surgery.example/","topics":["case.opend"]}"#
            )
            #expect(near.status == 422 && near.pointers == ["/topics/0"])
            for _ in 0..<20 {
                let made = await client.post("/api/v1/webhooks", Self.body())
                #expect(made.status == 201)
            }
            let more = await client.post("/api/v1/webhooks", Self.body())
            #expect(more.code == "too-many-hooks")
        }
    }
}
