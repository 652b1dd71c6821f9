import Kernel
import Programmes
import Testing

@testable import Casework

/// Who has a part in a case that was referred on.
@Suite struct OnwardPartiesTests {
    @Test("The organisation that answers for an onward service has the part, whatever its name")
    func organisation() throws {
        let told = """
            day        | what happens                                | verdict
            2024-11-04 | referral gp employment_status=out-of-work   | ok
            2024-11-04 | plan move-into-work                         | ok
            2024-11-05 | onward ips; onward talking-therapies        | ok
            """
        let table = VerdictTable(name: "onward", programme: "example", text: told)
        let situation = try table.check().situation
        var programme = situation.programme
        let plain = situation.folded.parties(in: programme)
        #expect(plain.onward == ["ips", "talking-therapies"])
        let place = try #require(programme.pathway.onward.firstIndex { $0.id == "ips" })
        programme.pathway.onward[place].organisation = "the-growth-company"
        let parties = situation.folded.parties(in: programme)
        #expect(parties.onward == ["talking-therapies", "the-growth-company"])
        let open = situation.folded.openOnward(to: "the-growth-company", in: programme)
        #expect(open.map(\.service) == ["ips"])
        #expect(situation.folded.openOnward(to: "ips", in: programme).isEmpty)
        // A service that the file no longer names stands for itself.
        programme.pathway.onward.remove(at: place)
        #expect(situation.folded.openOnward(to: "ips", in: programme).count == 1)
    }
}
