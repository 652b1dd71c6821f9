import Application
import BoardPack
import Foundation
import Kernel
import Measures
import SQL
import Store
import TestSupport
import Testing

/// What is kept of limits that are reckoned anew: the access log, the table, and boards' papers.
extension RebaseTests {
    @Test("It is written in the access log, and its reason is sealed", arguments: Backend.allCases)
    func logged(_ backend: Backend) async throws {
        try await withList(backend) { installation in
            let goodwork = installation.goodwork
            let said = try await goodwork.rebase(
                Self.clinic,
                of: Self.question,
                by: Self.commissioner
            )
            _ = try await goodwork.withdrawRebase(
                said.id,
                of: Self.programme,
                by: Self.commissioner
            )
            _ = try await refusal(Self.clinic, of: Self.question, by: Self.analyst, installation)
            let subject = "\(Self.programme) runs/starts 2014-01"
            let store = installation.store
            let entries = try await installation.database.read { transaction in
                try store.accessLog(of: subject, opensReasons: true, in: transaction)
            }
            #expect(entries.map(\.action) == ["rebase-chart", "rebase-chart"])
            #expect(entries.map(\.outcome) == ["allowed", "allowed"])
            #expect(entries.map { $0.reason?.text } == ["A second clinic.", "withdraw"])
            let refused = try await installation.database.read { transaction in
                try store.accessLog(of: "\(Self.programme) runs", in: transaction)
            }
            #expect(refused.map(\.actor) == [Self.analyst.user])
            #expect(refused.first?.outcome.hasPrefix("refused") == true)
            let dump = try await installation.database.dump()
            #expect(dump.range(of: Data("2014-01".utf8)) != nil)
            #expect(dump.range(of: Data("second clinic".utf8)) == nil)
            #expect(try await installation.problems() == [])
        }
    }

    private static let pack = PackSource(
        name: "test.yaml",
        text: """
            pack: test
            programme: fit-for-work-in-work
            board: The Board
            subject: A test
            sections:
              - heading: Only one
                content:
                  - {chart: run, of: starts}
                  - {chart: run, of: starts, says: "Words of our own."}
            """
    )

    @Test("A board pack's chart says what the dashboard's says", arguments: Backend.allCases)
    func boardPack(_ backend: Backend) async throws {
        try await withList(backend) { installation in
            let goodwork = installation.goodwork
            _ = try await goodwork.rebase(Self.clinic, of: Self.question, by: Self.commissioner)
            _ = try await goodwork.rebase(Self.leaflets, of: Self.question, by: Self.manager)
            let day = CivilDate(iso: "2015-01-31")
            let made = try await goodwork.makePack(
                Self.pack,
                asAt: day,
                purpose: "Q1",
                by: Self.commissioner
            )
            let run = try await starts(goodwork, Self.commissioner)
            let sentence = try #require(run.chart.rebaseWords.first)
            let (_, document) = try await goodwork.madePack(made.id, by: Self.commissioner)
            let text = String(decoding: document, as: UTF8.self)
            #expect(text.contains("<p>\(run.chart.verdict)</p>"), "\(run.chart.verdict)")
            #expect(text.contains("<p>Words of our own.</p>"))
            #expect(text.contains("<p class=\"note\">\(sentence)</p>"))
            #expect(text.contains("Limits reckoned anew"))
            // What a provider says of its own charts is not the board's.
            #expect(!text.contains("Leaflets"))
            // A paper that was made stays as it was.
            let id = try #require(run.rebases.first).id
            _ = try await goodwork.withdrawRebase(id, of: Self.programme, by: Self.commissioner)
            let (_, later) = try await goodwork.madePack(made.id, by: Self.commissioner)
            #expect(later == document)
        }
    }
}
