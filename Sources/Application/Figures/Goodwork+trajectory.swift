import Kernel
import Measures
import Programmes

extension Goodwork {
    /// A programme's plan beside what came about: the whole first, then its parts.
    ///
    /// The question's grouping is not read; `by` sets apart.
    package func trajectory(
        _ question: ReportQuestion,
        part: ProgrammePart = ProgrammePart(),
        by: Trajectory.By?,
        for actor: Actor
    ) async throws -> [Trajectory] {
        try await authorise(actor, .report, on: question.programme)
        // Nothing is kept back from it; those outside the case team have dashboards.
        guard Audience.usual(for: actor) == .operational else {
            throw ServiceError(
                .forbidden,
                "This is not allowed: figures without anything kept back are for the case team."
            )
        }
        // A provider sees its own cases, as on dashboards.
        var part = part
        if !actor.roles.contains(.operator) { part.provider = actor.organisation }
        let programme = try await reportProgramme(question.programme)
        let asAt = try request(question, programme).asAt
        return Trajectory.evaluate(
            programme: programme,
            table: try await facts(question, asAt: asAt),
            asAt: asAt,
            part: part,
            by: by
        )
    }
}
