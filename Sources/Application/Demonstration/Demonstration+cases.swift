import Casework
import Kernel
import Programmes

extension Demonstration {
    /// Puts people to the stories: a coach to each case that has one, the open ones evenly.
    func cases(
        _ stories: [DemonstrationStory],
        _ cast: DemonstrationCast,
        _ programme: Programme
    ) -> [DemonstrationCase] {
        var random = random(2)
        var load: [UserID: Int] = [:]
        // Some take on a little more than others.
        var pace: [UserID: Int] = [:]
        for worker in cast.workers { pace[worker.id] = random.of(94...106) }
        return stories.enumerated().map { number, story in
            var made = make(story, number, cast, programme, &random)
            guard made.isAssigned else { return made }
            let coaches = cast.workers(of: story.provider, with: .coach)
            if story.isResident {
                made.coach = cast.worker(login: DemonstrationCast.login("coach"))
            } else if made.isOpen {
                let free = coaches.map { coach in
                    let share = (load[coach.id] ?? 0) * 100_000 / (coach.capacity ?? 40)
                    return (coach: coach, share: share / (pace[coach.id] ?? 100))
                }
                made.coach = free.min { $0.share < $1.share }?.coach
            } else {
                made.coach = random.pick(coaches)
            }
            if made.isOpen, let coach = made.coach { load[coach.id, default: 0] += 1 }
            return made
        }
    }

    private func make(
        _ story: DemonstrationStory,
        _ number: Int,
        _ cast: DemonstrationCast,
        _ programme: Programme,
        _ random: inout RandomGenerator
    ) -> DemonstrationCase {
        let seed = random.next()
        let steps = story.told(until: story.lastTold)
        let instant = steps.first?.instant ?? Instant(midnightUTC: story.referred)
        return DemonstrationCase(
            story: story,
            steps: steps,
            referrer: referrer(story, cast, &random),
            leadManager: manager(of: story.lead, cast),
            manager: manager(of: story.provider, cast),
            header: CaseHeader(demonstration: programme, at: instant, seed: seed),
            seed: seed
        )
    }

    /// Whoever refers; those whom visitors can be do it more often than their colleagues.
    private func referrer(
        _ story: DemonstrationStory,
        _ cast: DemonstrationCast,
        _ random: inout RandomGenerator
    ) -> Recorder {
        let nobody = Recorder(user: Actor.nobody.user, organisation: Actor.nobody.organisation)
        guard let organisation = story.referrer else { return nobody }
        let workers = cast.workers(of: organisation, with: .referrer)
        let isFirst = random.chance(65)
        return (isFirst ? workers.first : random.pick(workers)).map(Recorder.init) ?? nobody
    }

    private func manager(of provider: String, _ cast: DemonstrationCast) -> Recorder {
        cast.workers(of: provider, with: .manager).first.map(Recorder.init)
            ?? Recorder(user: provider, organisation: provider)
    }

    // MARK: - What has not been done

    /// Leaves each coach two to five cases on which something is overdue.
    ///
    /// A story is cut off a little earlier than the others, or an onward referral is left without
    /// its answer.
    func neglect(
        _ cases: inout [DemonstrationCase],
        _ histories: inout [History],
        _ programme: Programme,
        today: CivilDate
    ) throws(Refusal) {
        var random = random(3)
        var held: [UserID: [Int]] = [:]
        var coaches: [UserID] = []
        for (place, one) in cases.enumerated() where one.isOpen && !one.story.isResident {
            guard let coach = one.coach else { continue }
            if held[coach.id] == nil { coaches.append(coach.id) }
            held[coach.id, default: []].append(place)
        }
        for coach in coaches {
            let places = held[coach] ?? []
            let isFull = places.count >= 12
            let wanted = isFull ? random.of(2...5) : 1
            var overdue = places.count { histories[$0].isOverdue(programme, today) }
            for place in places.shuffled(using: &random) where overdue < wanted {
                guard !histories[place].isOverdue(programme, today) else { continue }
                for steps in cases[place].neglected(&random) {
                    var late = cases[place]
                    late.steps = steps
                    guard late.isAssigned else { continue }
                    let history = try late.history(programme)
                    guard history.isOverdue(programme, today) else { continue }
                    cases[place] = late
                    histories[place] = history
                    overdue += 1
                    break
                }
            }
        }
    }
}

extension History {
    func isOverdue(_ programme: Programme, _ today: CivilDate) -> Bool {
        fold().workItems(in: programme).contains { $0.dueOn < today }
    }
}

extension DemonstrationCase {
    /// Ways in which a coach may have left something undone, the likeliest first.
    fileprivate func neglected(
        _ random: inout RandomGenerator
    ) -> [[DemonstrationStory.Step]] {
        var ways: [[DemonstrationStory.Step]] = []
        let recent = story.lastTold.adding(days: -40)
        let answered = steps.first { $0.answers != nil && $0.day > recent }?.answers
        if let answered, random.chance(80) {
            ways.append(steps.filter { $0.answers != answered })
        }
        for days in [random.of(2...5), random.of(6...9), random.of(10...16)] {
            let last = story.lastTold.adding(days: -days)
            ways.append(steps.filter { $0.day <= last })
        }
        return ways
    }
}
