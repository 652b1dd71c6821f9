import Kernel
import Store

/// Something that is posted to a program.
package struct OutgoingHook: Sendable, Hashable {
    package var address: String
    /// As they stand in the request, `Name: value`.
    package var headers: [String]
    package var body: [UInt8]
}

/// Posts to the addresses that programs gave.
package protocol HookCarrier: Sendable {
    /// - Returns: the status that was answered.
    /// - Throws: `CarriageFailure`.
    func post(_ hook: OutgoingHook) async throws -> Int
}

/// What a subscription of FHIR is told, made where FHIR is known.
package protocol NotificationWriter: Sendable {
    /// The body of a notification; nil where nothing that was asked for changed.
    ///
    /// - Parameter story: the case as the client may know it; nil for a handshake or a heartbeat.
    func notification(
        _ delivery: HookDelivery,
        to hook: Hook,
        about story: CaseStory?,
        at now: Instant
    ) throws -> [UInt8]?
}

/// What hooks leave by.
package struct HookSenders: Sendable {
    package var carrier: any HookCarrier
    /// Nil where no subscriptions of FHIR are kept.
    package var writer: (any NotificationWriter)?
    /// Where what went wrong is written for the operator.
    package var report: @Sendable (String) -> Void

    package init(
        carrier: any HookCarrier,
        writer: (any NotificationWriter)?,
        report: @escaping @Sendable (String) -> Void
    ) {
        self.carrier = carrier
        self.writer = writer
        self.report = report
    }
}
