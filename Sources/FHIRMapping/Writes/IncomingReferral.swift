import Casework
import FHIRModel
import Kernel
import Programmes

/// Who sends a referral, and what it is sent to.
package struct ReferralSender: Sendable {
    /// The organisation of the client.
    package var organisation: String
    /// The source of programme files that the client refers as: `gp`.
    package var source: String
    /// The programmes that take referrals.
    package var programmes: [Programme]
    package var today: CivilDate
    /// Whether what a referral does not read is left out with a warning.
    package var isLenient: Bool

    package init(
        organisation: String,
        source: String,
        programmes: [Programme],
        today: CivilDate,
        isLenient: Bool = false
    ) {
        self.organisation = organisation
        self.source = source
        self.programmes = programmes
        self.today = today
        self.isLenient = isLenient
    }
}

/// A referral read from FHIR: what a page's referral form would have said.
package struct IncomingReferral: Sendable, Hashable {
    package var programme: String
    package var referral: ReferralReceived
    package var consents: [ConsentScope: Bool]
    package var on: CivilDate
    /// What the case team should know besides.
    package var note: String?
    /// The sender's own identifier, by which the same referral is known again.
    package var key: String?
    /// The person of this system whom it names, where no Patient was sent along.
    package var person: PersonID?
    /// The entries of a transaction that it was not read from, where the sender puts up with that.
    package var leftOut: [FHIRIssue] = []

    /// The entries that open the case, in order.
    package var entries: [Command.Entry] {
        var entries = [Command.Entry(body: .referralReceived(referral), on: on, key: key)]
        for scope in ConsentScope.allCases {
            guard let isGiven = consents[scope] else { continue }
            var consent = Consent()
            consent.scope = scope
            let body: EventBody = isGiven ? .consentGiven(consent) : .consentRefused(consent)
            entries.append(Command.Entry(body: body, on: on))
        }
        if let note {
            var written = NoteWritten()
            written.text = note
            entries.append(Command.Entry(body: .noteWritten(written), on: on))
        }
        return entries
    }

    init(programme: String, referral: ReferralReceived, on: CivilDate) {
        self.programme = programme
        self.referral = referral
        self.on = on
        consents = [:]
    }
}

/// Turns a ServiceRequest and what came with it into a referral.
struct ReferralReader {
    var incoming: Incoming
    let sender: ReferralSender

    init(_ incoming: Incoming, _ sender: ReferralSender) {
        self.incoming = incoming
        self.sender = sender
    }

    mutating func read() -> IncomingReferral? {
        let requests = incoming.all("ServiceRequest")
        guard let request = requests.first, requests.count == 1 else {
            let says = "Send one ServiceRequest at a time, with the Patient whom it is for."
            incoming.fault(.required, requests.dropFirst().first, says)
            return nil
        }
        checkRequest(request)
        let on = day(of: request)
        var referral = ReferralReceived()
        referral.source = source(of: request)
        referral.referrer = sender.organisation
        if let patient = incoming.resolve(request["subject"]), patient.type == "Patient" {
            incoming.read(patient, into: &referral, on: on, today: sender.today)
            checkPerson(patient)
            if referral.identity.nhsNumber == nil, referral.identity.postcode == nil {
                let says = "Give the NHS number; if it is not known, give the postcode instead."
                incoming.fault(.required, patient, "identifier", says)
            }
        } else {
            let says =
                "Send the Patient along, or name one whom you may read here; a referral is decided "
                + "on what it says of them."
            incoming.fault(.required, request["subject"], says)
        }
        let unread = unread(request, incoming.resolve(request["subject"]))
        if !sender.isLenient { incoming.add(unread) }
        guard let programme = programme(of: request, &referral) else { return nil }
        let sources = programme.referral.sources.map(\.id)
        if !sources.contains(referral.source) {
            let says =
                "Say as what you refer, as a category of \(Systems.code("source")): "
                + sources.joined(separator: ", ") + "."
            incoming.fault(.required, request, "category", says)
        }
        let reason = readCondition(request, &referral)
        readEmployment(&referral)
        readAnswers(programme, &referral)
        var read = IncomingReferral(programme: programme.id, referral: referral, on: on)
        read.consents = consents(request)
        let notes = request.all("note") + incoming.all("Task").flatMap { $0.all("note") }
        let texts = [reason].compactMap(\.self) + notes.compactMap { $0["text"]?.text }
        read.note = texts.isEmpty ? nil : texts.joined(separator: "\n")
        read.key = placer(request)
        checkTask(request)
        let person = incoming.resolve(request["subject"])
        incoming.add(
            TextLimits.issues(
                of: referral,
                note: read.note,
                person: person?.path ?? request.path,
                request: request.path
            )
        )
        read.leftOut = unread
        return incoming.issues.isEmpty ? read : nil
    }

    private mutating func checkRequest(_ request: FHIRElement) {
        if let status = request["status"], status.text != "active" {
            let says = "A new referral is active, not \(status.text ?? "")."
            incoming.fault(.businessRule, status, says)
        }
        if let intent = request["intent"], !["order", "plan"].contains(intent.text ?? "") {
            incoming.fault(.businessRule, intent, "A referral is an order, or a plan of BaRS.")
        }
        if let not = request["doNotPerform"], not.bool == true {
            incoming.fault(.businessRule, not, "A referral asks for something to be done.")
        }
        incoming.add([request.urgency].compactMap(\.self))
        checkOrganisation(request["requester"])
    }

    /// The kind of referrer: as the request says, or as the sender usually is.
    private func source(of request: FHIRElement) -> String {
        request.all("category").lazy.compactMap { $0.code(of: Systems.code("source")) }.first
            ?? sender.source
    }

    /// A client refers for its own organisation; a person of it may be named.
    private mutating func checkOrganisation(_ reference: FHIRElement?) {
        guard let reference, let text = reference["reference"]?.text,
            text.hasPrefix("Organization/"), let id = reference.referredID,
            incoming.resolve(reference) == nil, id != sender.organisation
        else { return }
        let says = "This client sends for \(sender.organisation), not for \(id)."
        incoming.fault(.forbidden, reference, says)
    }

    private mutating func checkTask(_ request: FHIRElement) {
        let tasks = incoming.all("Task")
        guard let task = tasks.first else { return }
        if tasks.count > 1 {
            incoming.fault(.structure, tasks[1], "One Task goes with a referral.")
        }
        if let status = task["status"], TaskStatus(sent: status.text ?? "") != .requested {
            let says = "A new referral's Task is requested, not \(status.text ?? "")."
            incoming.fault(.businessRule, status, says)
        }
        incoming.add([task.urgency].compactMap(\.self))
        if let focus = task["focus"] {
            if incoming.resolve(focus)?.path != request.path {
                incoming.fault(
                    .value,
                    focus,
                    "The Task's focus is the ServiceRequest sent with it."
                )
            }
        } else {
            incoming.fault(.required, task, "focus", "Point to the ServiceRequest.")
        }
        checkOrganisation(task["requester"])
    }

    /// The day of the referral; a time later today is today.
    private mutating func day(of request: FHIRElement) -> CivilDate {
        guard let authored = request["authoredOn"] else { return sender.today }
        guard let day = authored.day else {
            incoming.fault(.value, authored, "Give the whole date.")
            return sender.today
        }
        if day > sender.today {
            incoming.fault(.value, authored, "\(day.uk) has not come yet.")
            return sender.today
        }
        return day
    }

    mutating func placer(_ request: FHIRElement) -> String? {
        let own = Systems.identifier("case")
        let given =
            request.all("identifier") + incoming.all("Task").flatMap { $0.all("identifier") }
        guard let identifier = given.first(where: { $0["system"]?.text != own }),
            let value = identifier["value"]?.text
        else { return nil }
        let placer = PlacerIdentifier(system: identifier["system"]?.text, value: value)
        incoming.add([TextLimits.issue(of: placer, at: identifier.path)].compactMap(\.self))
        return placer.key
    }
}
