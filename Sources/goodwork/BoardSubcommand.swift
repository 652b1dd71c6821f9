import ArgumentParser
import Bootstrap

struct Board: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a programme's board report from its file, as HTML, PDF or DOCX.",
        discussion: """
            The figures in its text are counted anew and kept back as for a board; their tables enter \
            the register of releases. docs/board-packs.md explains the file.
            """
    )
    @Argument(help: "The pack's id, or the path of its file.")
    var pack: String

    @Option(help: "The day described; else the pack's own, or the end of the last full month.")
    var asAt: String?

    @Option(help: "Where it is written: FILE.html, FILE.pdf or FILE.docx; may be said again.")
    var output: [String] = []

    @Option(help: "html, pdf or docx, where the file's ending does not say it.")
    var format: String?

    @Option(help: "What it is for; kept in the access log.")
    var purpose: String?

    @Flag(help: "Only show what it would be: nothing is released, and the paper says so.")
    var draft = false

    @Flag(help: "Only check the file.")
    var check = false

    @OptionGroup var common: Common

    func run() async throws {
        try await common.judge { settings, terminal in
            if check { return try Commands.checkBoard(settings, pack, terminal) }
            let options = BoardOptions(
                pack: pack,
                asAt: asAt,
                outputs: output,
                format: format,
                purpose: purpose,
                isDraft: draft
            )
            try await Commands.board(settings, options, terminal)
            return true
        }
    }
}
