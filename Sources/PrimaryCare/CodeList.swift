import Kernel

/// The codes that a practice's record is read by, from `programmes/primary-care/codes.csv`.
package struct CodeList: Sendable {
    package struct Line: Hashable, Sendable {
        package var code: RecordCode
        /// `snomed`, `nhs-data-dictionary`, `loinc` or `icd-10`.
        package var system: String
        package var meaning: CodeMeaning
        package var name: String

        package init(code: RecordCode, system: String, meaning: CodeMeaning, name: String) {
            self.code = code
            self.system = system
            self.meaning = meaning
            self.name = name
        }
    }

    package static let systems = ["snomed", "nhs-data-dictionary", "loinc", "icd-10"]

    package let lines: [Line]
    private let places: [RecordCode: Int]
    /// The condition group of each ICD-10 letter that is in the list.
    private let chapters: [UInt8: ConditionGroup]

    package init(_ lines: [Line]) {
        self.lines = lines
        var places: [RecordCode: Int] = [:]
        var chapters: [UInt8: ConditionGroup] = [:]
        for (place, line) in lines.enumerated() {
            if line.system == "icd-10", case .condition(let group) = line.meaning,
                let letter = line.code.description.utf8.first, line.code.description.utf8.count == 1
            {
                chapters[letter] = group
            } else {
                places[line.code] = place
            }
        }
        self.places = places
        self.chapters = chapters
    }

    package func meaning(of code: RecordCode) -> CodeMeaning? {
        places[code].map { lines[$0].meaning }
    }

    /// The name of a code; the code itself where the list does not have it.
    package func name(of code: RecordCode) -> String {
        places[code].map { lines[$0].name } ?? code.description
    }

    /// The group of a condition's code: by the code, or by the letter of an ICD-10 code.
    package func group(of code: RecordCode) -> ConditionGroup {
        if code.isNone { return .notGiven }
        if case .condition(let group) = meaning(of: code) { return group }
        let bytes = Array(code.description.utf8)
        if !code.isNumber, bytes.count >= 3, bytes[1] >= 0x30, bytes[1] <= 0x39 {
            return chapters[bytes[0] & 0xDF] ?? .notListed
        }
        return .notListed
    }

    /// Whether any code says that somebody did this.
    package func has(_ act: WorkAct) -> Bool {
        lines.contains { $0.meaning == .act(act) }
    }

    /// The code by which a status is written back to the record (SNOMED CT).
    package static func returned(_ status: EmploymentStatus) -> (code: RecordCode, name: String)? {
        switch status {
        case .inWork: RecordCode("224363007").map { ($0, "Employed") }
        case .offSick: RecordCode("224459001").map { ($0, "On sick leave from work") }
        case .outOfWork: RecordCode("73438004").map { ($0, "Unemployed") }
        case .unknown: nil
        }
    }
}
