import Kernel

/// What kind of thing a name stands for.
package struct NameKind: Hashable {
    /// The kind in words, for example "a strand".
    package let label: String
    /// For answers, the question that they answer.
    var question: String?

    /// A kind, named in words.
    package init(label: String, question: String? = nil) {
        self.label = label
        self.question = question
    }

    static let area = NameKind(label: "an area")
    static let source = NameKind(label: "a referral source")
    static let question = NameKind(label: "a question")
    /// A question whose answers are sealed, and so never counted.
    static let sealedQuestion = NameKind(label: "a question with sealed answers")
    static let priority = NameKind(label: "a rule of priority")
    static let rule = NameKind(label: "an eligibility rule")
    static let strand = NameKind(label: "a strand")
    static let provider = NameKind(label: "a provider or partner")
    static let target = NameKind(label: "a target")
    static let clock = NameKind(label: "a clock")
    static let intensity = NameKind(label: "an intensity")
    static let plan = NameKind(label: "a plan")
    static let appointment = NameKind(label: "an appointment")
    static let intervention = NameKind(label: "an intervention")
    static let service = NameKind(label: "an onward service")
    static let barrier = NameKind(label: "a barrier")
    static let dischargeStatus = NameKind(label: "a discharge status")
    static let closureReason = NameKind(label: "a closure reason")
    static let measure = NameKind(label: "a measure")
    static let occasion = NameKind(label: "a measure and its occasion")
    static let outcome = NameKind(label: "an outcome")
    static let population = NameKind(label: "a population")
    static let indicator = NameKind(label: "an indicator")
    static let row = NameKind(label: "a row")
    static let payment = NameKind(label: "a payment")

    /// The answers to one question.
    static func answer(to question: String) -> NameKind {
        NameKind(label: "an answer to \(question)", question: question)
    }
}

/// The names that a file defines, and those that it uses, to be compared when all has been read.
package struct NameTable {
    private var defined: [NameKind: [String]] = [:]
    private var lines: [NameKind: [String: Int]] = [:]
    private var uses: [(kind: NameKind, name: String, place: Place)] = []

    /// Notes a definition; a fault if there is one already.
    package mutating func define(_ kind: NameKind, _ name: String, at place: Place) {
        if let line = lines[kind]?[name] {
            place.fault("`\(name)` is defined twice", expected: "another name than on line \(line)")
            return
        }
        lines[kind, default: [:]][name] = place.line
        defined[kind, default: []].append(name)
    }

    /// Notes that a name is there, however often.
    package mutating func allow(_ kind: NameKind, _ name: String) {
        guard lines[kind]?[name] == nil else { return }
        lines[kind, default: [:]][name] = 0
        defined[kind, default: []].append(name)
    }

    /// Notes that a name is used.
    package mutating func use(_ kind: NameKind, _ name: String, at place: Place) {
        uses.append((kind, name, place))
    }

    /// Whether the name is defined so far.
    package func contains(_ kind: NameKind, _ name: String) -> Bool {
        lines[kind]?[name] != nil
    }

    /// The names defined so far, in order.
    package func names(_ kind: NameKind) -> [String] {
        defined[kind] ?? []
    }

    /// Notes a fault for every name that is used but not defined.
    package func reportUndefined() {
        for use in uses where !contains(use.kind, use.name) {
            // A service of the guide goes by its UUID, and no file can know which there are.
            if use.kind == .service, Self.isUUID(use.name) { continue }
            // The answers to an unknown question are unknown too; one fault is enough.
            if let question = use.kind.question, !contains(.question, question) { continue }
            use.place.fault(
                "`\(use.name)` is not \(use.kind.label) in this file",
                expected: oneOf(names(use.kind), nearest: use.name)
            )
        }
    }

    /// A UUID in small letters (RFC 9562, 4), as the service guide writes its ids.
    private static func isUUID(_ name: String) -> Bool {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && parts.joined().utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
            }
    }
}
