import Application
import Casework
import HTML
import Kernel
import Programmes
import Store
import Web

extension ManagerPages {
    /// Takes a referral; the same form may name the coach.
    ///
    /// A case in no strand is taken into one of the provider's own, so that somebody holds it.
    static func accept(_ visit: Visit) async throws -> Response {
        let coaches = try await visit.team().coaches
        let id = try visit.file().header.id.text
        return try await CaseForm(
            path: "accept",
            title: "Accept this referral",
            action: .manageCase,
            button: "Accept",
            then: "/team/queue?done=accepted&case=\(id)"
        ) { _, file, fields in
            accepting(file) + strandField(file, visit.actor, fields)
                + coachField(coaches, fields)
        } read: { visit, file, reader in
            let coach = reader.optionalChoice("coach", among: coaches.ids)
            var entries: [Command.Entry] = []
            if isHeldByNobody(file) {
                let own = ownStrands(file, visit.actor).map(\.id)
                guard let strand = reader.choice("strand", "Choose the strand", among: own)
                else { return nil }
                var fields = Rerouted()
                fields.strand = strand
                entries.append(Command.Entry(body: .referralRerouted(fields), on: visit.today))
            }
            entries.append(Command.Entry(body: .referralAccepted(Plain()), on: visit.today))
            return Command(entries: entries + assigning(coach, on: visit.today))
        }.answer(visit)
    }

    private static func strandField(_ file: CaseFile, _ actor: Actor, _ fields: Fields) -> HTML {
        guard isHeldByNobody(file) else { return HTML() }
        return fields.radios(
            "strand",
            "Which of your strands takes this person?",
            ownStrands(file, actor).map { Choice($0.id, $0.name) }
        )
    }

    private static func isHeldByNobody(_ file: CaseFile) -> Bool {
        !file.case.parties(in: file.programme).unassigned.isEmpty
    }

    private static func ownStrands(_ file: CaseFile, _ actor: Actor) -> [Strand] {
        file.programme.strands.filter { $0.provider == actor.organisation }
    }

    static func coachField(_ coaches: CoachChoices, _ fields: Fields) -> HTML {
        guard !coaches.members.isEmpty else { return HTML() }
        return fields.choose(
            "coach",
            "Coach",
            coaches.choices,
            blank: "No coach yet",
            isOptional: true
        )
    }

    static func assigning(_ coach: String?, on day: CivilDate) -> [Command.Entry] {
        guard let coach else { return [] }
        var fields = CoachAssigned()
        fields.coach = coach
        return [Command.Entry(body: .coachAssigned(fields), on: day)]
    }

    private static func accepting(_ file: CaseFile) -> HTML {
        let programme = file.programme
        let missing = (file.case.eligibility?.missing ?? [])
            .map { TeamWords.missing($0, programme) }
        return p {
            "\(programme.name). Referred on \(file.case[.referred]?.uk ?? "an unknown day")."
        }
            + (missing.isEmpty
                ? HTML() : p { "Still to ask: \(missing.joined(separator: "; "))." })
    }

    /// Sends a referral back, with the reason and what happens instead.
    static let returnForm = CaseForm(
        path: "return",
        title: "Return this referral",
        action: .manageCase,
        tells: .referralReturned,
        button: "Return the referral",
        then: "/team/queue?done=returned"
    ) { _, file, fields in
        ClosingForms.orConsent(file)
            + fields.radios(
                "reason",
                "Why can you not take it?",
                reasons(file).map { Choice($0.rawValue, TeamWords.reason($0)) }
            )
            + file.asking(
                fields.area(
                    "instead",
                    "What happens instead",
                    hint: "The referrer reads this. Say what the person can do next, and who helps."
                )
            )
    } read: { visit, file, reader in
        let reason = reader.choice(
            "reason",
            "Choose why you cannot take it",
            among: reasons(file).map(\.rawValue)
        ).flatMap(ClosureReason.init(rawValue:))
        var fields = ReferralReturned()
        if !file.isErased {
            fields.instead = reader.text("instead", "Say what happens instead", max: 2_000)
        }
        guard let reason, reader.problems.isEmpty else { return nil }
        fields.reason = reason
        return Command(.referralReturned(fields), on: visit.today)
    }

    /// A referral that is sent back has not come to its good end.
    private static func reasons(_ file: CaseFile) -> [ClosureReason] {
        file.programme.pathway.closureReasons
            .filter { $0 != .completed && file.case.canClose(for: $0) }
    }
}
