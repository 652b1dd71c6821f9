import ArgumentParser
import Bootstrap

struct CopyRecord: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "Print everything held on the person of a case.",
        discussion: """
            Prints a document in HTML, or JSON with --json. What may tell of somebody else stands \
            under “Check before giving”: read it before you hand the copy over.
            """
    )
    @Argument(help: "The sender's reference, or the case's id.")
    var reference: String

    @Option(help: "The programme's id, where several use the reference.")
    var programme: String?

    @Option(help: "Why; kept in the access log.")
    var reason: String

    @OptionGroup var common: Common

    func run() async throws {
        try await common.run { settings, terminal in
            try await Commands.copy(
                settings,
                reference: reference,
                programme: programme,
                reason: reason,
                terminal
            )
            return true
        }
    }
}
