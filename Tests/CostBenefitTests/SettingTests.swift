import Kernel
import Testing

@testable import CostBenefit

/// Assumptions put at other values, as they are typed.
@Suite struct SettingTests {
    @Test("Blank, and what the file says, change nothing")
    func nothingChanged() throws {
        let filed = try appraisal("workwell-manchester")
        let sent = filed.assumptions.map { (id: $0.id, text: $0.value.map($0.unit.typed) ?? " ") }
        #expect(try filed.setting(sent) == filed)
    }

    @Test("Percent signs, pound signs and commas are read")
    func read() throws {
        let changed = try appraisal("workwell-manchester").setting([
            ("discount", " 3.25% "), ("value.wages", "£12,000.50"), ("entered-work.count", "120"),
            ("entered-work.lasts", "2.5"),
        ])
        #expect(changed.assumption("discount")?.value == 3.25)
        #expect(changed.assumption("value.wages")?.value == 12_000.5)
        #expect(changed.assumption("value.wages")?.filed == 10_000)
        #expect(changed.assumption("entered-work.count")?.value == 120)
        #expect(changed.changes.count == 4)
    }

    @Test("Every fault at once, each with the assumption it is about")
    func faults() throws {
        let filed = try appraisal("workwell-manchester")
        let faults = #expect(throws: Faults.self) {
            try filed.setting([
                ("entered-work.deadwieght", "20"), ("discount", "-1"), ("value.wages", "many"),
                ("entered-work.count", "1.5"), ("entered-work.deadweight", "120"),
                ("entered-work.lasts", "nan"),
            ])
        }
        #expect(
            faults?.faults.map(\.field) == [
                "entered-work.deadwieght", "discount", "value.wages", "entered-work.count",
                "entered-work.deadweight", "entered-work.lasts",
            ]
        )
        #expect(
            faults?.faults.first?.expected == "another; did you mean `entered-work.deadweight`?"
        )
    }
}
