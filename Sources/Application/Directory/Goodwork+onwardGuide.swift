import Casework
import Directory
import Kernel
import Programmes

extension GuideService {
    /// The organisation here that gives a stored service itself, and so answers for it.
    ///
    /// Whoever only looks after the record of another's service, as a council does, has no part in
    /// the cases that are referred on to it.
    package var answerer: String? {
        guard case .stored(let owner) = origin,
            organisation == StableUUID.of("organisation \(owner)")
        else { return nil }
        return owner
    }

    /// Whether cases can be referred on to it by its own id.
    var isStored: Bool { if case .stored = origin { true } else { false } }
}

extension Command {
    /// Whether it refers a case on to some service.
    var refersOn: Bool { entries.contains { $0.body.kind == .onwardSent } }

    /// Writes down what the guide says of each of its services that the case is referred on to.
    ///
    /// The guide may change tomorrow, and is no part of the journal. So it is asked here, when the
    /// entry is made: whether the service is open, and may take the person as they are now. What
    /// is kept is its name and who answers for it; nobody else may say these.
    mutating func nameGuideServices(
        in guide: Guide,
        of folded: @autoclosure () -> Case,
        under programme: Programme
    ) throws(Refusal) {
        for place in entries.indices {
            guard case .onwardSent(var fields) = entries[place].body,
                !programme.pathway.onward.contains(where: { $0.id == fields.service })
            else { continue }
            fields.name = nil
            fields.organisation = nil
            if let service = guide.service(fields.service), service.isStored {
                do {
                    try service.judge(folded().referralNow, on: entries[place].on)
                } catch {
                    var refusal = error
                    refusal.entry = place
                    throw refusal
                }
                fields.service = service.id
                fields.name = service.name
                fields.organisation = service.answerer
            }
            entries[place].body = .onwardSent(fields)
        }
    }
}

extension GuideService {
    /// Refuses a person whom its rules rule out, and everybody while it takes nobody.
    ///
    /// What is not known yet refuses nobody.
    fileprivate func judge(
        _ said: ReferralReceived?,
        on day: CivilDate
    ) throws(Refusal) {
        guard isOpen(on: day) else {
            throw Refusal(
                .serviceNotOpen,
                field: "service",
                "\(name) takes nobody now: the service guide says \(status.rawValue)."
            )
        }
        guard let said else { return }
        let match = GuideMatch(self, said)
        guard match.verdict == .notMet else { return }
        let reasons = match.open.filter { $0.verdict == .notMet }.map(\.says)
        throw Refusal(.notEligible, field: "service", reasons.joined(separator: " "))
    }
}

/// One way in which a case could be referred on today.
package struct OnwardOffer: Sendable {
    /// What an onward referral names.
    package var service: String
    package var name: String
    /// Whether it stands in the service guide alone, and not in the programme file.
    package var isOfGuide: Bool
    package var verdict: Verdict
    /// Rules that are not met or not known, or why it cannot be now.
    package var says: [String] = []
    /// What is still to be asked, in words.
    package var missing: [String] = []
    /// Who answers for it; nil where the coach asks.
    package var organisation: String?
}

extension Goodwork {
    /// The services to which a case could be referred on today, those that take the person first.
    ///
    /// Services of the programme file come before those of the guide. Nothing is kept.
    package func onwardOffers(for file: CaseFile) async throws -> [OnwardOffer] {
        let named = file.programme.pathway.onward.map { service in
            var offer = OnwardOffer(
                service: service.id,
                name: service.name,
                isOfGuide: false,
                verdict: .met,
                organisation: service.organisation
            )
            if let refusal = file.refusal(ofOnwardTo: service) {
                offer.verdict = .notMet
                offer.says = [refusal.says]
            }
            return offer
        }
        let barred = file.refusalOfGuide
        let stored = try await guideMatches(for: file).map { match in
            OnwardOffer(
                service: match.service.id,
                name: match.service.name,
                isOfGuide: true,
                verdict: barred == nil ? match.verdict : .notMet,
                says: (barred.map { [$0.says] } ?? []) + match.open.map(\.says),
                missing: match.missing.map(\.words),
                organisation: match.service.answerer
            )
        }
        let all = named + stored
        return [Verdict.met, .notKnown, .notMet].flatMap { verdict in
            all.filter { $0.verdict == verdict }
        }
    }
}

extension CaseFile {
    /// Why the case may not be referred on to a service of its programme today; nil when it may.
    package func refusal(ofOnwardTo service: OnwardService) -> Refusal? {
        var fields = OnwardSent()
        // Any name that no onward referral has.
        fields.onward = "o\(version + 1)"
        fields.service = service.id
        return `case`.refusal(of: .onwardSent(fields), on: today, in: programme)
    }

    /// Why the case may be referred on to no service of the guide today, such as a plan that is
    /// not agreed; nil when it may.
    package var refusalOfGuide: Refusal? {
        var fields = OnwardSent()
        fields.onward = "o\(version + 1)"
        // Some service of the guide: which one is not asked here.
        fields.service = "service-of-the-guide-\(version)"
        fields.name = "A service of the guide"
        return `case`.refusal(of: .onwardSent(fields), on: today, in: programme)
    }
}
