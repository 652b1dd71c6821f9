import Casework
import Kernel
import SQL
import Store

extension Goodwork {
    /// What is no event of a case: a resident's account, who looked, and a glass that was broken.
    func addVisits(
        _ cases: [DemonstrationCase],
        _ cast: DemonstrationCast,
        today: CivilDate
    ) async throws {
        guard let one = cases.first(where: \.story.isResident) else { return }
        let hash = try await passwords.hash(Demonstration.password)
        let store = store
        let last = WorkingDayCalendar.englandAndWales.date(after: today, workingDays: -1)
        let brokenAt = Instant(midnightUTC: last).adding(milliseconds: 15 * 3_600_000)
        let stranger = cast.workers(of: "mft", with: .coach).first
        var ids = IDMaker(seed: one.seed &+ 2)
        let resident = DemonstrationCast.Worker(
            id: ids.make(at: brokenAt),
            login: DemonstrationCast.login(DemonstrationCast.resident),
            name: one.story.person.identity.name ?? "Resident",
            organisation: DemonstrationCast.host,
            roles: [.resident]
        )
        let glass = ids.make(EventTag.self, at: brokenAt).text
        let broken = cases.first { $0.isInSupport && $0.story.provider == "big-life" } ?? one
        try await store.database.write { transaction in
            try add(
                resident,
                person: one.header.person,
                hash: hash,
                since: brokenAt,
                in: transaction
            )
            for step in one.steps where step.by == .coach {
                guard let coach = one.coach else { continue }
                try store.log(
                    AccessEntry(
                        at: step.instant,
                        actor: coach.id.text,
                        organisation: coach.organisation,
                        action: Action.changeCase.rawValue,
                        subject: one.header.id.text
                    ),
                    in: transaction
                )
            }
            guard let stranger else { return }
            let reason = "Called our clinic in distress and asked for the coach; nobody was there."
            try store.breakGlass(
                glass,
                on: broken.header.id,
                by: Recorder(stranger),
                reason: reason,
                from: brokenAt,
                until: brokenAt.adding(milliseconds: 4 * 3_600_000),
                in: transaction
            )
            try store.log(
                AccessEntry(
                    at: brokenAt,
                    actor: stranger.id.text,
                    organisation: stranger.organisation,
                    action: Action.breakGlass.rawValue,
                    subject: broken.header.id.text,
                    reason: .words(reason)
                ),
                in: transaction
            )
        }
    }
}
