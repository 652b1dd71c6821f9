import Kernel
import Testing

@Suite("National code lists")
struct CodeListTests {
    @Test("Ethnic categories have the eighteen national codes")
    func ethnicCodes() {
        let codes = EthnicCategory.allCases.map(\.rawValue).joined(separator: " ")
        #expect(codes == "A B C D E F G H J K L M N P R S Z 99")
    }

    @Test(
        "Each ethnic category belongs to its group of the 2001 census",
        arguments: [
            ("ABC", EthnicGroup.white), ("DEFG", .mixed), ("HJKL", .asian), ("MNP", .black),
            ("RS", .other), ("Z", .notStated),
        ]
    )
    func ethnicGroups(codes: String, group: EthnicGroup) {
        for code in codes { #expect(EthnicCategory(rawValue: String(code))?.group == group) }
        #expect(EthnicCategory(rawValue: "99")?.group == .notStated)
    }

    @Test("Groups have their codes and every name differs")
    func ethnicNames() {
        let codes = EthnicGroup.allCases.map(\.rawValue)
        #expect(codes == ["white", "mixed", "asian", "black", "other", "not-stated"])
        #expect(Set(EthnicGroup.allCases.map(\.name)).count == 6)
        #expect(Set(EthnicCategory.allCases.map(\.name)).count == 18)
        #expect(EthnicCategory.whiteIrish.name == "White - Irish")
    }

    @Test("Someone off sick is employed")
    func employed() {
        let codes = EmploymentStatus.allCases.map(\.rawValue)
        #expect(codes == ["in-work", "off-sick", "out-of-work", "unknown"])
        #expect(EmploymentStatus.allCases.filter(\.isEmployed) == [.inWork, .offSick])
        #expect(EmploymentStatus.offSick.name == "Off sick")
    }

    @Test(
        "National employment codes map to the statuses that programmes count",
        arguments: [
            ("01", EmploymentStatus.inWork), ("02", .outOfWork), ("03", .outOfWork),
            ("04", .outOfWork), ("05", .outOfWork), ("06", .outOfWork), ("07", .outOfWork),
            ("08", .outOfWork), ("ZZ", .unknown),
        ]
    )
    func national(code: String, status: EmploymentStatus) throws {
        let national = try #require(NHSEmploymentStatus(rawValue: code))
        #expect(national.status == status)
        #expect(national.status.nhsStatus.status == status)
        #expect(!national.name.isEmpty)
    }

    @Test("Off sick is national code 01")
    func offSick() {
        #expect(EmploymentStatus.offSick.nhsStatus.rawValue == "01")
        #expect(NHSEmploymentStatus.allCases.count == 9)
    }

    @Test("Genders have the codes of FHIR")
    func gender() {
        #expect(Gender.allCases.map(\.rawValue) == ["female", "male", "other", "unknown"])
        #expect(Gender.female.name == "Female")
    }
}
