import Casework
import Kernel
import Programmes
import SQL
import Store

/// What whoever referred may know of a case, and nothing else of it.
///
/// A page or a message for referrers is made from this, never from the case itself.
package struct ReferralStatus: Sendable, Hashable {
    /// How much of a case its reader may know.
    package enum Sight: Sendable, Hashable, Comparable {
        /// Through a signed link: where it stands.
        case coarse
        /// The referrer, where the person has not agreed to more: also why it was returned.
        case referrer
        /// The referrer, where the person has agreed: also what came of it.
        case outcome
    }

    /// Where the referral stands, in order.
    package enum Step: String, Sendable, CaseIterable {
        case received
        case accepted
        case inContact = "in-contact"
        case supported
        case ended
        case closed
    }

    /// Something that happened, and when it could first be read here.
    package struct Line: Sendable, Hashable {
        package var day: CivilDate
        package var says: String
        package var sharedOn: CivilDate
    }

    /// The referral to another programme that took the place of this one.
    package struct Instead: Sendable, Hashable {
        package var caseID: CaseID
        package var reference: String
        package var programmeName: String
    }

    package var caseID: CaseID
    package var reference: String
    package var programmeName: String
    package var strandName: String?
    package var provider: String?
    package var sight: Sight
    package var step: Step
    /// Those reached, the one where it stands and those to come, as far as this sight may know.
    package var steps: [Step]
    /// The latest first.
    package var lines: [Line]
    /// What happens next; nil once the case is closed or the person erased.
    package var next: NextStep?
    /// What the rules still ask for, by the id of the answer.
    package var missing: [String]
    /// What came of it, in sentences; empty when it may not be known, or nothing is known yet.
    package var outcome: [String]
    /// Where the person was referred instead; nil when they were not, or it may not be known.
    package var instead: Instead?
}

extension ReferralStatus {
    /// - Parameter isErased: whether the person was erased: nobody is promised help, nor asked of.
    init(_ history: History, programme: Programme, sight: Sight, isErased: Bool) {
        let folded = history.fold()
        let header = history.header
        let state = folded.state(in: programme)
        caseID = header.id
        reference = header.reference
        programmeName = programme.name
        strandName = programme.strands.first { $0.id == folded.strand }?.name
        provider = folded.parties(in: programme).provider
        self.sight = sight
        step = Step(state, sight)
        let reached = Set(folded.way(in: programme).map { Step($0, sight) })
        steps = Step.allCases.filter { reached.contains($0) }
        let asks = state.asksForAnswers && !isErased
        let missed = asks ? folded.eligibilityNow(in: programme)?.missing ?? [] : []
        missing = missed.map(programme.answerID(ofMissing:))
        next = NextStep(
            folded.workItems(in: programme, isErased: isErased),
            state: state,
            sight: sight,
            isErased: isErased,
            isMissingAnswers: !missing.isEmpty && sight > .coarse
        )
        lines = history.effective().compactMap { event in
            event.sentence(forReferrer: sight, of: folded, in: programme).map {
                Line(day: event.occurredOn, says: $0, sharedOn: event.recordedAt.civilDateUK)
            }
        }.reversed()
        outcome = sight == .outcome ? folded.outcome(in: programme) : []
    }
}

extension ReferralStatus.Step {
    /// Where a case stands, as far as somebody of this sight may know.
    package init(_ state: CaseState, _ sight: ReferralStatus.Sight) {
        switch state {
        case .referred: self = .received
        case .accepted: self = .accepted
        case .engaged: self = .inContact
        case .started: self = sight == .outcome ? .supported : .inContact
        case .discharged, .tracking: self = sight == .outcome ? .ended : .inContact
        case .closed: self = .closed
        }
    }

    /// The step in words.
    package var words: String {
        switch self {
        case .received: "Received"
        case .accepted: "Accepted"
        case .inContact: "In contact"
        case .supported: "In support"
        case .ended: "Support ended"
        case .closed: "Closed"
        }
    }
}

extension ReferralStatus.Step: Comparable {
    /// In the order of the steps.
    package static func < (one: Self, other: Self) -> Bool {
        place(one) < place(other)
    }

    private static func place(_ step: Self) -> Int { allCases.firstIndex(of: step) ?? 0 }
}

extension Goodwork {
    /// What whoever opened a case may know of how the referral went.
    package func status(of file: CaseFile) async throws -> ReferralStatus {
        let isAgreed = file.relations.consents[.referral] != false
        let seesOutcome = file.may.contains(.readOutcome) && isAgreed
        let (store, header) = (store, file.header)
        return try await store.database.read { transaction in
            // What happens instead of a returned referral is written for the referrer, and sealed.
            let key = isAgreed ? try store.person(header.person, in: transaction)?.key : nil
            let (history, programme) = try told(of: header, key: key, in: transaction)
            var status = ReferralStatus(
                history,
                programme: programme,
                sight: seesOutcome ? .outcome : .referrer,
                isErased: file.isErased
            )
            if history.fold().closure == .transferred {
                try tell(&status, referrer: file.relations.referrer, header, in: transaction)
            }
            return status
        }
    }

    /// Tells whoever referred where the person was referred instead.
    ///
    /// The other referral is theirs too: it was carried over with its referrer, on the day on which
    /// this one closed.
    private func tell(
        _ status: inout ReferralStatus,
        referrer: String?,
        _ header: CaseHeader,
        in transaction: any Transaction
    ) throws {
        guard let referrer, let row = try store.caseRow(header.id, in: transaction),
            let closedOn = row.closedOn
        else { return }
        let other = try store.caseRows(.person(header.person), in: transaction).first { other in
            other.header.programme != header.programme && other.referrer == referrer
                && other.referredOn == closedOn
        }
        guard let other else { return }
        let (_, programme) = try told(of: other.header, in: transaction)
        let instead = ReferralStatus.Instead(
            caseID: other.header.id,
            reference: other.header.reference,
            programmeName: programme.name
        )
        status.instead = instead
        status.lines.insert(
            ReferralStatus.Line(
                day: closedOn,
                says: "Referred to \(instead.programmeName) instead, as \(instead.reference)",
                sharedOn: status.lines.first?.sharedOn ?? closedOn
            ),
            at: 0
        )
    }
}
