import Application
import Foundation
import Kernel
import Messengers
import WebAPI

/// How programs are told what happens, from the environment.
enum HookSettings {
    /// Reads `GOODWORK_HOOKS_MAY_REACH`: private networks that webhooks may be posted to.
    ///
    /// - Throws: `CommandError` when it cannot be read.
    static func rules(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> HookRules {
        let text = environment["GOODWORK_HOOKS_MAY_REACH"] ?? ""
        let parts = text.split(whereSeparator: { $0 == "," || $0.isWhitespace })
        return HookRules(
            allowed: try parts.map { part in
                guard let range = IPRange(part) else {
                    throw CommandError(
                        "GOODWORK_HOOKS_MAY_REACH is a list of networks such as 10.20.0.0/16 or "
                            + "127.0.0.1; “\(part)” is none.",
                        exit: .usage
                    )
                }
                return range
            }
        )
    }

    /// With these, programs are told.
    static func senders(
        _ rules: HookRules,
        address: String,
        report: @escaping @Sendable (String) -> Void
    ) -> HookSenders {
        HookSenders(
            carrier: CurlCarrier(post: HookPost(allowing: rules.allowed)),
            writer: FHIRNotifications(address: address, report: report),
            report: report
        )
    }
}

/// libcurl, as the application asks for it.
private struct CurlCarrier: HookCarrier {
    let post: HookPost

    func post(_ hook: OutgoingHook) async throws -> Int {
        do {
            return try await post.send(hook.body, to: hook.address, headers: hook.headers)
        } catch let failure as MessengerFailure {
            throw CarriageFailure(
                failure.kind.rawValue,
                isFinal: failure.isFinal,
                context: failure.context
            )
        }
    }
}
