import Casework
import Kernel
import Programmes

extension DemonstrationStory {
    /// What follows on the last meeting: discharge and tracking, or a case closed early.
    mutating func end(on day: CivilDate) {
        switch course {
        case .disengaged: close(day, .disengaged)
        case .movedAway: close(day, .movedAway)
        case .transferred: close(day, .transferred)
        case .noLongerWanted: close(day, .noLongerWanted)
        case .died: close(day, .died)
        case .consentWithdrawn:
            closedOn = day
            let consent = Consent().with { $0.scope = .referral }
            tell(day, .coach, at: 16 * 60 + 30, .consentWithdrawn(consent))
        default: discharge(on: day)
        }
    }

    private mutating func discharge(on day: CivilDate) {
        var bodies = measures(.exit, on: day)
        if random.chance(78) {
            let satisfied = random.weighted(
                ("very", 48),
                ("fairly", 34),
                ("neither", 10),
                ("not-very", 5),
                ("not-at-all", 3)
            )
            bodies.append(taken("satisfaction", .exit, answers: ["satisfied": satisfied]))
        }
        let hasImproved = status.isEmployed || random.chance(55)
        bodies.append(
            .discharged(
                Discharged().with {
                    $0.status = status.rawValue
                    $0.improved = hasImproved
                }
            )
        )
        tell(day, .coach, at: 16 * 60 + 15, bodies)
        track(from: day)
    }

    /// Follow-ups after four and thirteen weeks, each on the day on which it is due.
    private mutating func track(from discharged: CivilDate) {
        let (first, last) = (discharged.adding(weeks: 4), discharged.adding(weeks: 13))
        let late = first.adding(days: random.of(1...9))
        let isLate = random.chance(15) && late <= lastTold
        tell(isLate ? late : first, .coach, followUp())
        if status == .outOfWork, random.chance(14) {
            status = .inWork
            let began = workingDay(from: discharged.adding(days: random.of(30...80)))
            tell(
                began,
                .coach,
                .jobStarted(
                    JobStarted().with {
                        $0.spell = "job-3"
                        $0.hoursPerWeek = 24
                        $0.weeklyPay = 31_200
                    }
                ),
                .employmentStatusRecorded(
                    EmploymentStatusRecorded().with { $0.status = status.rawValue }
                )
            )
        }
        closedOn = last
        let isReached = random.chance(82)
        var contact = TrackingContacted()
        contact.outcome = isReached ? .reached : .noAnswer
        contact.status = isReached ? status.rawValue : nil
        var bodies: [EventBody] = [.trackingContacted(contact), .trackingEnded(Plain())]
        if isReached, random.chance(50) {
            let score = min(10, 5 + random.of(0...4))
            bodies.insert(taken("confidence", .tracking, score: score), at: 0)
        }
        tell(last, .coach, bodies)
    }

    private func followUp() -> EventBody {
        .trackingContacted(
            TrackingContacted().with {
                $0.outcome = .reached
                $0.status = status.rawValue
            }
        )
    }
}
