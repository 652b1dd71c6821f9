import Kernel
import Programmes

extension Rules {
    func judgeReferral(_ fields: ReferralReceived, _ day: CivilDate) throws(Refusal) {
        if `case`.referral != nil {
            throw Refusal(.alreadyReferred, "This case has its referral already.")
        }
        if !programme.runs.contains(day) {
            let from = programme.runs.from.map { "from \($0.uk) " } ?? ""
            let to = programme.runs.to.map { "to \($0.uk)" } ?? ""
            throw Refusal(
                .outsideProgramme,
                field: "on",
                "\(programme.name) takes referrals \(from)\(to), not on \(day.uk)."
            )
        }
        try known(fields.source, in: programme.referral.sources.map(\.id), "source")
        try judgeSaid(fields, day)
    }

    /// What was said of the person, in coded words.
    private func judgeSaid(_ fields: ReferralReceived, _ day: CivilDate) throws(Refusal) {
        if let strand = fields.strand { try judgeStrand(strand, day) }
        if let status = fields.employmentStatus {
            try known(status, in: EmploymentStatus.allCases.map(\.rawValue), "employment_status")
        }
        // They stand in facts and exports beside no name, so they may not hold one.
        if !isRecorded {
            try coded(fields.condition, "condition")
            try coded(fields.benefit, "benefit")
            try judgePlaces(fields)
        }
        if let gender = fields.gender {
            try known(gender, in: Gender.allCases.map(\.rawValue), "gender")
        }
        if let ethnicity = fields.ethnicity {
            try known(ethnicity, in: EthnicCategory.allCases.map(\.rawValue), "ethnicity")
        }
        if let age = fields.age, !(0...130).contains(age) {
            throw Refusal(.outOfRange, field: "age", "An age is 0 to 130, not \(age).")
        }
        if let decile = fields.deprivation, !(1...10).contains(decile) {
            throw Refusal(
                .outOfRange,
                field: "deprivation_decile",
                "A decile of deprivation is 1 to 10, not \(decile)."
            )
        }
        try judgeAnswers(fields.answers, programme.referral.asks)
    }

    /// The codes of where somebody belongs, which are no words either.
    ///
    /// What the entry said already that this one takes the place of was taken once, and stands in the
    /// way of no correction of anything else.
    private func judgePlaces(_ fields: ReferralReceived) throws(Refusal) {
        let before = saidBefore
        if let practice = fields.practice, practice != before.practice,
            ODSCode(practice: practice)?.text != practice
        {
            throw Refusal(
                .unknownValue,
                field: "gp_practice",
                "A general practice is named by its ODS code in capital letters, such as P84001."
            )
        }
        if let area = fields.outwardCode, area != before.outwardCode,
            !Postcode.isOutwardCode(area)
        {
            throw Refusal(
                .unknownValue,
                field: "outward_code",
                "An outward code is the first half of a postcode, such as M20."
            )
        }
        if let jobcentre = fields.jobcentre, jobcentre != before.jobcentre,
            !isJobcentre(jobcentre)
        {
            throw Refusal(
                .unknownValue,
                field: "jobcentre",
                "A Jobcentre is a code of letters, digits and hyphens, such as JCP-MANCHESTER: one of "
                    + "the programme file's, or one that begins with JCP- or is written in figures."
            )
        }
    }

    /// What the entry said of the person that the judged one takes the place of; blank where it takes
    /// the place of none.
    private var saidBefore: ReferralReceived {
        switch replaced {
        case .referralReceived(let fields): return fields
        case .referralAnswered(let fields):
            var said = ReferralReceived()
            said.fill(from: fields)
            return said
        default: return ReferralReceived()
        }
    }

    /// Whether text names a Jobcentre; a person may come from one that the programme file does not
    /// name, but not from one that is written like a person's name.
    private func isJobcentre(_ text: String) -> Bool {
        if programme.areas.contains(where: { $0.jobcentres.contains(text) }) { return true }
        let code = text.lowercased()
        return isCode(code) && (code.hasPrefix("jcp-") || isNumbered(code))
    }

    /// Answers that come later: blanks may be filled, and what was said is said anew only by an answer
    /// that corrects it.
    func judgeAnswered(_ fields: ReferralAnswered, _ day: CivilDate) throws(Refusal) {
        guard let referral = `case`.referral else { return }
        if fields == ReferralAnswered() {
            throw Refusal(.missingValue, subject: "answers", field: "answers", "Say an answer.")
        }
        // Where the referral was corrected later, its word stands and the answer fills nothing.
        if !isRecorded, let said = referral.contradicted(by: fields) {
            throw Refusal(
                .alreadySaid,
                subject: said.hyphened,
                field: said,
                "The referral says this already (\(Words.plain(said))). If it is wrong, the case team "
                    + "can correct it."
            )
        }
        var supplied = ReferralReceived()
        supplied.fill(from: fields)
        try judgeSaid(supplied, day)
        if !isRecorded { try judgeCorrections(fields.corrects, by: supplied) }
    }

    /// What is corrected has an answer that can stand in its place, and is another.
    private func judgeCorrections(
        _ names: [String],
        by supplied: ReferralReceived
    ) throws(Refusal) {
        let correctable = ReferralAnswered.correctable + programme.referral.asks.map(\.id)
        for (place, name) in names.enumerated() {
            try known(name, in: correctable, "corrects")
            if names[..<place].contains(name) {
                throw Refusal(.alreadyUsed, field: "corrects", "\(name) is named twice.")
            }
            guard let right = supplied.said(name) else {
                throw Refusal(
                    .missingValue,
                    subject: name.hyphened,
                    field: name,
                    "Say what is right in place of what the referral says (\(Words.plain(name)))."
                )
            }
            if right == `case`.referral?.said(name) {
                throw Refusal(
                    .alreadySaid,
                    subject: name.hyphened,
                    field: name,
                    "The referral says exactly this (\(Words.plain(name))): nothing is corrected."
                )
            }
        }
    }

    func judgeStrand(_ id: String, _ day: CivilDate) throws(Refusal) {
        try known(id, in: strandIDs, "strand")
        guard let strand = programme.strands.first(where: { $0.id == id }),
            !strand.runs.contains(day)
        else { return }
        throw Refusal(
            .outsideProgramme,
            subject: id,
            field: "on",
            "\(strand.name) does not take referrals on \(day.uk)."
        )
    }

    func judgeAnswers(
        _ answers: [String: String],
        _ questions: [Question]
    ) throws(Refusal) {
        for (id, answer) in answers.sorted(by: { $0.key < $1.key }) {
            guard let question = questions.first(where: { $0.id == id }) else {
                try known(id, in: questions.map(\.id), id)
                continue
            }
            try known(answer, in: question.answers, id)
        }
    }

    func judgeAcceptance() throws(Refusal) {
        if let accepted = `case`[.accepted] {
            throw Refusal(.alreadyAccepted, "This referral was accepted on \(accepted.uk).")
        }
        try judgeEligible()
    }

    func judgeCancellation() throws(Refusal) {
        guard let asked = `case`.cancellationAskedOn else { return }
        throw Refusal(
            .alreadySaid,
            subject: "cancellation",
            "The referrer asked to cancel on \(asked.uk) already."
        )
    }

    /// Refuses whoever is known not to be eligible for the strand that the case is in now.
    ///
    /// Whoever was taken on before an answer told so stays, also where it is of that day or of one
    /// before: the rules say so on the case, and the team decides.
    func judgeEligible() throws(Refusal) {
        if isBeforeAnswer { return }
        guard let decided = `case`.eligibilityNow(in: programme), decided.verdict == .notMet
        else { return }
        let failed = decided.rules.first { $0.hasSuffix(":" + Verdict.notMet.rawValue) }
        let rule = failed.map { String($0.prefix { $0 != ":" }) }
        let says = programme.sentence(ofRule: rule) ?? decided.says.joined(separator: " ")
        throw Refusal(.notEligible, subject: rule, says)
    }

    /// What was recorded before a withdrawal of consent had to be told as such stands.
    func judgeClosureReason(_ reason: ClosureReason) throws(Refusal) {
        try known(
            reason.rawValue,
            in: programme.pathway.closureReasons.map(\.rawValue),
            "reason"
        )
        if isRecorded || `case`.canClose(for: reason) { return }
        throw Refusal(
            .wrongOrder,
            field: "reason",
            "Consent to be supported has not been withdrawn by then. Tell the withdrawal of "
                + "consent: it closes the case by itself."
        )
    }

    func judgePause(_ fields: ClockPaused) throws(Refusal) {
        guard let clock = programme.clocks.first(where: { $0.id == fields.clock }) else {
            return try known(fields.clock, in: programme.clocks.map(\.id), "clock")
        }
        try known(fields.reason, in: clock.pauses, "reason")
        if `case`.pauses.contains(where: { $0.clock == fields.clock && $0.to == nil }) {
            throw Refusal(.wrongOrder, field: "clock", "This clock is paused already.")
        }
    }
}

extension Programme {
    /// The sentence of a rule, of the programme or of one of its strands.
    func sentence(ofRule id: String?) -> String? {
        (eligibility + strands.flatMap(\.eligibility)).first { $0.id == id }?.says
    }
}
