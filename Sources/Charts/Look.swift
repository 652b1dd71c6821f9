/// How a shape looks: a colour on white and a class by which a style sheet can change it.
///
/// Colours are attributes, since the pages allow no inline style, and so that a chart looks the same
/// in a document that has no style sheet. In forced colours `goodwork.css` goes by the class.
package enum Look: String, Sendable, CaseIterable {
    case text
    case axis
    case grid
    /// Bars, and the first line.
    case main
    case second
    case third
    case fourth
    /// What could have been: the stage before, or the whole.
    case ghost
    /// An interval's whisker.
    case whisker
    /// A line that figures are compared with.
    case reference
    /// The range of a forecast.
    case range
    /// The line through the points of a run chart.
    case run
    case mean
    case limit
    case target
    case rebase
    case common
    case improving
    case concerning
    case neither
    /// A point of which nothing is said, since there are too few.
    case unjudged

    /// Where a chart tells one line from another.
    static let lines: [Look] = [.main, .second, .third, .fourth]

    var fill: String {
        switch self {
        case .text: "#212b32"
        case .main: "#005eb8"
        case .second: "#ae2573"
        case .third: "#006747"
        case .fourth: "#330072"
        case .ghost: "#e8edee"
        case .range: "#c8ddf2"
        case .common, .run: "#a6a6a6"
        case .improving: "#00b0f0"
        case .concerning: "#e46c0a"
        case .neither: "#490092"
        case .unjudged: "#ffffff"
        case .axis, .grid, .whisker, .reference, .mean, .limit, .target, .rebase: "none"
        }
    }

    var stroke: String {
        switch self {
        case .text: "none"
        case .axis, .whisker, .reference, .rebase: "#212b32"
        case .grid: "#d8dde0"
        case .mean: "#000000"
        case .limit: "#a6a6a6"
        case .target: "#de1b1b"
        case .ghost: "#768692"
        // The fills of run charts are under 3 to 1 on white, so every point has an outline.
        case .common, .improving, .concerning, .neither, .unjudged: "#212b32"
        case .main, .second, .third, .fourth, .range, .run: fill
        }
    }

    var strokeWidth: Double {
        switch self {
        case .main, .second, .third, .fourth, .run, .mean, .limit, .target, .whisker: 2
        default: 1
        }
    }

    var dashes: String? {
        switch self {
        case .limit, .target: "6 4"
        case .reference: "2 3"
        case .rebase: "1 4"
        case .second: "8 3"
        case .third: "3 3"
        case .fourth: "8 3 2 3"
        default: nil
        }
    }
}
