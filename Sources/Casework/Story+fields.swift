import Kernel
import Programmes

extension ReferralReceived {
    func sentence(in programme: Programme, _ names: (String) -> String) -> String {
        let kind = programme.referral.sources.first { $0.id == source }?.name
        return "Referred by \(referrer.map(names) ?? "somebody") (\(kind ?? Words.plain(source)))"
            + (strand.map { ", \(programme.name(ofStrand: $0))" } ?? "")
            + (condition.map { ", condition \(Words.plain($0))" } ?? "")
            + (employmentStatus.map { ", \(Words.plain($0))" } ?? "")
    }
}

extension ReferralAnswered {
    func sentence(in programme: Programme) -> String {
        let named: [(name: String, words: String, value: String?)] = [
            ("strand", "strand", strand.map(programme.name(ofStrand:))),
            ("condition", "condition", condition.map(Words.plain)),
            ("employment_status", "employment status", employmentStatus.map(Words.plain)),
            ("benefit", "benefit", benefit.map(Words.plain)), ("gender", "gender", gender),
            (
                "ethnicity", "ethnicity",
                ethnicity.map { EthnicCategory(rawValue: $0)?.name ?? $0 }
            ),
            ("age", "age", age.map { "\($0)" }), ("outward_code", "postcode", outwardCode),
            ("deprivation_decile", "deprivation decile", deprivation.map { "\($0)" }),
            ("gp_practice", "general practice", practice), ("jobcentre", "Jobcentre", jobcentre),
        ]
        var (given, corrected) = ([String](), [String]())
        func say(_ name: String, _ words: String) {
            if corrects.contains(name) { corrected.append(words) } else { given.append(words) }
        }
        for (name, words, value) in named {
            if let value { say(name, "\(words) \(value)") }
        }
        for (question, answer) in answers.sorted(by: { $0.key < $1.key }) {
            say(question, "\(programme.words(ofMissing: question)) \(Words.plain(answer))")
        }
        var parts: [String] = []
        if !given.isEmpty || corrected.isEmpty {
            parts.append("Missing answers were given: " + given.joined(separator: ", "))
        }
        if !corrected.isEmpty {
            parts.append("The referral was corrected: " + corrected.joined(separator: ", "))
        }
        return parts.joined(separator: ". ")
    }
}

extension EligibilityDecided {
    func sentence(in programme: Programme) -> String {
        let word: String =
            switch verdict {
            case .met: "eligible"
            case .notMet: "not eligible"
            case .notKnown: "not known yet whether eligible"
            }
        var sentence = "By the rules of version \(programmeVersion): \(word)"
        // The alternatives by which a rule was met follow its own verdict; the verdict is enough.
        let verdicts = rules.filter { !$0.contains(".") }.map { rule in
            rule.split(separator: ":").map { Words.plain(String($0)) }.joined(separator: " ")
        }
        if !verdicts.isEmpty { sentence += " (\(verdicts.joined(separator: ", ")))" }
        if verdict != .met, !says.isEmpty { sentence += ". \(says.joined(separator: " "))" }
        if !missing.isEmpty {
            let asked = missing.map(programme.words(ofMissing:))
            sentence += " Still to ask: \(asked.joined(separator: "; "))"
            if !sentence.hasSuffix("?") { sentence += "." }
        }
        return sentence
    }
}

extension ContactAttempted {
    var sentence: String {
        (outcome == .reached ? "Contact made" : "Contact tried: \(Words.plain(outcome.rawValue))")
            + (channel.map { " by \(Words.plain($0))" } ?? "")
    }
}

extension AppointmentBooked {
    func sentence(in programme: Programme) -> String {
        let name = programme.name(ofAppointment: kind)
        return "Appointment booked for \(day.uk)" + (time.map { " at \($0)" } ?? "")
            + (minutes.map { " (\($0) minutes)" } ?? "") + ": \(name)"
            + (placeBeside(name).map { ", \($0)" } ?? "") + (location.map { ", \($0)" } ?? "")
    }

    /// How they meet; nil where the kind of appointment has said so: "By telephone".
    private func placeBeside(_ name: String) -> String? {
        guard let place, place != kind else { return nil }
        let words = Words.place(place)
        return words == name.lowercased() ? nil : words
    }
}

extension DetailsChanged {
    /// Which details, and not what they are now: whoever may know that finds it with the person.
    var sentence: String {
        let names = fields.map { IdentityField(rawValue: $0)?.words ?? Words.plain($0) }
        return "Details changed: " + names.joined(separator: ", ")
    }
}

extension AssessmentCompleted {
    func sentence(in programme: Programme) -> String {
        let names = barriers.map { id in
            programme.pathway.barriers.first { $0.id == id }?.name ?? Words.plain(id)
        }
        return "Assessed" + (intensity.map { ", intensity \(Words.plain($0))" } ?? "")
            + (names.isEmpty ? "" : ", barriers \(names.joined(separator: ", "))")
    }
}

extension MeasureTaken {
    /// The answers of a clinical instrument are not among it, even where they were opened.
    func sentence(in programme: Programme) -> String {
        let known = programme.instrument(instrument)
        var sentence = "\(known?.name ?? Words.plain(instrument)) at \(occasion.words)"
        if let score {
            sentence += ": score \(score)"
            let name = known?.bands.first { $0.id == band }?.name.lowercased()
            if let words = name ?? band.map(Words.plain) { sentence += ", \(words)" }
        }
        let said = answers.sorted { $0.key < $1.key }.map { id, answer in
            "\(known?.item(id)?.question ?? Words.plain(id)) \(Words.plain(answer))"
        }
        return sentence + (said.isEmpty ? "" : ": \(said.joined(separator: ", "))")
    }
}

extension RiskRaised {
    func sentence(in programme: Programme) -> String {
        var sentence = "Risk raised: \(Words.plain(about))"
        if let measure {
            let name = programme.instrument(measure)?.name ?? Words.plain(measure)
            sentence += ", because of an answer to the safety question of \(name)"
        }
        return sentence + (text.map { ": \($0)" } ?? "")
    }
}

extension ActionAdded {
    /// The person and the coach by what they are; an organisation by its name.
    func ownerWords(_ names: (String) -> String) -> String {
        ["person", "coach"].contains(owner) ? "the \(owner)" : names(owner)
    }
}

extension Occasion {
    /// The occasion within a sentence.
    package var words: String {
        switch self {
        case .baseline: "the start"
        case .review: "review"
        case .exit: "exit"
        case .tracking: "tracking"
        }
    }
}

extension Programme {
    func name(ofStrand id: String) -> String {
        strands.first { $0.id == id }?.name ?? Words.plain(id)
    }

    func name(ofClock id: String) -> String {
        clocks.first { $0.id == id }?.name ?? Words.plain(id)
    }

    func name(ofAppointment id: String) -> String {
        pathway.appointments.first { $0.id == id }?.name ?? Words.plain(id)
    }

    func name(ofStatus id: String) -> String {
        pathway.dischargeStatus.first { $0.id == id }?.name ?? Words.plain(id)
    }
}
