import Application
import Casework
import Kernel
import TestSupport
import Testing
import Web
import WebAPI

/// What a page's form cannot say, a program cannot either.
@Suite struct EntryRuleTests {
    private static let today = TestClock().now.civilDateUK.iso

    /// Entries with their day.
    private static func command(_ entries: String...) -> String {
        let dated = entries.map { "{\"on\": \"\(today)\", \($0)}" }
        return "{\"entries\": [\(dated.joined(separator: ", "))]}"
    }

    private static func send(
        _ client: TestClient,
        _ header: CaseHeader,
        _ body: String
    ) async -> TestClient.Answer {
        await client.post("/api/v1/cases/\(header.id.text)/entries", body)
    }

    /// What a manager sends, and where its fault is.
    private static let managers: [(entries: [String], pointer: String)] = [
        ([#""type": "coach.assigned", "coach": "somebody""#], "/entries/0/coach"),
        ([#""type": "transfer.asked", "provider": "nobody""#], "/entries/0/provider"),
        ([#""type": "transfer.asked", "provider": "big-life""#], "/entries/0/provider"),
        (
            [#""type": "referral.returned", "reason": "completed", "instead": "x""#],
            "/entries/0/reason"
        ),
        ([#""type": "referral.returned", "reason": "ineligible""#], "/entries/0/instead"),
        (
            [#""type": "referral.accepted""#, #""type": "coach.assigned", "coach": "x""#],
            "/entries/1/coach"
        ),
    ]

    @Test("A manager's entries name whom they may name", arguments: managers)
    func manager(_ entries: [String], _ pointer: String) async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Ada")
            let client = try await TestAPI(team.installation).client(.manager, of: "big-life")
            let dated = entries.map { "{\"on\": \"\(Self.today)\", \($0)}" }
            let body = "{\"entries\": [\(dated.joined(separator: ", "))]}"
            let answer = await Self.send(client, header, body)
            #expect(answer.status == 422, "\(answer.json.text)")
            #expect(answer.pointers == [pointer])
        }
    }

    @Test("A case that nobody holds is taken into one of the provider's own strands")
    func heldByNobody() async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Ada") { $0.strand = nil }
            let client = try await TestAPI(team.installation).client(.manager, of: "big-life")
            let accepted = #""type": "referral.accepted""#
            #expect(await Self.send(client, header, Self.command(accepted)).status == 422)
            let others = #""type": "referral.rerouted", "strand": "msk""#
            #expect(await Self.send(client, header, Self.command(others, accepted)).status == 422)
            let own = #""type": "referral.rerouted", "strand": "be-well""#
            #expect(await Self.send(client, header, Self.command(own, accepted)).status == 201)
        }
    }

    @Test("A referrer withdraws until the service is in contact, and then asks it")
    func withdrawal() async throws {
        try await withTeam(.sqlite) { team in
            let client = try await TestAPI(team.installation)
                .client(.referrer, of: TestTeam.referrer.organisation)
            let body = Self.command(#""type": "referral.withdrawn""#)
            let early = try await team.refer("Ada")
            #expect(await Self.send(client, early, body).status == 201)
            let late = try await team.refer("Ben")
            try await team.change(late, .referralAccepted(Plain()))
            try await team.change(late, .contactAttempted(ContactAttempted()))
            let answer = await Self.send(client, late, body)
            #expect(answer.status == 422 && answer.pointers == ["/entries/0"])
        }
    }

    @Test("Whoever is asked answers for themselves, and only about what was asked")
    func asked() async throws {
        try await withInstallation(.sqlite) { installation in
            let test = TestAPI(installation)
            let header = try await AccessScene.makeCase(installation, 1)
            let onward = try await test.client(.coach, of: "talking-therapies")
            let answers = [
                (#""type": "onward.moved", "onward": "o2", "to": "accepted""#, "/entries/0/onward"),
                (#""type": "onward.moved", "onward": "o1", "to": "declined""#, "/entries/0/reason"),
            ]
            for (entry, pointer) in answers {
                let answer = await Self.send(onward, header, Self.command(entry))
                #expect(answer.pointers == [pointer], "\(answer.json.text)")
            }
            let taken = #""type": "onward.moved", "onward": "o1", "to": "accepted""#
            #expect(await Self.send(onward, header, Self.command(taken)).status == 201)

            let other = try await test.client(.manager, of: "pathways-cic")
            let alone = Self.command(#""type": "coach.assigned", "coach": "x""#)
            #expect(await Self.send(other, header, alone).pointers == ["/entries/0"])
            let another = Self.command(#""type": "transfer.accepted", "provider": "big-life""#)
            #expect(await Self.send(other, header, another).pointers == ["/entries/0/provider"])
            let apart = Self.command(
                #""type": "transfer.accepted", "provider": "pathways-cic""#,
                #""type": "note.written", "text": "x""#
            )
            #expect(await Self.send(other, header, apart).code == "entries-apart")
            let own = Self.command(#""type": "transfer.accepted", "provider": "pathways-cic""#)
            #expect(await Self.send(other, header, own).status == 201)
        }
    }

    @Test("What follows from another entry falls with it, and the referral stays")
    func voids() async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Ada")
            let client = try await TestAPI(team.installation).client(.coach, of: "big-life")
            for event in try await team.installation.history(header.id.text).events {
                let isOwn = event.cause == nil && event.body.kind != .referralReceived
                let body = """
                    {"voids": [{"event": "\(event.id.text)", "reason": "entered-in-error",
                     "text": "x"}]}
                    """
                let answer = await Self.send(client, header, body)
                #expect(answer.status == (isOwn ? 201 : 422), "\(event.body.kind)")
            }
        }
    }

    @Test(
        "A text that says nothing is refused at its place",
        arguments: [("", "faults"), ("  ", "text-missing-value")]
    )
    func blankTexts(_ text: String, _ code: String) async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Ada")
            let client = try await TestAPI(team.installation).client(.coach, of: "big-life")
            for entry in [
                #""type": "note.written", "text": "\#(text)""#,
                #""type": "plan.goal-added", "goal": "walk", "text": "\#(text)""#,
            ] {
                let answer = await Self.send(client, header, Self.command(entry))
                #expect(answer.status == 422 && answer.code == code, "\(answer.json.text)")
                #expect(answer.pointers == ["/entries/0/text"])
            }
            let event = try #require(
                try await team.installation.history(header.id.text).effective().last
            )
            let void = """
                {"voids": [{"event": "\(event.id.text)", "reason": "entered-in-error",
                 "text": "\(text)"}]}
                """
            let answer = await Self.send(client, header, void)
            #expect(answer.status == 422 && answer.pointers == ["/voids/0/text"])
        }
    }

    @Test("A refusal of the rules names its entry and its field")
    func refusals() async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Ada")
            let client = try await TestAPI(team.installation).client(.coach, of: "big-life")
            let answer = await Self.send(
                client,
                header,
                Self.command(
                    #""type": "contact.attempted", "outcome": "reached""#,
                    #""type": "plan.agreed", "plan": "thrive-in-wrok""#
                )
            )
            #expect(answer.status == 422 && answer.code == "unknown-value")
            #expect(answer.pointers == ["/entries/1/plan"])
            #expect(answer["detail"]?.string?.contains("Did you mean thrive-in-work?") == true)
        }
    }
}
