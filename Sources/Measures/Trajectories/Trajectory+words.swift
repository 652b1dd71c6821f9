import Kernel
import Programmes

extension Trajectory {
    /// How the part stands, in a few sentences.
    package var verdict: String {
        var sentences = [courseVerdict] + mix.compactMap(words)
        if statusNotKnown > 0 || isStatusNotKnownHidden, !mix.isEmpty {
            sentences.append("The employment status of \(statusNotKnownText) is not known.")
        }
        return sentences.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// What came about beside what was planned, without who the people are.
    package var courseVerdict: String {
        var sentences = ["\(actualWords) \(countedWords) by \(asAt.uk)."]
        if let plannedByNow, let target {
            sentences[0] =
                "\(actualWords) \(countedWords) by \(asAt.uk), "
                + "and \(Show.thousands(plannedByNow.rounded(toParts: 1))) were planned by then."
            sentences.append(courseWords(target))
        } else {
            sentences.append("Nothing is planned in the programme file.")
        }
        if let forecast {
            let (low, high) = (
                Int(forecast.range.lower.rounded()), Int(forecast.range.upper.rounded())
            )
            sentences.append(
                "The last \(forecast.weeks) weeks had \(Decimals.text(forecast.weeklyMean, 1)) a week; "
                    + "if that goes on, there will be \(Show.thousands(low)) to "
                    + "\(Show.thousands(high)) by \(forecast.by.uk)."
            )
        } else if yearEnd > asAt {
            sentences.append(
                isForecastHidden
                    ? "A forecast is kept back."
                    : "There are too few whole weeks for a forecast."
            )
        }
        return sentences.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// Of how many the employment status is not known.
    package var statusNotKnownText: String {
        isStatusNotKnownHidden ? Show.hidden : Show.thousands(statusNotKnown)
    }

    /// What counts a case, to follow a number of people.
    package var countedWords: String {
        switch counts {
        case .referred: "referred"
        case .accepted: "accepted"
        case .firstContact: "with a first contact"
        case .firstAttended: "with an appointment attended"
        case .assessed: "assessed"
        case .started: "started support"
        case .planAgreed: "with a plan agreed"
        case .onwardReferred: "referred onward"
        case .jobStarted: "started a job"
        case .discharged: "discharged"
        case .trackingEnded: "with tracking ended"
        case .closed: "closed"
        }
    }

    private var actualWords: String {
        isActualHidden ? "\(Show.hidden) people" : people(actual)
    }

    private func people(_ number: Int) -> String {
        "\(Show.thousands(number)) \(number == 1 ? "person" : "people")"
    }

    private func courseWords(_ target: Int) -> String {
        let goal = "the \(Show.thousands(target)) planned by \(yearEnd.uk)"
        let needed = weeklyNeeded.map { "\(Decimals.text($0.double, 1)) a week are needed" } ?? ""
        switch course {
        case .reached: return "That is all of \(goal)."
        case .missed: return "That is not \(goal)."
        case .willReach: return "On course for \(goal): \(needed)."
        case .mayReach: return "It may or may not come to \(goal): \(needed)."
        case .willMiss: return "Not on course for \(goal): \(needed)."
        case .unknown: return needed.isEmpty ? "" : "For \(goal), \(needed)."
        }
    }

    private func words(_ share: Share) -> String? {
        guard let interval = share.interval, let isInLine = share.isInLine else { return nil }
        let percent = Ratio(share.count * 100, over: share.of)?.rounded(toParts: 1) ?? 0
        let words = share.status.map { $0 == "-" ? " " : String($0) }.joined()
        let wanted = "\(share.wantedPercent)% wanted"
        let line = isInLine ? "in line with the \(wanted)" : "and not the \(wanted)"
        return "\(words.prefix(1).uppercased() + words.dropFirst()): \(percent)% "
            + "(\(interval.text)), \(line)."
    }
}
