import Application
import Casework
import Kernel
import Programmes

/// A referral as a program sends it, read by the same rules as the page's form.
struct ReferralBody {
    /// What is said of the person beside who they are.
    private static let said: [Schema.Member] = [
        .may("benefit", .word),
        .may("gender", .choice(Gender.self)),
        .may("ethnicity", .choice(EthnicCategory.self, "Of the 2001 census; Z is not stated.")),
        .may("gp_practice", .text(1...20, "The ODS code of the person's practice.")),
        .may("jobcentre", .word),
        .may("answers", Schema.map(.word, max: 100).saying("To the programme's own questions.")),
    ]

    private static let source = Schema.word.saying(
        "The kind of referrer, as the programme file names it: gp."
    )
    private static let condition = Schema.word.saying("msk, mental-health and so on.")

    static let schema = Schema.named(
        "NewReferral",
        .object(
            [
                .must("programme", .word),
                .may("strand", Schema.word.saying("The first that can take them where blank.")),
                .must("source", source),
                .may("on", .date.saying("The day of the referral; today where blank.")),
                .must("person", person),
                .must("condition", condition),
                .must("employment_status", .choice(EmploymentStatus.self)),
                .must("consents", consents),
                .may("note", .text(1...4_000, "For the case team.")),
                .may("anyway", .truth.saying("Refer though the person has an open case here.")),
            ] + said
        )
    )

    /// The same of somebody who need not be named yet.
    static let checkSchema = Schema.named(
        "ReferralCheck",
        .object(
            [
                .may("programme", .word), .may("source", source), .may("on", .date),
                .may("birth_date", .date), .may("postcode", .text(1...10)),
                .may("condition", condition),
                .may("employment_status", .choice(EmploymentStatus.self)),
            ] + said
        )
    )

    private static let person = Schema.named(
        "NewPerson",
        .object(
            .must("given_name", .text(1...100)),
            .must("family_name", .text(1...100)),
            .must("birth_date", .date),
            .may("nhs_number", .text(10...12, "Needed where there is no postcode.")),
            .may("postcode", .text(1...10)),
            .may("address", .text(1...300)),
            .may("phone", .text(1...40)),
            .may("email", .text(1...200))
        )
    )

    private static let consents = Schema.named(
        "Consents",
        .object(
            ConsentScope.allCases.map { scope in
                scope == .referral
                    ? .must(scope.rawValue, .truth) : .may(scope.rawValue, .truth)
            }
        )
    )

    var programme: String?
    var strand: String?
    var on: CivilDate
    /// The day of which programmes are asked whether they are open: a day to come is a fault of its
    /// own, and says nothing of the programme.
    private let dayOpen: CivilDate
    var referral = ReferralReceived()
    var consents: [ConsentScope: Bool] = [:]
    private(set) var faults: [Fault] = []

    /// Reads a body that is of either schema.
    init(_ value: JSONValue, today: CivilDate) {
        programme = value["programme"]?.string
        strand = value["strand"]?.string
        on = value["on"]?.string.flatMap { CivilDate(iso: $0) } ?? today
        dayOpen = min(on, today)
        referral.source = value["source"]?.string ?? ""
        referral.condition = value["condition"]?.string
        referral.employmentStatus = value["employment_status"]?.string
        referral.benefit = value["benefit"]?.string
        referral.gender = value["gender"]?.string
        referral.ethnicity = value["ethnicity"]?.string
        referral.jobcentre = value["jobcentre"]?.string
        for (question, answer) in value["answers"]?.object?.members ?? [] {
            referral.answers[question] = answer.string
        }
        if value["note"]?.string?.isBlank == true {
            faults.append(Fault(field: "/note", problem: "is blank"))
        }
        if on > today { faults.append(Fault(field: "/on", problem: "is in the future")) }
        if let text = value["gp_practice"]?.string {
            referral.practice = ODSCode(practice: text)?.text
            if referral.practice == nil {
                faults.append(Fault(field: "/gp_practice", problem: "is no ODS code of a practice"))
            }
        }
        let isNamed = value["person"] != nil
        let (person, place) = isNamed ? (value["person"] ?? .null, "/person") : (value, "")
        readPerson(person, place, today)
        if isNamed { readIdentity(person) }
        for (scope, given) in value["consents"]?.object?.members ?? [] {
            if let scope = ConsentScope(rawValue: scope) { consents[scope] = given.bool }
        }
        if consents[.referral] == false {
            let says = "a person can be referred only when they agree"
            faults.append(Fault(field: "/consents/referral", problem: says, expected: "true"))
        }
    }

    private mutating func readPerson(_ person: JSONValue, _ place: String, _ today: CivilDate) {
        if let birth = person["birth_date"]?.string.flatMap({ CivilDate(iso: $0) }) {
            if birth > today || birth.adding(days: 130 * 366) <= today {
                let says = "is no birth date of somebody alive"
                faults.append(Fault(field: "\(place)/birth_date", problem: says))
            } else {
                referral.identity.birthDate = birth.iso
                referral.age = birth.age(on: on)
            }
        }
        if let text = person["postcode"]?.string {
            if let postcode = Postcode(text) {
                referral.identity.postcode = postcode.text
                referral.outwardCode = postcode.outward
            } else {
                let says = "is no whole postcode"
                faults.append(
                    Fault(field: "\(place)/postcode", problem: says, expected: "such as M20 2LS")
                )
            }
        }
    }

    private mutating func readIdentity(_ person: JSONValue) {
        referral.identity.givenName = person["given_name"]?.string
        referral.identity.familyName = person["family_name"]?.string
        referral.identity.address = person["address"]?.string
        referral.identity.phone = person["phone"]?.string
        referral.identity.email = person["email"]?.string
        let identity = referral.identity
        for (field, problem, expected) in [
            ("given_name", identity.givenName.flatMap(Identity.problem(withName:)), "a name"),
            ("family_name", identity.familyName.flatMap(Identity.problem(withName:)), "a name"),
            ("address", identity.address.flatMap { $0.isBlank ? "is blank" : nil }, "an address"),
            (
                "phone", identity.phone.flatMap(Identity.problem(withPhone:)),
                "such as 0161 496 0000"
            ),
            ("email", identity.email.flatMap(Identity.problem(withEmail:)), "name@example.org"),
        ] {
            guard let problem else { continue }
            faults.append(Fault(field: "/person/\(field)", problem: problem, expected: expected))
        }
        if let text = person["nhs_number"]?.string {
            referral.identity.nhsNumber = NHSNumber(text)?.digits
            if let problem = NHSNumber.problem(with: text) {
                faults.append(Fault(field: "/person/nhs_number", problem: problem))
            }
        } else if person["postcode"] == nil {
            let says = "is missing; if it is not known, give the postcode instead"
            faults.append(Fault(field: "/person/nhs_number", problem: says))
        }
    }

    /// What is said that the programme has no name for; nil is one that takes no referrals.
    func faults(under programme: Programme?) -> [Fault] {
        guard let programme else { return [notTaken] }
        let sources = programme.referral.sources.map(\.id)
        let strands = programme.strands.map(\.id)
        let named = [
            Self.fault("/source", referral.source, among: sources),
            strand.flatMap { Self.fault("/strand", $0, among: strands) },
        ]
        return named.compactMap(\.self) + faults(among: programme.referral.asks)
    }

    var notTaken: Fault {
        Fault(field: "/programme", problem: "takes no such referrals on \(dayOpen.iso)")
    }

    /// The answers that none of the questions takes; several programmes may ask the same.
    func faults(among asks: [Question]) -> [Fault] {
        referral.answers.sorted { $0.key < $1.key }.compactMap { id, answer in
            let asked = asks.filter { $0.id == id }
            let pointer = "/answers/\(id.asPointer)"
            return asked.isEmpty
                ? Self.fault(pointer, id, among: asks.map(\.id))
                : Self.fault(pointer, answer, among: asked.flatMap(\.answers))
        }
    }

    private static func fault(_ field: String, _ value: String, among known: [String]) -> Fault? {
        if known.contains(value) { return nil }
        var names: [String] = []
        for name in known where !names.contains(name) { names.append(name) }
        let expected = names.isEmpty ? "nothing" : names.joined(separator: ", ")
        return Fault(field: field, problem: "“\(value)” is not known", expected: expected)
    }

    /// The programmes that are asked about, of those that take referrals on the day.
    func programmes(_ goodwork: Goodwork) async throws -> [Programme] {
        let open = try await goodwork.programmesOpen(on: dayOpen)
        guard let programme else { return open }
        return open.filter { $0.id == programme }
    }

    /// Which services of these programmes could take the person.
    func offers(_ goodwork: Goodwork, in programmes: [Programme]) -> [Offer] {
        goodwork.offers(for: referral, in: programmes, on: on)
    }
}
