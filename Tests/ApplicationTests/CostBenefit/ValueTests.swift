import Application
import Casework
import CostBenefit
import Foundation
import Kernel
import Measures
import SQL
import Store
import TestSupport
import Testing

/// Cost and benefit from the cases themselves, as each of its readers may see it.
@Suite struct ValueTests {
    static let fitForWork = "fit-for-work-in-work"

    static func actor(_ role: Role) -> Actor {
        Actor(user: "u-\(role.rawValue)", organisation: "o", role: role)
    }

    /// An appraisal of WorkWell whose one outcome is a referral, and whose cost goes by referrals.
    private static let appraisal = """
        appraisal: referrals
        version: 1
        name: Referrals
        programme: workwell-manchester
        source: none
        unit_costs: {table: unit-costs, version: 1}
        years: {from: 2024-25, count: 2}
        prices: 2024-25
        inflation: {value: 0, source: none}
        discount: {rate: {value: 0, source: none}, health: {value: 0, source: none}, timing: start}
        costs:
          - {id: desk, who: us, pounds: {value: 1000, source: none}}
        outcomes:
          - {id: referral, count: {row: Referrals}, values: [physiotherapy]}
        """

    private func withAppraisal(
        _ body: (TestInstallation, String) async throws -> Void
    ) async throws {
        try await withInstallation(.sqlite) { installation in
            try await withTemporaryDirectory { folder in
                let path = folder + "/referrals.yaml"
                try Self.appraisal.write(toFile: path, atomically: true, encoding: .utf8)
                try await body(installation, path)
            }
        }
    }

    @Test("The paper's 252 clients come to its £59,000", arguments: Backend.allCases)
    func paper(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            try await installation.importList(ClientList(fixture: Self.fitForWork), Self.fitForWork)
            let goodwork = installation.goodwork
            let question = ValueQuestion(Self.fitForWork)
            let found = try await goodwork.value(question, by: installation.actor)
            #expect(found.outcomes.map(\.count) == [.known(252)])
            #expect(found.avoided == .known(59_000.76))
            #expect(found.basis.asAt.iso == "2015-01-31")
            // The report's own row says the same.
            let table = try await goodwork.report(
                ReportQuestion(programme: Self.fitForWork),
                by: installation.actor
            )
            let row = try #require(table.rows.first { $0.label.hasPrefix("Saving in NHS") })
            let pounds = Pence(Int64((try #require(found.avoided.number) * 100).rounded()))
            #expect(pounds.rounded(toPounds: 1000) == Pence(59_000_00))
            #expect(row.whole.shown == "£59,000")
            #expect(row.printed == "£59,000")
            // 252 are many enough for those outside the case team.
            let outside = try await goodwork.value(question, by: Self.actor(.commissioner))
            #expect(outside.avoided == found.avoided)
            // For everyone they are counted to the nearest 5.
            let published = ValueQuestion(Self.fitForWork, audience: .published)
            let rounded = try await goodwork.value(published, by: installation.actor)
            #expect(rounded.outcomes.map(\.count) == [.known(250)])
            #expect(rounded.avoided == .known(250 * 234.13))
        }
    }

    @Test("Few people: the case team sees what they come to, nobody else does")
    func keptBack() async throws {
        try await withAppraisal { installation, path in
            try await ReleaseTests.refer(3, installation, from: 1)
            let goodwork = installation.goodwork
            let all = try await goodwork.value(ValueQuestion(path), by: installation.actor)
            #expect(all.outcomes.map(\.count) == [.known(3)])
            #expect(all.publicValue.ratio.number != nil)
            for role in [Role.commissioner, .analyst] {
                let found = try await goodwork.value(ValueQuestion(path), by: Self.actor(role))
                #expect(found.outcomes.map(\.count) == [.keptBack])
                #expect(found.publicValue.ratio == .keptBack)
                #expect(found.rowsKeptBack == ["Referrals"])
                // Nothing that is printed gives it away.
                let known = try #require(all.avoided.number)
                for form in [found.text, found.csv, found.markdown, found.htmlPage] {
                    #expect(!form.contains(Money.whole(known)) && !form.contains("702.39"))
                }
                #expect(found.text.contains("* stands for what rests on a count"))
            }
        }
    }

    @Test("Outside the case team a value stays what it was when it was first looked at")
    func settled() async throws {
        try await withAppraisal { installation, path in
            let goodwork = installation.goodwork
            let commissioner = Self.actor(.commissioner)
            try await ReleaseTests.refer(12, installation, from: 1)
            let first = try await goodwork.value(ValueQuestion(path), by: commissioner)
            #expect(first.outcomes.map(\.count) == [.known(12)])
            installation.clock.advance(milliseconds: 3_600_000)
            try await ReleaseTests.refer(1, installation, from: 13)
            let again = try await goodwork.value(ValueQuestion(path), by: commissioner)
            #expect(again == first)
            // It is one look at one report, also when an assumption is moved about.
            let moved = ValueQuestion(path, settings: [("referral.deadweight", "50")])
            let half = try await goodwork.value(moved, by: commissioner)
            #expect(half.outcomes.map(\.count) == [.known(12)])
            #expect(
                half.publicValue.benefits.number == first.publicValue.benefits.number.map { $0 / 2 }
            )
            #expect(try await installation.count("releases") == 1)
            let own = try await goodwork.value(ValueQuestion(path), by: installation.actor)
            #expect(own.outcomes.map(\.count) == [.known(13)])
        }
    }

    @Test("Asking is for those who may see the report, and is in the access log")
    func access() async throws {
        try await withAppraisal { installation, path in
            let goodwork = installation.goodwork
            let question = ValueQuestion("workwell-manchester")
            for role in Role.ofAccounts {
                let isAllowed = [.manager, .commissioner, .analyst].contains(role)
                let found = try? await goodwork.value(question, by: Self.actor(role))
                #expect((found != nil) == isAllowed, "\(role)")
            }
            let store = installation.store
            let log = try await store.database.read {
                try store.accessLog(of: "value of workwell-manchester", in: $0)
            }
            #expect(log.count == Role.ofAccounts.count)
        }
    }

    @Test("What will not do is said of each assumption; what is not there is not found")
    func faults() async throws {
        try await withAppraisal { installation, path in
            let goodwork = installation.goodwork
            let wrong = ValueQuestion(path, settings: [("discount", "x"), ("referal.bias", "1")])
            let error = await #expect(throws: ServiceError.self) {
                try await goodwork.value(wrong, by: installation.actor)
            }
            #expect(error?.faults.map(\.field) == ["discount", "referal.bias"])
            let absent = await #expect(throws: ServiceError.self) {
                try await goodwork.value(
                    ValueQuestion("workwel-manchester"),
                    by: installation.actor
                )
            }
            #expect(absent?.kind == .notFound)
            #expect(absent?.message.contains("Did you mean workwell-manchester?") == true)
            try "programme: workwell-manchester\nunit_costs: {table: unit-costs}\n"
                .write(toFile: path, atomically: true, encoding: .utf8)
            let faulty = await #expect(throws: ServiceError.self) {
                try await goodwork.value(ValueQuestion(path), by: installation.actor)
            }
            #expect(faulty?.kind == .faults && (faulty?.faults.count ?? 0) > 5)
        }
    }
}
