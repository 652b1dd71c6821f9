import Kernel
import Measures
import Programmes

extension PackData {
    /// The trajectory of the programme, or of one strand.
    func trajectory(of strand: String?) -> Trajectory? {
        trajectories.first { $0.part.strand == strand }
    }

    func trajectory(_ kind: TrajectoryFigure, _ strand: String?) -> FigureValue {
        guard let found = trajectory(of: strand) else {
            return FigureValue(
                label: kind.words,
                definition: "",
                source: source("Plan and actual"),
                whole: Said(.figure, nil)
            )
        }
        let place = strand == nil ? "" : ", \(found.name)"
        return FigureValue(
            label: kind.words + place,
            definition: kind.definition(found),
            source: source("Plan and actual"),
            whole: said(kind, found)
        )
    }

    private func said(_ kind: TrajectoryFigure, _ found: Trajectory) -> Said {
        let isHidden = found.isActualHidden
        let isForecastHidden = isHidden || found.isForecastHidden
        switch kind {
        case .actual: return .count(found.actual, isHidden: isHidden)
        case .target: return .count(found.target)
        case .plannedByNow:
            return .count(found.plannedByNow.map { Int(($0.double + 0.5).rounded(.down)) })
        case .weeklyNeeded:
            let text = found.weeklyNeeded.map { Decimals.text($0.double, 1) }
            var said = Said(.figure, text, isHidden: isHidden)
            if found.actual >= found.target ?? .max, !isHidden { said.inSentence = "no further" }
            return said
        case .weeklyMean:
            let text = found.forecast.map { Decimals.text($0.weeklyMean, 1) }
            return Said(.figure, text, isHidden: isForecastHidden)
        case .forecast:
            let text = found.forecast.map { "\($0.lowText) to \($0.highText)" }
            return Said(.figure, text, isHidden: isForecastHidden)
        case .course:
            let isTold = !isHidden && found.course == .reached
            return Said(
                .figure,
                found.course.words,
                isHidden: isForecastHidden && !isTold
            )
        }
    }
}

extension Forecast {
    var lowText: String { Decimals.grouped(range.lower) }
    var highText: String { Decimals.grouped(range.upper) }
}

extension TrajectoryFigure {
    fileprivate var words: String {
        switch self {
        case .actual: "So far"
        case .plannedByNow: "Planned by now"
        case .target: "Planned by the year's end"
        case .weeklyNeeded: "Needed a week"
        case .weeklyMean: "A week, of late"
        case .forecast: "Forecast for the year's end"
        case .course: "Course"
        }
    }

    fileprivate func definition(_ found: Trajectory) -> String {
        let end = found.yearEnd.uk
        switch self {
        case .actual: return "People \(found.countedWords)."
        case .plannedByNow: return "Planned by \(found.asAt.uk), the month taken by its days."
        case .target: return "Planned by \(end)."
        case .weeklyNeeded: return "To come to what is planned by \(end)."
        case .weeklyMean:
            return "The mean of the last \(found.forecast?.weeks ?? 0) whole weeks."
        case .forecast: return "By \(end), if the last weeks go on; 95% range."
        case .course: return "The forecast beside what is planned by \(end)."
        }
    }
}

extension Trajectory.Course {
    /// In words, to follow "is".
    var words: String {
        switch self {
        case .reached: "past its target"
        case .willReach: "on course"
        case .mayReach: "not certain to get there"
        case .willMiss: "behind"
        case .missed: "short of its target"
        case .unknown: "too new to judge"
        }
    }
}
