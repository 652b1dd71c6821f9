import Kernel
import Programmes

/// The figures of one page for a commissioner, a provider or a locality team.
///
/// Everything is counted in one pass over the facts. Each figure has a definition, and its id opens
/// the cases behind it (`Dashboard.open`).
package struct Dashboard: Sendable {
    /// What is asked.
    package struct Question: Sendable, Hashable {
        package var part: ProgrammePart
        package var asAt: CivilDate

        package init(part: ProgrammePart = ProgrammePart(), asAt: CivilDate) {
            self.part = part
            self.asAt = asAt
        }
    }

    package var programme: String
    package var programmeVersion: Int
    /// What the part is called; the programme's name for the whole.
    package var name: String
    package var question: Question
    package var panels: [Panel]
    /// What was kept back for its readers; nil when nothing is.
    package var keptBack: KeptBack?

    /// Figures that belong together.
    package struct Panel: Sendable {
        /// A name for links and tests: `stages`, `equity`.
        package var id: String
        package var title: String
        package var content: Content
    }

    package enum Content: Sendable {
        /// Stages from referral to outcome, in order.
        case stages([Figure])
        /// Plans beside what came about: the part first, then its strands.
        case trajectory([Trajectory])
        /// Run charts, each with the figures of its points.
        case runs([Run])
        /// Shares of cases.
        case shares([Figure])
        case waits([Wait])
        /// Plain counts.
        case counts([Figure])
        case equity([Equity])
        case changes([Change])
        /// How each question of satisfaction was answered.
        case answers([Answers])
    }

    /// One number, with what it was made from and what it means.
    package struct Figure: Sendable, Hashable {
        /// What opens it: `stages/started`.
        package var id: String
        package var label: String
        package var definition: String
        package var cell: ReportCell

        /// Whether it says who had an outcome, which is no step of the pathway.
        package var isOutcome: Bool { id.hasPrefix(DashboardPlan.outcomeID("")) }
    }

    /// How long cases waited.
    package struct Wait: Sendable, Hashable {
        package var median: Figure
        /// The time that nine in ten did not pass.
        package var ninetieth: Figure
        package var unit: Period.Unit
    }

    /// How a score changed within people.
    package struct Change: Sendable, Hashable {
        package var id: String
        package var instrument: String
        package var definition: String
        package var lowerIsBetter: Bool
        package var change: PairedChange
        /// Whether the change and how many it is of are kept back.
        package var isHidden = false
    }

    /// The answers to one question, of those who answered it.
    package struct Answers: Sendable, Hashable {
        package var question: String
        package var figures: [Figure]
        /// Those who answered, of those who could have been asked.
        package var completion: Figure
    }
}
