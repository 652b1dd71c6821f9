import Casework
import Kernel
import Programmes

extension FactTable {
    /// Adds the row of a case that is not yet in the table.
    package mutating func append(_ facts: Facts) {
        for (milestone, date) in zip(Milestone.allCases, facts.milestones) {
            setDate(milestone, date)
        }
        for (field, code) in zip(CodeField.allCases, facts.codes) {
            var text = code ?? ""
            text.withUTF8 { setCode(field, $0) }
        }
        for (field, tokens) in zip(SetField.allCases, facts.sets) {
            var text = tokens
            text.withUTF8 { setSet(field, $0) }
        }
        for (field, number) in zip(NumberField.allCases, facts.numbers) {
            setNumber(field, number)
        }
        endRow(caseID: facts.caseID)
    }
}
