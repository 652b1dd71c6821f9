/// How a message reaches somebody.
package enum MessageChannel: String, Sendable, CaseIterable {
    case email
    case text

    package var words: String {
        switch self {
        case .email: "Email"
        case .text: "Text message"
        }
    }
}

/// A message ready to leave.
package struct OutgoingMessage: Sendable, Hashable {
    /// The same for each attempt, so that a receiver can tell a second copy.
    package var id: String
    package var channel: MessageChannel
    /// An email address or a telephone number.
    package var address: String
    package var subject: String
    package var text: String
    /// The case's reference, which names nobody.
    package var reference: String
    /// The id of the programme's own template at GOV.UK Notify.
    package var template: String?
}

/// Why a message did not get through.
package struct CarriageFailure: Error, Sendable, Hashable {
    /// A stable code, such as `unreachable` or `address-refused`.
    package var code: String
    /// Whether trying again can do no good.
    package var isFinal: Bool
    /// Whether any other would fare the same now: nobody answers, or nobody lets us in.
    package var isOfAll: Bool
    /// For the operator; it stands in no answer and in no row.
    package var context: String

    package init(_ code: String, isFinal: Bool, isOfAll: Bool = false, context: String) {
        self.code = code
        self.isFinal = isFinal
        self.isOfAll = isOfAll
        self.context = context
    }
}

/// Hands messages to somebody who delivers them: a mail server, GOV.UK Notify.
package protocol MessageCarrier: Sendable {
    /// - Throws: `CarriageFailure`.
    func carry(_ message: OutgoingMessage) async throws
}

/// What messages leave by, and what they say of the installation.
package struct Messengers: Sendable {
    package var carriers: [MessageChannel: any MessageCarrier]
    /// Where the installation is reached, without a slash at the end.
    package var address: String
    /// What it is called.
    package var service: String
    /// Where what went wrong is written for the operator.
    package var report: @Sendable (String) -> Void

    package init(
        carriers: [MessageChannel: any MessageCarrier],
        address: String,
        service: String,
        report: @escaping @Sendable (String) -> Void
    ) {
        self.carriers = carriers
        self.address = address
        self.service = service
        self.report = report
    }
}
