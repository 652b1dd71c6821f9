import Kernel

/// A set of cases, said in terms of facts.
package indirect enum Population: Sendable, Hashable {
    case everyone
    case named(String)
    case all([Population])
    case any([Population])
    case not(Population)
    /// The milestone's date is there.
    case reached(Milestone)
    /// The column holds one of the values; blank is in none.
    case code(CodeField, [String])
    /// The column is blank.
    case blank(CodeField)
    /// A token with this key is there, and, if values are given, has one of them.
    case token(SetField, key: String, values: [String])
    /// The number is there and within the bounds, both included; nil is open.
    case number(NumberField, from: Int?, to: Int?)
}

/// A population with a name, so that rows can share it.
package struct NamedPopulation: Sendable, Hashable {
    package var id: String
    package var population: Population
}

/// What a figure is counted from.
package struct Indicator: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case count(Population)
        case mean(Elapsed, over: Population)
        case median(Elapsed, over: Population)
        case distinct(CodeField, over: Population)
        case sum(NumberField, over: Population)
        /// Cases whose clock stopped in time; open ones that are overdue count as missed.
        case met(clock: String)
        /// Cases with the outcome; cases for which its window has not passed are left out.
        case outcome(String)
    }

    package var kind: Kind
    /// What the count is divided by; nil for a plain count, a mean, a median, a sum.
    package var of: Denominator?
    /// An amount by which the count is multiplied, in pence.
    package var times: Pence?
}

/// What a count stands beside.
package enum Denominator: Sendable, Hashable {
    case population(Population)
    /// A number of the programme's `targets`.
    case target(id: String, value: Int)
}

/// The time between two milestones, in one unit.
package struct Elapsed: Sendable, Hashable {
    package var unit: Period.Unit
    package var from: Milestone
    package var to: Milestone
}

/// An indicator with a name and a definition.
package struct NamedIndicator: Sendable, Hashable {
    package var id: String
    package var name: String
    package var indicator: Indicator
}

/// The table that goes to the board.
package struct Report: Sendable, Hashable {
    package var title: String
    /// The day described unless another is asked for.
    package var asAt: CivilDate?
    package var rows: [ReportRow]
}

/// One row of a report.
package struct ReportRow: Sendable, Hashable {
    package var row: String
    package var indicator: Indicator
    package var show: Show
    /// What the paper printed, to be set beside the figure.
    package var printed: String?
    package var note: String?
    /// The line of the programme file on which the row stands.
    package var line: Int
}

/// How a figure is put into words: a form and a named rounding.
///
/// Written `form` or `form-rounding`, for example `percent-nearest-half`.
package struct Show: Sendable, Hashable {
    package enum Form: String, Sendable, CaseIterable {
        /// `689`: the count, or a mean or median, alone.
        case number
        /// `76%`.
        case percent
        /// `155 (71%)`.
        case countPercent = "count-percent"
        /// `37 (of 43)`.
        case countOf = "count-of"
        /// `£59,001`.
        case pounds
    }

    package enum Rounding: String, Sendable, CaseIterable {
        /// To the nearest whole, halves up.
        case whole
        case truncated
        case nearestHalf = "nearest-half"
        case oneDecimal = "one-decimal"
        case nearestThousand = "nearest-thousand"
    }

    package var form: Form
    package var rounding: Rounding

    package init(form: Form, rounding: Rounding) {
        self.form = form
        self.rounding = rounding
    }

    /// Reads `percent`, `percent-truncated`, or a rounding alone (`whole`), which shows a number.
    package init?(_ text: String) {
        if let form = Form(rawValue: text) {
            self.init(form: form, rounding: .whole)
            return
        }
        if let rounding = Rounding(rawValue: text) {
            self.init(form: .number, rounding: rounding)
            return
        }
        for form in Form.allCases where text.hasPrefix(form.rawValue + "-") {
            let rest = String(text.dropFirst(form.rawValue.count + 1))
            if let rounding = Rounding(rawValue: rest) {
                self.init(form: form, rounding: rounding)
                return
            }
        }
        return nil
    }

    /// Every spelling that a file may use.
    package static var spellings: [String] {
        Form.allCases.map(\.rawValue) + Rounding.allCases.map(\.rawValue)
            + Form.allCases.flatMap { form in
                Rounding.allCases.map { "\(form.rawValue)-\($0.rawValue)" }
            }
    }
}
