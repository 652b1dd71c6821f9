import Casework
import Kernel
import Programmes

/// A case folded once, from which its resources are made.
struct CaseView {
    let record: CaseRecord
    let history: History
    /// The events that hold, in the order in which they happened.
    let events: [CaseEvent]
    let folded: Case

    /// - Parameter earlier: the case as it stood before; where nothing of that was changed since,
    ///   it is folded on from there.
    init(_ record: CaseRecord, history: History? = nil, after earlier: CaseView? = nil) {
        self.record = record
        self.history = history ?? record.history
        events = self.history.effective()
        var folded = Case(header: self.history.header)
        var known = 0
        if let earlier, events.starts(with: earlier.events, by: { $0.id == $1.id }) {
            folded = earlier.folded
            known = earlier.events.count
        }
        for event in events.dropFirst(known) { folded.evolve(event) }
        self.folded = folded
    }

    var programme: Programme { record.programme }
    var id: String { history.header.id.text }
    var person: String { history.header.person.text }
    var state: CaseState { folded.state(in: programme) }

    /// Who has a part in the case; of one that was taken back as an error, who had.
    var parties: CaseParties {
        var parties = folded.parties(in: programme)
        if isInError, let referral = opening?.body.referral {
            parties.referrer = referral.referrer
            parties.provider = programme.strands.first { $0.id == referral.strand }?.provider
        }
        return parties
    }

    var sight: FHIRSight { record.sight }

    /// The event that opened the case, also where it was withdrawn.
    var opening: CaseEvent? {
        let isOpening = { (event: CaseEvent) in event.body.kind == .referralReceived }
        return events.first(where: isOpening) ?? history.events.last(where: isOpening)
    }

    /// Whether the referral itself was taken back as an error.
    var isInError: Bool { folded.referral == nil }

    func name(_ id: String?) -> String? { id.flatMap { record.names[$0] } }

    /// The id of what an event made.
    func id(of event: CaseEvent) -> String { "\(id).\(event.id.text)" }

    var patient: JSONValue? { .reference("Patient", person) }
    var serviceRequest: JSONValue? { .reference("ServiceRequest", id) }

    func organisation(_ id: String?) -> JSONValue? { .reference("Organization", id, name(id)) }

    func practitioner(_ id: String?) -> JSONValue? { .reference("Practitioner", id, name(id)) }

    /// The organisation that referred, or the person themselves.
    var requester: JSONValue? {
        let referral = folded.referral ?? opening?.body.referral
        if referral?.source == "self" { return patient }
        return organisation(referral?.referrer ?? opening?.by.organisation)
    }

    /// The service that was asked for.
    var service: JSONValue? {
        let strand = programme.strands.first { $0.id == folded.strand }
        let id = strand.map { "\(programme.id).\($0.id)" } ?? programme.id
        return .reference("HealthcareService", id, strand?.name ?? programme.name)
    }

    /// Every resource of the case that its reader may see.
    func all(of type: String? = nil) -> [FHIRView] {
        var views: [FHIRView] = []
        for maker in Self.makers where type == nil || maker.type == type {
            if maker.from <= sight { views += maker.make(self) }
        }
        return views
    }

    /// One kind of resource, for whom it is, and how it is made.
    struct Maker: Sendable {
        var type: String
        var from: FHIRSight
        var make: @Sendable (CaseView) -> [FHIRView]
    }

    /// What a case is as resources, and the least that its reader must be allowed.
    static let makers: [Maker] = [
        Maker(type: "ServiceRequest", from: .referrer) { [$0.serviceRequestView] },
        Maker(type: "Task", from: .referrer) { $0.taskViews },
        Maker(type: "Consent", from: .referrer) { $0.consentViews },
        Maker(type: "Communication", from: .referrer) { $0.communicationViews },
        Maker(type: "Condition", from: .referrer) { $0.conditionViews },
        Maker(type: "Observation", from: .referrer) { $0.observationViews },
        Maker(type: "EpisodeOfCare", from: .team) { [$0.episodeView] },
        Maker(type: "QuestionnaireResponse", from: .team) { $0.responseViews },
        Maker(type: "CarePlan", from: .outcome) { $0.carePlanViews },
        Maker(type: "Goal", from: .team) { $0.goalViews },
        Maker(type: "Appointment", from: .team) { $0.appointmentViews },
        Maker(type: "Procedure", from: .team) { $0.procedureViews },
        Maker(type: "Provenance", from: .team) { $0.provenanceViews },
    ]
}

extension EventBody {
    /// The referral, if the event is one.
    var referral: ReferralReceived? {
        if case .referralReceived(let fields) = self { fields } else { nil }
    }
}
