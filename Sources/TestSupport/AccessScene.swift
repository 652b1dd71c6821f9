import Application
import Casework
import Kernel
import Programmes
import Store

/// Somebody of one role, and what they are to the case of the scene.
package struct AccessVisitor: Sendable {
    package var name: String
    /// Nil: nobody is signed in.
    package var role: Role?
    package var organisation = "elsewhere"
    /// The column of the table of cases; nil without a part in the case.
    package var column: String?
    package var isSelf = false

    package static let all: [AccessVisitor] = {
        var all: [AccessVisitor] = []
        for role in [Role.coach, .manager] {
            for (place, organisation) in AccessScene.places {
                let name = "\(role.rawValue)@\(place)"
                all.append(
                    AccessVisitor(name: name, role: role, organisation: organisation, column: name)
                )
            }
        }
        let referring = AccessVisitor(
            name: "referrer@referrer",
            role: .referrer,
            organisation: AccessScene.referrer,
            column: "referrer@referrer"
        )
        let own = AccessVisitor(
            name: "resident@self",
            role: .resident,
            column: "resident@self",
            isSelf: true
        )
        all += [referring, own]
        all += Role.ofAccounts.map { AccessVisitor(name: "\($0.rawValue) elsewhere", role: $0) }
        return all + [AccessVisitor(name: "nobody", role: nil)]
    }()

    package func actor(_ person: PersonID) -> Actor? {
        role.map { role in
            Actor(
                user: "u-\(name)",
                organisation: organisation,
                roles: [role],
                person: isSelf ? person : PersonID(high: 2, low: 2)
            )
        }
    }
}

/// A case in which everybody has a part, for tests of who may do what.
package enum AccessScene {
    package static let referrer = "P84001"
    package static let places = [
        ("provider", "big-life"), ("asked", "pathways-cic"), ("onward", "talking-therapies"),
    ]

    /// Refers somebody new and tells of them what the pages are about.
    package static func makeCase(
        _ installation: TestInstallation,
        _ number: Int
    ) async throws -> CaseHeader {
        var referral = ReferralReceived()
        referral.source = "gp"
        referral.referrer = Self.referrer
        referral.strand = "be-well"
        referral.condition = "msk"
        referral.employmentStatus = "off-sick"
        referral.outwardCode = "M14"
        referral.answers = ["health-condition": "yes"]
        referral.identity.givenName = "Person"
        referral.identity.familyName = "Number\(number)"
        let today = installation.clock.now.civilDateUK
        let new = NewReferral(
            programme: "workwell-manchester",
            referral: referral,
            consents: [.referral: true, .shareWithReferrer: true],
            on: today
        )
        let answer = try await installation.goodwork.refer(
            new,
            by: installation.actor,
            seed: .random(in: .min ... .max)
        )
        guard case .referred(let header, _) = answer else {
            throw ServiceError(.invalid, "number \(number) was not referred")
        }
        try await installation.change(
            header.reference,
            Command(entries: told.map { Command.Entry(body: $0, on: today) })
        )
        return header
    }

    private static var told: [EventBody] {
        var booked = AppointmentBooked()
        (booked.appointment, booked.kind, booked.day) = ("a1", "phone", CivilDate(day: 21_000))
        var plan = PlanAgreed()
        plan.plan = "thrive-in-work"
        var goal = GoalAdded()
        goal.goal = "g1"
        var action = ActionAdded()
        (action.action, action.owner) = ("t1", "coach")
        var sent = OnwardSent()
        (sent.onward, sent.service) = ("o1", "talking-therapies")
        var risk = RiskRaised()
        (risk.risk, risk.about) = ("r1", "other")
        var asked = Transfer()
        asked.provider = "pathways-cic"
        return [
            .contactAttempted(ContactAttempted()), .assessmentCompleted(AssessmentCompleted()),
            .appointmentBooked(booked), .planAgreed(plan), .goalAdded(goal), .actionAdded(action),
            .onwardSent(sent), .riskRaised(risk), .transferAsked(asked),
        ]
    }
}
