/// Why a message was not taken.
package struct MessengerFailure: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable {
        /// Nobody answered, or not in time.
        case unreachable
        /// The other side asks to wait, or is in trouble itself.
        case busy
        /// The address, or the message, was refused for good.
        case refused
        /// Our own key, template, password, sender or place was refused.
        case settings
    }

    package var kind: Kind
    /// For the operator: what the other side said, without the message.
    package var context: String
    /// Whether we were not let in at all, whatever we would send.
    var isAtDoor = false

    /// Whether any other would fare the same now.
    package var isOfAll: Bool { kind == .unreachable || isAtDoor }

    /// Whether trying again can do no good.
    package var isFinal: Bool { kind == .refused }

    package var description: String { "\(kind.rawValue): \(context)" }
}
