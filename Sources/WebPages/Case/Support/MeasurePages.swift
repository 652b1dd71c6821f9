import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// The list of questionnaires, and what one of them came to.
enum MeasurePages {
    static let routes: [PageRoute] = [
        .get("/cases/:case/measures", .onCase(.readClinical)) { try list($0) },
        .get("/cases/:case/measures/:instrument/taken", .onCase(.readClinical)) { try taken($0) },
    ]

    // MARK: - All of them

    private static func list(_ visit: Visit) throws -> Response {
        let file = try visit.file()
        return visit.page("Measures", back: ("Back to the case", file.path)) {
            h1 {
                span(.class("nhsuk-caption-l")) { file.title }
                "Measures"
            }
            p { "Ask each questionnaire at the start, and again later. Then you see what changed." }
            table(file)
            p { a(.href(file.path + "#support")) { "Go on with the case" } }
        }
    }

    private static func table(_ file: CaseFile) -> HTML {
        let mayChange = file.may.contains(.changeCase)
        var table = ListTable(
            "Questionnaires",
            ["Questionnaire", "Last asked"] + (mayChange ? ["Next"] : []),
            hidesCaption: true
        )
        for instrument in file.programme.instruments {
            let last = file.case.readings.last { $0.instrument == instrument.id }
            var cells = [
                HTML(instrument.name),
                HTML(
                    last.map { "\(SupportWords.occasion($0.occasion)), \($0.takenOn.uk)" }
                        ?? "Not yet"
                ),
            ]
            if mayChange { cells.append(link(to: instrument, file)) }
            table.rows.append(cells)
        }
        return table.html
    }

    private static func link(to instrument: Instrument, _ file: CaseFile) -> HTML {
        let next = instrument.proposed(for: file.case).map { SupportWords.occasion($0) } ?? ""
        return a(.href(path(to: instrument.id, file))) {
            "Ask \(instrument.name)"
            if !next.isEmpty { " (\(next.lowercased()))" }
        }
    }

    static func path(to instrument: String, _ file: CaseFile) -> String {
        "\(file.path)/measures/\(URLEncoding.encode(instrument))"
    }

    // MARK: - One of them, as it was answered

    private static func taken(_ visit: Visit) throws -> Response {
        let file = try visit.file()
        let instrument = try MeasureForm.instrument(visit, file)
        guard let (fields, day) = lastTold(instrument, file) else {
            return .redirect(to: "\(file.path)/measures")
        }
        let risks = file.case.risks.filter { $0.measure == instrument.id }
        let isAlarming = instrument.isAlarming(fields.allAnswers) && !risks.isEmpty
        let title = isAlarming ? "Act now" : "\(instrument.name) is saved"
        return visit.page(title, back: ("Back to the case", file.path)) {
            h1 {
                span(.class("nhsuk-caption-l")) { file.title }
                title
            }
            if isAlarming {
                warning("The person may harm themselves") {
                    p { "They said so in \(instrument.name). Do this now, one after the other." }
                    SafetyPage.steps(file)
                    p {
                        a(.href(file.path + "/safety")) { "Keep these steps open" }
                        ". The risk stands on the case until it is resolved."
                    }
                }
                h2 { "\(instrument.name) is saved" }
            } else if let risk = risks.first {
                inset {
                    p {
                        "A risk raised on \(risk.raisedOn.uk), by earlier answers, is still open. "
                        a(.href(file.path + "/safety")) { "See what to do" }
                        ", and resolve it once the person is safe."
                    }
                }
            }
            result(fields, day, instrument, file)
            linkButtons([("Ask the next questionnaire", file.path + "/measures")])
        }
    }

    /// The entry that was made last, whenever it was answered.
    private static func lastTold(
        _ instrument: Instrument,
        _ file: CaseFile
    ) -> (MeasureTaken, CivilDate)? {
        var last: (fields: MeasureTaken, event: CaseEvent)?
        for line in file.lines where line.voidedAt == nil {
            guard case .measureTaken(let fields) = line.event.body,
                fields.instrument == instrument.id,
                line.event.sequence > last?.event.sequence ?? 0
            else { continue }
            last = (fields, line.event)
        }
        return last.map { ($0.fields, $0.event.occurredOn) }
    }

    private static func result(
        _ fields: MeasureTaken,
        _ day: CivilDate,
        _ instrument: Instrument,
        _ file: CaseFile
    ) -> HTML {
        var rows = Summary()
        rows.add("Asked", "\(SupportWords.occasion(fields.occasion)), \(day.uk)")
        if let score = fields.score, let range = instrument.score {
            rows.add("Score") {
                strong { "\(score)" }
                " of \(range.upperBound)"
            }
        }
        rows.add("What it means", instrument.name(ofBand: fields.band))
        if !instrument.isSummed {
            for item in instrument.items {
                rows.add(item.question, fields.answers[item.id].map { Words.capital($0) })
            }
        }
        let changes = file.case.distanceTravelled(in: file.programme).changes
            .filter { $0.instrument == instrument.id }
        return rows.html + DistancePart.table(changes)
    }
}

extension Instrument {
    /// A band in words; nil when nothing is said of the score.
    func name(ofBand id: String?) -> String? {
        id.map { id in bands.first { $0.id == id }?.name ?? Words.capital(id) }
    }
}
