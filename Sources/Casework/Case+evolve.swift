import Kernel
import Programmes

extension Case {
    /// Takes the next event, in the order in which events happened.
    package mutating func evolve(_ event: CaseEvent) {
        let day = event.occurredOn
        lastOccurredOn = max(lastOccurredOn ?? day, day)
        if event.body.isTwoWayContact { lastContactOn = day }
        switch event.body {
        case .referralReceived(let fields):
            referral = fields
            strand = fields.strand
            employmentStatus = fields.employmentStatus
            employmentStatusOn = day
            answers.merge(fields.answers) { $1 }
            reach(.referred, day)
        case .referralAnswered(let fields): take(fields, on: day)
        case .eligibilityDecided(let fields): eligibility = fields
        case .referralAccepted: reach(.accepted, day)
        case .cancellationAsked: cancellationAskedOn = day
        case .referralReturned(let fields): returned = fields
        case .referralRerouted(let fields):
            if let strand, strand != fields.strand {
                // Whoever held it, or was asked to, is of the strand that it has left.
                provider = nil
                transferAskedTo = nil
                transferAskedOn = nil
                coach = nil
            }
            strand = fields.strand
        case .coachAssigned(let fields): coach = fields.coach
        case .transferAsked(let fields):
            transferAskedTo = fields.provider
            transferAskedOn = day
        case .transferAccepted(let fields):
            provider = fields.provider
            transferAskedTo = nil
            transferAskedOn = nil
            // The coach stays with the provider that the case has left.
            coach = nil
        case .transferDeclined:
            transferAskedTo = nil
            transferAskedOn = nil
        case .contactAttempted(let fields):
            contactAttempts += 1
            if fields.outcome == .reached { reach(.firstContact, day) }
        case .consentGiven(let fields), .consentRefused(let fields), .consentWithdrawn(let fields):
            consents[fields.scope] = event.body.kind
            consentDays[fields.scope] = day
        case .contactPreferred(let fields): contactWish = fields
        case .assessmentCompleted(let fields):
            intensity = fields.intensity ?? intensity
            if !fields.barriers.isEmpty { barriers = fields.barriers }
            reach(.firstContact, day)
            reach(.assessed, day)
        case .measureTaken(let fields):
            answers.merge(fields.answers) { $1 }
            keepScore(fields)
            readings.append(
                MeasureReading(
                    instrument: fields.instrument,
                    occasion: fields.occasion,
                    takenOn: day,
                    score: fields.score,
                    band: fields.band,
                    answers: fields.answers
                )
            )
        case .supportStarted: reach(.started, day)
        case .clockPaused(let fields): pauses.append(Pause(clock: fields.clock, from: day))
        case .clockResumed(let fields):
            if let last = pauses.lastIndex(where: { $0.clock == fields.clock && $0.to == nil }) {
                pauses[last].to = day
            }
        case .riskRaised(let fields):
            // Two measures of one day raise one risk.
            guard !risks.contains(where: { $0.id == fields.risk }) else { break }
            risks.append(
                Risk(
                    id: fields.risk,
                    about: fields.about,
                    measure: fields.measure,
                    text: fields.text,
                    raisedOn: day
                )
            )
        case .riskResolved(let fields): risks.removeAll { $0.id == fields.risk }
        case .discharged(let fields):
            discharge = fields
            dischargedOn = day
            lastDischarge = fields
            reach(.discharged, day)
        case .trackingContacted(let fields):
            if fields.outcome == .reached { trackingContacts.append(day) }
            tellStatus(fields.status, day)
        case .trackingEnded: reach(.trackingEnded, day)
        case .closed(let fields):
            // What closed the case first stands until it is reopened.
            closure = closure ?? fields.reason
            reach(.closed, day)
        case .reopened(let fields):
            if fields.purpose == .support, discharge != nil {
                discharge = nil
                dischargedOn = nil
                supportAgainOn = day
            }
            closure = nil
            returned = nil
            cancellationAskedOn = nil
            milestones[Milestone.closed.place] = nil
            // Tracking goes on, and can be ended again.
            milestones[Milestone.trackingEnded.place] = nil
        case .appointmentBooked, .appointmentAttended, .appointmentMissed, .appointmentCancelled:
            evolveAppointment(event)
        case .planAgreed, .goalAdded, .goalDone, .goalDropped, .actionAdded, .actionDone,
            .actionDropped, .planReviewed, .interventionDelivered:
            evolvePlan(event)
        case .onwardSent, .onwardMoved: evolveOnward(event)
        case .employmentStatusRecorded, .fitNoteRecorded, .returnToWorkAgreed, .adjustmentAgreed,
            .jobStarted, .jobChanged, .jobEnded:
            evolveWork(event)
        // Who the person is stands with the person, and what was said at referral with the referral.
        case .referralWithdrawn, .noteWritten, .detailsChanged, .voided: break
        }
    }

    private mutating func reach(_ milestone: Milestone, _ day: CivilDate) {
        if milestones[milestone.place] == nil { milestones[milestone.place] = day }
    }

    private mutating func tellStatus(_ status: String?, _ day: CivilDate) {
        guard let status else { return }
        employmentStatus = status
        employmentStatusOn = day
        isStatusTold = true
    }

    private mutating func keepScore(_ taken: MeasureTaken) {
        guard let score = taken.score else { return }
        scores.removeAll { $0.instrument == taken.instrument && $0.occasion == taken.occasion }
        scores.append(
            Score(instrument: taken.instrument, occasion: taken.occasion, score: score)
        )
    }

    private mutating func evolveAppointment(_ event: CaseEvent) {
        let day = event.occurredOn
        switch event.body {
        case .appointmentBooked(let fields):
            // Booking it again moves it.
            let isOpen = { (known: Appointment) in
                known.id == fields.appointment && known.outcome == nil
            }
            let moved = appointments.first(where: isOpen)
            appointments.removeAll(where: isOpen)
            var booked = Appointment(
                id: fields.appointment,
                kind: fields.kind,
                day: fields.day,
                time: fields.time,
                minutes: fields.minutes,
                place: fields.place,
                location: fields.location,
                isBooked: true
            )
            if let moved { booked.putOffOn = moved.day <= day ? day : moved.putOffOn }
            appointments.append(booked)
        case .appointmentAttended(let fields):
            settle(fields, fields.result ?? "attended", day)
            reach(.firstContact, day)
            reach(.firstAttended, day)
        case .appointmentMissed(let fields): settle(fields, Appointment.missed, day)
        case .appointmentCancelled(let fields): settle(fields, Appointment.cancelled, day)
        default: break
        }
    }

    /// Gives what came of an appointment to the booking that stands open.
    ///
    /// One that is still to come can be cancelled, and nothing else has come of it: whoever came,
    /// or did not, was given its day afterwards. That outcome stands by itself before it, so that
    /// those of one name are in the order in which something came of them.
    private mutating func settle(
        _ fields: AppointmentOutcome,
        _ outcome: String,
        _ day: CivilDate
    ) {
        let open = appointments.firstIndex { $0.id == fields.appointment && $0.outcome == nil }
        if let open, appointments[open].day <= day || outcome == Appointment.cancelled {
            appointments[open].outcome = outcome
            return
        }
        // Of one that was put off no more than one thing has come.
        if let open { appointments[open].putOffOn = nil }
        appointments.insert(
            Appointment(id: fields.appointment, kind: fields.kind, day: day, outcome: outcome),
            at: open ?? appointments.endIndex
        )
    }

    private mutating func evolvePlan(_ event: CaseEvent) {
        switch event.body {
        case .planAgreed(let fields):
            plan = fields.plan
            plansAgreed.append(fields.plan)
            reach(.planAgreed, event.occurredOn)
        case .goalAdded(let fields): goals.append(PlanItem(id: fields.goal, text: fields.text))
        case .goalDone(let fields): Self.mark(&goals, fields.goal, .done)
        case .goalDropped(let fields): Self.mark(&goals, fields.goal, .dropped)
        case .actionAdded(let fields):
            actions.append(
                PlanItem(
                    id: fields.action,
                    owner: fields.owner,
                    dueOn: fields.dueOn,
                    goal: fields.goal,
                    text: fields.text
                )
            )
        case .actionDone(let fields): Self.mark(&actions, fields.action, .done)
        case .actionDropped(let fields): Self.mark(&actions, fields.action, .dropped)
        case .interventionDelivered(let fields):
            if let index = interventions.firstIndex(where: {
                $0.intervention == fields.intervention
            }) {
                interventions[index].sessions += fields.sessions
            } else {
                interventions.append(
                    Delivered(intervention: fields.intervention, sessions: fields.sessions)
                )
            }
        default: break
        }
    }

    private static func mark(_ items: inout [PlanItem], _ id: String, _ state: PlanItem.State) {
        if let index = items.firstIndex(where: { $0.id == id }) { items[index].state = state }
    }

    private mutating func evolveOnward(_ event: CaseEvent) {
        switch event.body {
        case .onwardSent(let fields):
            onward.append(
                OnwardReferral(
                    id: fields.onward,
                    service: fields.service,
                    guideName: fields.name,
                    guideOrganisation: fields.organisation,
                    sentOn: event.occurredOn
                )
            )
            reach(.onwardReferred, event.occurredOn)
        case .onwardMoved(let fields):
            guard let index = onward.firstIndex(where: { $0.id == fields.onward }) else { return }
            onward[index].status = fields.to
            onward[index].reason = fields.reason.map { OnwardReason.code(for: $0) }
            onward[index].movedOn = event.occurredOn
            if fields.to == .pending { onward[index].askedAgainOn = event.occurredOn }
        default: break
        }
    }

    private mutating func evolveWork(_ event: CaseEvent) {
        let day = event.occurredOn
        switch event.body {
        case .employmentStatusRecorded(let fields): tellStatus(fields.status, day)
        case .fitNoteRecorded(let fields): fitNotes.append(fields)
        case .returnToWorkAgreed(let fields): returnOn = fields.returnOn ?? day
        case .adjustmentAgreed(let fields): adjustments.append(fields.adjustment)
        case .jobStarted(let fields):
            let from = fields.since ?? day
            spells.append(
                JobSpell(
                    id: fields.spell,
                    kind: fields.jobKind,
                    from: from,
                    terms: [
                        JobTerms(
                            from: from,
                            hoursPerWeek: fields.hoursPerWeek,
                            weeklyPay: fields.weeklyPay
                        )
                    ]
                )
            )
            if fields.isStart(on: day, referredOn: self[.referred]) {
                let first = min(self[.jobStarted] ?? from, from)
                milestones[Milestone.jobStarted.place] = first
            }
        case .jobChanged(let fields):
            guard let index = spells.firstIndex(where: { $0.id == fields.spell }) else { return }
            let last = spells[index].terms.last
            spells[index].terms.append(
                JobTerms(
                    from: day,
                    hoursPerWeek: fields.hoursPerWeek ?? last?.hoursPerWeek,
                    weeklyPay: fields.weeklyPay ?? last?.weeklyPay
                )
            )
        case .jobEnded(let fields):
            if let index = spells.firstIndex(where: { $0.id == fields.spell }) {
                spells[index].to = day
            }
        default: break
        }
    }
}

extension JobStarted {
    /// Whether it is a job start of the programme: no placement, and no job that was held when the
    /// person was referred.
    package func isStart(on day: CivilDate, referredOn referred: CivilDate?) -> Bool {
        jobKind != "placement" && referred.map { $0 <= since ?? day } == true
    }
}
