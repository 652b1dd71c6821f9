import Kernel

/// The records of practices as columns, for counting.
package struct PracticeRecords: Sendable {
    /// A patient; what identifies them is not here.
    package struct Patient: Sendable {
        /// The place of the practice in `practices`.
        package var practice: Int
        /// Months since January of year 0: all that is known here of the birth date.
        package var birthMonth: Int32
        package var registered: Int32
        package var left: Int32
        package var dissent: Bool
        package var entries: Range<Int>
        /// The places of the patient's cases in `cases`.
        package var cases: Range<Int>
    }

    /// A case of a patient in a programme here.
    package struct PatientCase: Sendable, Hashable {
        package var referredOn: Int32
        /// `RecordEntry.stands` while it is open.
        package var closedOn: Int32
        /// Whether the practice referred.
        package var isByPractice: Bool

        package init(referredOn: Int32, closedOn: Int32?, isByPractice: Bool) {
            self.referredOn = referredOn
            self.closedOn = closedOn ?? RecordEntry.stands
            self.isByPractice = isByPractice
        }

        package func isOpen(on day: Int32) -> Bool { referredOn <= day && closedOn > day }
    }

    /// One entry as figures need it.
    package struct Entry: Sendable, Hashable {
        package var says: EntryWord
        package var group: UInt8
        package var on: Int32
        package var from: Int32
        package var to: Int32
    }

    package let practices: [String]
    package private(set) var patients: [Patient] = []
    package private(set) var entries: [Entry] = []
    package private(set) var cases: [PatientCase] = []
    /// Whether the code list has a code for what is done: without one, nothing of it is known.
    package let hasCode: Set<WorkAct>
    private var words: CodeWords

    package init(practices: [String], list: CodeList) {
        self.practices = practices
        hasCode = Set(WorkAct.allCases.filter(list.has))
        words = CodeWords(list)
    }

    /// Adds a patient with their kept history, as it was known by a day.
    ///
    /// - Returns: false when the bytes are no history.
    package mutating func add(
        practice: Int,
        birthMonth: Int32,
        registered: Int32?,
        left: Int32?,
        dissent: Bool,
        history: UnsafeRawBufferPointer,
        known: Int32 = RecordEntry.stands - 1,
        cases own: [PatientCase] = []
    ) -> Bool {
        guard history.count % RecordEntry.size == 0 else { return false }
        let first = entries.count
        var offset = 0
        while offset < history.count {
            let entry = RecordEntry(history, at: offset)
            offset += RecordEntry.size
            guard entry.stood(at: known), let says = words.word(of: entry.code) else { continue }
            let group = says.isFitNote ? words.group(of: entry.reason) : 0
            entries.append(
                Entry(says: says, group: group, on: entry.on, from: entry.from, to: entry.to)
            )
        }
        let firstCase = cases.count
        cases += own
        patients.append(
            Patient(
                practice: practice,
                birthMonth: birthMonth,
                registered: registered ?? RecordEntry.noDay,
                left: left ?? RecordEntry.stands,
                dissent: dissent,
                entries: first..<entries.count,
                cases: firstCase..<cases.count
            )
        )
        return true
    }

    /// The months since January of year 0 of a day's month.
    package static func months(of day: Int32) -> Int32 {
        let parts = CivilDate(day: day).components
        return Int32(parts.year * 12 + parts.month - 1)
    }
}

/// What an entry says, as a small number.
package struct EntryWord: Hashable, Sendable {
    package let number: UInt8

    package static func status(_ status: PracticeStatus) -> EntryWord {
        EntryWord(number: UInt8(PracticeStatus.allCases.firstIndex(of: status) ?? 0))
    }
    package static func fitNote(_ kind: FitNoteKind) -> EntryWord {
        EntryWord(number: kind == .notFit ? 16 : 17)
    }
    package static func act(_ act: WorkAct) -> EntryWord {
        EntryWord(number: 32 + UInt8(WorkAct.allCases.firstIndex(of: act) ?? 0))
    }

    package var isStatus: Bool { number < 16 }
    package var isFitNote: Bool { number == 16 || number == 17 }
    package var status: PracticeStatus? { isStatus ? PracticeStatus.allCases[Int(number)] : nil }
    package var act: WorkAct? { number >= 32 ? WorkAct.allCases[Int(number) - 32] : nil }
    package static let notFit = fitNote(.notFit)
    package static let mayBeFit = fitNote(.mayBeFit)
}

/// What codes say, each looked up in the list once.
private struct CodeWords: Sendable {
    let list: CodeList
    private var words: [RecordCode: EntryWord] = [:]
    private var groups: [RecordCode: UInt8] = [:]

    init(_ list: CodeList) { self.list = list }

    mutating func word(of code: RecordCode) -> EntryWord? {
        if let word = words[code] { return word }
        let word: EntryWord
        switch list.meaning(of: code) {
        case .status(let status): word = .status(status)
        case .fitNote(let kind): word = .fitNote(kind)
        case .act(let act): word = .act(act)
        default: return nil
        }
        words[code] = word
        return word
    }

    mutating func group(of code: RecordCode) -> UInt8 {
        if let group = groups[code] { return group }
        let found = list.group(of: code)
        let group = UInt8(ConditionGroup.allCases.firstIndex(of: found) ?? 0)
        groups[code] = group
        return group
    }
}
