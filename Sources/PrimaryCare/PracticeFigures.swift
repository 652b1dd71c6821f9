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

/// How long fit notes are, in the bands that they are counted by.
package enum NoteLength: Int, CaseIterable, Sendable {
    case toOneWeek
    case toFourWeeks
    case toThirteenWeeks
    case longer

    package init(days: Int) {
        self = days <= 7 ? .toOneWeek : days <= 28 ? .toFourWeeks : days <= 91 ? .toThirteenWeeks : .longer
    }

    package var name: String {
        switch self {
        case .toOneWeek: "Up to 1 week"
        case .toFourWeeks: "Over 1, up to 4 weeks"
        case .toThirteenWeeks: "Over 4, up to 13 weeks"
        case .longer: "Over 13 weeks"
        }
    }
}

/// Fit notes by condition group and length.
package struct FitNoteTable: Sendable, Hashable {
    package let practices: Int
    private var counts: [Int]
    private static let groups = ConditionGroup.allCases.count
    private static let lengths = NoteLength.allCases.count

    init(practices: Int) {
        self.practices = practices
        counts = Array(repeating: 0, count: practices * Self.groups * Self.lengths)
    }

    mutating func add(practice: Int, group: UInt8, days: Int) {
        counts[(practice * Self.groups + Int(group)) * Self.lengths + NoteLength(days: days).rawValue] += 1
    }

    /// The notes of a practice, or of all.
    package func count(_ group: ConditionGroup, _ length: NoteLength, practice: Int?) -> Int {
        let place = ConditionGroup.allCases.firstIndex(of: group) ?? 0
        let chosen = practice.map { $0..<($0 + 1) } ?? 0..<practices
        return chosen.reduce(0) {
            $0 + counts[($1 * Self.groups + place) * Self.lengths + length.rawValue]
        }
    }

    /// The same as a table: a row for each group with notes, a column for each length.
    package func table(practice: Int?, asAt: CivilDate) -> PracticeTable {
        let groups = ConditionGroup.allCases.filter { group in
            NoteLength.allCases.contains { count(group, $0, practice: practice) > 0 }
        }
        var counts: [Int] = []
        func add(_ number: (NoteLength) -> Int) {
            let row = NoteLength.allCases.map(number)
            counts += [row.reduce(0, +)] + row
        }
        for group in groups { add { count(group, $0, practice: practice) } }
        add { length in groups.reduce(0) { $0 + count($1, length, practice: practice) } }
        let rows = groups.map {
            PracticeTable.Row(id: $0.rawValue, label: $0.name, says: "")
        }
        return PracticeTable(
            title: "Fit notes of the last 12 months, by condition and length",
            asAt: asAt,
            rows: rows + [PracticeTable.Row(id: "all", label: "All", says: "")],
            practices: NoteLength.allCases.map(\.name),
            counts: counts,
            families: [.init(whole: rows.count, parts: Array(rows.indices), isExact: true)]
        )
    }
}

/// Coverage at month ends: patients, and how many have had a status recorded within 12 months.
package struct CoverageMonths: Sendable, Hashable {
    /// The days described: month ends, and the day of the report last.
    package let days: [CivilDate]
    package let practices: Int
    fileprivate(set) var patients: [Int]
    fileprivate(set) var recorded: [Int]

    init(days: [CivilDate], practices: Int) {
        self.days = days
        self.practices = practices
        patients = Array(repeating: 0, count: days.count * practices)
        recorded = patients
    }

    /// The counts at a day, of a practice or of all.
    package func counts(_ day: Int, practice: Int?) -> (patients: Int, recorded: Int) {
        let chosen = practice.map { $0..<($0 + 1) } ?? 0..<practices
        return chosen.reduce((0, 0)) {
            let place = $1 * days.count + day
            return ($0.0 + patients[place], $0.1 + recorded[place])
        }
    }

    /// The share as a percentage; nil without patients.
    ///
    /// - Parameter method: with one, whole percentages only, and only where one of them is more
    ///   patients than are hidden for being few.
    package func percent(
        _ day: Int,
        practice: Int?,
        method: DisclosureMethod? = nil
    ) -> Double? {
        let (patients, recorded) = counts(day, practice: practice)
        let least = method.map { 100 * ($0.smallMax + 1) } ?? 1
        guard patients >= least else { return nil }
        let percent = Double(recorded) * 100 / Double(patients)
        return method == nil ? (percent * 10).rounded() / 10 : percent.rounded()
    }

    fileprivate mutating func add(practice: Int, registered: UInt64, recorded: UInt64) {
        add(registered, practice, to: &patients)
        add(recorded & registered, practice, to: &self.recorded)
    }

    private func add(_ bits: UInt64, _ practice: Int, to counts: inout [Int]) {
        var rest = bits
        while rest != 0 {
            counts[practice * days.count + rest.trailingZeroBitCount] += 1
            rest &= rest - 1
        }
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
