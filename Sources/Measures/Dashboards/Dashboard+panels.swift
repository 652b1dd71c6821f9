extension Dashboard {
    /// Every figure that stands by itself; those of groups, trajectories and changes are in theirs.
    package var figures: [Figure] {
        panels.flatMap { panel -> [Figure] in
            switch panel.content {
            case .stages(let figures), .shares(let figures), .counts(let figures): figures
            case .runs(let runs): runs.flatMap(\.points)
            case .waits(let waits): waits.flatMap { [$0.median, $0.ninetieth] }
            case .answers(let all): all.flatMap { $0.figures + [$0.completion] }
            case .trajectory, .equity, .changes: []
            }
        }
    }

    /// How many figures are kept back, of how many.
    var keptBackCount: (hidden: Int, figures: Int) {
        var hidden = figures.map(\.cell.isHidden)
        hidden += equity.flatMap { ($0.groups + [$0.notKnown]).map(\.isHidden) + [$0.isHidden] }
        hidden += changes.map(\.isHidden)
        hidden += trajectories.flatMap { $0.mix.map(\.isHidden) + [$0.isActualHidden] }
        return (hidden.count { $0 }, hidden.count)
    }

    package var equity: [Equity] {
        panels.flatMap { panel -> [Equity] in
            if case .equity(let all) = panel.content { return all }
            return []
        }
    }

    package var waits: [Wait] {
        panels.flatMap { panel -> [Wait] in
            if case .waits(let all) = panel.content { return all }
            return []
        }
    }

    package var changes: [Change] {
        panels.flatMap { panel -> [Change] in
            if case .changes(let all) = panel.content { return all }
            return []
        }
    }

    package var runs: [Run] {
        panels.flatMap { panel -> [Run] in
            if case .runs(let all) = panel.content { return all }
            return []
        }
    }

    package var trajectories: [Trajectory] {
        panels.flatMap { panel -> [Trajectory] in
            if case .trajectory(let all) = panel.content { return all }
            return []
        }
    }
}
