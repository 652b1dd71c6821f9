import Casework
import Kernel
import Programmes

extension DemonstrationStory {
    /// One day on which the person and the coach meet.
    struct Meeting: Sendable {
        var day: CivilDate
        /// Whether the person comes.
        var comes: Bool
        var bodies: [EventBody] = []
    }

    /// From the first talk to the assessment, and through all that follows it.
    mutating func assess(reachedOn reached: CivilDate, _ said: [EventBody]) {
        let due = workingDay(after: reached, 10)
        var day = workingDay(after: reached, random.of(1...7))
        var appointment = book(on: day)
        tell(reached, .coach, at: random.of(13 * 60...16 * 60), said + [appointment.booked])
        if random.chance(12) {
            let missed = day
            day = min(workingDay(after: missed, random.of(1...4)), due)
            if day == missed { day = workingDay(after: missed, 1) }
            let next = book(on: day)
            tell(missed, .coach, appointment.missed, next.booked)
            appointment = next
        }
        let late = workingDay(after: due, random.of(1...6))
        if random.chance(10), late <= lastTold {
            let next = book(on: late)
            tell(day, .coach, appointment.cancelled, next.booked)
            (appointment, day) = (next, late)
        }
        support(from: day, appointment)
    }

    /// The meetings from the assessment on, filled with what is done there.
    private mutating func support(from start: CivilDate, _ first: Booking) {
        var meetings = meetings(from: start)
        let planAt = meetings.count > 1 && random.chance(25) ? 1 : 0
        meetings[0].bodies += assessment(on: start)
        meetings[0].bodies += workAtStart(on: start)
        agreePlan(&meetings, at: planAt)
        deliver(&meetings)
        review(&meetings)
        referOn(meetings, from: planAt)
        work(&meetings, from: planAt)
        sayMore(&meetings, from: planAt)
        var booking = first
        for (place, meeting) in meetings.enumerated() {
            let next = place + 1 < meetings.count ? book(on: meetings[place + 1].day) : nil
            let isOver = next == nil
            var bodies = [meeting.comes ? booking.attended : notCome(booking)] + meeting.bodies
            if let next { bodies.append(next.booked) }
            tell(meeting.day, .coach, at: booking.minute + 45, bodies)
            if let next { booking = next }
            if isOver { end(on: meeting.day) }
        }
    }

    private mutating func notCome(_ booking: Booking) -> EventBody {
        random.chance(70) ? booking.missed : booking.cancelled
    }

    /// How long support goes on, and how often the person comes.
    private mutating func meetings(from start: CivilDate) -> [Meeting] {
        // Be Well ends after twelve weeks; the others give themselves up to twenty.
        var days = strand == "be-well" ? random.of(66...80) : random.of(63...140)
        if course != .completed { days = random.of(14...days) }
        let last = meetingDay(start.adding(days: days), within: 2)
        var meetings = [Meeting(day: start, comes: true)]
        // The plan is due within ten working days.
        var day = meetingDay(start.adding(days: random.of(6...10)), within: 2)
        while day < last {
            let comes = meetings.count == 1 || random.chance(86)
            meetings.append(Meeting(day: day, comes: comes))
            day = meetingDay(day.adding(days: random.of(9...19)), within: 5)
        }
        meetings.append(Meeting(day: last, comes: course != .disengaged && course != .died))
        if course == .disengaged, meetings.count > 3 {
            meetings[meetings.count - 2].comes = false
        }
        return meetings
    }

    /// A working day, those after a weekend being no fuller than others.
    private mutating func meetingDay(_ day: CivilDate, within days: Int) -> CivilDate {
        calendar.isWorkingDay(day) ? day : workingDay(after: day, random.of(1...days))
    }

    // MARK: - What is done

    private mutating func assessment(on day: CivilDate) -> [EventBody] {
        var bodies: [EventBody] = [
            .assessmentCompleted(AssessmentCompleted().with { $0.barriers = barriers() }),
            .supportStarted(Plain()),
        ]
        bodies += measures(.baseline, on: day)
        if status.isEmployed, random.chance(75) { bodies.append(agree(.employer, yes: 58)) }
        return bodies
    }

    private mutating func barriers() -> [String] {
        var found = [person.condition == "mental-health" ? "mental-health" : "physical-health"]
        if person.condition != "mental-health", random.chance(35) { found.append("mental-health") }
        if status.isEmployed, random.chance(55) { found.append("workplace") }
        if !status.isEmployed, random.chance(50) { found.append("skills") }
        if strand == "rmg", random.chance(35) { found.append("discrimination") }
        for (barrier, percent) in [("caring", 16), ("money-and-debt", 30), ("housing", 12)]
        where random.chance(percent) {
            found.append(barrier)
        }
        return found
    }

    private mutating func deliver(_ meetings: inout [Meeting]) {
        var cbt = strand == "be-well" && person.condition == "mental-health" ? 6 : 0
        if random.chance(45) { cbt = 0 }
        for place in meetings.indices.dropFirst() where meetings[place].comes {
            meetings[place].bodies.append(delivered("coaching"))
            if cbt > 0 {
                meetings[place].bodies.append(delivered("cbt"))
                cbt -= 1
            }
            if status.isEmployed, consents[.employer] == true, random.chance(18) {
                meetings[place].bodies.append(delivered("employer-contact"))
            }
        }
    }

    private func delivered(_ intervention: String) -> EventBody {
        .interventionDelivered(
            InterventionDelivered().with { $0.intervention = intervention }
        )
    }

    private mutating func review(_ meetings: inout [Meeting]) {
        guard meetings.count > 4, meetings[meetings.count / 2].comes else { return }
        let place = meetings.count / 2
        meetings[place].bodies.append(.planReviewed(Plain()))
        meetings[place].bodies += measures(.review, on: meetings[place].day)
    }

    /// Notes, and consent that is taken back.
    private mutating func sayMore(_ meetings: inout [Meeting], from planAt: Int) {
        for place in meetings.indices where meetings[place].comes && random.chance(35) {
            let text = random.text(DemonstrationTexts.notes)
            meetings[place].bodies.append(note(.team, text))
        }
        if consents[.shareWithReferrer] == true, random.chance(60) {
            let text = random.text(DemonstrationTexts.toReferrer)
            meetings[planAt].bodies.append(note(.referrer, text))
        }
        guard let last = meetings.indices.last, last > planAt + 1, random.chance(4) else { return }
        let scope = ConsentScope.evaluation
        if consents[scope] == true {
            consents[scope] = false
            meetings[last - 1].bodies.append(
                .consentWithdrawn(Consent().with { $0.scope = scope })
            )
        }
    }

    private func note(_ audience: NoteAudience, _ text: String) -> EventBody {
        .noteWritten(
            NoteWritten().with {
                $0.audience = audience
                $0.text = text
            }
        )
    }
}
