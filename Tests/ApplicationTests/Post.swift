import Application
import Casework
import Kernel
import Synchronization

/// Takes messages, or fails as it is told.
final class Carrier: MessageCarrier {
    private let state = Mutex<(taken: [OutgoingMessage], failure: CarriageFailure?)>(([], nil))
    /// What happens while a message is carried, after so many others.
    private let meanwhile: @Sendable (Int) async throws -> Void

    init(meanwhile: @escaping @Sendable (Int) async throws -> Void = { _ in }) {
        self.meanwhile = meanwhile
    }

    var taken: [OutgoingMessage] { state.withLock { $0.taken } }

    func fail(_ failure: CarriageFailure?) { state.withLock { $0.failure = failure } }

    func carry(_ message: OutgoingMessage) async throws {
        try await meanwhile(taken.count)
        try state.withLock { state in
            if let failure = state.failure { throw failure }
            state.taken.append(message)
        }
    }
}

/// Carriers of both ways, and what sends messages by them.
struct Post {
    var email = Carrier()
    var text = Carrier()
    var messengers: Messengers {
        Messengers(
            carriers: [.email: email, .text: text],
            address: "https://goodwork.example",
            service: "Goodwork",
            report: { _ in }
        )
    }
}

extension EventBody {
    /// A clinic on a day, whose place nobody is to read in a message.
    static func clinicBooked(_ day: CivilDate, time: String? = "14:30") -> EventBody {
        var booked = AppointmentBooked()
        booked.appointment = "a"
        booked.kind = "clinic"
        booked.day = day
        booked.time = time
        booked.place = "clinic"
        booked.location = "12 Secret Street"
        return .appointmentBooked(booked)
    }
}
