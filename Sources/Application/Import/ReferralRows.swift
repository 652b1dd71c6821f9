import Casework
import Kernel
import Programmes

/// Turns rows of referrals.csv into listed cases.
struct ReferralRows {
    let programme: Programme
    let questions: [String: Question]
    private var cells: CellReader

    init(programme: Programme, columns: [String]) {
        self.programme = programme
        questions = ListColumns.questions(of: programme)
        cells = CellReader(columns: columns)
    }

    /// Reads the current row.
    mutating func read(_ file: CSVFile) -> ListedCase {
        cells.clear()
        var listed = ListedCase(
            reference: cells.required(file, "case_ref", "the sender's own reference") ?? "",
            line: file.line,
            offset: file.rowOffset
        )
        var referral = ReferralReceived()
        listed.identity = identity(file)
        referral.identity = listed.identity
        let referredOn = cells.requiredDate(file, "referred_on")
        fill(&referral, file, referredOn)
        if let referredOn {
            listed.add(
                "referral",
                .referralReceived(referral),
                on: referredOn,
                from: file,
                "referred_on"
            )
            addProgress(file, &listed, referredOn)
            addMeasures(file, &listed, referredOn)
        }
        listed.faults = cells.faults
        return listed
    }

    private mutating func identity(_ file: CSVFile) -> Identity {
        var identity = Identity()
        // Whether a text can be a name, an address or a number is for the plan of the case: it knows
        // what was taken before.
        identity.givenName = cells.text(file, "given_name")
        identity.familyName = cells.text(file, "family_name")
        identity.birthDate = cells.date(file, "birth_date")?.iso
        if let text = cells.text(file, "nhs_number") {
            identity.nhsNumber = NHSNumber(text)?.digits
            if identity.nhsNumber == nil {
                let why = NHSNumber.problem(with: text) ?? "it is not an NHS number"
                cells.note(file, "nhs_number", why, "ten digits with a valid check digit")
            }
        }
        if let text = cells.text(file, "postcode") {
            identity.postcode = Postcode(text)?.text
            if identity.postcode == nil {
                cells.note(file, "postcode", "\(text) is not a postcode", "such as M13 9PL")
            }
        }
        identity.address = cells.text(file, "address")
        identity.phone = cells.text(file, "phone")
        identity.email = cells.text(file, "email")
        return identity
    }

    private mutating func fill(
        _ referral: inout ReferralReceived,
        _ file: CSVFile,
        _ referredOn: CivilDate?
    ) {
        referral.source =
            cells.required(file, "referral_source", "a source of the programme") ?? ""
        referral.referrer = cells.text(file, "referrer")
        referral.strand = cells.text(file, "strand")
        referral.condition = cells.freeCode(file, "condition")
        referral.employmentStatus = cells.text(file, "employment_status")
        referral.benefit = cells.freeCode(file, "benefit")
        referral.gender = cells.text(file, "gender")
        referral.ethnicity = cells.text(file, "ethnicity")
        if let text = cells.text(file, "gp_practice") {
            // Whether it may be a practice's is for the rules: they know what was taken before.
            referral.practice = ODSCode(text)?.text
            if referral.practice == nil {
                cells.note(file, "gp_practice", "\(text) is not an ODS code", "such as P84001")
            }
        }
        referral.jobcentre = cells.text(file, "jobcentre")
        if let text = cells.text(file, "postcode") {
            referral.outwardCode = Postcode(text)?.outward
        }
        if let birth = referral.identity.birthDate.flatMap({ CivilDate(iso: $0) }),
            let referredOn
        {
            referral.age = birth.age(on: referredOn)
            if birth > referredOn {
                cells.note(file, "birth_date", "is after the referral", "an earlier date")
                referral.age = nil
            }
        }
        for question in programme.referral.asks {
            let column = question.id.underscored
            if let answer = cells.code(file, column, question.answers) {
                referral.answers[question.id] = answer
            }
        }
        for column in ListColumns.commonQuestions where questions[column] == nil {
            if cells.text(file, column) != nil {
                cells.note(file, column, "this programme does not ask this", "blank")
            }
        }
    }

    private mutating func addProgress(
        _ file: CSVFile,
        _ listed: inout ListedCase,
        _ referredOn: CivilDate
    ) {
        let eligible = cells.flag(file, "eligible")
        let closedOn = cells.date(file, "closed_on")
        let reason = cells.code(
            file,
            "closure_reason",
            ClosureReason.allCases.map(\.rawValue)
        )
        if eligible != false, cells.text(file, "ineligible_reason") != nil {
            cells.note(file, "ineligible_reason", "has a reason, but eligible is not no", "blank")
        }
        if eligible == false {
            var returned = ReferralReturned()
            returned.reason = reason.flatMap { ClosureReason(rawValue: $0) } ?? .ineligible
            returned.detail = cells.freeCode(file, "ineligible_reason")
            let column = closedOn == nil ? "referred_on" : "closed_on"
            let day = closedOn ?? referredOn
            if returned.reason == .consentWithdrawn {
                listed.add("withdrawn", Self.withdrawal, on: day, from: file, column)
            }
            listed.add("returned", .referralReturned(returned), on: day, from: file, column)
        } else if eligible == true {
            let acceptedOn = cells.date(file, "accepted_on")
            let column = acceptedOn == nil ? "eligible" : "accepted_on"
            listed.add(
                "accepted",
                .referralAccepted(Plain()),
                on: acceptedOn ?? referredOn,
                from: file,
                column
            )
        }
        if let coach = cells.text(file, "coach") {
            var assigned = CoachAssigned()
            assigned.coach = coach
            listed.add("coach", .coachAssigned(assigned), on: referredOn, from: file, "coach")
        }
        if let day = cells.date(file, "first_contact_on") {
            listed.add(
                "first-contact",
                .contactAttempted(ContactAttempted()),
                on: day,
                from: file,
                "first_contact_on"
            )
        }
        addSupport(file, &listed)
        let trackingEndedOn = cells.date(file, "tracking_ended_on")
        if let trackingEndedOn {
            listed.add(
                "tracking-ended",
                .trackingEnded(Plain()),
                on: trackingEndedOn,
                from: file,
                "tracking_ended_on"
            )
        }
        if let trackingEndedOn, let closedOn, closedOn != trackingEndedOn {
            cells.note(
                file,
                "closed_on",
                "is another day than tracking_ended_on, which closes the case",
                "blank, or \(trackingEndedOn.iso)"
            )
        }
        addClosure(file, &listed, closedOn, reason, eligible == false || trackingEndedOn != nil)
    }

    private mutating func addSupport(_ file: CSVFile, _ listed: inout ListedCase) {
        let intensity = cells.text(file, "intensity")
        if let day = cells.date(file, "assessed_on") {
            var assessed = AssessmentCompleted()
            assessed.intensity = intensity
            listed.add(
                "assessed",
                .assessmentCompleted(assessed),
                on: day,
                from: file,
                "assessed_on"
            )
        } else if intensity != nil, cells.text(file, "assessed_on") == nil {
            cells.note(file, "assessed_on", "is blank, but intensity is not", "a date")
        }
        if let day = cells.date(file, "started_on") {
            listed.add("started", .supportStarted(Plain()), on: day, from: file, "started_on")
        }
        let plan = cells.text(file, "plan_kind")
        if let day = cells.date(file, "plan_agreed_on") {
            var agreed = PlanAgreed()
            agreed.plan = cells.required(file, "plan_kind", "a plan of the programme") ?? ""
            if plan != nil {
                listed.add("plan", .planAgreed(agreed), on: day, from: file, "plan_agreed_on")
            }
        } else if plan != nil, cells.text(file, "plan_agreed_on") == nil {
            cells.note(file, "plan_agreed_on", "is blank, but plan_kind is not", "a date")
        }
        let status = cells.text(file, "discharge_status")
        let improved = cells.flag(file, "discharge_improved")
        if let day = cells.date(file, "discharged_on") {
            var discharged = Discharged()
            discharged.status = status
            discharged.improved = improved
            listed.add("discharged", .discharged(discharged), on: day, from: file, "discharged_on")
        } else if status != nil || improved != nil, cells.text(file, "discharged_on") == nil {
            cells.note(file, "discharged_on", "is blank, but its outcome is not", "a date")
        }
    }

    /// That the person took back their consent to be supported: it closes the case by itself.
    private static let withdrawal: EventBody = {
        var consent = Consent()
        consent.scope = .referral
        return .consentWithdrawn(consent)
    }()

    /// - Parameter isClosedAlready: by the return of the referral or the end of tracking.
    private mutating func addClosure(
        _ file: CSVFile,
        _ listed: inout ListedCase,
        _ closedOn: CivilDate?,
        _ reason: String?,
        _ isClosedAlready: Bool
    ) {
        if isClosedAlready { return }
        if let closedOn {
            guard let reason = reason.flatMap({ ClosureReason(rawValue: $0) }) else {
                _ = cells.required(file, "closure_reason", "why the case was closed")
                return
            }
            var closed = Closed()
            closed.reason = reason
            // Under one key, so that a list may correct the one to the other.
            let body: EventBody =
                reason == .consentWithdrawn ? Self.withdrawal : .closed(closed)
            listed.add("closed", body, on: closedOn, from: file, "closed_on")
        } else if reason != nil, cells.text(file, "closed_on") == nil {
            cells.note(file, "closed_on", "is blank, but closure_reason is not", "a date")
        }
    }

    /// Answers to the questions of measures, dated by the last thing known of the case.
    private mutating func addMeasures(
        _ file: CSVFile,
        _ listed: inout ListedCase,
        _ referredOn: CivilDate
    ) {
        for instrument in programme.measures where !instrument.items.isEmpty {
            var taken = MeasureTaken()
            taken.instrument = instrument.id
            for item in instrument.items {
                let column = item.id.underscored
                if let answer = cells.code(file, column, item.answers) {
                    taken.answers[item.id] = answer
                }
            }
            guard !taken.answers.isEmpty else { continue }
            let ends = ["tracking_ended_on", "discharged_on", "closed_on"]
            let end = ends.first { cells.text(file, $0) != nil }
            let begins = ["started_on", "assessed_on", "first_contact_on", "referred_on"]
            let column = end ?? begins.first { cells.text(file, $0) != nil } ?? "referred_on"
            let wanted: [Occasion] =
                end == nil ? [.baseline, .review] : [.exit, .tracking, .review]
            taken.occasion =
                wanted.first { instrument.occasions.contains($0) } ?? instrument.occasions.last
                ?? .exit
            let day = CivilDate(text: cells.text(file, column) ?? "") ?? referredOn
            listed.add(
                "measure:\(instrument.id)",
                .measureTaken(taken),
                on: day,
                from: file,
                column
            )
        }
    }
}
