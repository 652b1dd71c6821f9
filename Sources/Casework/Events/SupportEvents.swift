import Kernel
import Programmes

/// A try at reaching the person.
package struct ContactAttempted: EventFields {
    /// `phone`, `video`, `in-person`, `text`, `email`, `letter`; nil when it was not said.
    package var channel: String?
    package var outcome = ContactOutcome.reached

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("channel", &channel)
        try visitor.field("outcome", &outcome)
    }
}

/// What came of a try; `reached` is two-way and makes the person engaged.
package enum ContactOutcome: String, Sendable, CaseIterable {
    case reached
    case leftMessage = "left-message"
    case noAnswer = "no-answer"
    case wrongNumber = "wrong-number"
    case declined
}

/// An appointment made for a day.
package struct AppointmentBooked: EventFields {
    /// The appointment's own name within the case.
    package var appointment = ""
    package var kind = ""
    package var day = CivilDate(day: 0)
    /// `HH:MM`, by the clock of the place; nil when only the day is known.
    package var time: String?
    package var minutes: Int?
    /// `AppointmentPlace`; a text, so that events stored before the list was closed can be read.
    package var place: String?
    /// The address, the number or the link.
    package var location: String?

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("appointment", &appointment)
        try visitor.field("kind", &kind)
        try visitor.field("day", &day)
        try visitor.field("time", &time)
        try visitor.field("minutes", &minutes)
        try visitor.field("place", &place)
        try visitor.sealed("where", &location)
    }
}

/// The kinds of place where people meet.
package enum AppointmentPlace: String, Sendable, CaseIterable {
    case clinic
    case community
    case phone
    case video
    case home
}

/// What came of an appointment, booked here before or not.
package struct AppointmentOutcome: EventFields {
    package var appointment = ""
    package var kind = ""
    /// `awaited` when it was attended and its result is not known yet, as of a job interview.
    package var result: String?

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("appointment", &appointment)
        try visitor.field("kind", &kind)
        try visitor.field("result", &result)
    }
}

/// Consent given, refused or withdrawn for one scope.
package struct Consent: EventFields {
    package var scope = ConsentScope.referral

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("scope", &scope)
    }
}

/// What a consent is for.
package enum ConsentScope: String, Sendable, CaseIterable {
    case referral
    case shareWithReferrer = "share-with-referrer"
    case practiceRecord = "gp-record"
    case employer
    case evaluation
}

/// How the person wishes to be reached, and in which language.
package struct ContactPreferred: EventFields {
    package var way = ContactWay.email
    /// A language tag (BCP 47) in small letters; nil is English.
    package var language: String?

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("way", &way)
        try visitor.field("language", &language)
    }
}

/// How somebody can be reached.
package enum ContactWay: String, Sendable, CaseIterable {
    case email
    case text
    case phone
    case post
    /// No messages at all; a coach still may speak with the person where they meet.
    case noMessages = "none"

    /// The way in words, after “by”.
    package var words: String {
        switch self {
        case .email: "email"
        case .text: "text message"
        case .phone: "telephone"
        case .post: "letter"
        case .noMessages: "no message"
        }
    }
}

/// The person was assessed.
package struct AssessmentCompleted: EventFields {
    package var intensity: String?
    package var barriers: [String] = []

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("intensity", &intensity)
        try visitor.field("barriers", &barriers)
    }
}

/// A questionnaire was answered.
package struct MeasureTaken: EventFields {
    package var instrument = ""
    package var occasion = Occasion.baseline
    package var score: Int?
    /// The band of the score; worked out, never told.
    package var band: String?
    /// Answers to single items, by the item's id.
    package var answers: [String: String] = [:]
    /// The same of a clinical instrument.
    ///
    /// What somebody answered to the ninth item of PHQ-9 is between them and whoever helps them. It
    /// is sealed under the person's key, never reaches facts or figures, and goes with the key. The
    /// score and its band are what figures are made of, and stay coded.
    package var sealedAnswers: [String: String] = [:]

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("instrument", &instrument)
        try visitor.field("occasion", &occasion)
        try visitor.field("score", &score)
        try visitor.field("band", &band)
        try visitor.field("answers", &answers)
        try visitor.sealed("sealed_answers", &sealedAnswers)
    }
}

/// Sessions of an intervention were delivered.
package struct InterventionDelivered: EventFields {
    package var intervention = ""
    package var sessions = 1

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("intervention", &intervention)
        try visitor.field("sessions", &sessions)
    }
}
