import Application
import CostBenefit
import Kernel
import Measures

extension Commands {
    /// Prints what a programme cost and what came of it, in money.
    ///
    /// - Parameters:
    ///   - appraisal: a programme's id, or the path of an appraisal's file.
    ///   - settings: assumptions at other values, each as `assumption=value`.
    public static func value(
        _ configuration: Configuration,
        _ appraisal: String,
        asAt: String?,
        audience: String?,
        settings: [String],
        format: ReportFormat,
        _ terminal: Terminal
    ) async throws {
        let asked = try ReportOptions(
            programme: appraisal,
            asAt: asAt,
            knownAt: nil,
            by: nil,
            audience: audience
        )
        .question()
        let pairs = try settings.map { setting in
            let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                let says =
                    "--set \(setting) is not an assumption and a value: write "
                    + "--set discount=3"
                throw CommandError(says, exit: .usage)
            }
            return (id: parts[0], text: parts[1])
        }
        let question = ValueQuestion(
            appraisal,
            asAt: asked.asAt,
            audience: asked.audience,
            settings: pairs
        )
        let installation = try await Installation.open(configuration)
        let found = try await installation.goodwork.value(question, by: installation.actor)
        try await installation.close()
        switch terminal.json ? .json : format {
        case .text: terminal.print(found.text)
        case .csv: terminal.print(found.csv)
        case .json: terminal.print(String(decoding: found.json, as: UTF8.self))
        case .markdown: terminal.print(found.markdown)
        case .html: terminal.print(found.htmlPage)
        }
    }
}
