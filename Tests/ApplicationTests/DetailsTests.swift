import Application
import Casework
import Kernel
import Programmes
import SQL
import Store
import TestSupport
import Testing

/// Who a person is, put right: their record changes, and the journal tells which fields.
@Suite struct DetailsTests {
    private static let number = "9993000019"

    /// Details with new values, and those that were cleared.
    private static func details(
        _ values: [IdentityField: String],
        clearing cleared: [IdentityField] = []
    ) -> EventBody {
        var details = DetailsChanged()
        for (field, value) in values { details.identity[field] = value }
        details.fields = cleared.map(\.rawValue)
        return .detailsChanged(details)
    }

    private static func change(
        _ header: CaseHeader,
        _ body: EventBody,
        _ installation: TestInstallation
    ) async throws {
        try await installation.change(header.reference, Command(body, on: installation.today))
    }

    @Test(
        "New details are the person's, they are found by them, and the referral stays as it was",
        arguments: Backend.allCases
    )
    func change(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let ann = try await installation.addResident("Ann").header
            let body = Self.details([
                .nhsNumber: "999 300 0019", .birthDate: "1990-02-03", .phone: "0161 496 0111",
            ])
            try await Self.change(ann, body, installation)
            let identity = try #require(try await installation.identity(ann.reference))
            #expect(identity.givenName == "Ann")
            #expect(identity.nhsNumber == Self.number)
            #expect(identity.phone == "0161 496 0111")
            var sought = Identity()
            sought.nhsNumber = Self.number
            #expect(try await installation.goodwork.people(like: sought) == [ann.person])
            var before = identity
            (before.nhsNumber, before.birthDate) = (nil, "1980-01-31")
            #expect(try await installation.goodwork.people(like: before) == [])
            let history = try await installation.history(ann.reference)
            #expect(history.fold().referral?.identity.birthDate == "1980-01-31")
            let changed = history.events.last { $0.body.kind == .detailsChanged }
            guard case .detailsChanged(let told) = try #require(changed).body else { return }
            #expect(told.fields == ["birth_date", "nhs_number", "phone"])
            try await Self.change(ann, Self.details([:], clearing: [.phone]), installation)
            #expect(try await installation.identity(ann.reference)?.phone == nil)
            #expect(try await installation.identity(ann.reference)?.nhsNumber == Self.number)
            #expect(try await installation.problems() == [])
        }
    }

    @Test(
        "The age at referral follows the date of birth, and no other age is taken",
        arguments: Backend.allCases
    )
    func age(_ backend: Backend) async throws {
        try await withTeam(backend) { team in
            let installation = team.installation
            // Born on 1 February 1985, and referred three days ago.
            let header = try await team.refer("Rosa") { $0.age = nil }
            func refusal(ofAge age: Int, corrects: [String]) async throws -> String? {
                var answered = ReferralAnswered()
                (answered.age, answered.corrects) = (age, corrects)
                let command = Command(.referralAnswered(answered), on: installation.today)
                return try await installation.refusal(header.reference, command)
            }
            func known(_ birthDate: String) async throws -> Int? {
                try await Self.change(header, Self.details([.birthDate: birthDate]), installation)
                return try await team.folded(header).referral?.age
            }
            #expect(try await refusal(ofAge: 30, corrects: []) == "age-already-said")
            #expect(try await known("1986-02-01") == 39)
            #expect(try await known("1987-02-01") == 38)
            #expect(try await refusal(ofAge: 50, corrects: ["age"]) == "age-already-said")
            try await Self.change(header, Self.details([.phone: "0161 496 0111"]), installation)
            let events = try await installation.history(header.reference).events
            let corrected = events.compactMap { event -> [String]? in
                guard case .referralAnswered(let fields) = event.body else { return nil }
                return fields.corrects
            }
            #expect(corrected == [[], ["age"]])
            // Of a closed case the details are put right alone.
            var closed = Closed()
            closed.reason = .completed
            try await team.change(header, .closed(closed))
            #expect(try await known("1988-02-01") == 38)
            #expect(try await installation.identity(header.reference)?.birthDate == "1988-02-01")
        }
    }

    @Test("What is no detail is refused, and so is all of it of whoever was erased")
    func refused() async throws {
        try await withInstallation(.sqlite) { installation in
            let ann = try await installation.addResident("Ann").header
            func code(_ body: EventBody) async throws -> String? {
                try await installation.refusal(
                    ann.reference,
                    Command(body, on: installation.today)
                )
            }
            for (field, value, wanted) in [
                (IdentityField.nhsNumber, "12", "nhs-number-out-of-range"),
                (.postcode, "nowhere", "postcode-out-of-range"),
                (.birthDate, "2030-01-01", "birth-date-out-of-range"),
                (.birthDate, "1880-01-01", "birth-date-out-of-range"),
                (.phone, "", "phone-out-of-range"),
                (.familyName, String(repeating: "x", count: 401), "family-name-out-of-range"),
            ] {
                #expect(try await code(Self.details([field: value])) == wanted, "\(value)")
            }
            try await installation.erase(ann)
            #expect(try await code(Self.details([.phone: "0161 496 0001"])) == "person-erased")
            #expect(try await code(Self.details([:], clearing: [.phone])) == "person-erased")
        }
    }

    @Test(
        "A corrected row changes what differs, and leaves what was put right since",
        arguments: Backend.allCases
    )
    func list(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let id = PeopleMatchingTests.id
            var list = try PeopleMatchingTests.list(["A,\(Self.number),Jo,Bee,1980-01-02"])
            try await installation.importList(list, id)
            let header = try await installation.header("A")
            let body = Self.details([.givenName: "Joanna", .phone: "0161 496 0111"])
            try await Self.change(header, body, installation)
            list[1, "family_name"] = "Cee"
            try await installation.importList(list, id)
            let identity = try await installation.identity("A")
            #expect(identity?.givenName == "Joanna")
            #expect(identity?.familyName == "Cee")
            #expect(identity?.phone == "0161 496 0111")
            #expect(identity?.nhsNumber == Self.number)
        }
    }

    @Test(
        "Two cases of one person, put right in one list, lose nothing of each other",
        arguments: Backend.allCases
    )
    func oneList(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let id = PeopleMatchingTests.id
            let rows = ["A,\(Self.number),Jo,Bee,1980-01-02", "B,\(Self.number),Jo,Bee,1980-01-02"]
            var list = try PeopleMatchingTests.list(rows)
            try await installation.importList(list, id)
            let (one, other) = (
                try await installation.header("A"), try await installation.header("B")
            )
            #expect(one.person == other.person)
            list[1, "given_name"] = "Joanna"
            list[2, "family_name"] = "Cee"
            try await installation.importList(list, id)
            let identity = try await installation.identity("A")
            #expect(identity?.givenName == "Joanna")
            #expect(identity?.familyName == "Cee")
        }
    }

    @Test("A case that is sent to another programme takes the person as they are known now")
    func reroute() async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Rosa")
            try await Self.change(
                header,
                Self.details([.phone: "0161 496 0111"]),
                team.installation
            )
            let there = try await team.installation.goodwork.reroute(
                header,
                toProgramme: "ips-primary-care",
                strand: "service",
                by: TestTeam.manager,
                seed: 7
            )
            #expect(try await team.installation.identity(there.reference)?.phone == "0161 496 0111")
            #expect(try await team.folded(there).referral?.identity.phone == "0161 496 0111")
        }
    }

    @Test(
        "Whoever has moved is sent on, and is offered places, by where they live now",
        arguments: Backend.allCases
    )
    func moved(_ backend: Backend) async throws {
        try await withTeam(backend) { team in
            let (goodwork, store) = (team.installation.goodwork, team.installation.store)
            let area = PostcodeArea(
                postcode: try #require(Postcode("N1 9GU")),
                lsoa: "E01002704",
                decile: 3
            )
            try await team.installation.database.write { try store.keep([area], in: $0) }
            let header = try await team.refer("Rosa") { referral in
                referral.identity.postcode = "M8 5AA"
                referral.deprivation = 1
                (referral.practice, referral.jobcentre) = ("F83001", "JCP-ISLINGTON")
            }
            func move(_ header: CaseHeader, to postcode: String) async throws {
                let body = Self.details([.postcode: postcode])
                try await Self.change(header, body, team.installation)
            }
            try await move(header, to: "N1 9GU")
            let there = try await goodwork.reroute(
                header,
                toProgramme: "ips-primary-care",
                strand: "service",
                by: TestTeam.manager,
                seed: 7
            )
            let carried = try #require(try await team.folded(there).referral)
            #expect((carried.outwardCode, carried.deprivation) == ("N1", 3))
            func back() async throws -> [Verdict] {
                let manager = Actor(user: "m", organisation: "ips-provider", role: .manager)
                let file = try await goodwork.file(there.id, for: .manageCase, by: manager)
                return try await goodwork.otherProgrammes(for: file)
                    .filter { $0.programme == "workwell-manchester" }
                    .map(\.verdict)
            }
            // That programme takes people of Greater Manchester alone.
            #expect(try await Set(back()) == [.notMet])
            try await move(there, to: "M14 5RQ")
            #expect(try await back().contains(.notKnown))
        }
    }
}
