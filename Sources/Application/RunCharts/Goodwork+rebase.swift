import Kernel
import Measures
import Programmes
import SQL
import Store

extension Goodwork {
    /// Whether somebody may say of the charts that they are asking for where limits begin anew.
    package static func mayRebase(_ question: DashboardQuestion, by actor: Actor) -> Bool {
        let charts = Resource.runChart(provider: chartOwner(question, by: actor))
        return Access.decide(actor, .rebaseChart, on: charts) == .allowed
    }

    /// Whether somebody may take back what was said of the charts of a provider, or of all.
    package static func mayWithdraw(_ rebase: RunRebase, by actor: Actor) -> Bool {
        let charts = Resource.runChart(provider: rebase.provider)
        return Access.decide(actor, .rebaseChart, on: charts) == .allowed
    }

    /// Says from which month the limits of a chart are reckoned anew, and why.
    ///
    /// The month must be one of the chart's as whoever asks sees it. Said again in the same words by
    /// the same person, it stands as it was.
    package func rebase(
        _ new: NewRebase,
        of question: DashboardQuestion,
        by actor: Actor
    ) async throws -> StoredRebase {
        let owner = Self.chartOwner(question, by: actor)
        let resource = Resource.runChart(provider: owner)
        // Nothing is counted for those who may not.
        guard Access.decide(actor, .rebaseChart, on: resource) == .allowed else {
            let subject = "\(question.programme) runs"
            try await authorise(actor, .rebaseChart, on: subject, resource: resource)
            throw ServiceError(.forbidden, "This is not allowed.")
        }
        let reason = try new.checkedReason()
        let (dashboard, programme) = try await dashboard(question, by: actor)
        let (kind, month) = try new.place(in: dashboard)
        let rebase = StoredRebase(
            id: Base32.text(RandomText.bytes(10)).lowercased(),
            programme: programme.id,
            chart: kind.rawValue,
            provider: owner,
            month: month,
            reason: reason,
            saidAt: now(),
            saidBy: actor.user,
            organisation: actor.organisation
        )
        let store = store
        return try await write(
            by: actor,
            .rebaseChart,
            on: "\(programme.id) runs/\(kind.rawValue) \(month.iso)",
            resource: resource,
            because: .words(reason)
        ) { transaction in
            let there = try store.rebases(of: programme.id, in: transaction).first {
                $0.stands(on: owner) && $0.chart == rebase.chart && $0.month == month
            }
            if let there, there.reason == reason, there.saidBy == actor.user { return there }
            guard there == nil, try store.add(rebase, in: transaction) else {
                throw ServiceError(
                    .refused,
                    code: "rebased-already",
                    "Limits are reckoned anew from \(month.uk) already. "
                        + "To give another reason, withdraw that first.",
                    field: "month"
                )
            }
            return rebase
        }
    }

    /// Takes back what was said: the chart is drawn without it from now on.
    package func withdrawRebase(
        _ id: String,
        of programme: String,
        by actor: Actor
    ) async throws -> StoredRebase {
        let (store, now) = (store, now())
        let found = try await store.database.read { transaction in
            try store.rebases(of: programme, in: transaction).first { $0.id == id }
        }
        guard let found else {
            try await authorise(actor, .rebaseChart, on: "\(programme) runs")
            throw ServiceError(.notFound, "There is no such rebase of this programme.")
        }
        return try await write(
            by: actor,
            .rebaseChart,
            on: "\(programme) runs/\(found.chart) \(found.month.iso)",
            resource: .runChart(provider: found.provider),
            because: .code("withdraw")
        ) { transaction in
            try store.withdrawRebase(id, at: now, by: actor.user, in: transaction)
            let all = try store.rebases(of: programme, in: transaction)
            return all.first { $0.id == id } ?? found
        }
    }

    /// All that was said of the charts that somebody sees, withdrawn or not, in the order of saying.
    package func rebases(
        of question: DashboardQuestion,
        by actor: Actor
    ) async throws -> [StoredRebase] {
        try await authorise(actor, .report, on: "\(question.programme) rebases")
        let (store, id) = (store, try await reportProgramme(question.programme).id)
        let all = try await store.database.read { try store.rebases(of: id, in: $0) }
        let owner = Self.chartOwner(question, by: actor)
        // At the command line those of every provider are told.
        if owner == nil, actor.roles.contains(.operator) { return all }
        return all.filter { $0.provider == nil || $0.provider == owner }
    }

    /// What is drawn on the charts of a provider's own cases, or of the whole.
    func standingRebases(of programme: String, on owner: String?) async throws -> [RunRebase] {
        let store = store
        let all = try await store.database.read { try store.rebases(of: programme, in: $0) }
        return all.filter { $0.stands(on: owner) }.compactMap(RunRebase.init)
    }
}

extension StoredRebase {
    /// Whether it is drawn on the charts of a provider's own cases, or of the whole.
    fileprivate func stands(on owner: String?) -> Bool {
        withdrawnAt == nil && (provider == nil || provider == owner)
    }
}

extension RunRebase {
    /// As it is drawn; nil where there is no such chart any more.
    fileprivate init?(_ stored: StoredRebase) {
        guard let chart = MonthlyChart(rawValue: stored.chart) else { return nil }
        self.init(
            id: stored.id,
            chart: chart,
            month: stored.month,
            reason: stored.reason,
            saidOn: stored.saidAt.civilDateUK,
            saidFor: stored.organisation,
            provider: stored.provider
        )
    }
}
