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

    @Test("Who was asked to take a case over has no part in it while it is closed")
    func askedOfAClosedCase() throws {
        let told = """
            day        | what happens       | verdict
            2024-11-04 | referral gp        | ok
            2024-11-05 | transfer-asked mft | ok
            """
        let table = VerdictTable(name: "asked", programme: "example", text: told)
        var situation = try table.check().situation
        let programme = situation.programme
        #expect(situation.folded.parties(in: programme).asked == "mft")
        let steps: [(words: String, asked: String?)] = [
            ("closed disengaged", nil), ("reopened", "mft"),
        ]
        for (words, asked) in steps {
            let command = try situation.command(words, on: situation.context.today)
            #expect(situation.tell(command) == "ok")
            #expect(situation.folded.parties(in: programme).asked == asked, "\(words)")
        }
    }

    /// What an entry says of a service of the guide, and what the rules answer.
    private static let guide: [(service: String, name: String?, refusal: String?)] = [
        ("ac148810-d857-441c-9679-408f346de14b", "Money advice", nil),
        ("ac148810-d857-441c-9679-408f346de14b", nil, "unknown-value service"),
        ("Money advice", "Money advice", "unknown-value service"),
        ("", "Money advice", "service-missing-value service"),
        ("money", "", "name-missing-value name"),
        ("money", String(repeating: "a", count: 201), "out-of-range name"),
        // The programme file says what its own services are called.
        ("ips", "Another IPS", "unknown-value name"),
    ]

    @Test("A service of the guide is judged by what its entry says", arguments: guide)
    func guideService(_ service: String, _ name: String?, _ refusal: String?) throws {
        let told = """
            day        | what happens                                | verdict
            2024-11-04 | referral gp employment_status=out-of-work   | ok
            2024-11-04 | plan move-into-work                         | ok
            """
        let table = VerdictTable(name: "guide", programme: "example", text: told)
        let situation = try table.check().situation
        var fields = OnwardSent()
        (fields.onward, fields.service, fields.name) = ("o1", service, name)
        let day = situation.context.today
        let found = situation.folded.refusal(
            of: .onwardSent(fields),
            on: day,
            in: situation.programme
        )
        #expect(found.map { "\($0.code) \($0.field ?? "-")" } == refusal)
    }

    @Test("Who answers for a service of the guide stands in the entry, and not in today's guide")
    func guideParties() throws {
        let told = """
            day        | what happens                                | verdict
            2024-11-04 | referral gp employment_status=out-of-work   | ok
            2024-11-04 | plan move-into-work                         | ok
            """
        let table = VerdictTable(name: "guide", programme: "example", text: told)
        let situation = try table.check().situation
        var folded = situation.folded
        for (onward, organisation) in [("o1", "bridge"), ("o2", nil)] {
            folded.onward.append(
                OnwardReferral(
                    id: onward,
                    service: "money",
                    guideName: "Money advice",
                    guideOrganisation: organisation,
                    sentOn: situation.context.today
                )
            )
        }
        #expect(folded.parties(in: situation.programme).onward == ["bridge"])
        #expect(folded.openOnward(to: "bridge", in: situation.programme).map(\.id) == ["o1"])
        #expect(folded.openOnward(to: "money", in: situation.programme).isEmpty)
        let items = folded.workItems(in: situation.programme)
        #expect(items.filter { $0.says == "Ask Money advice for an answer" }.count == 2)
    }
}
