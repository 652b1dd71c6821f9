import Casework
import Kernel

/// Somebody who does not exist, as a referral would describe them.
struct DemonstrationPerson: Sendable {
    var identity = Identity()
    var gender = Gender.female
    var ethnicity = EthnicCategory.whiteBritish
    var birth = CivilDate(day: 0)
    var condition = "msk"
    var status = EmploymentStatus.inWork
    var benefit: String?
    /// The practice that they are registered with.
    var practice = ""

    var outward: String { identity.postcode.map { String($0.prefix { $0 != " " }) } ?? "" }

    var isMinoritised: Bool {
        [EthnicGroup.mixed, .asian, .black, .other].contains(ethnicity.group)
    }

    /// Draws somebody for a strand.
    ///
    /// - Parameters:
    ///   - number: of the person, from 0; no two have the same NHS number.
    ///   - day: on which they are of working age.
    static func draw(
        _ number: Int,
        for strand: String,
        on day: CivilDate,
        _ random: inout RandomGenerator
    ) -> DemonstrationPerson {
        var person = DemonstrationPerson()
        person.gender = random.weighted((.female, 54), (.male, 44), (.other, 1), (.unknown, 1))
        person.ethnicity = drawEthnicity(for: strand, &random)
        person.birth = day.adding(days: -random.of(18 * 366...66 * 365))
        person.condition = drawCondition(for: strand, &random)
        // Three in four in work, people who are off sick among them.
        person.status = random.weighted((.inWork, 50), (.offSick, 25), (.outOfWork, 25))
        if person.status == .outOfWork {
            person.benefit = random.weighted(("universal-credit", 75), ("esa", 10), (nil, 15))
        }
        // Some are still with a practice where they used to live.
        let practices = DemonstrationCast.practices.map(\.id)
        person.practice = random.chance(4) ? "N81999" : random.text(practices)
        person.identity = drawIdentity(number, person, for: strand, &random)
        return person
    }

    private static func drawCondition(
        for strand: String,
        _ random: inout RandomGenerator
    ) -> String {
        switch strand {
        case "msk": "msk"
        case "be-well":
            random.weighted(
                ("mental-health", 52),
                ("msk", 22),
                ("cardiovascular", 7),
                ("respiratory", 6),
                ("neurological", 6),
                ("other", 7)
            )
        default:
            random.weighted(
                ("mental-health", 42),
                ("msk", 27),
                ("diabetes", 10),
                ("cardiovascular", 8),
                ("respiratory", 5),
                ("other", 8)
            )
        }
    }

    /// As the census of 2021 found Manchester; the third strand is for minoritised communities.
    private static func drawEthnicity(
        for strand: String,
        _ random: inout RandomGenerator
    ) -> EthnicCategory {
        let minoritised: [(EthnicCategory, Int)] = [
            (.indian, 27), (.bangladeshi, 19), (.chinese, 23), (.otherAsian, 21), (.african, 87),
            (.caribbean, 19), (.otherBlack, 13), (.whiteAndBlackCaribbean, 18),
            (.whiteAndBlackAfrican, 10), (.whiteAndAsian, 13), (.otherMixed, 12),
            (.otherEthnicGroup, 51),
        ]
        if strand == "rmg" { return random.weighted((.pakistani, 119), minoritised) }
        let white: [(EthnicCategory, Int)] = [
            (.whiteIrish, 17), (.otherWhite, 62), (.pakistani, 119), (.notStated, 30),
        ]
        return random.weighted((.whiteBritish, 487), white + minoritised)
    }

    private static func drawIdentity(
        _ number: Int,
        _ person: DemonstrationPerson,
        for strand: String,
        _ random: inout RandomGenerator
    ) -> Identity {
        let pool = DemonstrationNames.pool(of: person.ethnicity)
        var identity = Identity()
        let isWoman = person.gender == .female || (person.gender != .male && random.chance(50))
        identity.givenName = random.text(isWoman ? pool.women : pool.men)
        identity.familyName = random.text(pool.families)
        identity.birthDate = person.birth.iso
        identity.nhsNumber = nhsNumber(number)
        // One in ten of the first strand lives in Trafford, whose money is in it.
        let trafford = ["M32", "M33", "M41", "WA14", "WA15"]
        let outward =
            strand == "msk" && random.chance(10)
            ? random.text(trafford)
            : random.weighted(
                // Over the border of Greater Manchester, but with a practice in Manchester.
                (person.practice == "N81999" ? "M14" : "SK13", 2),
                ("M8", 9),
                ("M9", 11),
                ("M40", 10),
                ("M11", 8),
                ("M12", 6),
                ("M13", 6),
                ("M14", 9),
                ("M16", 6),
                ("M18", 6),
                ("M19", 6),
                ("M20", 5),
                ("M21", 4),
                ("M22", 9),
                ("M23", 7),
                ("M4", 2),
                ("M15", 4)
            )
        let letters = ["A", "B", "D", "E", "F", "G", "H", "J", "L", "N", "P", "Q", "R", "S", "T"]
        let inward = "\(random.below(10))\(random.text(letters))\(random.text(letters))"
        identity.postcode = "\(outward) \(inward)"
        identity.address =
            "\(random.of(1...140)) \(random.text(DemonstrationNames.streets)), Manchester"
        // Numbers that Ofcom keeps for stories.
        let digits = String(1_000 + random.below(1_000)).dropFirst()
        identity.phone = random.chance(85) ? "07700 900\(digits)" : "0161 496 0\(digits)"
        if random.chance(60), let given = identity.givenName, let family = identity.familyName {
            identity.email = "\(given).\(family)\(number)@mail.example".lowercased()
        }
        return identity
    }

    /// A valid number of the range that is never given to anyone (999), apart from those of the
    /// imported lists.
    static func nhsNumber(_ number: Int) -> String? {
        // Of eleven numbers in a row one has no check digit; no place is used by two people.
        for step in 0..<3 {
            let text = String(99_970_0000 + number * 3 + step)
            if let made = NHSNumber(nineDigits: text) { return made.digits }
        }
        return nil
    }
}
