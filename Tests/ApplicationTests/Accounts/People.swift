import Application
import Foundation
import Kernel
import SQL
import Store
import TestSupport
import Testing

/// What the tests of accounts have in common: an installation with two organisations.
struct People: Sendable {
    static let password = "thirteen green buses"
    static let remote = "192.0.2.1"

    let installation: TestInstallation
    var goodwork: Goodwork { installation.goodwork }
    var `operator`: Actor { installation.actor }
    var clock: TestClock { installation.clock }

    init(_ installation: TestInstallation) async throws {
        self.installation = installation
        for id in ["big-life", "mft"] {
            try await goodwork.addOrganisation(
                Organisation(id: id, name: "The \(id)", kinds: [.provider, .referrer]),
                by: installation.actor
            )
        }
    }

    /// Adds somebody who has a password of their own already.
    func add(
        _ name: String,
        _ roles: Set<Role> = [.coach],
        organisation: String = "big-life",
        person: PersonID? = nil
    ) async throws -> Account {
        try await goodwork.addAccount(
            NewAccount(
                login: "\(name)@example.org",
                name: name,
                organisation: organisation,
                roles: roles,
                person: person
            ),
            password: Self.password,
            by: `operator`
        ).account
    }

    /// Adds a resident, with the person that they are.
    func addResident(
        _ name: String,
        organisation: String = "big-life"
    ) async throws -> Account {
        try await add(
            name,
            [.resident],
            organisation: organisation,
            person: try await addPerson()
        )
    }

    func addPerson() async throws -> PersonID {
        var ids = IDMaker(seed: .random(in: .min ... .max))
        let id: PersonID = ids.make(at: clock.now)
        let wrapped = try goodwork.store.vault.newKey(for: id).wrapped
        try await goodwork.store.database.write { transaction in
            try transaction.execute(
                "INSERT INTO people (id, wrapped_key, updated_at) VALUES ($1, $2, 0)",
                [.text(id.text), .blob(wrapped)]
            )
        }
        return id
    }

    func signIn(
        _ name: String,
        _ password: String = People.password,
        remote: String = People.remote,
        device: String? = nil
    ) async throws -> SignInAnswer {
        try await goodwork.signIn(
            login: "\(name)@example.org",
            password: password,
            remote: remote,
            device: device
        )
    }

    /// Signs somebody in with a second factor, setting it up where there is none.
    ///
    /// - Returns: the session's token, the secret of the second factor and the recovery codes.
    func signInFully(
        _ name: String
    ) async throws -> (token: String, secret: [UInt8], codes: [String]) {
        let begun = try #require(try await signIn(name).token)
        let setUp = try await goodwork.setUpSecondFactor(begun)
        let secret = try Self.bytes(ofBase32: setUp.secret)
        let (answer, codes) = try await goodwork.confirmSecondFactor(begun, code: code(secret))
        return (try #require(answer.token), secret, codes)
    }

    /// The code that an app shows now, or some steps away.
    func code(_ secret: [UInt8], steps: Int64 = 0) -> String {
        TOTP.code(secret: secret, step: TOTP.step(at: clock.now) + steps)
    }

    func wait(minutes: Int = 0, seconds: Int = 0) {
        clock.advance(milliseconds: Int64(minutes * 60 + seconds) * 1_000)
    }

    /// A state of a session, in words.
    func state(_ token: String) async throws -> String {
        switch try await goodwork.session(token) {
        case .none: "none"
        case .expired: "expired"
        case .live(let signedIn): signedIn.stage.rawValue
        }
    }

    /// Reads base32 another way than the program writes it.
    static func bytes(ofBase32 text: String) throws -> [UInt8] {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        let bits = try text.map { try #require(digits.firstIndex(of: $0)) }
            .map {
                String(repeating: "0", count: 5 - String($0, radix: 2).count) + String($0, radix: 2)
            }
            .joined()
        let whole = bits.count / 8
        return (0..<whole).compactMap { UInt8(bits.dropFirst($0 * 8).prefix(8), radix: 2) }
    }
}

/// Lends an installation with two organisations.
func withPeople(
    _ backend: Backend,
    passwords: TestPasswords = .shared,
    rules: SignInRules = SignInRules(),
    _ body: (People) async throws -> Void
) async throws {
    try await withFreshDatabase(backend) { database in
        let installation = try await TestInstallation(
            database,
            passwords: passwords,
            signInRules: rules
        )
        try await body(try await People(installation))
    }
}

extension Goodwork {
    func changeRoles(of id: UserID, to roles: Set<Role>, by actor: Actor) async throws {
        try await changeAccount(id, AccountChange(roles: roles), by: actor)
    }

    func setCapacity(of id: UserID, to capacity: Int?, by actor: Actor) async throws {
        try await changeAccount(id, AccountChange(capacity: .some(capacity)), by: actor)
    }
}

extension SignInAnswer {
    /// The answer without its token.
    var word: String {
        switch self {
        case .wrong: "wrong"
        case .tooManyTries: "wait"
        case .passwordTooOld: "too old"
        case .passwordMustChange: "change password"
        case .secondFactorNeeded: "second factor"
        case .secondFactorMustBeSetUp: "set up"
        case .signedIn: "in"
        }
    }
}

/// The code of the refusal that something ends with, or what it did.
func outcome<R>(_ body: () async throws -> R) async -> String {
    do {
        _ = try await body()
        return "done"
    } catch let error as ServiceError {
        let fields = error.faults.compactMap(\.field).joined(separator: " ")
        return error.kind == .faults ? "faults \(fields)" : error.code
    } catch {
        return "\(error)"
    }
}
