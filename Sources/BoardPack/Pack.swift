import Kernel
import Measures
import Programmes

/// A programme's board report as a file: words, with references in the place of figures.
///
/// A value of this type has been checked: every figure that its words name is defined, and stands in
/// the programme's file. `docs/board-packs.md` describes the format.
package struct Pack: Sendable, Hashable {
    package var id: String
    /// The id of the programme that it is about.
    package var programme: String
    /// The board or committee that it goes to.
    package var board: String
    /// Such as "Report for decision".
    package var kind: String?
    package var subject: String
    /// The date of the paper.
    package var date: CivilDate?
    /// The day described, unless another is asked for.
    package var asAt: CivilDate?
    /// The council's own headings at the top of the paper, each with its text.
    package var front: [FrontEntry]
    package var summary: [PackBlock]
    package var decisions: [Decision]
    package var figures: [PackFigure]
    package var sections: [PackSection]
}

/// One heading at the top of the paper.
package struct FrontEntry: Sendable, Hashable {
    package var heading: String
    /// One text, or several that are listed.
    package var texts: [PackText]
}

/// What the board is asked to do about something.
package struct Decision: Sendable, Hashable {
    package enum Ask: String, Sendable, CaseIterable {
        case note
        case approve
        case agree
        case decide
        case endorse
        case support
    }

    package var ask: Ask
    package var text: PackText
}

package struct PackSection: Sendable, Hashable {
    package var heading: String
    package var blocks: [PackBlock]
}

/// A piece of a section.
package enum PackBlock: Sendable, Hashable {
    /// A paragraph, which is numbered.
    case paragraph(PackText)
    case subheading(String)
    case list([PackText])
    /// Figures in large type with what they are.
    case tiles([String])
    case table(PackTable)
    case chart(PackChart)
    case risks([Risk])
    case steps([Step])
}

/// A table: of the programme's report, of its plan, of its money, or written out.
package struct PackTable: Sendable, Hashable {
    package enum Content: Sendable, Hashable {
        /// Rows of the report by their labels; all of them if none is named.
        case report(rows: [String], by: Grouping?)
        case trajectory
        case funding
        case claims
        case written(headings: [String], rows: [[PackText]])
    }

    package var title: String?
    package var content: Content
}

/// A chart, with its figures as a table under it.
package struct PackChart: Sendable, Hashable {
    package enum Content: Sendable, Hashable {
        /// How far cases have come.
        case stages
        /// Promises about time, and how often they were kept.
        case clocks
        case waits
        case trajectory
        /// Month by month: `referrals` or `starts`.
        case run(MonthlyChart)
        /// Rows of the report as bars.
        case rows([String])
    }

    package var title: String?
    package var says: PackText?
    package var content: Content
}

/// Something that may go wrong.
package struct Risk: Sendable, Hashable {
    package var risk: PackText
    /// From 1, rare, to 5, almost certain.
    package var likelihood: Int
    /// From 1, slight, to 5, severe.
    package var impact: Int
    package var mitigation: PackText
    package var owner: String

    package var score: Int { likelihood * impact }
}

/// Something that will be done.
package struct Step: Sendable, Hashable {
    package var step: PackText
    package var by: String
    package var owner: String
}
