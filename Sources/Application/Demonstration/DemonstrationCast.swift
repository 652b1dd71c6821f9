import Kernel

/// The organisations of the demonstration, and who works for them.
struct DemonstrationCast: Sendable {
    struct Worker: Sendable, Hashable {
        var id: UserID
        var login: String
        var name: String
        var organisation: String
        var roles: Set<Role>
        var capacity: Int?
    }

    var workers: [Worker] = []

    func workers(of organisation: String, with role: Role) -> [Worker] {
        workers.filter { $0.organisation == organisation && $0.roles.contains(role) }
    }

    func worker(login: String) -> Worker? { workers.first { $0.login == login } }

    // MARK: - Organisations

    static let host = "manchester-work-and-health"
    static let commissioner = "nhs-greater-manchester"
    static let evaluator = "northern-evaluation"
    static let clinic = "mft-msk-clinic"
    static let jobcentres = ["JCP-MANCHESTER", "JCP-TRAFFORD"]

    static let practices = [
        "Alder Bank Surgery", "Bobbin Street Medical Practice", "Canal Reach Health Centre",
        "Dyers Lane Surgery", "Heron Close Practice", "Kiln Avenue Medical Centre",
        "Loom Street Surgery", "Old Tram Road Practice", "Quarry Mount Surgery",
        "Tenter Hill Medical Centre",
    ].enumerated().map { place, name in
        // Codes of Manchester's own range, which no practice there has.
        Organisation(id: "P849\(String(place + 101).dropFirst())", name: name, kinds: [.referrer])
    }

    static let organisations: [Organisation] =
        [
            Organisation(
                id: "mft",
                name: "Manchester University NHS Foundation Trust, WorkWell team",
                kinds: [.provider]
            ),
            Organisation(
                id: "big-life",
                name: "Be Well (Big Life)",
                kinds: [.provider, .referrer]
            ),
            Organisation(id: "pathways-cic", name: "Pathways CIC", kinds: [.provider]),
            Organisation(id: "one-manchester", name: "One Manchester", kinds: [.provider]),
            Organisation(
                id: "manchester-city-council",
                name: "Manchester City Council, Work and Skills",
                kinds: [.provider]
            ),
            Organisation(
                id: "wythenshawe-housing-group",
                name: "Wythenshawe Community Housing Group",
                kinds: [.provider]
            ),
            Organisation(
                id: "vcse-black-communities",
                name: "Community organisation for Black residents",
                kinds: [.provider, .referrer]
            ),
            Organisation(
                id: "vcse-asian-communities",
                name: "Community organisation for Asian residents",
                kinds: [.provider, .referrer]
            ),
            Organisation(id: clinic, name: "MFT musculo-skeletal clinic", kinds: [.referrer]),
            Organisation(id: jobcentres[0], name: "Jobcentre Manchester", kinds: [.referrer]),
            Organisation(id: jobcentres[1], name: "Jobcentre Trafford", kinds: [.referrer]),
            Organisation(
                id: commissioner,
                name: "NHS Greater Manchester",
                kinds: [.commissioner]
            ),
            Organisation(id: evaluator, name: "Northern Evaluation", kinds: [.evaluator]),
            Organisation(
                id: host,
                name: "Manchester work and health partnership",
                kinds: [.host]
            ),
        ] + practices

    /// The providers, with the coaches that a whole year needs and the cases that each can hold.
    static let providers: [(id: String, coaches: Int, capacity: Int)] = [
        ("mft", 9, 40), ("big-life", 4, 40), ("pathways-cic", 2, 40),
        // Half a week each.
        ("one-manchester", 2, 20), ("manchester-city-council", 2, 20),
        ("wythenshawe-housing-group", 2, 20), ("vcse-black-communities", 3, 40),
        ("vcse-asian-communities", 3, 40),
    ]

    // MARK: - People at work

    /// Those whom visitors can be.
    static let visitors: [(login: String, name: String, at: String, role: Role, says: String)] = [
        ("referrer", "Dr Ngozi Tattersall", "P84901", .referrer, "GP who refers"),
        ("coach", "Hazel Boateng", "big-life", .coach, "coach at Be Well"),
        ("manager", "Imran Fielding", "big-life", .manager, "manager at Be Well"),
        ("commissioner", "Sunita Lomax", commissioner, .commissioner, "commissioner"),
        ("analyst", "Gareth Novak", commissioner, .analyst, "analyst, without identities"),
        ("evaluator", "Mei Hargreaves", evaluator, .evaluator, "evaluator"),
        ("records", "Paulette Kershaw", host, .governance, "information governance"),
        ("admin", "Tomasz Greenhalgh", host, .administrator, "administrator"),
    ]
    static let resident = "resident"

    static func login(_ name: String) -> String { "\(name)@demo.example" }

    init(_ demonstration: Demonstration, from day: CivilDate) {
        var random = demonstration.random(1)
        let instant = Instant(midnightUTC: day).adding(milliseconds: 9 * 3_600_000)
        var ids = IDMaker(seed: random.next())
        for one in Self.visitors {
            workers.append(
                Worker(
                    id: ids.make(at: instant),
                    login: Self.login(one.login),
                    name: one.name,
                    organisation: one.at,
                    roles: [one.role],
                    capacity: one.role == .coach ? 40 : nil
                )
            )
        }
        for (provider, coaches, capacity) in Self.providers {
            let wanted = demonstration.scaled(coaches, atLeast: 2)
            while workers(of: provider, with: .coach).count < wanted {
                add(.coach, to: provider, capacity: capacity, at: instant, &ids, &random)
            }
            if workers(of: provider, with: .manager).isEmpty {
                add(.manager, to: provider, at: instant, &ids, &random)
            }
        }
        for one in Self.organisations where one.kinds.contains(.referrer) {
            while workers(of: one.id, with: .referrer).count < 2 {
                add(.referrer, to: one.id, at: instant, &ids, &random)
            }
        }
    }

    private mutating func add(
        _ role: Role,
        to organisation: String,
        capacity: Int? = nil,
        at instant: Instant,
        _ ids: inout IDMaker,
        _ random: inout RandomGenerator
    ) {
        let category = random.weighted(
            (EthnicCategory.whiteBritish, 50),
            (.pakistani, 16),
            (.african, 12),
            (.caribbean, 8),
            (.indian, 6),
            (.otherWhite, 5),
            (.chinese, 3)
        )
        let pool = DemonstrationNames.pool(of: category)
        let doctor = role == .referrer && organisation.hasPrefix("P84") ? "Dr " : ""
        var name = ""
        repeat {
            let given = random.text(random.chance(60) ? pool.women : pool.men)
            name = "\(doctor)\(given) \(random.text(pool.families))"
        } while workers.contains { $0.name == name }
        let plain = name.dropFirst(doctor.count).lowercased().split(separator: " ")
        workers.append(
            Worker(
                id: ids.make(at: instant),
                login: "\(plain.joined(separator: "."))@\(organisation.lowercased()).example",
                name: name,
                organisation: organisation,
                roles: [role],
                capacity: capacity
            )
        )
    }
}
