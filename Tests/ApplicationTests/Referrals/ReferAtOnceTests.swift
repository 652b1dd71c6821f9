import Application
import Casework
import Kernel
import Store
import TestSupport
import Testing

/// Referrals that are made ready side by side and written together.
@Suite struct ReferAtOnceTests {
    static let clinic = Actor(user: "nurse", organisation: "R0A", role: .referrer)
    static let numbers = ["9993000019", "9993000027"]

    static func referral(
        _ number: String?,
        strand: String = "msk",
        note: String? = nil,
        _ today: CivilDate
    ) -> NewReferral {
        var referral = ReferralReceived()
        referral.source = "secondary-care"
        referral.referrer = clinic.organisation
        referral.strand = strand
        referral.condition = "msk"
        referral.employmentStatus = "in-work"
        referral.outwardCode = "M20"
        referral.answers = ["health-condition": "yes"]
        referral.identity.nhsNumber = number
        referral.identity.givenName = "Jo"
        referral.identity.familyName = "Bee"
        referral.identity.birthDate = "1980-01-02"
        return NewReferral(
            programme: "workwell-manchester",
            referral: referral,
            consents: [.referral: true],
            on: today,
            note: note
        )
    }

    /// What each of some referrals sent at once was answered: a case, `there` or a refusal's code.
    private static func answers(
        _ sent: [(new: NewReferral, key: String?)],
        _ goodwork: Goodwork
    ) async -> [String] {
        // The rules have been asked for before, as the page does: else nothing is made ready.
        _ = try? await goodwork.currentProgrammes()
        return await withTaskGroup(of: (Int, String).self) { group in
            for (place, one) in sent.enumerated() {
                group.addTask {
                    do {
                        let answer = try await goodwork.refer(
                            one.new,
                            by: clinic,
                            key: one.key,
                            seed: .random(in: .min ... .max)
                        )
                        switch answer {
                        case .referred(let header, _): return (place, header.id.text)
                        case .alreadyThere: return (place, "there")
                        }
                    } catch let error as ServiceError {
                        return (place, error.code)
                    } catch {
                        return (place, "\(error)")
                    }
                }
            }
            return await group.reduce(into: sent.map { _ in "" }) { $0[$1.0] = $1.1 }
        }
    }

    private static func cases(_ installation: TestInstallation) async throws -> Int {
        let scope = CaseScope.organisation(clinic.organisation, .referrer)
        return try await installation.goodwork.rows(scope, as: .listReferrals, by: clinic).count
    }

    @Test("One person sent many times at once gets one case", arguments: Backend.allCases)
    func onePersonOneCase(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let new = Self.referral(Self.numbers[0], installation.clock.now.civilDateUK)
            let sent = (0..<20).map { (new, String?("key-\($0)")) }
            let answers = await Self.answers(sent, installation.goodwork)
            #expect(answers.filter { $0 == "there" }.count == 19)
            #expect(Set(answers).count == 2)
            #expect(try await Self.cases(installation) == 1)
            let found = try await installation.goodwork.verify(by: installation.actor)
            #expect(found.problems.isEmpty)
            #expect(found.events == 3)
        }
    }

    @Test("One key sent many times at once gets one answer", arguments: Backend.allCases)
    func oneKeyOneAnswer(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let today = installation.clock.now.civilDateUK
            // With no number to be known by, the key alone tells that it is the same referral.
            for (number, cases) in [(nil, 1), (Self.numbers[0], 2)] {
                let new = Self.referral(number, today)
                let key = "one key \(cases)"
                let sent = (0..<20).map { _ in (new, String?(key)) }
                let answers = await Self.answers(sent, installation.goodwork)
                #expect(Set(answers).count == 1)
                let made = try await Self.cases(installation)
                #expect(made == cases)
                let other = Self.referral(number, note: "Other words.", today)
                await #expect(throws: StoreError.keyReused(key)) {
                    try await installation.goodwork.refer(other, by: Self.clinic, key: key, seed: 1)
                }
            }
        }
    }

    @Test("One that is refused does not hold the others back", arguments: Backend.allCases)
    func aRefusalFailsAlone(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let today = installation.clock.now.civilDateUK
            let sent = (0..<24).map { place -> (NewReferral, String?) in
                // There is no such strand.
                let strand = place.isMultiple(of: 4) ? "astrology" : "msk"
                return (Self.referral(nil, strand: strand, note: "\(place)", today), nil)
            }
            let answers = await Self.answers(sent, installation.goodwork)
            for (place, answer) in answers.enumerated() {
                #expect((CaseID(answer) == nil) == place.isMultiple(of: 4), "\(answer)")
            }
            #expect(try await Self.cases(installation) == 18)
            let found = try await installation.goodwork.verify(by: installation.actor)
            #expect(found.problems.isEmpty)
            #expect(found.cases == 18)
            // Each of them, the list and the check stand in the log, refused or not.
            #expect(found.accessEntries >= 24 + 2)
        }
    }
}
