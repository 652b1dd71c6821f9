import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// Asking the questions of an instrument, in its own words.
enum MeasureForm {
    static let routes = CaseForm.routes(at: "measures/:instrument") { visit, file in
        try form(of: try instrument(visit, file), file)
    }

    /// The instrument that the path names.
    static func instrument(_ visit: Visit, _ file: CaseFile) throws -> Instrument {
        guard let known = file.programme.instrument(visit.part("instrument")) else {
            throw ServiceError(.notFound, "There is no such questionnaire.")
        }
        return known
    }

    /// The name of an item's field, which no other field of the page can have.
    static func field(_ item: Question) -> String { "item-\(item.id)" }

    private static func form(of instrument: Instrument, _ file: CaseFile) throws -> CaseForm {
        // The answers could be typed in and not be read again.
        guard file.may.contains(.readClinical) else {
            throw ServiceError(.forbidden, "The person has not agreed that measures are seen.")
        }
        return CaseForm(
            path: "measures/\(URLEncoding.encode(instrument.id))",
            title: instrument.name,
            then: "\(file.path)/measures/\(URLEncoding.encode(instrument.id))/taken",
            fields: { visit, file, fields in questions(instrument, visit, file, fields) },
            read: { visit, _, reader in read(instrument, visit, &reader) }
        )
    }

    // MARK: - Questions

    @HTMLBuilder private static func questions(
        _ instrument: Instrument,
        _ visit: Visit,
        _ file: CaseFile,
        _ fields: Fields
    ) -> HTML {
        let proposed = instrument.proposed(for: file.case)
        if instrument.occasions.count == 1 {
            Fields.hidden("occasion", instrument.occasions[0].rawValue)
        } else {
            fields.radios(
                "occasion",
                "When is it asked?",
                instrument.occasions.map { Choice($0.rawValue, SupportWords.occasion($0)) },
                or: proposed?.rawValue,
                isInline: true
            )
        }
        fields.date("on", "Day on which it was answered", or: visit.today.iso)
        if let stem = instrument.stem { p { stem } }
        if !instrument.isSummed, !instrument.items.isEmpty {
            p(.class("nhsuk-hint")) {
                "Leave a question blank if the person would rather not answer it."
            }
        }
        for (place, item) in instrument.items.enumerated() {
            let number = instrument.items.count == 1 ? "" : "\(place + 1). "
            fields.radios(
                field(item),
                number + item.question,
                CaseWords.choices(item.answers),
                isInline: item.answers.count > 5
            )
        }
        if let range = instrument.score, !instrument.isSummed {
            fields.text(
                "score",
                instrument.name,
                hint: "A number from \(range.lowerBound) to \(range.upperBound). "
                    + (instrument.lowerIsBetter ? "Lower is better." : "Higher is better."),
                width: 3,
                inputmode: "numeric"
            )
        }
    }

    // MARK: - Answers

    private static func read(
        _ instrument: Instrument,
        _ visit: Visit,
        _ reader: inout FormReader
    ) -> Command? {
        var fields = MeasureTaken()
        fields.instrument = instrument.id
        let occasion = reader.choice(
            "occasion",
            "Choose when it is asked",
            among: instrument.occasions.map(\.rawValue)
        )
        let day = reader.day("on", "Give the day", usually: visit.today)
        for (place, item) in instrument.items.enumerated() {
            let name = field(item)
            if instrument.isSummed {
                fields.answers[item.id] = reader.choice(
                    name,
                    "Answer question \(place + 1)",
                    among: item.answers
                )
            } else if let answer = reader.optionalChoice(name, among: item.answers) {
                fields.answers[item.id] = answer
            }
        }
        if let range = instrument.score, !instrument.isSummed {
            fields.score = reader.number("score", "The score", in: range)
        }
        if fields.answers.isEmpty, fields.score == nil, reader.problems.isEmpty {
            let first = instrument.items.first.map(field)
            reader.fault(first ?? "score", "Give at least one answer")
        }
        guard let occasion = occasion.flatMap({ Occasion(rawValue: $0) }), let day,
            reader.problems.isEmpty
        else { return nil }
        fields.occasion = occasion
        return Command(.measureTaken(fields), on: day)
    }
}

extension Instrument {
    /// When it would be asked next: the baseline first, after the discharge the tracking.
    func proposed(for folded: Case) -> Occasion? {
        let taken = folded.readings.filter { $0.instrument == id }
        var wanted: [Occasion] = folded.discharge == nil ? [.review, .exit] : [.tracking, .exit]
        if !taken.contains(where: { $0.occasion == .baseline }) { wanted.insert(.baseline, at: 0) }
        return wanted.first(where: occasions.contains) ?? occasions.last
    }
}
