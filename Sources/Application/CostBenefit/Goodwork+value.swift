import CostBenefit
import Kernel
import Measures
import Programmes

/// What is asked of a programme's cost and benefit.
package struct ValueQuestion: Sendable {
    /// The programme's id, or the path of an appraisal's file.
    package var appraisal: String
    /// The day described; nil takes the report's.
    package var asAt: CivilDate?
    /// Who it is for; nil is whoever asks.
    package var audience: Audience?
    /// Assumptions at other values than the file's, as they were typed.
    package var settings: [(id: String, text: String)]

    package init(
        _ appraisal: String,
        asAt: CivilDate? = nil,
        audience: Audience? = nil,
        settings: [(id: String, text: String)] = []
    ) {
        self.appraisal = appraisal
        self.asAt = asAt
        self.audience = audience
        self.settings = settings
    }
}

extension Goodwork {
    /// What a programme cost and what came of it, in money.
    ///
    /// Counts are those of the programme's report as the same reader sees it: for those outside the
    /// case team after disclosure control, and as it was first released. So nothing can be learnt here
    /// that the report does not say. Settings are reckoned with and not kept.
    ///
    /// - Throws: `ServiceError` with a fault for each setting that will not do, its field being the
    ///   assumption's id.
    package func value(_ question: ValueQuestion, by actor: Actor) async throws -> Valuation {
        try await authorise(actor, .report, on: "value of \(question.appraisal)")
        let (filed, programme) = try await appraisal(question.appraisal)
        let appraisal: Appraisal
        do throws(Faults) {
            appraisal = try filed.setting(question.settings)
        } catch {
            let says = "An assumption cannot be put at that."
            throw ServiceError(.invalid, says, faults: error.faults)
        }
        let table = try await report(
            ReportQuestion(
                programme: programme.id,
                asAt: question.asAt,
                audience: question.audience
            ),
            by: actor
        )
        let from = programme.runs.from ?? table.asAt
        let runs = from...max(from, programme.runs.to ?? table.asAt)
        let basis = ValuationBasis(
            runs: runs,
            asAt: table.asAt,
            counts: appraisal.counts(in: table)
        )
        return Valuation(appraisal, basis)
    }

    /// An appraisal of the folder, or of a file, checked against its programme and its unit costs.
    private func appraisal(_ name: String) async throws -> (Appraisal, Programme) {
        let (text, file) = try costs.text(name)
        let subjects = Appraisal.subjects(yaml: text)
        let tables = costs.ids()
        let about = try await subject(subjects.programme)
        var table: UnitCosts?
        if let id = subjects.unitCosts, tables.contains(id) { table = try costs.unitCosts(id) }
        guard let programme = about, let unitCosts = table else {
            // That one is not there is told with all else that is wrong.
            let faults = Appraisal.check(
                yaml: text,
                file: file,
                programmes: library.ids(),
                tables: tables,
                programme: about,
                unitCosts: table
            )
            throw CostLibrary.faulty(file, Faults(faults: faults))
        }
        do throws(Faults) {
            let appraisal = try Appraisal(
                yaml: text,
                file: file,
                programme: programme,
                unitCosts: unitCosts
            )
            return (appraisal, programme)
        } catch {
            throw CostLibrary.faulty(file, error)
        }
    }

    /// The programme that an appraisal is about; nil where there is none of that id.
    private func subject(_ id: String?) async throws -> Programme? {
        guard let id else { return nil }
        do {
            return try await reportProgramme(id)
        } catch let error as ServiceError
            where error.kind == .notFound && !library.ids().contains(id)
        {
            return nil
        }
    }
}

extension Appraisal {
    /// The counts that this rests on, as a report shows them; nil where one is kept back.
    fileprivate func counts(in table: ReportTable) -> [String: Int?] {
        var rows = outcomes.compactMap { outcome -> String? in
            // A count of one's own takes the place of the report's.
            assumption(outcome.assumption(.count))?.value == nil ? outcome.row : nil
        }
        for case .byCount(let row, _) in costs.map(\.earned) { rows.append(row) }
        var counts: [String: Int?] = [:]
        for line in table.rows where rows.contains(line.label) {
            let count = line.whole.isHidden ? nil : line.whole.numerator?.whole
            counts[line.label] = .some(count)
        }
        return counts
    }
}
