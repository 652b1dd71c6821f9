import ArgumentParser
import Bootstrap

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the pages until interrupted.",
        discussion: """
            Set GOODWORK_ADDRESS to where browsers reach it (https://goodwork.example.org). \
            docs/running.md tells of TLS, proxies and backups.
            """
    )

    @Option(help: "The address to listen on; else GOODWORK_HOST, or 127.0.0.1.")
    var host: String?

    @Option(help: "The port to listen on; else GOODWORK_PORT, or 8080.")
    var port: Int?

    @OptionGroup var common: Common

    func run() async throws {
        try await common.run { settings, terminal in
            try await Commands.serve(
                settings,
                ServeOptions(host: host, port: port),
                terminal
            )
            return true
        }
    }
}
