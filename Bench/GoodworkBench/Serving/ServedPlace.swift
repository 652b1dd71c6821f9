import Application
import Bootstrap
import Casework
import Foundation
import Kernel
import Store
import Web
import WebPages

/// An installation to be served: a programme that runs today, a referrer, and a coach of 200 cases.
struct ServedPlace {
    /// Somebody who is signed in.
    struct Session {
        var token: String
        var csrf: String

        var cookie: String { "\(Site.sessionCookie)=\(token)" }
    }

    static let cases = 200
    static let clinic = Organisation(id: "R0A", name: "The clinic", kinds: [.referrer])
    private static let provider = Organisation(id: "mft", name: "Work service", kinds: [.provider])

    let configuration: Configuration
    let referrer: Session
    let coach: Session

    /// What the served process is told by its environment.
    var environment: [String: String] {
        [
            "GOODWORK_DATABASE": configuration.database,
            "GOODWORK_PROGRAMMES": configuration.programmes,
        ]
    }

    /// Makes the installation by the use cases and the pages themselves.
    static func make(_ options: BenchOptions) async throws -> ServedPlace {
        let configuration = try configuration(options)
        let installation = try await Installation.open(configuration, creating: true)
        let goodwork = installation.goodwork
        for organisation in [clinic, provider] {
            try await goodwork.addOrganisation(organisation, by: host)
        }
        let referrer = try await signIn("referrer", .referrer, of: clinic, goodwork)
        let coach = try await signIn("coach", .coach, of: provider, goodwork)
        let place = ServedPlace(
            configuration: configuration,
            referrer: referrer.session,
            coach: coach.session
        )
        let site = try await installation.site(SiteSettings()) { _ in }
        for number in 0..<cases {
            let form = try FormOfReferral.form(number, place.referrer)
            let answer = await site.answer(place.request(.post, "/refer", of: place.referrer, form))
            guard answer.status == 303 else {
                throw BenchError("a referral is answered \(answer.status)")
            }
        }
        try await give(coach.account.actor, goodwork)
        try await installation.close()
        return place
    }

    /// One request of a session.
    func request(
        _ method: Request.Method,
        _ path: String,
        of session: Session,
        _ form: Form = Form()
    ) -> Request {
        Request(method, path, form: form, headers: ["cookie": session.cookie])
    }

    static let host = Actor(user: "bench", organisation: "bench", role: .operator)
    private static let programme = "workwell-manchester"

    /// A folder with one programme, which ends when this year's next has ended.
    private static func configuration(_ options: BenchOptions) throws -> Configuration {
        options.removeDatabase("serving.db")
        let folder = options.path("programmes")
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
        let file = "\(programme).yaml"
        let text = try String(contentsOfFile: "programmes/\(file)", encoding: .utf8)
        let year = Calendar(identifier: .gregorian).component(.year, from: Date()) + 1
        try text.replacingOccurrences(of: "2026-03-31", with: "\(year)-12-31")
            .write(toFile: "\(folder)/\(file)", atomically: true, encoding: .utf8)
        var configuration = Configuration(
            database: options.path("serving.db"),
            environment: ["USER": "bench"]
        )
        configuration.programmes = folder
        return configuration
    }

    /// Adds an account and signs it in as an OpenID issuer does, who has asked for both factors.
    static func signIn(
        _ name: String,
        _ role: Role,
        of organisation: Organisation,
        _ goodwork: Goodwork
    ) async throws -> (account: Account, session: Session) {
        let login = "\(name)@bench.example"
        let new = NewAccount(
            login: login,
            name: "The \(name)",
            organisation: organisation.id,
            roles: [role]
        )
        let account = try await goodwork.addAccount(new, by: host).account
        let answer = try await goodwork.signInWith(
            issuer: "https://bench.example",
            subject: name,
            verifiedEmail: login
        )
        guard case .signedIn(let token) = answer else {
            throw BenchError("\(login) cannot sign in: \(answer)")
        }
        return (account, Session(token: token, csrf: goodwork.csrf(of: token)))
    }

    /// Gives all cases to the coach; every second person has been reached.
    private static func give(_ coach: Actor, _ goodwork: Goodwork) async throws {
        let manager = Actor(user: "manager", organisation: provider.id, role: .manager)
        let scope = CaseScope.organisation(provider.id, .provider)
        let rows = try await goodwork.rows(scope, as: .listCases, by: manager)
        let today = goodwork.now().civilDateUK
        for (number, row) in rows.enumerated() {
            var assigned = CoachAssigned()
            assigned.coach = coach.user
            var bodies: [EventBody] = [.referralAccepted(Plain()), .coachAssigned(assigned)]
            if number % 2 == 0 { bodies.append(.contactAttempted(ContactAttempted())) }
            _ = try await goodwork.change(
                row.header,
                Command(entries: bodies.map { Command.Entry(body: $0, on: today) }),
                by: manager,
                seed: UInt64(number)
            )
        }
    }
}

/// The referral form that `Bench/serving/refer.lua` sends, with numbers that it does not use.
enum FormOfReferral {
    static func form(_ number: Int, _ session: ServedPlace.Session) throws -> Form {
        // A tenth of the numbers have no check digit; the next one then has.
        let nines = [number * 4, number * 4 + 1].map { String(999_900_000 + $0) }
        guard let nhs = nines.lazy.compactMap({ NHSNumber(nineDigits: $0) }).first else {
            throw BenchError("there is no NHS number near \(nines)")
        }
        return Form([
            "_csrf": session.csrf, "_key": "bench-\(nhs.digits)", "programme": "",
            "nhs_number": nhs.digits, "given_name": "Amina", "family_name": "Ahmed\(number)",
            "birth_date": "5 3 1981", "employment_status": "in-work", "condition": "msk",
            "consent": "yes", "share": "yes", "source": "secondary-care",
            "ask_health_condition": "yes", "postcode": "M20 2LS", "phone": "0161 496 0000",
            "email": "p\(nhs.digits)@example.org", "gender": "female", "ethnicity": "A",
            "note": "Prefers to be called after four in the afternoon.",
        ])
    }
}
