import Casework
import Kernel
import Programmes
import Store

extension DemonstrationStory {
    /// Tells the whole story.
    mutating func tellAll() {
        refer()
        switch course {
        case .waiting: tellWaiting()
        case .ineligible: returned(.ineligible)
        case .notAccepted: returned(.notAccepted)
        case .withdrawn:
            let day = workingDay(after: referred, 1)
            closedOn = day
            tell(day, .referrer, .referralWithdrawn(TakenBack()))
        case .duplicate: close(workingDay(after: referred, 1), .duplicate, by: .leadManager)
        default:
            let held = accept()
            contact(from: held)
        }
    }

    // MARK: - The referral

    private mutating func refer() {
        var referral = ReferralReceived()
        referral.source = source
        referral.referrer = referrer
        referral.strand = strand
        referral.condition = course == .ineligible && strand == "msk" ? "other" : person.condition
        referral.employmentStatus = person.status.rawValue
        referral.benefit = person.benefit
        referral.gender = person.gender.rawValue
        referral.ethnicity = person.ethnicity.rawValue
        referral.age = person.birth.age(on: referred)
        referral.outwardCode = person.outward
        referral.deprivation = person.identity.postcode.flatMap { Postcode($0) }
            .map { DemonstrationAreas.area(of: $0).decile }
        referral.practice = person.practice
        if source == "jobcentre" { referral.jobcentre = referrer }
        let isIneligible = course == .ineligible && strand != "msk"
        referral.answers["health-condition"] = isIneligible ? "no" : "yes"
        referral.answers["racially-minoritised"] =
            person.ethnicity == .notStated ? "not-said" : person.isMinoritised ? "yes" : "no"
        if strand == "msk" {
            referral.answers["pathway-point"] = random.weighted(
                ("new", 30),
                ("waiting-list", 30),
                ("in-treatment", 40)
            )
        }
        referral.identity = person.identity
        var later = ReferralAnswered()
        if isPartial {
            later.answers["health-condition"] = referral.answers.removeValue(
                forKey: "health-condition"
            )
            if random.chance(60) {
                later.ethnicity = referral.ethnicity
                referral.ethnicity = nil
            }
            if random.chance(50) {
                later.employmentStatus = referral.employmentStatus
                referral.employmentStatus = nil
            }
        }
        var bodies: [EventBody] = [.referralReceived(referral)]
        if random.chance(90) || course == .consentWithdrawn {
            bodies.append(agree(.referral, yes: 100))
        }
        if source != "self", random.chance(85) {
            bodies.append(agree(.shareWithReferrer, yes: 88))
        }
        // In the morning, so that whatever follows on the same day comes after it.
        tell(referred, .referrer, at: random.of(8 * 60...11 * 60 + 20), bodies)
        if isPartial, !staysPartial {
            let day = self.day(after: referred, within: 1...4, latePercent: 25)
            tell(day, source == "self" ? .coach : .referrer, at: 8 * 60, .referralAnswered(later))
        }
    }

    /// What the person says when they are asked.
    mutating func agree(_ scope: ConsentScope, yes: Int) -> EventBody {
        let says = random.chance(yes)
        consents[scope] = says
        let consent = Consent().with { $0.scope = scope }
        return says ? .consentGiven(consent) : .consentRefused(consent)
    }

    private mutating func returned(_ reason: ClosureReason) {
        let returned = ReferralReturned().with { fields in
            fields.reason = reason
            fields.detail =
                switch (reason, strand) {
                case (.ineligible, "msk"): "msk-patient"
                case (.ineligible, _): "health-condition"
                default: "other-service-suits-better"
                }
            fields.instead =
                reason == .ineligible
                ? "The careers service at the library can help; no referral is needed."
                : "NHS Talking Therapies takes this up first; please refer again afterwards."
        }
        let day = self.day(after: referred, within: 1...2, latePercent: 15)
        closedOn = day
        tell(day, .leadManager, .referralReturned(returned))
    }

    // MARK: - Acceptance

    /// A manager takes the referral and gives it to a coach, perhaps of a partner.
    ///
    /// - Returns: the day on which the coach has it.
    private mutating func accept() -> CivilDate {
        let day = self.day(after: referred, within: 0...2, latePercent: 12)
        let first = max(day, workingDay(from: referred))
        guard provider != lead else {
            tell(first, .leadManager, at: 11 * 60 + 30, .referralAccepted(Plain()), assigned)
            return first
        }
        let transfer = Transfer().with { $0.provider = provider }
        tell(
            first,
            .leadManager,
            at: 11 * 60 + 30,
            .referralAccepted(Plain()),
            .transferAsked(transfer)
        )
        let second = workingDay(after: first, 1)
        tell(second, .manager, at: 11 * 60 + 30, .transferAccepted(transfer), assigned)
        return second
    }

    /// A coach is given the case; which one is put in when the steps are taken.
    private var assigned: EventBody { .coachAssigned(CoachAssigned()) }

    /// A referral that nobody has taken: at a partner it has come over, and waits for a coach.
    private mutating func tellWaiting() {
        guard provider != lead else { return }
        let transfer = Transfer().with { $0.provider = provider }
        let day = workingDay(from: referred)
        tell(
            day,
            .leadManager,
            at: 16 * 60 + 10,
            .referralAccepted(Plain()),
            .transferAsked(transfer)
        )
        tell(day, .manager, at: 16 * 60 + 50, .transferAccepted(transfer))
    }

    // MARK: - First contact

    private mutating func contact(from held: CivilDate) {
        if course == .unableToContact { return neverReached(from: held) }
        let due = workingDay(after: referred, 5)
        let late = workingDay(after: referred, 5 + random.of(1...4))
        let isLate = random.chance(9) && late <= lastTold
        let left = max(0, calendar.workingDays(from: held, to: due))
        let reached = isLate ? late : workingDay(after: held, random.of(0...min(3, left)))
        if reached > held, random.chance(40) {
            tell(held, .coach, at: 12 * 60, attempt(random.chance(50) ? .noAnswer : .leftMessage))
        }
        var bodies = [attempt(.reached)]
        if consents[.referral] == nil { bodies.append(agree(.referral, yes: 100)) }
        if random.chance(90) { bodies.append(agree(.evaluation, yes: 72)) }
        if random.chance(80) { bodies.append(agree(.practiceRecord, yes: 78)) }
        switch course {
        case .noLongerWanted, .deferred:
            tell(reached, .coach, at: random.of(13 * 60...16 * 60), bodies)
            let day = workingDay(after: reached, random.of(1...8))
            return close(day, course == .deferred ? .deferred : .noLongerWanted)
        default: break
        }
        assess(reachedOn: reached, bodies)
    }

    func attempt(_ outcome: ContactOutcome, by channel: String = "phone") -> EventBody {
        .contactAttempted(
            ContactAttempted().with {
                $0.channel = channel
                $0.outcome = outcome
            }
        )
    }

    private mutating func neverReached(from held: CivilDate) {
        let due = workingDay(after: referred, 5)
        let late = workingDay(after: referred, random.of(6...12))
        let end = late <= lastTold ? late : due
        var day = held
        var channels = ["phone", "text", "phone", "letter"][...]
        while day < end, let channel = channels.popFirst() {
            tell(
                day,
                .coach,
                at: random.of(13 * 60...16 * 60),
                attempt(channel == "phone" ? .noAnswer : .leftMessage, by: channel)
            )
            day = workingDay(after: day, random.of(1...3))
        }
        close(max(end, held), .unableToContact)
    }
}
