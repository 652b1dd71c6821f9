import Kernel
import Programmes

/// A service of the guide, ready to be searched and matched.
package struct GuideService: Sendable {
    /// Where it is told.
    package enum Origin: Sendable, Hashable {
        /// It was written or imported here, by an organisation of this installation.
        case stored(owner: String)
        /// A strand that a programme file has, to which people are referred.
        case strand(programme: String, strand: String)
        /// A service that a programme refers on to.
        case onward(programme: String, service: String)
    }

    package var id: String
    package var name: String
    package var status: GuideStatus
    package var organisation: String
    package var origin: Origin
    /// The record with its parts, by HSDS-UK.
    package var document: JSONObject
    /// When it changed last; nil where a programme file tells it.
    package var modified: Instant?
    /// Counts up with each change of a stored one.
    package var version: Int
    /// The days on which it takes people.
    package var takes: DateRange
    /// Kinds of referrer that may refer to it; nil is any.
    package var sources: [String]?
    package var rules: ServiceRules
    package let terms: Set<String>
    package let places: [GuidePlace]
    /// Name, description and the like in small letters.
    let words: String

    /// - Parameter document: a record that was found to be sound.
    package init(
        _ document: JSONObject,
        origin: Origin,
        modified: Instant? = nil,
        version: Int = 0,
        takes: DateRange = DateRange(),
        sources: [String]? = nil,
        rules: ServiceRules? = nil
    ) {
        self.document = document
        self.origin = origin
        self.modified = modified
        self.version = version
        self.takes = takes
        self.sources = sources
        id = document["id"]?.string ?? ""
        name = document["name"]?.string ?? ""
        status = document["status"]?.string.flatMap { GuideStatus(rawValue: $0) } ?? .inactive
        organisation = document["organization_id"]?.string ?? ""
        let own = document["eligibility_rule"]?.string.flatMap { try? ServiceRules(yaml: $0) }
        self.rules = Self.ages(document) + (rules ?? ServiceRules()) + (own ?? ServiceRules())
        let attributes = document["attributes"]?.array ?? []
        terms = Set(attributes.compactMap { $0["taxonomy_term_id"]?.string })
        let at = document["service_at_locations"]?.array ?? []
        places = at.compactMap(\.object).map { GuidePlace($0) }
        let texts = ["name", "alternate_name", "description"].compactMap { document[$0]?.string }
        words = texts.joined(separator: " ").lowercased()
    }

    /// Whether it takes people on a day.
    package func isOpen(on day: CivilDate) -> Bool { status == .active && takes.contains(day) }

    /// The ages that the record itself tells, as a rule.
    private static func ages(_ document: JSONObject) -> ServiceRules {
        let from = document["minimum_age"]?.double.flatMap { Int(exactly: $0.rounded(.up)) }
        let to = document["maximum_age"]?.double.flatMap { Int(exactly: $0.rounded(.down)) }
        var rules = ServiceRules()
        let says: String
        switch (from, to) {
        case (let from?, let to?): says = "The service is for people aged \(from) to \(to)."
        case (let from?, nil): says = "The service is for people aged \(from) or over."
        case (nil, let to?): says = "The service is for people aged \(to) or under."
        case (nil, nil): return rules
        }
        let ages = Condition.age(from: from, to: to)
        rules.eligibility = [EligibilityRule(id: "age", require: ages, says: says)]
        return rules
    }

    /// Every time at which it is open, wherever.
    var schedules: [GuideHours] {
        GuideHours.of(document) + places.flatMap(\.schedules)
    }
}

extension ServiceRules {
    fileprivate static func + (one: ServiceRules, other: ServiceRules) -> ServiceRules {
        ServiceRules(
            areas: one.areas + other.areas,
            asks: one.asks + other.asks,
            eligibility: one.eligibility + other.eligibility
        )
    }
}

/// A service at one place.
package struct GuidePlace: Sendable {
    package var id: String
    package var document: JSONObject
    package var postcodes: [Postcode]
    /// Where it is; nil where the record does not say.
    package var point: GuidePoint?
    let schedules: [GuideHours]

    init(_ document: JSONObject) {
        self.document = document
        id = document["id"]?.string ?? ""
        let location = document["location"]?.object ?? JSONObject()
        let addresses = location["addresses"]?.array ?? []
        postcodes = addresses.compactMap { $0["postal_code"]?.string.flatMap { Postcode($0) } }
        if let latitude = location["latitude"]?.double,
            let longitude = location["longitude"]?.double
        {
            point = GuidePoint(latitude: latitude, longitude: longitude)
        }
        schedules = GuideHours.of(document) + GuideHours.of(location)
    }
}

/// When something is open: what a search asks of a schedule.
struct GuideHours: Sendable, Hashable {
    /// `MO`, `TU` and so on; empty where it is not said.
    var days: Set<String>
    var opens: DayTime?
    var closes: DayTime?

    static func of(_ object: JSONObject) -> [GuideHours] {
        (object["schedules"]?.array ?? []).map { schedule in
            let parts = (schedule["byday"]?.string ?? "").split(separator: ",")
            return GuideHours(
                days: Set(
                    parts.map { part in
                        part.filter { !$0.isWhitespace }.suffix(2).uppercased()
                    }
                ),
                opens: schedule["opens_at"]?.string.flatMap { DayTime($0) },
                closes: schedule["closes_at"]?.string.flatMap { DayTime($0) }
            )
        }
    }
}

/// A place on the ground, in degrees (WGS84).
package struct GuidePoint: Sendable, Hashable {
    package var latitude: Double
    package var longitude: Double

    package init(latitude: Double, longitude: Double) {
        self.latitude = latitude
        self.longitude = longitude
    }

    /// How far it is, in metres: flat ground, which is good to one in a thousand over 100 km.
    package func metres(to other: GuidePoint) -> Double {
        let radian = Double.pi / 180
        let north = (latitude - other.latitude) * radian
        let middle = (latitude + other.latitude) / 2 * radian
        let east = (longitude - other.longitude) * radian * Self.cosine(middle)
        return 6_371_009 * (north * north + east * east).squareRoot()
    }

    /// The cosine by its series, to six digits up to a right angle: this room has no library for it.
    private static func cosine(_ x: Double) -> Double {
        let square = x * x
        var term = 1.0
        var sum = 1.0
        for step in stride(from: 1.0, through: 13, by: 2) {
            term *= -square / (step * (step + 1))
            sum += term
        }
        return sum
    }
}
