import Kernel

/// One row of an extract: a patient and, mostly, one entry of the record.
package struct ExtractRow: Hashable, Sendable {
    package var practice: String?
    /// The ten digits of the NHS number, as a number.
    package var nhsNumber: UInt64 = 0
    package var birth: Int32?
    package var registered: Int32?
    package var left: Int32?
    /// Whether the patient is there on the day of the extract; nil where it does not say.
    package var isHere: Bool?
    package var dissent: Bool?
    package var told: PatientHistory.Told?

    package init() {}
}

/// Reads one row field by field, gathering every fault.
package struct RowReader: Sendable {
    package let list: CodeList
    /// The day of the extract, after which nothing can have been recorded.
    package let day: Int32
    package private(set) var faults: [FieldFault] = []

    private var row = ExtractRow()
    private var code: RecordCode?
    private var value: RecordCode?
    private var on: Int32?
    private var from: Int32?
    private var to: Int32?
    private var length: Int?
    private var condition = RecordCode.none
    private var id: UInt64 = 0
    private var isWithdrawn = false

    /// No fit note is longer than this: two years.
    package static let daysMax = 731
    /// Nobody is as old as this: 130 years.
    private static let lifeMax: Int32 = 130 * 366

    package init(list: CodeList, day: Int32) {
        self.list = list
        self.day = day
    }

    /// Begins the next row.
    package mutating func clear() {
        self = RowReader(list: list, day: day)
    }

    /// Takes a field that is not blank.
    package mutating func take(_ field: ExtractField, _ bytes: UnsafeBufferPointer<UInt8>) {
        switch field {
        case .practice: takePractice(bytes)
        case .nhsNumber: takeNumber(bytes)
        case .birthDate: row.birth = date(field, bytes)
        case .registeredOn: row.registered = date(field, bytes)
        case .leftOn: row.left = date(field, bytes)
        case .dissent: takeDissent(bytes)
        case .code: code = recordCode(field, bytes)
        case .value: value = recordCode(field, bytes)
        case .recordedOn: on = date(field, bytes)
        case .from: from = date(field, bytes)
        case .to: to = date(field, bytes)
        case .durationDays: takeLength(bytes)
        case .condition: condition = recordCode(field, bytes) ?? .none
        case .entryID: id = Self.hash(bytes)
        case .status: takeStatus(bytes)
        }
    }

    /// The same of a text.
    package mutating func take(_ field: ExtractField, _ text: String) {
        var text = text
        text.withUTF8 { take(field, $0) }
    }

    /// Notes whether the patient is there on the day of the extract, since a day that nobody says.
    package mutating func take(isHere: Bool) { row.isHere = isHere }

    /// The row; nil when it has faults.
    package mutating func finish() -> ExtractRow? {
        if row.nhsNumber == 0, !faults.contains(where: { $0.field == .nhsNumber }) {
            note(.nhsNumber, "is blank", ExtractField.nhsNumber.says)
        }
        let hasCode = code != nil || faults.contains { $0.field == .code || $0.field == .value }
        if isWithdrawn, id != 0, !isWhole {
            // Its id says which entry is taken back: what that said need not stand here.
            var entry = RecordEntry(code: .none, on: on ?? day)
            entry.id = id
            row.told = PatientHistory.Told(entry, isWithdrawn: true)
        } else if hasCode {
            finishEntry()
        } else if isWithdrawn || on != nil || value != nil || from != nil || to != nil
            || length != nil
        {
            note(.code, "is blank", ExtractField.code.says)
        }
        checkBirth()
        if let registered = row.registered, let left = row.left, left < registered {
            let expected = "a day from \(CivilDate(day: registered).iso) on"
            note(.leftOn, "is before the day of registration", expected)
        }
        return faults.isEmpty ? row : nil
    }

    private mutating func checkBirth() {
        guard let birth = row.birth else { return }
        if birth > day {
            note(.birthDate, "is after the day of the extract", "a day up to it")
        } else if day - birth >= Self.lifeMax {
            note(.birthDate, "is 130 years ago or more", "a day since then")
        } else if let fault = row.told?.fault(bornOn: birth) {
            faults.append(fault)
        }
    }

    /// Whether what makes an entry of the code stands in the row.
    private var isWhole: Bool {
        guard let code, on != nil else { return false }
        return switch list.meaning(of: code) {
        case .statusQuestion: value != nil
        case .fitNote: to != nil || length != nil
        default: true
        }
    }

    private mutating func finishEntry() {
        if on == nil, !faults.contains(where: { $0.field == .recordedOn }) {
            note(.recordedOn, "is blank", "a date, YYYY-MM-DD or DD/MM/YYYY")
        }
        guard let code else { return }
        if let on, on > day {
            note(.recordedOn, "is after the day of the extract", "a day up to it")
        }
        var entry = RecordEntry(code: code, on: on ?? day)
        entry.id = id
        switch list.meaning(of: code) {
        case .status, .act: break
        case .statusQuestion:
            guard let answer = answer() else { return }
            entry.code = answer
        case .fitNote:
            guard let on else { return }
            finishNote(&entry, issued: on)
        case .condition:
            note(
                .code,
                "\(code) is a condition",
                "a status, a fit note or what was done; a condition "
                    + "stands in the column condition"
            )
        case nil: noteUnknown(.code, code)
        }
        row.told = PatientHistory.Told(entry, isWithdrawn: isWithdrawn)
    }

    /// The status that the question was answered with.
    private mutating func answer() -> RecordCode? {
        guard let value else {
            if !faults.contains(where: { $0.field == .value }) {
                note(.value, "is blank", "the code of an employment status")
            }
            return nil
        }
        if case .status = list.meaning(of: value) { return value }
        if list.meaning(of: value) == nil {
            noteUnknown(.value, value)
        } else {
            note(.value, "\(value) is no employment status", "the code of one")
        }
        return nil
    }

    private mutating func finishNote(_ entry: inout RecordEntry, issued: Int32) {
        let first = from ?? issued
        let last = to ?? length.map { first + Int32($0) - 1 }
        entry.from = first
        entry.reason = condition
        guard let last else {
            let isTold = faults.contains { $0.field == .to || $0.field == .durationDays }
            if !isTold { note(.to, "is blank", "the fit note's last day, or its duration_days") }
            return
        }
        entry.to = last
        if last < first {
            note(.to, "is before the fit note's first day", "a day from then on")
        } else if Int(last) - Int(first) >= Self.daysMax {
            note(.to, "makes a fit note of more than two years", "a day nearer to its first")
        } else if let length, length != entry.days {
            let expected = "\(entry.days), or blank"
            note(.durationDays, "\(length) is not the days up to its last", expected)
        }
    }

    private mutating func noteUnknown(_ field: ExtractField, _ code: RecordCode) {
        if !code.hasRightCheckDigit {
            note(
                field,
                "\(code) has a wrong check digit",
                "the code as the record has it; "
                    + "spreadsheets round codes of more than 15 digits"
            )
            return
        }
        note(field, "\(code) is not in the code list", "a code of primary-care/codes.csv")
    }

    mutating func note(_ field: ExtractField, _ problem: String, _ expected: String?) {
        faults.append(FieldFault(field, problem, expected))
    }
}

// MARK: - Single fields

extension RowReader {
    private mutating func takePractice(_ bytes: UnsafeBufferPointer<UInt8>) {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let code = ODSCode(practice: text) else {
            note(.practice, "\(text) is not an ODS code", ExtractField.practice.says)
            return
        }
        row.practice = code.text
    }

    private mutating func takeNumber(_ bytes: UnsafeBufferPointer<UInt8>) {
        var number: UInt64 = 0
        var digits = 0
        var sum = 0
        for byte in bytes where byte != 0x20 && byte != 0x2D {
            guard byte >= 0x30, byte <= 0x39 else { return noteNumber(bytes) }
            let digit = Int(byte - 0x30)
            digits += 1
            if digits < 10 { sum += digit * (11 - digits) }
            number = number &* 10 &+ UInt64(digit)
        }
        let check = (11 - sum % 11) % 11
        guard digits == 10, check != 10, number % 10 == UInt64(check) else {
            return noteNumber(bytes)
        }
        row.nhsNumber = number
    }

    private mutating func noteNumber(_ bytes: UnsafeBufferPointer<UInt8>) {
        let text = String(decoding: bytes, as: UTF8.self)
        note(.nhsNumber, NHSNumber.problem(with: text) ?? "is wrong", ExtractField.nhsNumber.says)
    }

    private mutating func date(
        _ field: ExtractField,
        _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Int32? {
        if let date = CivilDate(textBytes: bytes) { return date.day }
        let text = String(decoding: bytes, as: UTF8.self)
        note(field, "\(text) is not a date", "YYYY-MM-DD or DD/MM/YYYY")
        return nil
    }

    private mutating func takeDissent(_ bytes: UnsafeBufferPointer<UInt8>) {
        let text = String(decoding: bytes, as: UTF8.self).lowercased()
        switch text {
        case "yes", "y", "true", "1": row.dissent = true
        case "no", "n", "false", "0": row.dissent = false
        default: note(.dissent, "\(text) is not an answer", "yes or no")
        }
    }

    private mutating func takeLength(_ bytes: UnsafeBufferPointer<UInt8>) {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let number = Int(text), (1...Self.daysMax).contains(number) else {
            let expected = "a whole number of days from 1 to \(Self.daysMax)"
            note(.durationDays, "\(text) will not do", expected)
            return
        }
        length = number
    }

    private mutating func takeStatus(_ bytes: UnsafeBufferPointer<UInt8>) {
        let text = String(decoding: bytes, as: UTF8.self).lowercased()
        switch text {
        case "entered-in-error", "deleted": isWithdrawn = true
        case "final", "amended", "corrected": break
        default: note(.status, "\(text) is not known here", "final or entered-in-error")
        }
    }

    private mutating func recordCode(
        _ field: ExtractField,
        _ bytes: UnsafeBufferPointer<UInt8>
    ) -> RecordCode? {
        let text = { String(decoding: bytes, as: UTF8.self) }
        guard let code = RecordCode(bytes: bytes) else {
            let isRounded = bytes.contains(0x45) && bytes.contains(0x2B)
            let problem =
                isRounded
                ? "\(text()) was rounded by a spreadsheet" : "\(text()) is not a code"
            note(field, problem, "the code as the record has it")
            return nil
        }
        if field == .condition, !code.hasRightCheckDigit {
            noteUnknown(field, code)
            return nil
        }
        return code
    }

    /// FNV-1a (Fowler, Noll and Vo), 64 bits, and never 0.
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return hash == 0 ? 1 : hash
    }
}
