import Kernel
import Measures
import PrimaryCare
import SQL
import Store

/// What a practice is told of itself: its figures, and all practices beside its coverage.
package struct PracticeSheet: Sendable {
    package var practice: String
    package var name: String
    package var report: PracticeReport
    /// The share of all practices on each day of the report's months, in whole percent; nil where
    /// there are too few practices or patients.
    package var others: [Double?]
    /// The day of the last extract; nil when none has come.
    package var extractOn: CivilDate?
    package var written: (count: Int, of: Int)

    package var hasExtract: Bool { extractOn != nil }
}

extension Goodwork {
    /// At least so many practices stand behind a figure of all of them.
    private static let practicesLeast = 3

    /// A practice's feedback sheet, for its own people.
    package func practiceSheet(
        _ practice: String,
        _ question: PracticeQuestion = PracticeQuestion(months: 13),
        by actor: Actor
    ) async throws -> PracticeSheet {
        let figures = try await practiceFigures(practice, question, by: actor)
        let store = store
        let (extracts, organisation) = try await store.database.read { transaction in
            (
                try store.practiceExtracts(in: transaction),
                try store.organisation(practice, in: transaction)
            )
        }
        let practices = Set(extracts.map(\.practice))
        var others = figures.months.days.map { _ in Double?.none }
        if practices.count >= Self.practicesLeast {
            let all = try await self.figures(of: practices.sorted(), question)
            others = all.months.days.indices.map {
                all.months.percent($0, practice: nil, method: .below5)
            }
        }
        let list = try practiceFiles.codes()
        let entries = try await store.database.read { transaction in
            try self.entries(of: practice, list, in: transaction)
        }
        return PracticeSheet(
            practice: practice,
            name: organisation?.name ?? practice,
            report: PracticeReport(figures),
            others: others,
            extractOn: extracts.filter { $0.practice == practice }.map(\.day).max(),
            written: PracticeReturn(practice: practice, entries: entries).written
        )
    }
}
