import Kernel
import PrimaryCare
import Testing

@Suite struct WorklistTests {
    private static let today = Lists.day("2025-06-30")

    private func reason(_ records: PracticeRecords) throws -> WorklistReason? {
        try Lists.rule().reason(PatientView(records, records.patients[0], on: Self.today))
    }

    private static let offSick = Lists.note("2025-06-01", "2025-07-30", reason: "F32")
    private static let open = PracticeRecords.PatientCase(
        referredOn: today - 20,
        closedOn: nil,
        isByPractice: true
    )

    @Test("Off sick for four weeks is a reason; its words say since when, and why")
    func offSick() throws {
        let found = try #require(try reason(Lists.records([[Self.offSick]])))
        #expect(
            found.words(on: Self.today)
                == "off sick for 4 weeks, since 1 June 2025 (Mental health)"
        )
        let short = Lists.note("2025-06-10", "2025-07-30")
        #expect(try reason(Lists.records([[short]])) == nil)
    }

    @Test("Nobody is listed who dissents, has left, is too old, has a case or said no lately")
    func exceptions() throws {
        let entries = [[Self.offSick]]
        #expect(try reason(Lists.records(entries, dissent: true)) == nil)
        #expect(try reason(Lists.records(entries, left: Self.today)) == nil)
        #expect(try reason(Lists.records(entries, birth: "1960-05-01")) == nil)
        #expect(try reason(Lists.records(entries, cases: [Self.open])) == nil)
        let declined = Lists.status(Lists.code("871711000000103"), "2025-06-01")
        #expect(try reason(Lists.records([[Self.offSick, declined]])) == nil)
        let long = Lists.status(Lists.code("871711000000103"), "2024-06-01")
        #expect(try reason(Lists.records([[Self.offSick, long]])) != nil)
        let referred = Lists.status(Lists.code("1098041000000101"), "2025-05-01")
        #expect(try reason(Lists.records([[Self.offSick, referred]])) == nil)
    }

    @Test("The shipped rule is read as it stands")
    func shipped() throws {
        let rule = try Lists.rule()
        #expect(rule.ages == 16...64)
        #expect(rule.any == [.offSick(weeks: 4), .status(.outOfWork, recordedInDays: 365)])
        #expect(rule.unless.contains(.dissent))
        #expect(rule.offSick == .usual)
    }

    @Test("A rule with faults is refused with all of them")
    func faults() {
        let text = """
            {"id": "", "name": "x", "ages": [64, 16], "any": [{"status": "busy"}],
             "unless": ["open-case", "tired"], "off_sick": {"notes": ["sick"], "gap_days": 1},
             "colour": "blue"}
            """
        let error = #expect(throws: Faults.self) { try WorklistRule(json: Array(text.utf8)) }
        let fields = error?.faults.compactMap(\.field) ?? []
        #expect(
            Set(fields) == ["id", "ages", "any[0]", "unless[1]", "unless", "off_sick", "colour"]
        )
    }
}
