import Application
import Casework
import Kernel
import Measures
import TestSupport
import Testing

/// What was printed once can be printed again, and a past day is described as it was.
@Suite struct KnownAtTests {
    /// Every face of a report.
    static func faces(_ table: ReportTable) -> [String] {
        [
            table.csv, table.text, String(decoding: table.json, as: UTF8.self), table.markdown,
            table.htmlPage,
        ]
    }

    @Test("A report known at a moment before a correction is the first one, byte for byte")
    func beforeTheCorrection() async throws {
        for (programme, backend) in zip(CorrectionTests.programmes, Backend.allCases) {
            let list = try CorrectionTests.corrected(programme)
            try await withInstallation(backend) { installation in
                for grouping in [nil, Grouping.condition] {
                    var question = ReportQuestion(programme: programme, grouping: grouping)
                    try await installation.importList(list.before, programme)
                    let before = installation.clock.now
                    question.knownAt = before
                    let first = try await installation.report(question)
                    installation.clock.advance()
                    try await installation.importList(list.after, programme)
                    let again = try await installation.report(question)
                    #expect(Self.faces(again) == Self.faces(first))
                    question.knownAt = nil
                    let now = try await installation.report(question)
                    #expect(now.csv != first.csv)
                    installation.clock.advance()
                    try await installation.importList(list.before, programme)
                    installation.clock.advance()
                }
            }
        }
    }

    @Test("Before anything was told, nothing was known")
    func beforeTheFirstImport() async throws {
        try await withInstallation(.sqlite) { installation in
            try await installation.importList(Fixtures.list("kickstarter"), "kickstarter")
            var question = ReportQuestion(programme: "kickstarter")
            question.knownAt = installation.clock.now.adding(milliseconds: -1)
            let nothing = try await installation.report(question)
            #expect(nothing.rows.first?.whole.numeratorText == "0")
            question.knownAt = installation.clock.now
            let all = try await installation.report(question)
            #expect(all.rows.first?.whole.numeratorText == "43")
        }
    }

    @Test("A report as at a past day counts only what had happened by then")
    func pastDays() async throws {
        let id = "fit-for-work-out-of-work"
        let list = try ClientList(fixture: id)
        try await withInstallation(.sqlite) { installation in
            try await installation.importList(list, id)
            for day in ["2013-12-01", "2013-12-20", "2014-03-31", "2014-09-30", "2015-01-31"] {
                let asAt = try #require(CivilDate(iso: day))
                let table = try await installation.report(
                    ReportQuestion(programme: id, asAt: asAt)
                )
                let referred = (1...list.count()).filter { list[$0, "referred_on"] <= day }
                let engaged = referred.filter {
                    list[$0, "first_contact_on"] != "" && list[$0, "first_contact_on"] <= day
                }
                let ended = referred.filter {
                    list[$0, "tracking_ended_on"] != "" && list[$0, "tracking_ended_on"] <= day
                }
                let figures = table.rows.map(\.whole.numeratorText)
                #expect(figures[0] == String(referred.count), "\(day)")
                #expect(figures[1] == String(engaged.count), "\(day)")
                #expect(figures[7] == String(ended.count), "\(day)")
            }
        }
    }

    @Test("The cases behind a figure are as many as it counts, also for the past")
    func openedCases() async throws {
        let list = try CorrectionTests.corrected("kickstarter")
        try await withInstallation(.sqlite) { installation in
            try await installation.importList(list.before, "kickstarter")
            var question = ReportQuestion(programme: "kickstarter")
            question.knownAt = installation.clock.now
            installation.clock.advance()
            try await installation.importList(list.after, "kickstarter")
            let table = try await installation.report(question)
            for (index, row) in table.rows.enumerated() {
                let opened = try await installation.goodwork.open(
                    question,
                    row: String(index + 1),
                    part: .numerator,
                    group: nil,
                    limit: 1_000,
                    by: installation.actor
                )
                #expect(String(opened.cases.count) == row.whole.numeratorText, "\(row.label)")
                for found in opened.cases {
                    #expect(found.facts.lastRecordedAt <= installation.clock.now)
                }
            }
        }
    }
}

extension TestInstallation {
    func report(_ question: ReportQuestion) async throws -> ReportTable {
        try await goodwork.report(question, by: actor)
    }
}
