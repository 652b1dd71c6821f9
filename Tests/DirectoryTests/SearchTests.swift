import Casework
import Directory
import Kernel
import Programmes
import Testing

/// What the filters find, how much is shown, and who can take a person.
@Suite struct SearchTests {
    static let asked: [(what: String, query: @Sendable (inout GuideQuery) -> Void, finds: Bool)] = [
        ("nothing", { _ in }, true),
        ("words", { $0.words = ["debt", "bridge"] }, true),
        ("a term's word", { $0.words = ["money", "advice"] }, true),
        ("another word", { $0.words = ["debt", "dance"] }, false),
        ("its term", { $0.term = Samples.term }, true),
        ("another term", { $0.term = Samples.taxonomy }, false),
        ("its taxonomy", { $0.taxonomy = Samples.taxonomy }, true),
        ("another taxonomy", { $0.taxonomy = Samples.term }, false),
        ("its organisation", { $0.organisation = Samples.organisation }, true),
        ("another organisation", { $0.organisation = Samples.term }, false),
        ("changed since", { $0.modifiedAfter = Instant(iso: "2025-06-02") }, true),
        ("not changed since", { $0.modifiedAfter = Instant(iso: "2025-06-03") }, false),
        ("from 16", { $0.minimumAge = 16 }, true),
        ("from 18", { $0.minimumAge = 18 }, true),
        ("from 19", { $0.minimumAge = 19 }, false),
        ("to 64", { $0.maximumAge = 64 }, true),
        ("to 63", { $0.maximumAge = 63 }, false),
        ("on Mondays", { $0.day = "MO" }, true),
        ("on Fridays", { $0.day = "FR" }, false),
        ("opening at nine or later", { $0.start = DayTime("09:00") }, true),
        ("opening at ten or later", { $0.start = DayTime("10:00") }, false),
        ("closed by four", { $0.end = DayTime("16:00") }, true),
        ("closed by three", { $0.end = DayTime("15:00") }, false),
        ("for M14", { $0.outward = "M14" }, true),
        ("for M1", { $0.outward = "M1" }, false),
        (
            "600 m away", { $0.near = (GuidePoint(latitude: 53.4511, longitude: -2.2263), 600) },
            true
        ),
        (
            "not 500 m away",
            { $0.near = (GuidePoint(latitude: 53.4511, longitude: -2.2263), 500) },
            false
        ),
    ]

    @Test("Each filter finds what it says", arguments: asked.indices)
    func filters(_ index: Int) throws {
        let (what, make, finds) = Self.asked[index]
        let guide = try Samples.guide()
        var query = GuideQuery()
        make(&query)
        #expect(guide.services(query).count == (finds ? 1 : 0), "\(what)")
        #expect(guide.places(query).count == (finds ? 1 : 0), "\(what)")
    }

    @Test("A place without a point is found by its postcode")
    func byPostcode() throws {
        let text = Samples.text.replacing(#", "latitude": 53.4561,"#, with: ",")
            .replacing(#""longitude": -2.2263,"#, with: "")
        let batch = try GuideBatch(JSONValue(parsing: text))
        let service = GuideService(try #require(batch.services.first), origin: .stored(owner: "b"))
        let guide = Guide(services: [service], organisations: batch.organisations)
        var query = GuideQuery()
        query.near = (GuidePoint(latitude: 53.45, longitude: -2.22), 2_000)
        #expect(guide.places(query).isEmpty)
        query.points = ["M14 5RQ": GuidePoint(latitude: 53.455, longitude: -2.221)]
        #expect(guide.places(query).count == 1)
    }

    @Test(
        "Distances are those of the ground",
        arguments: [
            // Degrees and metres by the formula of haversines, worked out apart.
            (53.4808, -2.2426, 53.4631, -2.2913, 3_778.0), (51.5074, -0.1278, 51.5074, 0, 8_846),
            (53.4808, -2.2426, 53.4808, -2.2426, 0),
        ]
    )
    func distance(_ a: Double, _ b: Double, _ c: Double, _ d: Double, _ metres: Double) {
        let one = GuidePoint(latitude: a, longitude: b)
        let other = GuidePoint(latitude: c, longitude: d)
        #expect(abs(one.metres(to: other) - metres) <= max(1, metres / 200))
    }

    @Test("Terms of a taxonomy, and under a term")
    func terms() throws {
        let guide = try Samples.guide()
        #expect(guide.terms() == [Samples.term])
        #expect(guide.terms(of: Samples.taxonomy) == [Samples.term])
        #expect(guide.terms(of: Samples.term).isEmpty)
        #expect(guide.terms(under: Samples.taxonomy).isEmpty)
    }

    @Test("A list shows little, one shows all")
    func views() throws {
        let guide = try Samples.guide()
        let service = try #require(guide.service(Samples.service.uppercased()))
        let brief = guide.json(service, .brief, address: "https://here/directory")
        #expect(brief["organization"]?["name"]?.string == "Bridge Trust")
        #expect(brief["phones"] == nil && brief["service_at_locations"] == nil)
        #expect(brief["last_modified"]?.string == "2025-06-02T09:00:00.000Z")
        let minimal = guide.json(service, .minimal, address: "")
        #expect(minimal.keys == ["id", "last_modified", "modified_date"])
        let full = guide.json(service, .full, address: "")
        let term = full["attributes"]?.array?.first?["taxonomy_term"]
        #expect(term?["term"]?.string == "Money advice" && term?["taxonomy"]?.string == "Needs")
        let place = try #require(service.places.first)
        let at = guide.json(place, of: service, .full, address: "")
        #expect(at["service"]?["service_at_locations"] == nil)
        #expect(at["location"]?["addresses"]?.array?.count == 1)
    }

    @Test("Pages are counted as the standard counts them")
    func pages() {
        let all = Array(1...7)
        func page(_ number: Int, _ size: Int) -> JSONObject {
            GuidePage.json(all, number: number, size: size) { ["id": .int($0)] }
        }
        let last = page(3, 3)
        #expect(last["total_items"]?.int == 7 && last["total_pages"]?.int == 3)
        #expect(last["size"]?.int == 1 && last["last_page"]?.bool == true)
        #expect(last["first_page"]?.bool == false && last["empty"]?.bool == false)
        #expect(page(1, 3)["first_page"]?.bool == true && page(9, 3)["empty"]?.bool == true)
    }

    // MARK: - Matching

    static let people: [(age: Int?, outward: String?, verdict: Verdict, missing: [String])] = [
        (40, "M14", .met, []), (17, "M14", .notMet, []), (65, "M15", .notMet, []),
        (40, "M1", .notMet, []), (nil, "M14", .notKnown, ["birth_date"]),
        (40, nil, .notKnown, ["postcode"]), (nil, nil, .notKnown, ["birth_date", "postcode"]),
        (17, nil, .notMet, ["postcode"]),
    ]

    @Test("A service says whether it can take somebody, and why", arguments: people.indices)
    func match(_ index: Int) throws {
        let (age, outward, verdict, missing) = Self.people[index]
        var said = ReferralReceived()
        said.age = age
        said.outwardCode = outward
        let match = GuideMatch(try #require(Samples.guide().service(Samples.service)), said)
        #expect(match.verdict == verdict)
        #expect(match.missing.map(\.id) == missing)
        #expect(match.met.count + match.open.count == 2)
        for open in match.open { #expect(open.says.hasPrefix("The service is for people")) }
    }

    @Test("A closed service takes nobody, and is not asked")
    func closed() throws {
        let guide = try Samples.guide()
        let day = try #require(CivilDate(iso: "2025-06-02"))
        #expect(guide.matches(ReferralReceived(), on: day).count == 1)
        var document = try #require(guide.service(Samples.service)).document
        document["status"] = .string("temporarily closed")
        let service = GuideService(document, origin: .stored(owner: "b"))
        let shut = Guide(services: [service], organisations: [])
        #expect(shut.matches(ReferralReceived(), on: day).isEmpty)
    }
}
