import Casework
import Kernel

extension DemonstrationStory {
    private static let ownJob = "job-1"

    /// The job that the person has, and the fit note of whoever is off sick.
    mutating func workAtStart(on day: CivilDate) -> [EventBody] {
        guard status.isEmployed else { return [] }
        let since = day.adding(days: -random.of(200...3_000))
        var bodies: [EventBody] = [.jobStarted(job(Self.ownJob, since: since))]
        if status == .offSick {
            bodies.append(
                fitNote(from: day.adding(days: -random.of(3...20)), days: 28, "not-fit")
            )
        }
        return bodies
    }

    private mutating func job(_ spell: String, since: CivilDate?) -> JobStarted {
        JobStarted().with { job in
            job.spell = spell
            job.jobKind = random.weighted(
                ("job", 90),
                ("self-employment", 7),
                ("apprenticeship", 3)
            )
            job.since = since
            let hours = random.weighted((37, 45), (30, 15), (20, 20), (16, 15), (10, 5))
            job.hoursPerWeek = hours
            job.weeklyPay = hours * random.of(1_250...1_900)
            job.employer = random.text(DemonstrationTexts.employers)
        }
    }

    private func fitNote(from: CivilDate, days: Int, _ advice: String) -> EventBody {
        .fitNoteRecorded(
            FitNoteRecorded().with {
                $0.from = from
                $0.to = from.adding(days: days - 1)
                $0.advice = advice
            }
        )
    }

    /// What changes at work while support goes on.
    mutating func work(_ meetings: inout [Meeting], from planAt: Int) {
        let coming = meetings.indices.filter { $0 > max(planAt, 1) && meetings[$0].comes }
        guard course == .completed, let place = random.pick(Array(coming.dropLast())) else {
            return
        }
        let day = meetings[place].day
        switch status {
        case .offSick:
            meetings[place].bodies.append(fitNote(from: day, days: 28, "may-be-fit"))
            guard random.chance(70) else {
                guard random.chance(40) else { return }
                meetings[place].bodies += [jobEnded("health"), become(.outOfWork)]
                return
            }
            if consents[.employer] != false {
                meetings[place].bodies += returning(on: day)
            }
            meetings[place].bodies.append(become(.inWork))
        case .outOfWork:
            guard random.chance(34) else { return }
            meetings[place].bodies.append(.jobStarted(job("job-2", since: nil)))
            meetings[place].bodies.append(become(.inWork))
        case .inWork:
            if consents[.employer] == true, random.chance(45) {
                meetings[place].bodies.append(adjusted())
            }
            guard random.chance(15) else { return }
            if random.chance(35) {
                meetings[place].bodies.append(fitNote(from: day, days: 14, "not-fit"))
                meetings[place].bodies.append(become(.offSick))
            } else {
                meetings[place].bodies.append(jobEnded("resigned"))
                meetings[place].bodies.append(become(.outOfWork))
            }
        case .unknown: break
        }
    }

    private mutating func returning(on day: CivilDate) -> [EventBody] {
        let back = workingDay(after: day, random.of(3...15))
        return [.returnToWorkAgreed(ReturnToWorkAgreed().with { $0.returnOn = back }), adjusted()]
    }

    private mutating func adjusted() -> EventBody {
        let adjustment = random.weighted(
            ("phased-return", 35),
            ("altered-hours", 25),
            ("amended-duties", 25),
            ("workplace-adaptation", 15)
        )
        return .adjustmentAgreed(AdjustmentAgreed().with { $0.adjustment = adjustment })
    }

    private func jobEnded(_ reason: String) -> EventBody {
        .jobEnded(
            JobEnded().with {
                $0.spell = Self.ownJob
                $0.reason = reason
            }
        )
    }

    private mutating func become(_ new: EmploymentStatus) -> EventBody {
        status = new
        return .employmentStatusRecorded(
            EmploymentStatusRecorded().with { $0.status = new.rawValue }
        )
    }
}
