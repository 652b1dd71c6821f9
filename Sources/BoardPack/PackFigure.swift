import Kernel
import Measures

/// A figure that a pack's words may name, and where it comes from.
package struct PackFigure: Sendable, Hashable {
    package var id: String
    /// What it is called on tiles and in the annex; nil takes the name it has where it comes from.
    package var label: String?
    package var source: Source

    package enum Source: Sendable, Hashable {
        /// A row of the programme's report, of everyone or of one group.
        case row(String, by: Grouping?, group: String?)
        /// A figure of the programme's dashboard by its id, such as `stages/started`.
        case dashboard(String)
        /// A figure of the plan beside what came about, of all or of one strand.
        case trajectory(TrajectoryFigure, strand: String?)
        /// A sum of claims, of all quarters or one.
        case claim(ClaimFigure, quarter: Quarter?)
        /// A number of the programme file's `targets`.
        case target(String)
        /// The programme's money, of all or of one strand.
        case funding(FundingFigure, strand: String?)
        /// What the file itself says, with where it was found.
        case constant(String, source: String)
    }
}

/// A figure of a trajectory.
package enum TrajectoryFigure: String, Sendable, CaseIterable {
    case actual
    case plannedByNow = "planned-by-now"
    case target
    case weeklyNeeded = "weekly-needed"
    case weeklyMean = "weekly-mean"
    case forecast
    case course
}

/// A sum over the claims of a programme.
package enum ClaimFigure: String, Sendable, CaseIterable {
    /// Submitted and not rejected, whatever became of it since.
    case claimed
    case accepted
    case paid
    /// People for whom money stands claimed.
    case people
}

/// A figure of the programme's money.
package enum FundingFigure: String, Sendable, CaseIterable {
    case total
    case guaranteed
    case performance
    case people
    case perHead = "per-head"
}

/// A part of a figure that is made from several numbers: `{starts.percent}`.
package enum FigurePart: String, Sendable, CaseIterable {
    case count
    case of
    case percent
    case interval
    /// As the report's own table shows it.
    case shown
}
