import Casework
import Kernel

extension Demonstration {
    /// The last day of which anything is told.
    static func lastTold(_ today: CivilDate) -> CivilDate { today.adding(days: -1) }

    /// The first day on which anybody is referred: a year ago, or when the strands had begun.
    static func firstDay(_ today: CivilDate) -> CivilDate {
        let began = CivilDate(year: 2024, month: 12, day: 2) ?? today
        return max(today.adding(days: -365), min(began, today.adding(days: -60)))
    }

    /// Every story, in the order in which the people were referred.
    func stories(today: CivilDate) -> [DemonstrationStory] {
        let waiting = waitingProviders()
        var stories: [DemonstrationStory] = []
        for number in 0..<cases {
            var story = story(
                number,
                waitingAt: number < waiting.count ? waiting[number] : nil,
                isResident: number == waiting.count,
                today: today
            )
            story.tellAll()
            stories.append(story)
        }
        return stories.enumerated()
            .sorted { ($0.element.referred, $0.offset) < ($1.element.referred, $1.offset) }
            .map(\.element)
    }

    /// The provider of each case that nobody has taken yet.
    private func waitingProviders() -> [String] {
        let each = scaled(7)
        return DemonstrationCast.providers.flatMap { provider in
            Array(repeating: provider.id, count: each)
        }
    }

    private func story(
        _ number: Int,
        waitingAt queue: String?,
        isResident: Bool,
        today: CivilDate
    ) -> DemonstrationStory {
        var random = random(1_000 + number)
        let last = Self.lastTold(today)
        let drawn = queue.map(Self.strand) ?? Self.drawStrand(&random)
        let strand = isResident ? "be-well" : drawn
        var person = DemonstrationPerson.draw(number, for: strand, on: last, &random)
        if let twin = twin(of: number) {
            var other = self.random(1_000 + twin)
            let known = DemonstrationPerson.draw(
                twin,
                for: Self.drawStrand(&other),
                on: last,
                &other
            )
            person.birth = known.birth
            person.identity.givenName = known.identity.givenName
            person.identity.familyName = known.identity.familyName
            person.identity.birthDate = known.identity.birthDate
            person.identity.nhsNumber = nil
        }
        let lead = Self.lead(of: strand)
        let provider =
            isResident ? lead : queue ?? Self.provider(strand, person, &random)
        let (source, referrer) = Self.source(strand, provider, person, &random)
        let course =
            isResident
            ? .completed : queue == nil ? DemonstrationCourse.draw(&random) : .waiting
        var day =
            queue == nil
            ? Self.day(isAnyDay: source == "self", today: today, &random)
            : Self.waitingDay(last, &random)
        if isResident {
            let calendar = WorkingDayCalendar.englandAndWales
            day = calendar.date(after: last.adding(days: -60), workingDays: 1)
        }
        var story = DemonstrationStory(
            person: person,
            strand: strand,
            lead: lead,
            provider: provider,
            source: source,
            referrer: referrer,
            course: course,
            referred: day,
            lastTold: last,
            random: random
        )
        story.isResident = isResident
        switch course {
        case .waiting:
            story.isPartial = number % 5 == 0
            story.staysPartial = story.isPartial
        case .ineligible, .notAccepted, .withdrawn, .duplicate: break
        default: story.isPartial = story.random.chance(9)
        }
        return story
    }

    /// The number of somebody who seems to be the same person as another; there are two of them.
    private func twin(of number: Int) -> Int? {
        let late = cases / 2
        return number == late || number == late + 1 ? number + cases / 4 : nil
    }

    // MARK: - Who

    static func lead(of strand: String) -> String {
        switch strand {
        case "msk": "mft"
        case "be-well": "big-life"
        default: "vcse-black-communities"
        }
    }

    private static func drawStrand(_ random: inout RandomGenerator) -> String {
        random.weighted(("msk", 36), ("be-well", 44), ("rmg", 20))
    }

    private static func strand(_ provider: String) -> String {
        switch provider {
        case "mft": "msk"
        case "vcse-black-communities", "vcse-asian-communities": "rmg"
        default: "be-well"
        }
    }

    /// Who holds a case in the end: the strand's provider or a partner, by whom they serve.
    private static func provider(
        _ strand: String,
        _ person: DemonstrationPerson,
        _ random: inout RandomGenerator
    ) -> String {
        switch strand {
        case "msk": return "mft"
        case "rmg":
            let isAsian = person.ethnicity.group == .asian || person.ethnicity == .whiteAndAsian
            return isAsian ? "vcse-asian-communities" : "vcse-black-communities"
        default:
            if person.status == .outOfWork {
                return random.weighted(
                    ("big-life", 10),
                    ("one-manchester", 30),
                    ("manchester-city-council", 30),
                    ("wythenshawe-housing-group", 30)
                )
            }
            return random.weighted(
                ("big-life", 57),
                ("pathways-cic", 34),
                ("one-manchester", 3),
                ("manchester-city-council", 3),
                ("wythenshawe-housing-group", 3)
            )
        }
    }

    private static func source(
        _ strand: String,
        _ provider: String,
        _ person: DemonstrationPerson,
        _ random: inout RandomGenerator
    ) -> (source: String, referrer: String?) {
        let source: String
        switch strand {
        case "msk": source = random.weighted(("secondary-care", 76), ("gp", 18), ("self", 6))
        case "be-well":
            source = random.weighted(
                ("gp", 48),
                ("social-prescribing", 28),
                ("jobcentre", 10),
                ("self", 14)
            )
        default:
            source = random.weighted(("community", 60), ("gp", 16), ("jobcentre", 9), ("self", 15))
        }
        switch source {
        case "secondary-care": return (source, DemonstrationCast.clinic)
        case "gp": return (source, person.practice)
        case "social-prescribing": return (source, "big-life")
        case "community": return (source, provider)
        case "jobcentre":
            let isTrafford = random.chance(12)
            return (source, DemonstrationCast.jobcentres[isTrafford ? 1 : 0])
        default: return (source, nil)
        }
    }

    // MARK: - When

    /// A day of the year; more people come as the programme becomes known.
    private static func day(
        isAnyDay: Bool,
        today: CivilDate,
        _ random: inout RandomGenerator
    ) -> CivilDate {
        let calendar = WorkingDayCalendar.englandAndWales
        let (first, last) = (firstDay(today), lastTold(today))
        let days = Double(last.day - first.day)
        var place = random.unit()
        while random.unit() * 1.4 > 0.6 + 0.8 * place { place = random.unit() }
        let day = first.adding(days: Int(place * days))
        if isAnyDay || calendar.isWorkingDay(day) { return day }
        let next = calendar.date(after: day, workingDays: 1)
        return next <= last ? next : calendar.date(after: day, workingDays: -1)
    }

    /// One of the last working days, most of them within the time that a manager has.
    private static func waitingDay(
        _ last: CivilDate,
        _ random: inout RandomGenerator
    ) -> CivilDate {
        let back = random.weighted((1, 45), (2, 38), (3, 10), (4, 7))
        return WorkingDayCalendar.englandAndWales.date(
            after: last.adding(days: 1),
            workingDays: -back
        )
    }
}
