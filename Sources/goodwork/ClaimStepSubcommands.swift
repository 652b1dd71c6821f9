import ArgumentParser
import Bootstrap

extension Claim {
    struct Submit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Submit a draft.")
        @OptionGroup var step: Step
        func run() async throws { try await step.take("submit") }
    }

    struct Query: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ask about a claim.")
        @OptionGroup var step: Step
        func run() async throws { try await step.take("query") }
    }

    struct Answer: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Answer what was asked.")
        @OptionGroup var step: Step
        func run() async throws { try await step.take("answer") }
    }

    struct Accept: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Accept a claim, all but the lines that were rejected."
        )
        @OptionGroup var step: Step
        func run() async throws { try await step.take("accept") }
    }

    struct Pay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record that an accepted claim is paid; --words may hold a reference."
        )
        @OptionGroup var step: Step
        func run() async throws { try await step.take("pay") }
    }

    /// A claim, and what is said of it.
    struct Step: ParsableArguments {
        @Argument(help: "The claim.")
        var claim: String

        @Option(help: "What is asked, answered or noted.")
        var words: String?

        @OptionGroup var common: Common

        func take(_ step: String) async throws {
            try await common.run { settings, terminal in
                try await Commands.moveClaim(
                    settings,
                    claim: claim,
                    step: step,
                    words: words,
                    terminal
                )
            }
        }
    }

    struct Reject: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Reject a line of a claim.")
        @Argument(help: "The claim.")
        var claim: String

        @Option(help: "The line's number.")
        var line: Int

        @Option(help: "Why.")
        var words: String

        @OptionGroup var common: Common

        func run() async throws {
            try await common.run { settings, terminal in
                try await Commands.rejectLine(
                    settings,
                    claim: claim,
                    line: line,
                    words: words,
                    terminal
                )
            }
        }
    }

    struct Sample: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Draw lines at random, record what their evidence supports, extrapolate."
        )
        @Argument(help: "The claim.")
        var claim: String

        @Option(help: "Draw so many lines.")
        var size: Int?

        @Option(help: "The seed of the draw; else one is made up and kept.")
        var seed: UInt64?

        @Option(help: "A line and what is right, in pounds: 17=300.00. May be repeated.")
        var found: [String] = []

        @Option(help: "What was found, in words.")
        var words: String?

        @OptionGroup var common: Common

        func run() async throws {
            try await common.run { settings, terminal in
                try await Commands.sampleClaim(
                    settings,
                    claim: claim,
                    size: size,
                    seed: seed,
                    found: found,
                    words: words,
                    terminal
                )
            }
        }
    }
}
