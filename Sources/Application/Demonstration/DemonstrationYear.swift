import Casework
import Kernel
import Programmes

/// A year of cases as commands have made it, before it is written anywhere.
package struct DemonstrationYear: Sendable {
    private(set) var cases: [DemonstrationCase] = []
    package private(set) var histories: [History] = []
    /// What the rules refused; a case that was refused is left out.
    package private(set) var refusals: [String] = []

    init(
        _ demonstration: Demonstration,
        _ cast: DemonstrationCast,
        _ programme: Programme,
        today: CivilDate
    ) async {
        var made = demonstration.cases(demonstration.stories(today: today), cast, programme)
        demonstration.addMoments(&made, cast, today: today)
        for (one, result) in zip(made, await Self.decide(made, programme)) {
            switch result {
            case .success(let history):
                cases.append(one)
                histories.append(history)
            case .failure(let refusal):
                refusals.append("\(one.header.reference), \(one.story.course): \(refusal)")
            }
        }
        do {
            try demonstration.neglect(&cases, &histories, programme, today: today)
        } catch {
            refusals.append("left undone: \(error)")
        }
    }

    /// The year that a file's programme would make, extended as it is when it is written.
    package init(
        _ demonstration: Demonstration,
        of file: (programme: Programme, text: String),
        today: CivilDate
    ) async throws {
        let start = Demonstration.firstDay(today).adding(days: -30)
        await self.init(
            demonstration,
            DemonstrationCast(demonstration, from: start),
            try Demonstration.extended(file, today: today).programme,
            today: today
        )
    }

    /// Decides all of them, a share on each core.
    private static func decide(
        _ cases: [DemonstrationCase],
        _ programme: Programme
    ) async -> [Result<History, Refusal>] {
        let share = 100
        return await withTaskGroup(of: (Int, [Result<History, Refusal>]).self) { group in
            for start in stride(from: 0, to: cases.count, by: share) {
                let part = cases[start..<min(start + share, cases.count)]
                group.addTask { (start, part.map { $0.decided(programme) }) }
            }
            var parts: [Int: [Result<History, Refusal>]] = [:]
            for await (start, results) in group { parts[start] = results }
            return parts.sorted { $0.key < $1.key }.flatMap(\.value)
        }
    }
}

extension DemonstrationCase {
    fileprivate func decided(_ programme: Programme) -> Result<History, Refusal> {
        do {
            return .success(try history(programme))
        } catch {
            return .failure(error)
        }
    }
}
