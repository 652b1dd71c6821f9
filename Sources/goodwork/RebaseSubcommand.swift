import ArgumentParser
import Bootstrap

struct Rebase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Reckon the limits of a dashboard's run chart anew from a month, and say why.",
        discussion: """
            Without --chart or --withdraw it lists all that was said of the programme's charts. \
            docs/dashboards.md explains it.
            """
    )
    @Argument(help: "The programme's id.")
    var programme: String

    @Option(help: "referrals or starts.")
    var chart: String?

    @Option(help: "The month from which limits are reckoned anew (YYYY-MM).")
    var from: String?

    @Option(help: "What changed; it stands on the chart.")
    var reason: String?

    @Option(help: "Only the charts of this provider's own cases.")
    var provider: String?

    @Option(help: "The day of the chart that is meant; else the programme file's, or today.")
    var asAt: String?

    @Option(help: "Take back what was said, by its id.")
    var withdraw: String?

    @OptionGroup var common: Common

    func run() async throws {
        try await common.run { settings, terminal in
            let options = RebaseOptions(
                programme: programme,
                chart: chart,
                from: from,
                reason: reason,
                provider: provider,
                asAt: asAt,
                withdraw: withdraw
            )
            try await Commands.rebase(settings, options, terminal)
        }
    }
}
