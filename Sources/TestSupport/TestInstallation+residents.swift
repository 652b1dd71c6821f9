import Application
import Casework
import Kernel

/// A person with a case, as the tests of residents' pages need them.
package struct TestResident: Sendable {
    package var header: CaseHeader
    /// The person, signed in.
    package var actor: Actor

    package var id: CaseID { header.id }
}

extension TestInstallation {
    package var today: CivilDate { clock.now.civilDateUK }

    /// Refers somebody to WorkWell Manchester; their case waits to be accepted.
    package func addResident(
        _ given: String,
        birthDate: String = "1980-01-31",
        nhsNumber: String? = nil
    ) async throws -> TestResident {
        var referral = ReferralReceived()
        referral.source = "gp"
        referral.referrer = "P84001"
        referral.strand = "be-well"
        referral.employmentStatus = "off-sick"
        referral.condition = "mental-health"
        referral.outwardCode = "M20"
        referral.answers = ["health-condition": "yes"]
        referral.identity.givenName = given
        referral.identity.familyName = "Example"
        referral.identity.birthDate = birthDate
        referral.identity.nhsNumber = nhsNumber
        referral.identity.phone = "0161 496 0000"
        let answer = try await goodwork.refer(
            NewReferral(
                programme: "workwell-manchester",
                referral: referral,
                consents: [.referral: true],
                on: today
            ),
            by: actor,
            seed: .random(in: .min ... .max)
        )
        guard case .referred(let header, _) = answer else {
            throw ServiceError(.conflict, "\(given) is there already")
        }
        let resident = Actor(
            user: "resident-\(given)",
            organisation: "public",
            roles: [.resident],
            person: header.person
        )
        return TestResident(header: header, actor: resident)
    }

    /// Gives a resident a coach, support, a plan of one action and an appointment.
    package func support(_ resident: TestResident, coach: String = "coach-1") async throws {
        var assigned = CoachAssigned()
        assigned.coach = coach
        var plan = PlanAgreed()
        plan.plan = "thrive-in-work"
        var goal = GoalAdded()
        goal.goal = "goal-1"
        goal.text = "Work four days a week"
        var action = ActionAdded()
        action.action = "action-1"
        action.goal = "goal-1"
        action.dueOn = today.adding(days: 7)
        action.text = "Talk to my manager"
        var booked = AppointmentBooked()
        booked.appointment = "appointment-1"
        booked.kind = "clinic"
        booked.day = today.adding(days: 3)
        booked.time = "10:30"
        booked.minutes = 45
        booked.place = "clinic"
        booked.location = "Room 4; Withington"
        let bodies: [EventBody] = [
            .referralAccepted(Plain()), .coachAssigned(assigned),
            .contactAttempted(ContactAttempted()), .assessmentCompleted(AssessmentCompleted()),
            .supportStarted(Plain()), .planAgreed(plan), .goalAdded(goal), .actionAdded(action),
            .appointmentBooked(booked),
        ]
        try await tell(resident, bodies)
    }

    /// Ends support, so that tracking begins.
    package func discharge(_ resident: TestResident) async throws {
        var discharged = Discharged()
        discharged.status = "in-work"
        discharged.improved = true
        try await tell(resident, [.discharged(discharged)])
    }

    /// Records something as having happened today.
    package func tell(_ resident: TestResident, _ bodies: [EventBody]) async throws {
        let command = Command(entries: bodies.map { Command.Entry(body: $0, on: today) })
        try await change(resident.header.reference, command)
    }

    /// The case as it stands, opened for the operator.
    package func file(_ resident: TestResident) async throws -> CaseFile {
        try await goodwork.file(
            resident.id,
            for: .useOwnRecord,
            by: resident.actor
        )
    }
}
