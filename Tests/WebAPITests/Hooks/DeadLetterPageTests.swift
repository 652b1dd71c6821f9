import Application
import Kernel
import Store
import TestSupport
import Testing
import Web
import WebAPI

/// What could not be told stands on the administrator's page, and is told again from there.
@Suite struct DeadLetterPageTests {
    private static let administrator = Actor(
        user: "adam",
        organisation: "host",
        role: .administrator
    )
    private static let path = "/admin/messages"

    @Test(
        "Each that was given up has a row and a button; all have one",
        arguments: Backend.allCases
    )
    func again(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let team = TestTeam(installation)
            let client = try await TestAPI(installation).client(.manager, of: TestTeam.organisation)
            let hook = await client.post(
                "/api/v1/webhooks",
                #"{"address":"https://surgery.example/hooks","topics":["case.opened"]}"#
            )
            #expect(hook.status == 201, "\(hook.json.text)")
            let site = TestSite(installation)
            let browser = site.browser(Self.administrator)
            #expect(await browser.get(Self.path).words.contains("Every program was told."))
            for name in ["Rosa", "Ravi", "Rita"] { _ = try await team.refer(name) }
            let waits = await browser.get(Self.path)
            #expect(waits.words.contains("3 deliveries wait to be sent"), "\(waits.words)")
            let receiver = TestReceiver()
            receiver.answer(410)
            #expect(try await installation.tell(receiver).givenUp >= 1)
            let page = await browser.get(Self.path)
            #expect(page.words.contains("https://surgery.example/hooks"), "\(page.words)")
            #expect(page.words.contains("gone") && page.words.contains("case.opened"))
            let dead = try await installation.goodwork.messageQueue(by: installation.actor)
                .failedHooks.map(\.id)
            #expect(dead.allSatisfy { page.text.contains("value=\"\($0)\"") })
            #expect(!page.text.contains("Rosa"), "ids alone")

            receiver.answer(200)
            receiver.forget()
            let first = try #require(dead.first)
            let sent = await browser.submit(Self.path, from: page, ["message": first])
            #expect(sent.status == 200 && sent.path == Self.path)
            #expect(try await installation.tell(receiver).sent >= 1)
            #expect(receiver.taken.contains { $0.headers.contains("Webhook-Id: \(first)") })
            // The rest, all at once.
            var form = Form()
            for name in ["_csrf", "_key"] { form.set(name, sent.value(name)) }
            let rest = dead.dropFirst().map { Form.Field(name: "message", value: $0) }
            _ = await browser.send(.post, Self.path, Form(form.fields + rest))
            _ = try await installation.tell(receiver)
            let done = await browser.get(Self.path)
            #expect(done.words.contains("Every program was told."), "\(done.words)")
            #expect(site.errors.isEmpty, "\(site.errors)")
            for role in [Role.manager, .coach, .governance] {
                let other = Actor(user: "other", organisation: "big-life", role: role)
                #expect(await site.browser(other).get(Self.path).status == 403, "\(role)")
            }
        }
    }
}
