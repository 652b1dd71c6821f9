import Application
import Casework
import FHIRMapping
import FHIRModel
import Foundation
import Kernel
import Store
import TestSupport
import Testing
import Web
import WebAPI

/// Receivers of subscriptions are asked whether they are there, and told which resources changed.
@Suite struct SubscriptionTests {
    private static let base = "/fhir/R4/Subscription"
    private static let backport =
        "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition"

    /// A Subscription that can be kept, with parts put in place of its own.
    private static func subscription(
        topic: String = "task-changed",
        filter: String? = nil,
        status: String = "requested",
        channel: [String: JSONValue] = [:],
        id: String? = nil,
        more: [String: JSONValue] = [:]
    ) -> String {
        var own: JSONObject = [
            "type": .string("rest-hook"), "endpoint": .string("https://surgery.example/fhir"),
            "payload": .string("application/fhir+json"),
            "_payload": .object(["extension": .array([code("backport-payload-content", "id-only")])]
            ),
            "header": .array([.string("Authorization: Bearer of-the-surgery")]),
        ]
        for (key, value) in channel { own[key] = value == .null ? nil : value }
        var json: JSONObject = [
            "resourceType": .string("Subscription"), "status": .string(status),
            "reason": .string("the loop"),
            "criteria": .string("https://goodwork.example/fhir/SubscriptionTopic/\(topic)"),
            "channel": .object(own),
        ]
        json["id"] = id.map { .string($0) }
        if let filter {
            let value: JSONObject = [
                "url": .string("\(backport)/backport-filter-criteria"),
                "valueString": .string(filter),
            ]
            json["_criteria"] = .object(["extension": .array([.object(value)])])
        }
        for (key, value) in more { json[key] = value }
        return JSONValue.object(json).text
    }

    private static func code(_ name: String, _ code: String) -> JSONValue {
        .object(["url": .string("\(backport)/\(name)"), "valueCode": .string(code)])
    }

    /// The parameters of what was posted, and the resources that it names.
    private static func read(_ body: JSONValue) -> (type: String?, number: String?, ids: [String]) {
        let entries = body["entry"]?.array ?? []
        let parameters = entries.first?["resource"]?["parameter"]?.array ?? []
        func value(_ name: String) -> String? {
            parameters.first { $0["name"]?.string == name }?.object?.members.last?.value.string
        }
        let ids = entries.dropFirst().compactMap { $0["fullUrl"]?.string }
        return (value("type"), value("events-since-subscription-start"), ids)
    }

    @Test(
        "A subscription greets, tells of changes by ids alone, and stops when it is deleted",
        arguments: Backend.allCases
    )
    func wholeWay(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let scene = try await FHIRScene(installation)
            let receiver = TestReceiver()
            let made = await scene.manager.post(Self.base, Self.subscription())
            #expect(made.status == 201, "\(made.json.text)")
            #expect(made["status"]?.string == "requested")
            let id = made["id"]?.string ?? ""
            #expect(!made.json.text.contains("of-the-surgery"), "headers are not shown")
            _ = try await scene.refer()
            #expect(try await installation.tell(receiver).sent == 1, "nothing before the greeting")
            #expect(receiver.bodies.map { Self.read($0).type } == ["handshake"])
            #expect(await scene.manager.get("\(Self.base)/\(id)")["status"]?.string == "active")
            receiver.forget()

            installation.clock.advance()
            let mine = try await scene.refer("Obi", nhs: "9476719931")
            let header = try await installation.header(mine)
            installation.clock.advance()
            try await installation.change(header.id.text, ChangeNotes.note("unseen by Tasks"))
            installation.clock.advance()
            let today = installation.clock.now.civilDateUK
            try await installation.change(
                header.id.text,
                Command(.referralAccepted(Plain()), on: today)
            )
            let round = try await installation.tell(receiver)
            #expect(round.sent == 2 && round.skipped == 1)
            let read = receiver.bodies.map(Self.read)
            let task = "https://goodwork.example/fhir/R4/Task/\(mine)"
            #expect(read.map(\.ids) == [[task], [task]])
            #expect(read.map(\.number) == ["1", "2"])
            for (sent, body) in zip(receiver.taken, receiver.bodies) {
                #expect(sent.headers.contains("Authorization: Bearer of-the-surgery"))
                #expect(sent.headers.contains("Content-Type: application/fhir+json"))
                #expect(body["type"]?.string == "history")
                _ = try FHIRResource(parsing: sent.body)
                #expect(!String(decoding: sent.body, as: UTF8.self).contains("Obi"))
            }
            let status = await scene.manager.get("\(Self.base)/\(id)/$status")
            #expect(try status.fhir()["type"]?.text == "searchset")
            let told = status.json["entry"]?.array?.first?["resource"]?["parameter"]?.array ?? []
            let count = told.first { $0["name"]?.string == "events-since-subscription-start" }
            #expect(count?["valueString"]?.string == "2")

            #expect(await scene.stranger.get("\(Self.base)/\(id)").status == 404)
            #expect(await scene.stranger.send(.delete, "\(Self.base)/\(id)").status == 404)
            #expect(await scene.stranger.get(Self.base)["total"]?.int == 0)
            let found = await scene.manager.get("\(Self.base)?status=active")
            #expect(found.found == ["Subscription/\(id)"])

            let off = await scene.manager.send(
                .put,
                "\(Self.base)/\(id)",
                Self.subscription(status: "off", id: id),
                headers: ["if-match": "W/\"1\""]
            )
            #expect(off.status == 412)
            #expect(await scene.manager.send(.delete, "\(Self.base)/\(id)").status == 204)
            #expect(await scene.manager.get("\(Self.base)/\(id)").status == 410)
            #expect(await scene.manager.get("\(Self.base)/nothing").status == 404)
            receiver.forget()
            installation.clock.advance()
            _ = try await scene.refer("Oda", nhs: "9990000018")
            #expect(try await installation.tell(receiver).total == 0)
        }
    }

    @Test(
        "Only what the filter means, and what the reader may know, is told",
        arguments: [
            "Task?status=accepted&requester=Organization/P84001",
            "Task?status=accepted&requester=Organization%2FP84001",
            "Task?status=http%3A%2F%2Fhl7.org%2Ffhir%2Ftask-status%7Caccepted",
            "Task?business-status=http%3A%2F%2Fhl7.org%2Ffhir%2Fus%2Fbser%2FCodeSystem%2FTaskBusinessStatusCS%7C3.0",
        ]
    )
    func filters(_ filter: String) async throws {
        try await withInstallation(.sqlite) { installation in
            let scene = try await FHIRScene(installation)
            let receiver = TestReceiver()
            let accepted = await scene.manager.post(
                Self.base,
                Self.subscription(filter: filter)
            )
            let episodes = await scene.practice.post(
                Self.base,
                Self.subscription(topic: "episodeofcare-changed")
            )
            let elsewhere = await scene.stranger.post(Self.base, Self.subscription())
            #expect([accepted, episodes, elsewhere].map(\.status) == [201, 201, 201])
            #expect(try await installation.tell(receiver).sent == 3)
            receiver.forget()
            let mine = try await scene.refer()
            installation.clock.advance()
            let today = installation.clock.now.civilDateUK
            try await installation.change(mine, Command(.referralAccepted(Plain()), on: today))
            let round = try await installation.tell(receiver)
            #expect(round.sent == 1, "a referrer has no episodes, a stranger nothing")
            #expect(Self.read(receiver.bodies[0]).ids.map { $0.hasSuffix(mine) } == [true])
        }
    }

    @Test(
        "What is taken back is told to whoever was told of it",
        arguments: Backend.allCases
    )
    func takenBack(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let scene = try await FHIRScene(installation, scopes: "system/*.cruds api/write")
            let receiver = TestReceiver()
            let id = try await EntryTests.supported(scene)
            let subscribers: [(TestClient, String?)] = [
                (scene.manager, nil), (scene.manager, "Observation?code=720433000"),
                (scene.manager, "Observation?code=another"), (scene.practice, nil),
            ]
            for (client, filter) in subscribers {
                let body = Self.subscription(topic: "observation-changed", filter: filter)
                #expect(await client.post(Self.base, body).status == 201)
            }
            _ = try await installation.tell(receiver)
            receiver.forget()
            installation.clock.advance()
            let score = try await DeletedRecordsTests.score(scene, id)
            #expect(try await installation.tell(receiver).sent == 2)
            receiver.forget()
            installation.clock.advance()
            await DeletedRecordsTests.withdraw(score, scene, id)
            #expect(try await installation.tell(receiver).sent == 2)
            for (sent, body) in zip(receiver.taken, receiver.bodies) {
                _ = try FHIRResource(parsing: sent.body)
                let place = "https://goodwork.example/fhir/R4/Observation/\(score)"
                #expect(Self.read(body).ids == [place])
                let entry = body["entry"]?.array?.last
                #expect(entry?["request"]?["method"]?.string == "DELETE")
                #expect(entry?["response"]?["status"]?.string == "204")
            }
        }
    }

    @Test("A receiver that never answers is given up; a heartbeat tells that we live")
    func errorsAndHeartbeats() async throws {
        try await withInstallation(.sqlite) { installation in
            var manager = try await FHIRScene(installation).manager
            let receiver = TestReceiver()
            receiver.answer(404)
            let beat: JSONObject = [
                "url": .string("\(Self.backport)/backport-heartbeat-period"),
                "valueUnsignedInt": .int(60),
            ]
            let made = await manager.post(
                Self.base,
                Self.subscription(channel: ["extension": .array([.object(beat)])])
            )
            let path = "\(Self.base)/\(made["id"]?.string ?? "")"
            for _ in 0..<10 {
                _ = try await installation.tell(receiver)
                installation.clock.advance(milliseconds: 25 * 3_600_000)
            }
            manager = try await manager.renewed()
            let failed = await manager.get(path)
            #expect(failed["status"]?.string == "error")
            #expect(failed["error"]?.string == "status-404")
            receiver.answer(200)
            receiver.forget()
            let body = Self.subscription(
                channel: ["extension": .array([.object(beat)])],
                id: made["id"]?.string
            )
            #expect(await manager.send(.put, path, body)["status"]?.string == "requested")
            _ = try await installation.tell(receiver)
            #expect(await manager.get(path)["status"]?.string == "active")
            installation.clock.advance(milliseconds: 59_000)
            #expect(try await installation.tell(receiver).total == 0)
            installation.clock.advance(milliseconds: 2_000)
            _ = try await installation.tell(receiver)
            #expect(receiver.bodies.map { Self.read($0).type } == ["handshake", "heartbeat"])
        }
    }

    @Test("What cannot be kept is refused, each fault with its place")
    func refused() async throws {
        try await withInstallation(.sqlite) { installation in
            let scene = try await FHIRScene(installation)
            let cases: [(String, String)] = [
                (Self.subscription(topic: "task-chnged"), "Subscription.criteria"),
                (Self.subscription(filter: "Patient?name=x"), "Subscription.criteria"),
                (Self.subscription(filter: "Task?nothing=x"), "-"),
                (Self.subscription(status: "active"), "Subscription.status"),
                (
                    Self.subscription(channel: ["type": .string("websocket")]),
                    "Subscription.channel.type"
                ),
                (
                    Self.subscription(channel: ["endpoint": .string("http://10.0.0.1/")]),
                    "Subscription.channel.endpoint"
                ),
                (
                    Self.subscription(channel: ["payload": .string("text/plain")]),
                    "Subscription.channel.payload"
                ),
                (
                    Self.subscription(
                        channel: [
                            "_payload": .object([
                                "extension": .array([
                                    Self.code("backport-payload-content", "full-resource")
                                ])
                            ])
                        ]
                    ),
                    "Subscription.channel.payload"
                ),
                (
                    Self.subscription(channel: ["header": .array([.string("Host: x")])]),
                    "Subscription.channel.header"
                ),
                (
                    Self.subscription(more: ["end": .string("2020-01-01T00:00:00Z")]),
                    "Subscription.end"
                ),
            ]
            for (body, place) in cases {
                let answer = await scene.manager.post(Self.base, body)
                #expect(answer.status == 422, "\(place): \(answer.json.text)")
                #expect(answer.issues.contains { $0.contains(" \(place) ") }, "\(answer.issues)")
            }
            let narrow = try await scene.test.client(
                .manager,
                of: "big-life",
                scopes: "system/Subscription.cruds"
            )
            #expect(await narrow.post(Self.base, Self.subscription()).status == 403)
            #expect(await scene.manager.post(Self.base, "{}").status == 400)
            let url = "url=https://surgery.example/fhir"
            let conditional = await scene.manager.post(
                Self.base,
                Self.subscription(),
                headers: ["if-none-exist": url]
            )
            #expect(conditional.status == 412, "\(conditional.json.text)")
            let query = await scene.manager.post("\(Self.base)?\(url)", Self.subscription())
            #expect(query.status == 412)
            #expect(await scene.manager.get(Self.base)["total"]?.int == 0)
        }
    }
}

/// Changes that nobody outside the case team learns of.
enum ChangeNotes {
    static func note(_ text: String) -> Command {
        var note = NoteWritten()
        note.text = text
        return Command(.noteWritten(note), on: CivilDate(iso: "2025-06-02") ?? CivilDate(day: 0))
    }
}
