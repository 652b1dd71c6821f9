import Application
import Kernel
import Store
import Synchronization
import TestSupport
import WebAPI

/// Takes what is posted, and answers as it is told.
final class TestReceiver: HookCarrier {
    private let state = Mutex<(taken: [OutgoingHook], status: Int, isDown: Bool)>(([], 200, false))

    var taken: [OutgoingHook] { state.withLock { $0.taken } }
    /// What was posted, as JSON.
    var bodies: [JSONValue] { taken.map { (try? JSONValue(parsing: $0.body)) ?? .null } }

    func answer(_ status: Int) { state.withLock { $0.status = status } }

    func goDown(_ isDown: Bool) { state.withLock { $0.isDown = isDown } }

    func forget() { state.withLock { $0.taken = [] } }

    func post(_ hook: OutgoingHook) async throws -> Int {
        try state.withLock { state in
            if state.isDown {
                throw CarriageFailure("unreachable", isFinal: false, context: "down")
            }
            state.taken.append(hook)
            return state.status
        }
    }

    var senders: HookSenders {
        HookSenders(
            carrier: self,
            writer: FHIRNotifications(address: "https://goodwork.example") { _ in },
            report: { _ in }
        )
    }
}

extension TestInstallation {
    /// Sends all that waits for programs now.
    func tell(_ receiver: TestReceiver) async throws -> DeliveryRound {
        try await goodwork.deliverHooks(with: receiver.senders)
    }
}

extension TestClient {
    /// The same with a new token: one serves for five minutes.
    func renewed() async throws -> TestClient {
        let installation = test.installation
        let token = try await installation.goodwork.token(
            for: ProvedAssertion(
                client: client?.id ?? "",
                name: "\(UInt64.random(in: .min ... .max))",
                endsAt: installation.clock.now.adding(milliseconds: 300_000)
            ),
            asking: nil
        )
        return TestClient(test: test, client: client, token: token.text)
    }
}
