import Kernel

/// Reads an extract that comes as FHIR R4 resources: Patient, Observation, Condition, Organization.
///
/// Resources may come in any order and from several files; what they refer to is looked up at the
/// end. Other kinds are passed over.
package struct FHIRExtract: Sendable {
    /// One thing that is wrong, with the FHIRPath of the element.
    package struct Trouble: Hashable, Sendable {
        package var file: String?
        package var line: Int?
        package var path: String
        package var problem: String
        package var expected: String?
    }

    /// Where a resource stands: a line of NDJSON, or a place in a bundle.
    package struct Place: Hashable, Sendable {
        package var file: String?
        package var line: Int?
        /// `Bundle.entry[3].resource`, or the kind of the resource.
        package var path: String

        package init(file: String? = nil, line: Int? = nil, path: String) {
            self.file = file
            self.line = line
            self.path = path
        }
    }

    package private(set) var troubles: [Trouble] = []
    package private(set) var passedOver = 0
    package private(set) var resources = 0

    private struct Pending: Sendable {
        var place: Place
        var reader: RowReader
        var subject: String?
        var condition: String?
    }

    private let list: CodeList
    private let day: Int32
    private var people: [(place: Place, resource: PatientResource)] = []
    private var patients = Named<PatientResource>()
    private var conditions = Named<String>()
    private var organisations = Named<String>()
    private var observations: [Pending] = []

    private struct PatientResource: Hashable, Sendable {
        var number: String?
        var birth: String?
        var practice: String?
        var practiceReference: String?
        /// The day of death.
        var left: String?
        /// Whether they are alive and active; nil where it does not say.
        var isHere: Bool?
    }

    package static let numberSystem = "https://fhir.nhs.uk/Id/nhs-number"
    package static let organisationSystem = "https://fhir.nhs.uk/Id/ods-organization-code"
    package static let snomed = "http://snomed.info/sct"

    package init(list: CodeList, day: Int32) {
        self.list = list
        self.day = day
    }

    /// Takes one resource, or every resource of a bundle.
    package mutating func take(_ value: JSONValue, file: String? = nil, line: Int? = nil) {
        let kind = value["resourceType"]?.string ?? ""
        guard kind == "Bundle" else {
            take(value, at: Place(file: file, line: line, path: kind), url: nil)
            return
        }
        for (index, entry) in (value["entry"]?.array ?? []).enumerated() {
            let place = Place(file: file, line: line, path: "Bundle.entry[\(index)].resource")
            guard let resource = entry["resource"] else { continue }
            take(resource, at: place, url: entry["fullUrl"]?.string)
        }
    }

    private mutating func take(_ resource: JSONValue, at place: Place, url: String?) {
        resources += 1
        let kind = resource["resourceType"]?.string
        var names: [String] = []
        if let kind, let id = resource["id"]?.string { names.append("\(kind)/\(id)") }
        if let url { names.append(url) }
        switch kind {
        case "Patient":
            let patient = patient(resource, at: place)
            for name in names { patients.add(patient, as: name, in: place.file) }
            if names.isEmpty {
                trouble(place, "id", "is missing", "the patient's id")
            } else {
                people.append((place, patient))
            }
        case "Organization":
            let code = identifier(resource["identifier"], Self.organisationSystem)
            for name in names { organisations.add(code, as: name, in: place.file) }
        case "Condition":
            let code = code(resource["code"]) { list.group(of: $0) != .notListed }
            for name in names { conditions.add(code, as: name, in: place.file) }
        case "Observation": takeObservation(resource, at: place)
        case nil: trouble(place, "resourceType", "is missing", "a FHIR R4 resource")
        default: passedOver += 1
        }
    }

    private mutating func trouble(
        _ place: Place,
        _ path: String,
        _ problem: String,
        _ expected: String?
    ) {
        troubles.append(
            Trouble(
                file: place.file,
                line: place.line,
                path: place.path.isEmpty ? path : "\(place.path).\(path)",
                problem: problem,
                expected: expected
            )
        )
    }

    private mutating func patient(_ resource: JSONValue, at place: Place) -> PatientResource {
        var found = PatientResource()
        found.number = identifier(resource["identifier"], Self.numberSystem)
        found.birth = resource["birthDate"]?.string
        // Both change what the resource means: neither may be passed over.
        let isDead = truth("deceasedBoolean", of: resource, at: place) ?? false
        let isActive = truth("active", of: resource, at: place)
        let died = resource["deceasedDateTime"]?.string
        // A year or a month does not say on which day.
        let hasDay = died.map { $0.utf8.count != 4 && $0.utf8.count != 7 } ?? false
        found.left = hasDay ? died.map(Self.day) : nil
        found.isHere = isDead || died != nil ? false : isActive
        var practices = resource["generalPractitioner"]?.array ?? []
        if let managing = resource["managingOrganization"] { practices.append(managing) }
        for practice in practices {
            if let code = identifier(practice["identifier"], Self.organisationSystem) {
                found.practice = code
                break
            }
            found.practiceReference = found.practiceReference ?? practice["reference"]?.string
        }
        return found
    }

    private mutating func truth(
        _ element: String,
        of resource: JSONValue,
        at place: Place
    ) -> Bool? {
        guard let value = resource[element] else { return nil }
        if value.bool == nil { trouble(place, element, "is neither true nor false", "one of them") }
        return value.bool
    }

    /// The value of an identifier, or of the one among several, that has a system.
    private func identifier(_ value: JSONValue?, _ system: String) -> String? {
        let all = value?.array ?? value.map { [$0] } ?? []
        return all.first { $0["system"]?.string == system }?["value"]?.string
    }

    /// The code of a concept that a test finds good; else its first code.
    private func code(_ concept: JSONValue?, _ isGood: (RecordCode) -> Bool) -> String? {
        let codings = concept?["coding"]?.array ?? []
        let codes = codings.compactMap { $0["code"]?.string }
        return codes.first { RecordCode($0).map(isGood) ?? false } ?? codes.first
    }

    private mutating func takeObservation(_ resource: JSONValue, at place: Place) {
        var reader = RowReader(list: list, day: day)
        var pending = Pending(place: place, reader: reader)
        if let code = code(resource["code"], { list.meaning(of: $0) != nil }) {
            reader.take(.code, code)
        } else if resource["status"]?.string != "entered-in-error" || resource["id"] == nil {
            trouble(place, "code", "has no coding", "a code of the code list")
        }
        if let value = code(resource["valueCodeableConcept"], { list.meaning(of: $0) != nil }) {
            reader.take(.value, value)
        }
        switch resource["status"]?.string {
        case "entered-in-error": reader.take(.status, "entered-in-error")
        case "final", "amended", "corrected": break
        case let other:
            let problem = other.map { "\($0) is not known here" } ?? "is missing"
            trouble(place, "status", problem, "final, amended, corrected or entered-in-error")
        }
        let period = resource["effectivePeriod"]
        let on =
            resource["effectiveDateTime"]?.string ?? resource["issued"]?.string
            ?? period?["start"]?.string
        if let on { reader.take(.recordedOn, Self.day(on)) }
        if let start = period?["start"]?.string { reader.take(.from, Self.day(start)) }
        if let end = period?["end"]?.string { reader.take(.to, Self.day(end)) }
        if let id = resource["id"]?.string { reader.take(.entryID, id) }
        if let component = (resource["component"]?.array ?? []).first(where: isCondition),
            let code = code(component["valueCodeableConcept"], { !$0.isNone })
        {
            reader.take(.condition, code)
        } else {
            pending.condition = resource["focus"]?.array?.first?["reference"]?.string
        }
        let subject = resource["subject"]
        if let number = identifier(subject?["identifier"], Self.numberSystem) {
            reader.take(.nhsNumber, number)
        } else {
            pending.subject = subject?["reference"]?.string
        }
        pending.reader = reader
        observations.append(pending)
    }

    private func isCondition(_ component: JSONValue) -> Bool {
        code(component["valueCodeableConcept"]) { list.group(of: $0) != .notListed }
            .flatMap { RecordCode($0) }.map { list.group(of: $0) != .notListed } ?? false
    }

    /// The day of a FHIR dateTime: of a time with its zone, the day in the United Kingdom.
    private static func day(_ text: String) -> String {
        let day = text.utf8.count > 10 ? Instant(iso: text)?.civilDateUK.iso : nil
        return day ?? String(text.prefix(10))
    }

    /// Gives each row in turn, patients first, once everything has been taken.
    ///
    /// - Parameter add: answers what does not agree with an earlier row.
    package mutating func finish(
        practice other: String?,
        _ add: (ExtractRow, Place) -> FieldFault?
    ) {
        for (place, resource) in people {
            var reader = RowReader(list: list, day: day)
            fill(&reader, resource, of: place.file)
            finish(&reader, place, isPatient: true, add)
        }
        for var pending in observations {
            let file = pending.place.file
            if let subject = pending.subject {
                guard let patient = patients.find(subject, from: file) else {
                    let isKnown = patients.has(subject)
                    trouble(
                        pending.place,
                        "subject",
                        isKnown
                            ? "\(subject) is somebody else in each of several files"
                            : "\(subject) is not among the patients",
                        isKnown ? "a Patient of the same file" : "a Patient of the same extract"
                    )
                    continue
                }
                fill(&pending.reader, patient.value, of: patient.file)
            }
            if let condition = pending.condition.flatMap({ conditions.find($0, from: file) }) {
                pending.reader.take(.condition, condition.value)
            }
            finish(&pending.reader, pending.place, isPatient: false, add)
        }
    }

    private func fill(
        _ reader: inout RowReader,
        _ patient: PatientResource,
        of file: String?
    ) {
        if let number = patient.number { reader.take(.nhsNumber, number) }
        if let birth = patient.birth { reader.take(.birthDate, birth) }
        if let left = patient.left { reader.take(.leftOn, left) }
        if let isHere = patient.isHere { reader.take(isHere: isHere) }
        let organisation = patient.practiceReference.flatMap {
            organisations.find($0, from: file)?.value
        }
        if let code = patient.practice ?? organisation { reader.take(.practice, code) }
    }

    private mutating func finish(
        _ reader: inout RowReader,
        _ place: Place,
        isPatient: Bool,
        _ add: (ExtractRow, Place) -> FieldFault?
    ) {
        let row = reader.finish()
        // A fault of the patient is told once, at the patient.
        var faults = reader.faults.filter { isPatient || !Self.ofPatient.contains($0.field) }
        if !isPatient, patientsAreSound,
            reader.faults.contains(where: { $0.field == .nhsNumber })
        {
            faults = reader.faults
        }
        if row == nil, faults.isEmpty {
            trouble(place, "subject", "is a patient who is at fault", "a sound Patient")
        }
        if let row, let fault = add(row, place) { faults.append(fault) }
        for fault in faults {
            trouble(place, Self.element(fault.field, isPatient), fault.problem, fault.expected)
        }
    }

    /// Whether every patient could be read.
    private var patientsAreSound: Bool {
        !troubles.contains { $0.path.hasSuffix("identifier") || $0.path.hasSuffix("birthDate") }
    }

    private static let ofPatient: Set<ExtractField> = [.nhsNumber, .birthDate, .leftOn, .practice]

    /// The element that a field is read from.
    private static func element(_ field: ExtractField, _ isPatient: Bool) -> String {
        switch field {
        case .practice: "managingOrganization.identifier"
        case .nhsNumber: isPatient ? "identifier" : "subject"
        case .birthDate: "birthDate"
        case .code: "code"
        case .value: "valueCodeableConcept"
        case .recordedOn: "effectiveDateTime"
        case .from: "effectivePeriod.start"
        case .to, .durationDays: "effectivePeriod.end"
        case .condition: "focus"
        case .entryID: "id"
        case .status: "status"
        case .leftOn: "deceasedDateTime"
        case .registeredOn, .dissent: field.rawValue
        }
    }
}

/// What resources are called by those that refer to them.
///
/// The files of one system name each other's resources, but two systems may call different ones the
/// same: a file's own comes first, and another's counts only when all so called are the same.
private struct Named<Value: Hashable & Sendable>: Sendable {
    private var values: [String: [(file: String?, value: Value)]] = [:]

    mutating func add(_ value: Value?, as name: String, in file: String?) {
        if let value { values[name, default: []].append((file, value)) }
    }

    func has(_ name: String) -> Bool { values[name] != nil }

    func find(_ name: String, from file: String?) -> (file: String?, value: Value)? {
        guard let all = values[name], let last = all.last else { return nil }
        if let own = all.last(where: { $0.file == file }) { return own }
        return all.allSatisfy { $0.value == last.value } ? last : nil
    }
}
