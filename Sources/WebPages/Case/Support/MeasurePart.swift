import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// Scores over the occasions, on the case page.
enum MeasurePart {
    static func show(_ visit: Visit, _ file: CaseFile) -> HTML? {
        guard file.may.contains(.readClinical) else { return nil }
        let asks = file.may.contains(.changeCase) && file.mayAskPerson
        let link = asks ? "Ask a questionnaire" : "See all questionnaires"
        return safety(file) + table(file) + earlier(file)
            + linkButtons([(link, file.path + "/measures")])
    }

    private static func safety(_ file: CaseFile) -> HTML {
        let risks = file.case.risks.filter { $0.measure != nil }
        if risks.isEmpty { return HTML() }
        return inset {
            for risk in risks { p { risk.sentence(in: file) } }
            partLink("What to do now", to: file.path + "/safety")
        }
    }

    private static func table(_ file: CaseFile) -> HTML {
        let readings = file.case.readings
        let asked = file.programme.instruments.filter { instrument in
            readings.contains { $0.instrument == instrument.id }
        }
        if asked.isEmpty {
            return p { "No questionnaire has been asked yet. Ask for the baseline first." }
        }
        let occasions = Occasion.allCases.filter { occasion in
            readings.contains { $0.occasion == occasion }
        }
        let changes = file.case.distanceTravelled(in: file.programme).changes
        var table = ListTable(
            "Scores",
            ["Measure"] + occasions.map { SupportWords.occasion($0) } + ["Change"],
            hidesCaption: true
        )
        for instrument in asked {
            let taken = readings.filter { $0.instrument == instrument.id }
            for row in rows(of: instrument) {
                let cells = occasions.map { occasion in
                    cell(row, instrument, taken.last { $0.occasion == occasion })
                }
                let change = changes.first {
                    $0.instrument == instrument.id && $0.item == row?.id
                }
                let words = change.map { DistancePart.words($0) } ?? HTML("–")
                table.rows.append([HTML(row?.question ?? instrument.name)] + cells + [words])
            }
        }
        return table.html
    }

    /// The items that are read by themselves; nil stands for the score of them all.
    private static func rows(of instrument: Instrument) -> [Question?] {
        let items: [Question?] = instrument.isSummed ? [] : instrument.items
        return (instrument.score == nil ? [] : [nil]) + items
    }

    private static func cell(
        _ item: Question?,
        _ instrument: Instrument,
        _ reading: MeasureReading?
    ) -> HTML {
        guard let reading else { return HTML("–") }
        if let item {
            return HTML(reading.answers[item.id].map { Words.capital($0) } ?? "–")
        }
        guard let score = reading.score else { return HTML("–") }
        let band = instrument.name(ofBand: reading.band).map { ", \($0.lowercased())" } ?? ""
        return HTML("\(score)\(band)")
    }

    /// Every time that something was asked, where one occasion hides another.
    private static func earlier(_ file: CaseFile) -> HTML {
        let readings = file.case.readings
        if readings.isEmpty { return HTML() }
        return reveal("Every time it was asked") {
            ul {
                for reading in readings.reversed() {
                    let instrument = file.programme.instrument(reading.instrument)
                    li {
                        "\(reading.takenOn.uk): "
                        instrument?.name ?? Words.capital(reading.instrument)
                        ", \(SupportWords.occasion(reading.occasion).lowercased())"
                        reading.score.map { ", score \($0)" } ?? ""
                    }
                }
            }
        }
    }
}
