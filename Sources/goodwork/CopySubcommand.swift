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
    @OptionGroup var named: NamedCase

    @Option(help: "Why; kept in the access log.")
    var reason: String

    @OptionGroup var common: Common

    func run() async throws {
        try await common.run { settings, terminal in
            try await Commands.copy(
                settings,
                reference: named.reference,
                programme: named.programme,
                reason: reason,
                terminal
            )
        }
    }
}
