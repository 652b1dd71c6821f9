import Kernel
import Measures

/// Everything that is counted of practices on a day, in one pass over their patients.
package struct PracticeFigures: Sendable {
    package var table: PracticeTable
    package var months: CoverageMonths
    /// Fit notes of the last 12 months by condition group and length, practice by practice.
    package var notes: FitNoteTable

    /// - Parameter months: how many month ends coverage is followed over, at most 60.
    package static func count(
        _ records: PracticeRecords,
        on day: CivilDate,
        rule: SickSpell.Rule = .usual,
        months: Int = 25
    ) -> PracticeFigures {
        var counting = Counting(records, day, rule, months)
        for patient in records.patients { counting.add(patient) }
        return counting.figures
    }
}

/// The pass over the patients.
private struct Counting {
    let records: PracticeRecords
    let day: CivilDate
    let yearAgo: Int32
    let rule: SickSpell.Rule
    /// For each day described: the day, and the day 12 months before.
    let windows: [(day: Int32, since: Int32, month: Int32)]
    let width: Int
    var counts: [Int]
    var months: CoverageMonths
    var notes: FitNoteTable

    init(_ records: PracticeRecords, _ day: CivilDate, _ rule: SickSpell.Rule, _ months: Int) {
        self.records = records
        self.day = day
        self.rule = rule
        yearAgo = day.adding(months: -12).day
        var days: [CivilDate] = [day]
        var month = day.civilMonth.previous
        if day == day.civilMonth.lastDay { days = [day] }
        while days.count < min(max(months, 1), 60) {
            days.append(month.lastDay)
            month = month.previous
        }
        days.reverse()
        windows = days.map {
            ($0.day, $0.adding(months: -12).day, PracticeRecords.months(of: $0.day))
        }
        width = records.practices.count + 1
        counts = Array(repeating: 0, count: PracticeCount.allCases.count * width)
        self.months = CoverageMonths(days: days, practices: records.practices.count)
        notes = FitNoteTable(practices: records.practices.count)
    }

    mutating func add(_ patient: PracticeRecords.Patient) {
        let today = day.day
        var recorded: UInt64 = 0
        var status: PracticeStatus?
        var statusOn = Int32.min
        var hasYear = false
        var acts: Set<WorkAct> = []
        var hasMayBe = false
        var hasStatusEntry = false
        var hasNote = false
        var issued = 0
        var issuedMayBe = 0
        for entry in records.entries[patient.entries] where entry.on <= today {
            let isYear = entry.on > yearAgo
            if let found = entry.says.status {
                hasStatusEntry = hasStatusEntry || isYear
                guard found != .notStated else { continue }
                if entry.on >= statusOn { (status, statusOn) = (found, entry.on) }
                hasYear = hasYear || isYear
                for (place, window) in windows.enumerated()
                where entry.on <= window.day && entry.on > window.since {
                    recorded |= 1 << UInt64(place)
                }
            } else if let act = entry.says.act {
                if isYear { acts.insert(act) }
            } else {
                hasNote = true
                guard isYear else { continue }
                issued += 1
                if entry.says == .mayBeFit {
                    issuedMayBe += 1
                    hasMayBe = true
                }
            }
        }
        var registered: UInt64 = 0
        for (place, window) in windows.enumerated()
        where patient.registered <= window.day && patient.left > window.day {
            let months = window.month - patient.birthMonth
            if months >= 16 * 12 && months < 65 * 12 { registered |= 1 << UInt64(place) }
        }
        months.add(practice: patient.practice, registered: registered, recorded: recorded)
        // The report's own day is the last of them.
        guard registered >> UInt64(windows.count - 1) & 1 == 1 else { return }
        let practice = patient.practice
        func count(_ what: PracticeCount, _ number: Int = 1) {
            counts[what.place * width + practice + 1] += number
        }
        count(.patients)
        if let status {
            count(.statusEver)
            switch status {
            case .inWork: count(.inWork)
            case .offSick: count(.offSickStatus)
            case .outOfWork: count(.outOfWork)
            case .notLooking: count(.notLooking)
            case .notStated: break
            }
        }
        if hasYear {
            count(.statusYear)
            count(.recorded)
        }
        var isLong = false
        if hasNote, let spell = SickSpell.spell(records.entries[patient.entries], on: today, rule) {
            let days = spell.days(on: today)
            count(.sickNow)
            if days >= 28 {
                count(.sick4)
                isLong = true
            }
            if days >= 91 { count(.sick13) }
            if days >= 140 { count(.sick20) }
        }
        count(.notes, issued)
        count(.notesMayBe, issuedMayBe)
        if issued > 0 {
            for entry in records.entries[patient.entries]
            where entry.says.isFitNote && entry.on <= today && entry.on > yearAgo {
                notes.add(
                    practice: practice,
                    group: entry.group,
                    days: Int(entry.to) - Int(entry.from) + 1
                )
            }
        }
        let cases = records.cases[patient.cases].filter {
            $0.referredOn <= today && $0.referredOn > yearAgo
        }
        let isHere = cases.contains(where: \.isByPractice)
        if isHere { count(.referredHere) }
        if status == .outOfWork || isLong {
            count(.baseline)
            if !cases.isEmpty || acts.contains(.referred) { count(.baselineReferred) }
        }
        let isReferred = isHere || acts.contains(.referred)
        let isRecommended =
            isReferred || hasMayBe || acts.contains(.recommended) || acts.contains(.declined)
        if isReferred { count(.referred) }
        if isRecommended { count(.recommended) }
        if isRecommended || hasStatusEntry || !acts.isEmpty { count(.raised) }
        if acts.contains(.responded) { count(.responded) }
    }

    var figures: PracticeFigures {
        var counts = counts
        for row in PracticeCount.allCases.indices {
            counts[row * width] = counts[row * width + 1..<(row + 1) * width].reduce(0, +)
        }
        var table = PracticeTable(
            title: "Employment status in primary care",
            asAt: day,
            rows: PracticeCount.allCases.map {
                .init(id: $0.rawValue, label: $0.label, says: $0.says, of: $0.of?.place)
            },
            practices: records.practices,
            counts: counts,
            families: PracticeCount.families.map {
                .init(whole: $0.whole.place, parts: $0.parts.map(\.place), isExact: $0.isExact)
            }
        )
        if !records.hasCode.contains(.responded) {
            table.unknown = [PracticeCount.responded.place]
        }
        return PracticeFigures(table: table, months: months, notes: notes)
    }
}
