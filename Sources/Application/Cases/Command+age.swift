import Casework
import Kernel
import Programmes
import Store

extension Command {
    /// Lets the age at referral follow the date of birth, whoever tells either and by whatever way.
    ///
    /// A date of birth that is put right brings the age that it tells: where the referral had none,
    /// and in place of another. An age that is not of the date of birth is refused. Neither can be
    /// judged by the rules of casework: the date is not known to them, once it is sealed.
    ///
    /// - Parameters:
    ///   - person: who the person was before the command.
    ///   - history: what was told of the case before it.
    mutating func followBirthDate(of person: Person?, in history: History) throws {
        guard entries.contains(where: \.body.isAboutAge), let known = try person?.identity(),
            let birth = birthDate(known)
        else { return }
        let folded = history.fold()
        // Of a date that is none the rules of casework say so.
        guard let age = folded.ageAtReferral(bornOn: birth) else { return }
        try refuseAge(otherThan: age)
        addAge(age, to: folded, in: history)
    }

    /// The date of birth as it is known with this command.
    private func birthDate(_ known: Identity) -> CivilDate? {
        var text = known.birthDate
        for entry in entries {
            guard case .detailsChanged(let changed) = entry.body else { continue }
            let isCleared = changed.fields.contains(IdentityField.birthDate.rawValue)
            text = changed.identity.birthDate ?? (isCleared ? nil : text)
        }
        return (text ?? identity?.birthDate).flatMap { CivilDate(iso: $0) }
    }

    private func refuseAge(otherThan age: Int) throws {
        for (place, entry) in entries.enumerated() {
            guard case .referralAnswered(let fields) = entry.body, let told = fields.age,
                told != age
            else { continue }
            var refusal = Refusal(
                .alreadySaid,
                subject: "age",
                field: "age",
                "The date of birth that is known tells another age at referral than \(told)."
            )
            refusal.entry = place
            throw refusal
        }
    }

    /// Says the age with the date of birth that tells it, where the case took answers on that day.
    private mutating func addAge(_ age: Int, to folded: Case, in history: History) {
        let tells = entries.contains { entry in
            if case .referralAnswered(let fields) = entry.body { fields.age != nil } else { false }
        }
        guard !tells, let referral = folded.referral, referral.age != age,
            let changed = entries.last(where: \.body.changesBirthDate),
            folded.isOpen, history.fold(asAt: changed.on).isOpen
        else { return }
        var answered = ReferralAnswered()
        answered.age = age
        if referral.age != nil { answered.corrects = ["age"] }
        entries.append(Entry(body: .referralAnswered(answered), on: changed.on))
    }
}

extension CaseFile {
    /// The age at referral that the known date of birth tells; nil where it is not known, or may not
    /// be.
    package var ageByBirthDate: Int? {
        guard let birth = identity?.birthDate.flatMap({ CivilDate(iso: $0) }) else { return nil }
        return `case`.ageAtReferral(bornOn: birth)
    }
}

extension Case {
    fileprivate func ageAtReferral(bornOn birth: CivilDate) -> Int? {
        guard let referredOn = self[.referred] else { return nil }
        let age = birth.age(on: referredOn)
        return (0...130).contains(age) ? age : nil
    }
}

extension EventBody {
    fileprivate var changesBirthDate: Bool {
        if case .detailsChanged(let changed) = self {
            changed.identity.birthDate != nil
        } else {
            false
        }
    }

    fileprivate var isAboutAge: Bool {
        if case .referralAnswered(let fields) = self { fields.age != nil } else { changesBirthDate }
    }
}
