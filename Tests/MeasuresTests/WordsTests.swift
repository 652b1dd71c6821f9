import Testing

@testable import Measures

@Suite("Words beside figures")
struct WordsTests {
    static let verdicts: [(String, String, String)] = [
        ("76%", "76%", "agrees"),
        ("155 (71%)", "155 (71%)", "agrees"),
        ("155", "155 (71%)", "agrees"),
        ("71%", "155 (71%)", "agrees"),
        ("37", "37 (of 43)", "agrees"),
        ("1,200", "1200", "agrees"),
        ("96%", "350 (78%)", "differs: the paper printed 96%, the cases give 78%"),
        ("3 (96%)", "3 (78%)", "differs: the paper printed 3 (96%), the cases give 3 (78%)"),
        ("51%", "37 (of 43)", "differs: the paper printed 51%, the cases give 37"),
    ]

    @Test("A figure is set beside what the paper printed", arguments: verdicts)
    func verdict(printed: String, shown: String, expected: String) {
        #expect(ReportLine.verdict(printed: printed, shown: shown) == expected)
    }

    static let definitions: [(String, String)] = [
        (
            "count: {intensity: high}, of: engaged",
            "Cases with a first contact and with intensity high, divided by cases with a first "
                + "contact."
        ),
        ("count: {not: engaged}", "Cases not with a first contact."),
        ("count: everyone, of: everyone", "All cases, divided by all cases."),
        (
            "count: {any: [engaged, {age: {from: 18, to: 24}}], not: started}",
            "Cases (with a first contact or with age from 18 to 24) and not with support started."
        ),
        (
            "count: {answer: {helped: yes}}, of: {target: participants}",
            "Cases with answer helped yes, divided by the target of 40 (participants)."
        ),
        (
            "mean: {weeks: {from: started, to: discharged}}, over: engaged",
            "Mean weeks from start of support to discharge, over cases with a first contact."
        ),
        ("distinct: gp_practice", "Number of different values of GP practice among all cases."),
        (
            "met: assessment, of: engaged",
            "Cases with a first contact that met the clock “Assessment”, divided by those that met "
                + "or missed it; a clock that is overdue counts as missed."
        ),
        (
            "outcome: kept, of: started",
            "Cases with support started with the outcome “Kept for 13 weeks”, divided by cases with "
                + "support started, counting a case once 112 days have passed since the job "
                + "started or, with no job, support started, and not while a job that goes on "
                + "would still reach it."
        ),
    ]

    @Test("An indicator is put into words", arguments: definitions)
    func definition(row: String, expected: String) throws {
        #expect(try figure("- {row: Row, \(row)}", []).definition == expected)
    }
}
